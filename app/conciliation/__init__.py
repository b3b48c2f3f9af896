"""From the eight days to the end: the meeting before the commission, its report, the chamber, or another procedure.

The authority that received the complaint holds the secretariat (CSP R. 1110-10); the president of the council passes a
failure on (R. 1110-13, R. 1110-14); the director of the caisse may act when the council did not (CSP L. 1110-3,
R. 1110-15).
"""
