"""Recomputing everything that was promised: the chain, each complaint, each file, each token, the dates.

Nothing stops at the first problem: each one names the number, the table and the column. Each column of a table that
could serve as evidence is committed, derived, or set aside with a reason (see :mod:`app.verification.columns`).
"""
