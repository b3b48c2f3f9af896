"""The Défenseur des droits, whom anybody may write to free of charge (loi organique n° 2011-333, article 6).

Source: defenseurdesdroits.fr, « Saisir le Défenseur des droits »: by post without a stamp; 39 28 for discriminations.
"""

NAME = "Défenseur des droits"
ADDRESS = (NAME, "Libre réponse 71120", "75342 Paris CEDEX 07")
"""As on an envelope; no stamp."""
PHONE = "39 28"
GENERAL_PHONE = "09 69 39 00 00"
"""For every other matter, such as an authority that does not answer."""
