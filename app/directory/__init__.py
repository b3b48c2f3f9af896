"""The directory of health professionals (Annuaire Santé, open extraction of the RPPS): who a complaint is about.

It holds public data on professionals, the least that is needed to recognise one: name, profession, place of work. A new
extraction is prepared beside the one that serves, and takes its place at once; the one before stays ready to come back.
It never decides anything of a complaint: the record that is chosen is copied into the filing with the date it had.
"""
