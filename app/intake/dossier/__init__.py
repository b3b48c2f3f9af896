"""One complaint as a desk reads it: its page, its files, its history."""
