"""The pages of a desk that are no act: the list, several complaints at once, files, dates, letters, accounts, audit."""
