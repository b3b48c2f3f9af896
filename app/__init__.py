"""Saisine: a complaint after a discriminatory refusal of care, from the form to the authorities."""
