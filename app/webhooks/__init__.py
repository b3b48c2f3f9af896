"""What happens to the complaints of an association, told to its own software over HTTPS.

What is told is a row written in the transaction of what happened, as a mail is; a worker sends it, signed as Standard
Webhooks says, and tries again. It holds a number and an instant, nothing of the story nor of the person. Publishes
``events`` (what can be told) and ``service`` (``tell``, ``forget``).
"""
