"""HTTP in, HTTP out: the only place, with the rooms' routes, that knows the web framework."""
