"""What an association may do when an authority misses a day: a warning, and letters ready to send."""
