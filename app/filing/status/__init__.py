"""Where a complaint stands, folded from its acts: the days, the duties, the words. Pure rules on values."""
