"""Keeping and erasing: what was promised is done, by itself, and nothing else.

A draft that nobody touched for thirty days goes, with its files. The personal code kept for the confirmation page goes
after a day. Files that no row names go after a day. A filing is never touched here.
"""
