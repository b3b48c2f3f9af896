"""What the pages of a desk begin with: the clerk, a complaint opened for an act, the page of an act, its days."""
