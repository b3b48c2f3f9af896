"""What a clerk hides from the professional before a complaint leaves: passages, areas of pictures, and why."""
