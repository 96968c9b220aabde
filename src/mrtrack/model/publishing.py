"""Which keys of a record can be kept out of what is published, and why the others cannot."""

from difflib import get_close_matches

from mrtrack.model.shape import Items, Shape, Value, key_paths, record_shape


def why_not_omitted(key: str) -> tuple[str, str] | None:
    """What is wrong with leaving out a key written with dots, and what to write instead; None if nothing."""
    block: Shape = record_shape()
    steps = key.split(".")
    for place, step in enumerate(steps):
        while isinstance(block, Items):
            block = block.item
        if isinstance(block, Value):
            return None if block.kind == "free" else _unknown(key)
        if step not in block.keys:
            return _unknown(key)
        if place == len(steps) - 1 and step in block.required:
            return _required(key, ".".join(steps[:-1]))
        block = block.keys[step]
    return None


def _unknown(key: str) -> tuple[str, str]:
    known = list(key_paths())
    near = [path for path in known if path.endswith(f".{key}")][:3] or get_close_matches(
        key, known, n=1, cutoff=0.7
    )
    hint = (
        f"did you mean {' or '.join(f'“{path}”' for path in near)}?"
        if near
        else "docs/record.md lists the keys"
    )
    return f"“{key}” is no key of a record", hint


def _required(key: str, above: str) -> tuple[str, str]:
    hint = f"leave out “{above}” as a whole, or neither" if above else "take it off the list"
    return f"“{key}” cannot be left out: without it the rest cannot be read", hint
