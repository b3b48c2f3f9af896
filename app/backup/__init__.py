"""Copies of the whole service, and bringing one back: the database, the sealed files, what they were when copied.

A copy holds no key: without the keyring, which is kept apart, it says nothing. A copy that comes back is verified, and
what was received after it is listed from what was published and from the mails that left.
"""
