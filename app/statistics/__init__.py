"""Statistics and the yearly report: figures to read, to print, to take out; never the figure of one person.

Figures come from the counters of :mod:`app.counters`. A number under five is not told, nor anything from which it could
be worked out: a total less the others, or two lists subtracted. Nothing here opens a complaint, except the command that
counts all of them again.
"""
