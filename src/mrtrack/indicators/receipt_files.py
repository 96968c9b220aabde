"""The file of a receipt: its YAML, written for people and programs, and read back however it was changed; pure text."""

import re
from collections.abc import Callable
from typing import Any

from mrtrack.edit.layout import lay_out_keys
from mrtrack.edit.refusal import Refused
from mrtrack.indicators.receipts import FORM, Data, trimmed
from mrtrack.model.dates import parse_day
from mrtrack.source.building import Unbuildable, build
from mrtrack.source.tree import INVISIBLE, plain

_HEADING = """\
# Receipt of indicators, for the file. To compute them again from the commit: mrtrack verify THIS-FILE
# A number in brackets is what a row adds where that is not 1. An entry is its day with the beginning of its digest.
"""
_DEPTH = 12
_LARGEST = 50_000_000
_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")


def receipt_text(data: Data) -> str:
    """A receipt as YAML, for people and programs."""
    return _HEADING + "".join(f"{line}\n" for line in lay_out_keys(data, None, 0))


def read_receipt(content: bytes) -> Data:
    """The data of a receipt's bytes.

    Raises:
        Refused: where it is none, or one of a newer form.
    """
    data = _data_of(content)
    if not isinstance(data, dict) or "receipt" not in data:
        raise Refused("this is no receipt of mrtrack", "name a file that mrtrack stats --receipt wrote")
    if data["receipt"] != FORM:
        raise Refused(f"this receipt has the form {data['receipt']}", "a newer mrtrack reads it")
    for key, is_right in _EXPECTED.items():
        if not is_right(data.get(key)):
            raise Refused(f"this receipt says no {key} that can be read", "take the file as it was written")
    if not _COMMIT.fullmatch(data["commit"]):
        raise Refused("commit of this receipt names no commit", "take the file as it was written")
    try:
        parse_day(data["as_of"])
    except ValueError as error:
        raise Refused(f"as_of of this receipt: {error}", "take the file as it was written") from None
    return data


def _data_of(content: bytes) -> Any:  # noqa: ANN401 - data of any form
    """The data that YAML states; None where it is none, or says more than data."""
    wrong: list[object] = []
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
        if len(content) > _LARGEST or INVISIBLE.search(text):
            return None
        tree = build(text, lambda *what: wrong.append(what), _DEPTH)
    except (UnicodeDecodeError, Unbuildable):
        return None
    return None if wrong else trimmed(plain(tree))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_asked(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("filters", {}), dict):
        return False
    names = value.get("indicators", [])
    listed = isinstance(names, list) and all(map(_is_text, names))
    return listed and all(_is_text(value.get(key, "")) for key in ("by", "view"))


def _are_figures(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_figure, value))


def _is_figure(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    left_out = value.get("left_out", [])
    words = ("indicator", "name", "formula", "group", "value", "made_of", "exact", "note")
    return (
        all(_is_text(value.get(key, "")) for key in words)
        and isinstance(left_out, list)
        and all(isinstance(one, dict) for one in left_out)
    )


def _are_records(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and all(_is_text(one.get(key)) for key in ("evaluation", "path", "sha256"))
        for one in value
    )


_EXPECTED: dict[str, Callable[[object], bool]] = {
    "as_of": _is_text,
    "commit": _is_text,
    "digest": _is_text,
    "asked": _is_asked,
    "figures": _are_figures,
    "records": _are_records,
}
