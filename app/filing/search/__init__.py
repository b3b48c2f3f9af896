"""The index under which an authority finds its complaints, by exact words."""
