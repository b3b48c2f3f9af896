"""Reading strangers' files, in a process apart that can open nothing, write nothing and reach nobody.

Run as ``python -m app.evidence.reader``: it reads jobs on its input and answers on its output, and forks for each
file a child with limits (threat boundary between the service and the parsers of pictures, PDF, sounds and mails).
Nothing of the service is imported here.
"""
