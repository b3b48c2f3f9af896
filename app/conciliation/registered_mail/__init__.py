"""The electronic registered letter (LRE) as a way of sending a summons, by a provider that the operator connects."""
