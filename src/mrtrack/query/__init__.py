"""Questions about evaluations: rows, filters and counts as of a day; pure."""
