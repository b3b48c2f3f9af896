"""The ledger and what proves it: the chain, the daily register, the proof that stands alone."""
