"""From what a page says to the data of records."""
