"""The meetings of an authority: when each begins and ends, which ones clash, what a month or a week holds."""
