"""The members of an association, as who answers for it keeps them: their accounts, what each takes care of."""
