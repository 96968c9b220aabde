"""Rates and other figures over the rows of a selection, each with its formula; pure."""
