"""The files a person adds: limits, true type, hash of the original, sealed before they touch the disk.

The original is never altered: it is evidence. A file belongs to a draft, then to the filing that the draft became. It
is kept by its content, so the same file is kept once. It is given back as an attachment, never shown inline. One bad
file never loses the others.
"""
