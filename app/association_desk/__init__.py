"""The associations' own pages: asking to be known here, and the desk of their complaints."""
