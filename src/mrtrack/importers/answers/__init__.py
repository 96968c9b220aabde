"""The answers of units: what a workbook of actions asks, and what comes back in it."""
