"""Who may file for another: approved associations (CSP L. 1114-1), and the express mandate of a person (R. 1110-11).

Publishes ``rules`` (agreements, what is doubtful in a mandate), ``registry`` and ``published`` (the associations and
their agreements), ``notices`` (agreements that end).
"""
