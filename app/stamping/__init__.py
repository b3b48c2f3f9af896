"""Time-stamps: tokens of RFC 3161 over entries of the ledger, asked for after the receipt, checked before they count.

A token says that bytes existed at an instant, in the words of somebody else than us (eIDAS, article 41; presumed exact
when the authority is qualified, article 42). Each entry of the ledger holds the hash of the one before: one token dates
the whole past. Nothing of the receipt waits for a token, and no trouble of an authority changes a date.
"""
