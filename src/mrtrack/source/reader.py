"""The reader: the bytes of a record in; the evaluation, its tree and every problem found out."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from mrtrack.model.paths import Path
from mrtrack.model.record import Evaluation
from mrtrack.problems import Kind, Problem, is_error
from mrtrack.source import kinds
from mrtrack.source.building import Unbuildable, build_with_data
from mrtrack.source.explain import Finding, explain
from mrtrack.source.places import place_of, ref_at, ref_on_line
from mrtrack.source.tree import INVISIBLE, Mapping, Node, Position, Scalar, plain

DEFAULT_BYTES = 5_000_000
DEFAULT_DEPTH = 40
_STAND_IN = "\ufffd"
_SEEN = bytes([0x0A, *range(0x20, 0x7F)])
_LINE = re.compile("[^\n]*\n?")


@dataclass(frozen=True)
class Reading:
    """What was read from one file. `evaluation` is None where the file is no record; the problems say why."""

    path: str
    content: bytes
    text: str
    tree: Node | None
    evaluation: Evaluation | None
    problems: tuple[Problem, ...]

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return split_lines(self.text)

    @property
    def data(self) -> Any:  # noqa: ANN401 - data of any form
        """The record as plain data: dicts, lists and text."""
        return plain(self.tree)

    @property
    def first_problem(self) -> Problem | None:
        """The first problem that keeps the file from being a record."""
        errors = filter(is_error, self.problems)
        return min(errors, key=lambda problem: (problem.line, problem.column), default=None)

    def problem(self, kind: Kind, path: Path, message: str, hint: str, *, at_key: bool = False) -> Problem:
        """A problem at the value (or the key) that a path names, or at its nearest block that exists."""
        place, width = place_of(self.tree, path, at_key=at_key)
        return self.problem_at(kind, place, width, message, hint, ref=ref_at(self.tree, path))

    def problem_at(
        self, kind: Kind, place: Position, width: int, message: str, hint: str, *, ref: str = ""
    ) -> Problem:
        """A problem at a line and column of the text, counted from 0."""
        line, column = place
        excerpt = self.lines[line] if line < len(self.lines) else ""
        return Problem(
            path=self.path,
            line=line + 1,
            column=column + 1,
            code=kind.code,
            rule=kind.name,
            severity=kind.severity,
            message=message,
            hint=hint,
            ref=ref,
            excerpt=excerpt,
            width=max(1, min(width, len(excerpt) - column)),
        )


def read(
    content: bytes, path: str, *, bytes_limit: int = DEFAULT_BYTES, depth_limit: int = DEFAULT_DEPTH
) -> Reading:
    """Read a record. All problems of the file are in the answer; none is raised."""
    empty = Reading(path, content, "", None, None, ())
    if len(content) > bytes_limit:
        message = f"the file has {len(content):,} bytes; a record has at most {bytes_limit:,}"
        hint = "split it, or raise [limits] bytes in mrtrack.toml"
        problem = replace(empty.problem_at(kinds.TOO_BIG, (0, 0), 1, message, hint), line=0, column=0)
        return replace(empty, problems=(problem,))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        sound = replace(empty, text=content[: error.start].decode("utf-8"))
        message = f"byte 0x{content[error.start]:02X} is not UTF-8"
        place = len(sound.lines) - 1, len(sound.lines[-1])
        problem = sound.problem_at(kinds.NOT_UTF8, place, 1, message, "save the file as UTF-8")
        return replace(sound, problems=(problem,))
    return _read_text(replace(empty, text=text.removeprefix("\ufeff")), depth_limit)


def _read_text(draft: Reading, depth_limit: int) -> Reading:
    hidden = _invisible(draft)
    hiding = {problem.line - 1 for problem in hidden}
    found = _marks_of_the_file(draft) + hidden

    def report(kind: Kind, place: Position, width: int, message: str, hint: str) -> None:
        if not (kind is kinds.SYNTAX and place[0] in hiding):
            found.append(draft.problem_at(kind, place, width, message, hint))

    try:
        visible = INVISIBLE.sub(_STAND_IN, draft.text) if hidden else draft.text
        tree, data = build_with_data(visible, report, depth_limit)
    except Unbuildable:
        return replace(draft, problems=_in_order(found))
    if isinstance(tree, Scalar) and tree.is_null:
        tree = None
    whole = replace(draft, tree=tree)
    if tree is not None:
        found = [replace(problem, ref=ref_on_line(tree, problem.line - 1)) for problem in found]
    evaluation, findings = _evaluation(tree, data)
    found += [
        whole.problem(finding.kind, finding.path, finding.message, finding.hint, at_key=finding.at_key)
        for finding in findings
    ]
    if any(map(is_error, found)):
        evaluation = None
    return replace(whole, evaluation=evaluation, problems=_in_order(found))


def _marks_of_the_file(draft: Reading) -> list[Problem]:
    found = []
    if draft.content.startswith(b"\xef\xbb\xbf"):
        hint = "save it as UTF-8 without the mark"
        found.append(draft.problem_at(kinds.BOM, (0, 0), 1, "the file begins with a byte order mark", hint))
    if "\r\n" in draft.text:
        hint = "save the file with LF line ends"
        found.append(draft.problem_at(kinds.LINE_ENDS, (0, 0), 1, "the lines end with CR LF", hint))
    return found


def _invisible(draft: Reading) -> list[Problem]:
    """One problem for each line that holds invisible characters, at the first of them."""
    found: list[Problem] = []
    if not _may_hide(draft):
        return found
    for number, line in enumerate(_LINE.findall(draft.text)):
        if hidden := INVISIBLE.findall(line):
            more = f", and {len(hidden) - 1} more in this line" if len(hidden) > 1 else ""
            message = f"the invisible character U+{ord(hidden[0]):04X} stands here{more}"
            place = number, line.index(hidden[0])
            found.append(draft.problem_at(kinds.CONTROL, place, 1, message, "delete it"))
    return found


def _may_hide(draft: Reading) -> bool:
    """Whether a text may hold what cannot be seen: looked at is what is left without what stands in every text."""
    rest = draft.content.translate(None, _SEEN).decode("utf-8")
    return not rest.isprintable() and INVISIBLE.search(draft.text) is not None


def _evaluation(
    tree: Node | None,
    data: Any,  # noqa: ANN401 - data of any form
) -> tuple[Evaluation | None, list[Finding]]:
    if tree is None:
        return None, [Finding(kinds.EMPTY, (), "the file holds no record", "write one, or delete the file")]
    if not isinstance(tree, Mapping):
        hint = "begin with schema: 1 and id:"
        return None, [Finding(kinds.WRONG_TYPE, (), "a record is a block of keys", hint)]
    try:
        return Evaluation.model_validate(data, by_alias=True, by_name=False), []
    except ValidationError as error:
        return None, list(explain(error, tree))


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    once: dict[tuple[int, int, str], Problem] = {}
    for problem in problems:
        once.setdefault((problem.line, problem.column, problem.code), problem)
    return tuple(once[place] for place in sorted(once))


def split_lines(text: str) -> list[str]:
    """The lines of a text, without their ends (LF or CR LF)."""
    return [line.removesuffix("\r") for line in text.split("\n")]
