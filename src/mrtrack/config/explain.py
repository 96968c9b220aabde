"""From pydantic's errors about settings to findings in a person's words."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mrtrack.config.kinds import UNKNOWN_SETTING, WRONG_SETTING
from mrtrack.model.setting_keys import keys_at, setting_keys
from mrtrack.model.setting_values import described
from mrtrack.problems import Kind
from mrtrack.rules.history_kinds import HISTORY_KINDS

Path = tuple[str | int, ...]

_OF_HISTORY = frozenset(kind.name for kind in HISTORY_KINDS)
_KEY_ITSELF = "[key]"
_NAME = "NAME"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the settings, before it is given its position in the text."""

    kind: Kind
    path: Path
    message: str
    hint: str
    at_key: bool = False


def explain(error: ValidationError) -> Iterator[Finding]:
    """The findings of settings that do not fit their models."""
    for detail in error.errors(include_url=False):
        yield _finding(detail, tuple(detail["loc"]))


def unknown_rules(given: Collection[str], rules: Collection[str]) -> Iterator[Finding]:
    """The findings for severities of rules that do not exist, or that have the same severity everywhere."""
    for name in given:
        if name in _OF_HISTORY:
            message = f"“{name}” is a rule about history, and has the same severity everywhere"
            hint = "take the line out; what has to go is let pass by [[history.exceptions]]"
            yield Finding(WRONG_SETTING, ("severity", name), message, hint, at_key=True)
        elif name not in rules:
            hint = _nearest(name, rules) or "docs/rules.md lists the rules"
            yield Finding(UNKNOWN_SETTING, ("severity", name), f"“{name}” is no rule", hint, at_key=True)


def _finding(detail: ErrorDetails, path: Path) -> Finding:
    context: dict[str, Any] = detail.get("ctx", {})
    if detail["type"] == "extra_forbidden":
        return _unknown_key(path)
    if "hint" in context:
        at_key = path[-1] == _KEY_ITSELF
        return Finding(
            WRONG_SETTING, path[:-1] if at_key else path, context["reason"], context["hint"], at_key=at_key
        )
    if detail["type"] == "missing":
        key = str(path[-1])
        told = f"{key} is missing under {_heading(path[:-1])}"
        return Finding(WRONG_SETTING, path[:-1], told, f'write {key} = "…" below it')
    return _no_table(path, described(detail["input"]))


def _no_table(path: Path, found: str) -> Finding:
    table = path if not keys_at((*path, _NAME)) else (*path, _NAME)
    keys = keys_at(table)
    listed = f": {', '.join(keys[:4])}{' …' if len(keys) > 4 else ''}" if keys else ""
    hint = f"write {_heading(table)} alone on its line, and its keys below it{listed}"
    return Finding(WRONG_SETTING, path, f"{found} stands here, where a table of keys belongs", hint)


def _unknown_key(path: Path) -> Finding:
    key = str(path[-1])
    known = keys_at(path[:-1])
    within = _heading(path[:-1])
    hint = _nearest(key, known) or _elsewhere(key)
    if not hint and len(known) < 10:
        hint = f"the keys of {within} are {', '.join(known)}"
    return Finding(
        UNKNOWN_SETTING,
        path,
        f"“{key}” is no key of {within}",
        hint or "docs/settings.md lists the keys",
        at_key=True,
    )


def _nearest(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.7)
    return f"did you mean “{near[0]}”?" if near else ""


def _elsewhere(key: str) -> str:
    if keys_at((key,)) or keys_at((key, _NAME)):
        return f"[{key}] is a heading of its own, at the left margin"
    above = [name.rpartition(".")[0] for name in setting_keys() if name.rpartition(".")[2] == key]
    if "" in above:
        return "it belongs at the top of the file, before the first [heading]"
    return f"it belongs under {' or '.join(f'[{table}]' for table in above)}" if above else ""


def _heading(path: Path) -> str:
    if path and isinstance(path[-1], int):
        return f"[{_heading(path[:-1])}]"
    return f"[{'.'.join(map(_written, path))}]" if path else "mrtrack.toml"


def _written(step: str | int) -> str:
    name = str(step)
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else f'"{name}"'
