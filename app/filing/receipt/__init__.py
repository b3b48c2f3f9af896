"""The receipt of a complaint: the authorities, the mandate, the one transaction, the mails that leave."""
