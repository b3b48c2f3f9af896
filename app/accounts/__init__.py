"""Who signs in, with which rights; and the sessions of everybody.

A clerk proves a password and a code that changes every thirty seconds, and each code serves once. A session is a random
token kept by the browser; only its fingerprint is kept here, with an end that comes by itself. Rights are read again at
each request, so that a disabled account is out at once. It gives no right to read a complaint: other rooms decide.
"""
