"""« Utilisateurs »: the accounts of a place, kept by those who answer for it."""
