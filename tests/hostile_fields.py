"""Records in which every text that a record can hold tries to be more than text, made from the record's shape.

A key that the model gets is filled as well, without a word here. What a text begins with turns with every text,
and from record to record, as formulas and commands lie in wait at beginnings.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

from mrtrack.edit.layout import new_record
from mrtrack.model.shape import Items, Keys, Shape, Value, record_shape

BEGINNINGS = (
    "::error::", "=1+1", "##[error]", "@SUM(A1)", "::add-mask::", "+1+1", "-1+1", "::set-output name=x::",
    '=HYPERLINK("https://evil.example")', "%0A::warning::", "\uff1d1+1", "##vso[task.setvariable variable=x]",
)  # fmt: skip
MARKUP = (
    "[red]r[/] [/red] [link=https://evil.example]l[/link] :smile: {{1234*1234}} {% raw %} ${1234*1234} "
    "<script>alert(1)</script> <w:p/> <b onclick=x>b</b> &lt; ]]> | a`b` *c* _d_ \\n \\x1b[31m '; DROP TABLE x; -- "
    "\u200fm\u061c"
)
WIDE = (
    "\u6c34\u3068\u6c34 \uff37\uff41 e\u0301o\u0323\u0308 \u0646\u0645\u06cc\u200c\u062e "
    "\u2764\ufe0f \U0001f469\u200d\U0001f52c"
)
SETTINGS = """\
[severity]
present-differs-from-log = 'warning'
unknown-country = 'warning'
verdict-by-setter = 'warning'
[labels.status]
completed = '{0}'
initiated = '{1}'
[labels.decision]
accepted = '{2}'
[units.'{3}']
aliases = ['other']
[views.hostile]
description = '{4}'
open = true
"""
CONTROLS = (
    "\x1b[31m", "\x1b]8;;https://evil.example\x1b\\", "\x1b]52;c;ZWNobyBwd25lZA==\x07", "\x1bP+q544e\x1b\\",
    "\x9b31m", "\x9d0;t\x9c", "\x90q\x9c", "\r", "\x08\x08", "\x07", "\x00", "\x7f", "\x85", "\x0b\x0c",
    "\u202e", "\u2066", "\u200b", "\u2028::error::x", "\ufeff", "\U000e0041",
)  # fmt: skip

_KEYS = {
    "schema": "1",
    "amount": "30000",
    "currency": "USD",
    "sha256": "0" * 64,
    "corrects": None,
    "serves": None,
    "part_of": None,
    "same_evaluation": None,
    "internal": None,
    "due": "2021-07",
}


def hostile_records(folder: Path, count: int = 4) -> list[str]:
    """Write so many records below a folder, and the settings beside them; answers with the records' ids."""
    (folder / "records").mkdir(parents=True, exist_ok=True)
    names = [f"hostile-{number}" for number in range(1, count + 1)]
    for number, name in enumerate(names):
        texts = cycle(_texts(number))
        data = _keys(record_shape(), (), texts)
        data["id"] = name
        text = new_record(data)
        (folder / "records" / f"{name}.yaml").write_text(text, encoding="utf-8")
    words = [re.sub("'", "\u2019", text) for text in _texts(0)]
    (folder / "mrtrack.toml").write_text(SETTINGS.format(*words), encoding="utf-8")
    return names


def _texts(turned: int) -> Iterator[str]:
    for number in range(len(BEGINNINGS)):
        beginning = BEGINNINGS[(number + turned * 5) % len(BEGINNINGS)]
        first_wide = (number // 2 + turned) % 2
        yield f"{beginning} {WIDE} {MARKUP}" if first_wide else f"{beginning} {MARKUP} {WIDE}"


def _keys(shape: Keys, within: tuple[str, ...], texts: Iterator[str]) -> dict[str, Any]:
    filled = {key: _value(below, (*within, key), texts) for key, below in shape.keys.items()}
    return {key: value for key, value in filled.items() if value is not None}


def _value(shape: Shape, within: tuple[str, ...], texts: Iterator[str]) -> Any:
    match shape:
        case Keys():
            return _keys(shape, within, texts)
        case Items(item):
            value = _value(item, within, texts)
            return None if value is None else [value] if isinstance(value, dict) else [value, next(texts)]
        case Value(kind, form):
            return _scalar(kind, form, within, texts)


def _scalar(kind: str, form: Mapping[str, Any], within: tuple[str, ...], texts: Iterator[str]) -> Any:
    key = within[-1]
    if key in _KEYS:
        return _KEYS[key]
    if kind == "line":
        return next(texts)
    if kind == "prose":
        return "\n".join([next(texts), "", f"  {next(texts)}"])
    if kind == "free":
        return {"key": next(texts)}
    if kind == "id":
        return "1.1" if "actions" in within else "1"
    words = form.get("enum")
    return str(words[0]).lower() if words else "2021-07-01"
