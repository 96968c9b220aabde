"""What is wrong with mrtrack.toml, where it stands, and what of it holds all the same."""

import tomllib
from collections.abc import Collection
from dataclasses import replace
from itertools import count, islice
from typing import Any

from pydantic import ValidationError

from mrtrack.config import explain
from mrtrack.config.explain import Finding
from mrtrack.config.kinds import SETTINGS_SYNTAX
from mrtrack.config.locate import Place, locate, place_of
from mrtrack.config.regular import TooLargeError
from mrtrack.config.root import LARGEST_SETTINGS, SETTINGS_FILE
from mrtrack.config.syntax import refusal
from mrtrack.config.text import text_of
from mrtrack.model.settings import Settings
from mrtrack.problems import Kind, Problem
from mrtrack.source.kinds import NOT_UTF8, TOO_BIG, UNREADABLE


def unreadable(error: OSError) -> Problem:
    """Why the file could not be read."""
    if isinstance(error, TooLargeError):
        reason = f"the file has {error.size:,} bytes; settings have at most {LARGEST_SETTINGS:,}"
        return settings_problem(TOO_BIG, None, "", reason, "take out what is no setting")
    reason = f"the file cannot be read: {error.strerror}"
    return settings_problem(UNREADABLE, None, "", reason, "see to it that it is a file you may read")


def with_faults(content: bytes, rules: Collection[str]) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings that the bytes of a file state, and their problems; as `parse_settings` of settings_file."""
    try:
        text = text_of(content)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        message = f"byte 0x{content[error.start]:02X} is not UTF-8"
        place = place_of(before, len(before))
        return Settings(), (settings_problem(NOT_UTF8, place, before, message, "save the file as UTF-8"),)
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        place, message, hint = refusal(error, text)
        return Settings(), (settings_problem(SETTINGS_SYNTAX, place, text, message, hint),)
    settings, findings = _settled(data)
    if rules:
        findings += explain.unknown_rules(settings.severity, rules)
    places = locate(text)
    problems = {
        settings_problem(
            found.kind, places.at(found.path, at_key=found.at_key), text, found.message, found.hint
        )
        for found in findings
    }
    return settings, tuple(sorted(problems, key=lambda problem: (problem.line, problem.column, problem.code)))


def settings_problem(kind: Kind, place: Place | None, text: str, message: str, hint: str) -> Problem:
    """A problem at a place of the text of mrtrack.toml; None is the file as a whole."""
    if place is None:
        return Problem(SETTINGS_FILE, 0, 0, kind.code, kind.name, kind.severity, message, hint)
    lines = text.split("\n")
    excerpt = lines[place.line]
    width = max(1, min(place.width, len(excerpt) - place.column))
    return Problem(
        SETTINGS_FILE,
        place.line + 1,
        place.column + 1,
        kind.code,
        kind.name,
        kind.severity,
        message,
        hint,
        "",
        excerpt,
        width,
    )


def _settled(data: dict[str, Any]) -> tuple[Settings, list[Finding]]:
    findings: list[Finding] = []
    dropped: set[explain.Path] = set()
    while True:
        try:
            Settings.model_validate(_without(data, dropped))
            break
        except ValidationError as error:
            found = [replace(item, path=_as_written(item.path, dropped)) for item in explain.explain(error)]
        findings += found
        dropped |= {_held(data, item.path) for item in found}
    dropped |= {path[:2] for path in dropped if path[0] == "views"}
    dropped |= {path[:3] for path in dropped if path[:2] == ("history", "exceptions")}
    return Settings.model_validate(_without(data, dropped)), findings


def _as_written(path: explain.Path, dropped: Collection[explain.Path]) -> explain.Path:
    written: explain.Path = ()
    for step in path:
        left = (index for index in count() if (*written, index) not in dropped)
        written = (*written, next(islice(left, step, None)) if isinstance(step, int) else step)
    return written


def _held(data: Any, path: explain.Path) -> explain.Path:  # noqa: ANN401 - data of any form
    for length, step in enumerate(path):
        block = dict(enumerate(data)) if isinstance(data, list) else data
        if not isinstance(block, dict) or step not in block:
            return path[:length]
        data = block[step]
    return path


def _without(value: Any, dropped: Collection[explain.Path], here: explain.Path = ()) -> Any:  # noqa: ANN401 - data of any form
    if isinstance(value, dict):
        return {
            key: _without(item, dropped, (*here, key))
            for key, item in value.items()
            if (*here, key) not in dropped
        }
    if isinstance(value, list):
        return [
            _without(item, dropped, (*here, index))
            for index, item in enumerate(value)
            if (*here, index) not in dropped
        ]
    return value
