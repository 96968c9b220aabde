"""What things are: the record of an evaluation, its dates and closed words, and the settings."""
