"""A cache of what records answer: an SQLite file that is thrown away whenever it is odd, and never a truth."""
