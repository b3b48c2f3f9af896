"""The outbox and the mails: written with what they announce, sent after it.

A mail is a row, in the transaction of the act it tells; so it never tells what did not happen. A worker leases a row,
sends it, marks it, tries again with growing delays, and at last shows the failure to the clerk: a mail that did not
leave may be a legal deadline missed. It carries facts and dates, never a story, and knows no filing but by its number.
"""
