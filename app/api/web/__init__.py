"""The addresses of the interface, and the page where managers give access."""
