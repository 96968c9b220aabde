"""The records on disk: finding and reading them, and writing one so that it is never half written."""
