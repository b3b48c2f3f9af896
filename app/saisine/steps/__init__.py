"""The questions, in the order people see them; each field is declared once and used by every page that asks it."""
