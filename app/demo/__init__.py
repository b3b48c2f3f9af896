"""The demonstration: invented people, invented complaints, mails kept in a folder.

Everything goes through the same verbs as a real complaint. It is never part of a real service: the settings refuse it,
and so does the check of accounts at start.
"""
