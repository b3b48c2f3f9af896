"""Codes of the acts that end the mandate of an association."""

MANDATE_REVOKED, MANDATE_REVOKED_ON_PAPER, MANDATE_GIVEN_UP = "mandat_revoque", "mandat_revoque_papier", "mandat_rendu"
"""By the person, by a paper of the person, by the association (Code civil, articles 2004 and 2007)."""
