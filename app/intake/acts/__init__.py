"""What a clerk does of a complaint: one page for each act, and what several acts share."""
