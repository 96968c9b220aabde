"""Where a value stands in a record: the keys and list positions that lead to it."""

Path = tuple[str | int, ...]
