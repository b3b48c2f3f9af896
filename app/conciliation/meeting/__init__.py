"""The meeting before the commission, from its date to its report (CSP R. 1110-9 to R. 1110-12)."""
