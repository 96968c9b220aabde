"""The JSON documents of the contract (DESIGN.md section 3); pure text."""

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from mrtrack.model.harmless import HARMFUL
from mrtrack.problems import Problem

_MARKED = re.compile(r"##(?=(?:vso)?\[)")


def json_document(kind: str, as_of: date | None, unread: Sequence[Problem], items: Sequence[Any]) -> str:
    """A JSON document of the contract; `unread` names what could not be read, with its first problem."""
    document = {
        "schema_version": 1,
        "kind": kind,
        "as_of": as_of.isoformat() if as_of else None,
        "complete": not unread,
        "unread": [
            {"path": problem.path, "line": problem.line, "problem": problem.message} for problem in unread
        ],
        "items": list(items),
    }
    return json_text(document)


def json_text(document: Any) -> str:  # noqa: ANN401 - whatever JSON can say
    """A document as JSON; what could command a terminal, or a CI service's runner, is written as JSON's escapes."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    inert = "\n".join(line if line.isprintable() else _escaped(line) for line in text.split("\n"))
    return _MARKED.sub(r"#\\u0023", inert) + "\n"


def _escaped(text: str) -> str:
    return re.sub(HARMFUL, lambda found: json.dumps(found[0])[1:-1], text)
