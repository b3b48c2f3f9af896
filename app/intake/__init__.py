"""The clerk's desk: which complaints wait, which date of law comes first, and one complaint to read.

A clerk sees the complaints of their own authority and no other; everything else does not exist for them. The list is
ordered by what is due next. Opening a complaint leaves a line in its history. The informed authority sees that a
complaint exists, never its contents, until it is told. Nothing is deleted here, and no date is ever chosen here.
"""
