"""mrtrack: follow what became of the answers to evaluations, from plain-text records in git."""

__version__ = "0.1.0"
