"""After a failure: the disciplinary chamber, or the director if the council did nothing (R. 1110-13 to R. 1110-15)."""
