"""Keeping and erasing: what was promised is done, by itself, and nothing else.

A draft that nobody touched for thirty days goes, with its files. The personal code kept for the confirmation page goes
after a day. Files that no row names go after a day. A complaint goes when its time is over, when
someone orders it (``saisine purge``): its entry in the ledger stays for ever, with one that says that it was erased.
Each person has a copy of all that is theirs.
"""
