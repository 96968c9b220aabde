"""Where the settings of a change are less strict than those of the base that it is checked by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mrtrack.config.faults import settings_problem
from mrtrack.config.locate import Path, locate
from mrtrack.model.settings import Settings
from mrtrack.problems import Kind, Problem
from mrtrack.rules.history_kinds import WEAKER_SETTINGS

_ORDER = ("off", "info", "warning", "error")
_LIMITS = (
    ("limits", "bytes"),
    ("limits", "depth"),
    ("limits", "line"),
    ("limits", "lines"),
    ("limits", "values"),
    ("days", "long_overdue"),
    ("days", "stale"),
    ("days", "response"),
)
_LISTS = (("lists", "types"), ("lists", "organisations"))


@dataclass(frozen=True, slots=True)
class _Weaker:
    path: Path
    message: str
    hint: str


def held_to(own: Settings, base: Settings) -> Settings:
    """The settings that a change is checked with: its own, but the severities, limits and exceptions of the base."""
    strict = {key: getattr(base, key) for key in ("severity", "limits", "days", "history")}
    return own.model_copy(update=strict)


def weaker_settings(
    base: Settings, own: Settings, content: bytes, rules: Iterable[Kind]
) -> tuple[Problem, ...]:
    """What `own` lets pass that `base` does not, each at its line of the content of mrtrack.toml."""
    text = content.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    places = locate(text)
    found = [*_severities(base, own, rules), *_limits(base, own), *_lists(base, own), *_exceptions(base, own)]
    problems = (
        settings_problem(WEAKER_SETTINGS, places.at(one.path) if text else None, text, one.message, one.hint)
        for one in found
    )
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))


def _severities(base: Settings, own: Settings, rules: Iterable[Kind]) -> Iterator[_Weaker]:
    for kind in rules:
        was, is_now = (str(settings.severity.get(kind.name, kind.severity)) for settings in (base, own))
        if _ORDER.index(is_now) < _ORDER.index(was):
            message = f"{kind.name} was “{was}” on the base, and is to be “{is_now}”"
            yield _Weaker(
                ("severity", kind.name), message, f"this change is checked with “{was}” all the same"
            )


def _limits(base: Settings, own: Settings) -> Iterator[_Weaker]:
    for path in _LIMITS:
        was, is_now = _at(base, path), _at(own, path)
        if is_now > was:
            message = f"{path[1]} was {was} on the base, and is to be {is_now}"
            yield _Weaker(path, message, f"this change is checked with {was} all the same")


def _lists(base: Settings, own: Settings) -> Iterator[_Weaker]:
    for path in _LISTS:
        if _at(base, path) and not _at(own, path):
            message = f"{path[1]} was a closed list on the base, and is to be open"
            yield _Weaker(path, message, "keep the list, and add to it the words that are new")


def _exceptions(base: Settings, own: Settings) -> Iterator[_Weaker]:
    for index, exception in enumerate(own.history.exceptions):
        if exception not in base.history.exceptions:
            about = f"{exception.record}:{exception.item}" if exception.item else exception.record
            message = f"history of {about} is to be rewritten: {exception.reason}"
            hint = "it takes effect once it is on the base; make the change that it is for after that"
            yield _Weaker(("history", "exceptions", index), message, hint)


def _at(settings: Settings, path: tuple[str, str]) -> Any:  # noqa: ANN401 - a value of any setting
    return getattr(getattr(settings, path[0]), path[1])
