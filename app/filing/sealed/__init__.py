"""What each act seals, as a value: one class for each kind, whose fields are the keys that are stored."""
