"""Forms: fields declared once, what was typed, and what is said beside each."""
