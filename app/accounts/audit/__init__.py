"""The journal of access: what is asked of it, and its table for a spreadsheet."""
