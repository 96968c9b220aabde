"""The settings file: where it lies, what it says, and what is wrong with it."""
