"""« Étiquettes » of an authority: its own labels on the complaints of its desk, which never leave it."""
