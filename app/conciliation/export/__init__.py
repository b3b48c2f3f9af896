"""The whole file of a complaint, for the authority that holds it."""
