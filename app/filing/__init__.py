"""The moment of receipt: number, instant, sealed contents, ledger, récépissé.

A draft enters, a filing leaves, and never goes back. One transaction holds it all, and it is on disk before the answer
leaves. Nothing slow happens here: no mail, no PDF, no copy of files. It refuses nothing the law accepts: without a
known authority the filing is received all the same. What is received is sealed; only its readers can open it.
"""
