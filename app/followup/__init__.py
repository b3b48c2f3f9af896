"""The person follows: comes back with the code, reads the state and the dates, takes the récépissé again.

No account and no password: one personal code opens one complaint, for half an hour. It never shows the story on a
screen that others may share, nor anything about a professional's past. It changes nothing that was received.
"""
