"""What is done of a complaint after its receipt: each act recorded, its files, messages, letters and readers."""
