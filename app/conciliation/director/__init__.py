"""The procedure of the director of the caisse (CSS L. 162-1-14-1, R. 147-2, R. 147-13 to R. 147-17)."""
