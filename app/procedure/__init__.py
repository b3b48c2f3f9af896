"""What the law expects after receipt, and when; what was done about it.

Every delay is a dated value with its article. Two dates are kept for each: the strict one drives alarms, the postponed
one is a courtesy of weekends and holidays that the texts do not settle. All are computed again from the unchanged date
of receipt. It refuses to say that a deadline is missed when nobody knows where it starts.
"""
