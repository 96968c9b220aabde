"""The record's form as a JSON Schema (draft 7), for editors that complete and explain; made of the models.

A record that it rejects, `check` rejects as well; `check` knows more than a schema can say.
"""

import json
from typing import Any

from mrtrack.model.meanings import meaning_of
from mrtrack.model.shape import Items, Keys, Shape, record_shape

_MAY_BE_TAKEN_AWAY = "recommendations.actions.history.due"


def record_schema() -> dict[str, Any]:
    """The JSON Schema of a record; every key says what it means, every value shows an example."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "The record of an evaluation, as mrtrack keeps it",
        **_form_of(record_shape(), ""),
    }


def schema_text() -> str:
    """The JSON Schema of a record as the text of a file."""
    return json.dumps(record_schema(), ensure_ascii=False, indent=2) + "\n"


def _form_of(shape: Shape, path: str) -> dict[str, Any]:
    match shape:
        case Items(item):
            return {"type": "array", "minItems": 1, "items": _form_of(item, path)}
        case Keys(keys, required):
            properties = {key: _property(below, f"{path}.{key}".lstrip(".")) for key, below in keys.items()}
            block = {"type": "object", "additionalProperties": False, "properties": properties}
            return {**block, "required": list(required)} if required else block
        case _:
            return dict(shape.form)


def _property(shape: Shape, path: str) -> dict[str, Any]:
    meaning = meaning_of(path)
    told: dict[str, Any] = {"description": meaning.text, **_form_of(shape, path)}
    if meaning.example:
        told["examples"] = [meaning.example]
    if path == _MAY_BE_TAKEN_AWAY:
        told["type"] = [*told["type"], "null"]
    return told
