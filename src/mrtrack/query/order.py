"""The order of rows, as `--sort` names it."""

from collections.abc import Sequence


class UnknownColumnError(ValueError):
    """A column that rows do not have; the message is for people."""


def named_keys(order: str | None) -> list[tuple[str, bool]]:
    """The columns that an order such as `due,-days_overdue` names, each with whether it descends."""
    parts = filter(None, (part.strip() for part in (order or "").split(",")))
    return [(part.removeprefix("-").replace("-", "_"), part.startswith("-")) for part in parts]


def sort_keys(order: str | None, columns: Sequence[str]) -> list[tuple[str, bool]]:
    """The columns of an order, each with whether it descends.

    Raises:
        UnknownColumnError: where the rows have no such column.
    """
    keys = named_keys(order)
    for name, _ in keys:
        if name not in columns:
            raise UnknownColumnError(f"there is no column “{name}”; there are: {', '.join(columns)}")
    return keys
