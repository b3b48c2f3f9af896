"""The form: pages declared as data, the journey, the draft.

A person tells what happened, and nothing that was typed is lost. A page is declared once, with its fields, their words
and their checks. The journey is a pure walk over the pages. The draft is sealed, and opens with the device's cookie or
with a code. It decides nothing of the law and sends nothing.
"""
