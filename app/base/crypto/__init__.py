"""Keys, what is encrypted with them, and what is signed under them."""
