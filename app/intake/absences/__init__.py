"""Absences of the clerks of an authority, and who takes their place meanwhile."""
