"""What nobody may overlook though no day of the law says it: a mail refused, a message unread, a summons unproven."""
