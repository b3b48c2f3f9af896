"""The pages of the form: the first ones, each page of the walk, the pause, the draft behind a request."""
