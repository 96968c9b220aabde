"""The keys of the settings, read off their models: for messages, and for the page that documents them."""

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from mrtrack.model.settings import Settings, Table


def setting_keys() -> Iterator[str]:
    """Every key of the settings, written with dots; NAME stands for a name of one's own."""
    return _keys_below(Settings, "")


def keys_at(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that may stand in the table at a path; none where that is no table of fixed keys."""
    kind: Any = Settings
    for step in path:
        if _is_table(kind):
            kind = kind.model_fields[step].annotation if step in kind.model_fields else None
        elif get_origin(kind) in (dict, tuple):
            kind = get_args(kind)[0 if get_origin(kind) is tuple else 1]
        else:
            kind = None
    return tuple(kind.model_fields) if _is_table(kind) else ()


def _is_table(kind: Any) -> bool:  # noqa: ANN401 - an annotation is any form
    return isinstance(kind, type) and issubclass(kind, Table)


def _keys_below(kind: type[Table], above: str) -> Iterator[str]:
    for key, field in kind.model_fields.items():
        below: Any = field.annotation
        name = f"{above}{key}"
        if get_origin(below) is dict and _is_table(get_args(below)[1]):
            yield from _keys_below(get_args(below)[1], f"{name}.NAME.")
        elif get_origin(below) is tuple and _is_table(get_args(below)[0]):
            yield from _keys_below(get_args(below)[0], f"{name}.")
        elif _is_table(below):
            yield from _keys_below(below, f"{name}.")
        else:
            yield name
