"""Signed mandates that come together from a scanner: each page goes to the draft that its square names."""
