"""The commissions of conciliation: who is appointed, until when, and whether they are enough to sit."""
