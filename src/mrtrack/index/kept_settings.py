"""The settings as the index keeps them, so that they need not be checked again while mrtrack.toml is the same."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from mrtrack.model.settings import Limits, Settings


def dumped(settings: Settings) -> str:
    """The settings as text."""
    return json.dumps({"settings": _plain(settings), "unit_names": dict(settings.unit_names)})


def loaded(text: str) -> Settings:
    """The settings of a text, to be asked what `Settings` is asked."""
    kept = json.loads(text)
    settings = _restored(kept["settings"])
    settings.unit_names = kept["unit_names"]
    return cast("Settings", settings)


def kept_limits(limits: dict[str, int]) -> Limits:
    """Limits that were kept as plain data, to be asked what `Limits` is asked."""
    return cast("Limits", SimpleNamespace(**limits))


def decisive(settings: Settings) -> str:
    """What of the settings decides how a record is read and what is kept of it, as text."""
    limits = settings.limits
    bounds = limits.bytes, limits.depth, limits.line, limits.lines, limits.values
    return json.dumps([settings.records, *bounds, settings.days.response])


def _plain(value: Any) -> Any:  # noqa: ANN401 - settings of any form
    if hasattr(value, "model_dump"):
        return {"table": {name: _plain(getattr(value, name)) for name in type(value).model_fields}}
    if isinstance(value, dict):
        return {"words": {str(key): _plain(item) for key, item in value.items()}}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, (bool, int)) else str(value)


def _restored(value: Any) -> Any:  # noqa: ANN401 - the same
    if isinstance(value, list):
        return tuple(_restored(item) for item in value)
    if not isinstance(value, dict):
        return value
    if "table" in value:
        return SimpleNamespace(**{key: _restored(item) for key, item in value["table"].items()})
    return {key: _restored(item) for key, item in value["words"].items()}
