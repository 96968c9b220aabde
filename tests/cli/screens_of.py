"""Records that the tests of reading commands write, and the screens that they look at."""

import re
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from mrtrack.edit.layout import new_record

Keys = dict[str, Any]

_ESCAPE = re.compile("\x1b\\[[0-9;]*m")

BROKEN = "schema: 1\nid: broken-2021\nstatus: finished\n"

# DESIGN.md section 3, as it stands there.
ACTION_KEYS = [
    "ref",
    "evaluation",
    "recommendation",
    "action",
    "title",
    "text",
    "responsible",
    "supported_by",
    "serves",
    "due",
    "original_due",
    "postponements",
    "timeline",
    "status",
    "overdue",
    "long_overdue",
    "due_soon",
    "stale",
    "disputed",
    "days_overdue",
    "completed_on",
    "completed_on_basis",
    "added",
    "updated",
    "decision",
    "verdict",
    "last_comment",
    "documents",
]
DOCUMENT_KEYS = ["schema_version", "kind", "as_of", "complete", "unread", "items"]
PROBLEM_KEYS = ["path", "line", "column", "code", "rule", "severity", "message", "hint", "ref"]


def promised(text: str = "Do it.", **keys: Any) -> Keys:
    """An action that was recorded on 2021-12-01 with these keys."""
    entry = {key: keys[key] for key in ("status", "due", "responsible") if key in keys}
    return {"text": text, **keys, "history": [{"date": "2021-12-01", "by": "M&E unit", **entry}]}


def put(folder: Path, name: str, *actions: Keys, **keys: Any) -> Path:
    """Write the record of an evaluation with one recommendation and these actions, 1.1 and so on."""
    listed = [{"id": f"1.{number}", **action} for number, action in enumerate(actions, 1)]
    data = {"schema": "1", "id": name, "title": f"Evaluation {name}", **keys}
    data.setdefault(
        "recommendations", [{"id": "1", "text": "Do better.", "actions": listed}] if listed else []
    )
    return put_text(folder, f"{name}.yaml", new_record({key: value for key, value in data.items() if value}))


def put_text(folder: Path, name: str, text: str) -> Path:
    """Write a file below records/ as it is given."""
    path = folder / "records" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def put_broken(folder: Path) -> Path:
    """Write a record that cannot be read: its status is none."""
    return put_text(folder, "broken-2021.yaml", BROKEN)


def plain(screen: str) -> str:
    """A screen without its colours, and without what is not seen at the ends of its lines."""
    return "".join(f"{line.rstrip()}\n" for line in _ESCAPE.sub("", screen).splitlines())


def widest(screen: str) -> int:
    """The columns that the longest line of a screen takes."""
    return max((cell_len(line) for line in _ESCAPE.sub("", screen).splitlines()), default=0)


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of a folder but git's own: when it was changed, and its content."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}
