"""The proof of a change: two readers read the new text, and it says what was meant and nothing else.

Nothing here changes a text; `edit` ties splicing and proving together for those who write.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from mrtrack.edit.operations import EditRefused, Operation, apply
from mrtrack.edit.splice import splice
from mrtrack.model.settings import Limits
from mrtrack.model.shape import Path
from mrtrack.problems import Problem, is_error
from mrtrack.source.reader import USUAL_LIMITS, Reading, read
from mrtrack.source.tree import Scalar

_BOM = b"\xef\xbb\xbf"


def edit(
    reading: Reading,
    operations: Sequence[Operation],
    *,
    limits: Limits = USUAL_LIMITS,
) -> Reading:
    """The reading of the changed record, verified; its `content` is what to write.

    Raises:
        EditRefused: where the change cannot be made, or its result is not what was meant.
    """
    content = encode(reading, splice(reading, operations))
    after = read(content, reading.path, limits)
    verify(reading, after, operations)
    return after


def encode(reading: Reading, text: str) -> bytes:
    """The bytes of a changed text, with the byte order mark if the file began with one."""
    return (_BOM if reading.content.startswith(_BOM) else b"") + text.encode("utf-8")


def verify(before: Reading, after: Reading, operations: Sequence[Operation]) -> None:
    """Prove that a reading is the one before with the operations made, and nothing else.

    Raises:
        EditRefused: where the new text has errors that the old one had not, where its data are not those
            meant, and where an independent reader takes them for others.
    """
    known = Counter(_identity(problem) for problem in before.problems)
    for problem in filter(is_error, after.problems):
        if not known[_identity(problem)]:
            raise EditRefused((), f"line {problem.line} would be wrong: {problem.message}", problem.hint)
        known[_identity(problem)] -= 1
    meant = apply(before.data, operations)
    if (path := _difference(meant, after.data)) is not None:
        raise EditRefused(
            path, "the changed text would not say here what was meant", "change these lines in an editor"
        )
    if (path := _difference(after.data, second_reading(after.text))) is not None:
        raise EditRefused(
            path,
            "another reader of YAML takes these lines for something else",
            "put the text in quotes, or in a block after |",
        )


def second_reading(text: str) -> Any:  # noqa: ANN401 - data of any form
    """The data of a text as ruamel.yaml reads them by YAML 1.2: dicts, lists, text, and None for no value.

    Raises:
        EditRefused: where the text is no YAML to it, and where a key stands twice.
    """
    from ruamel.yaml import YAML  # noqa: PLC0415 - heavy, and only a write needs it
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415

    try:
        return _plain(YAML(typ="safe", pure=True).compose(text))
    except MarkedYAMLError as error:
        mark, problem = error.problem_mark or error.context_mark, error.problem or error.context or ""
        hint = "put spaces in place of the tab" if "\\t" in problem else "write these lines in a simpler form"
        line = mark.line + 1 if mark else 0
        raise EditRefused((), f"another reader of YAML stumbles over line {line}: {problem}", hint) from None
    except (YAMLError, AssertionError) as error:
        raise EditRefused(
            (), f"another reader of YAML gives up: {error}", "write the record in a simpler form"
        ) from None


def _identity(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.ref, problem.excerpt


def _plain(node: Any, path: Path = ()) -> Any:  # noqa: ANN401 - data of any form
    if node is None:
        return None
    if node.id == "scalar":
        text = Scalar(node.value, node.style, (0, 0), (0, 0))
        return None if text.is_null else text.value
    if node.id == "sequence":
        return [_plain(item, (*path, index)) for index, item in enumerate(node.value)]
    block: dict[str, Any] = {}
    for key, value in node.value:
        if key.id != "scalar" or key.value in block:
            raise EditRefused(
                path,
                "another reader of YAML finds a key here that is no word, or stands twice",
                "write it once",
            )
        block[key.value] = _plain(value, (*path, key.value))
    return block


def _difference(meant: Any, found: Any, path: Path = ()) -> Path | None:  # noqa: ANN401 - data of any form
    """The first place where two data differ, line breaks at the end of texts aside; None where they agree."""
    if isinstance(meant, dict) and isinstance(found, dict) and meant.keys() == found.keys():
        steps: list[str | int] = list(meant)
    elif isinstance(meant, list) and isinstance(found, list) and len(meant) == len(found):
        steps = list(range(len(meant)))
    elif isinstance(meant, str) and isinstance(found, str):
        return None if meant.rstrip("\n") == found.rstrip("\n") else path
    else:
        return None if meant is None and found is None else path
    for step in steps:
        if (deeper := _difference(meant[step], found[step], (*path, step))) is not None:
            return deeper
    return None
