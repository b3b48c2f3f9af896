"""Keeping the service true: authorities, what the sources leave open, the directory, what waits for an authority.

An administrator reads no complaint: only codes, counts and dates.
"""
