"""Counting complaints: how many, of what kind, month after month, without keeping whose they are.

A counter belongs to an authority, a month, a profession and a town; what it counts is sealed, since a count of one in
a small town would tell the motive of one person. What each complaint was counted as is kept sealed beside it, so that
an act takes it out of one counter and puts it into another. An erased complaint stays counted, and nothing more of it.
"""
