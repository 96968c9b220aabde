"""The reader: the bytes of a record in; the evaluation, its tree and every problem found out."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any, cast

from pydantic import ValidationError

from mrtrack.model.paths import Path
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Limits
from mrtrack.problems import Kind, Problem, is_error
from mrtrack.source import kinds
from mrtrack.source.bounds import Beyond, beyond, too_big
from mrtrack.source.explain import Finding, explain
from mrtrack.source.places import place_of, ref_at, ref_on_line
from mrtrack.source.tree import INVISIBLE, Mapping, Node, Position, Scalar, hides
from mrtrack.source.usual import Usual, read_usual
from mrtrack.source.usual_places import usual_place
from mrtrack.source.usual_tree import usual_tree

USUAL_LIMITS = Limits()
"""What holds where no settings say otherwise."""

MOST_PROBLEMS = 1_000
"""How many problems of one file are told."""

_STAND_IN = "\ufffd"
_LINE = re.compile("[^\n]*\n?")


@dataclass(frozen=True)
class Reading:
    """What was read from one file. `evaluation` is None where the file is no record; the problems say why.

    `data` is the record as plain data: dicts, lists and text; None where there is none. `usual` is there where the
    text is laid out as usual: then its tree is built when it is first asked for.
    """

    path: str
    content: bytes
    text: str
    data: Any = None
    evaluation: Evaluation | None = None
    problems: tuple[Problem, ...] = ()
    usual: Usual | None = field(default=None, repr=False)
    built: Node | None = field(default=None, repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return split_lines(self.text)

    @cached_property
    def tree(self) -> Node | None:
        """The record with the places where everything stands; None where there is no data."""
        return usual_tree(self.text, self.usual) if self.usual else self.built

    @property
    def first_problem(self) -> Problem | None:
        """The first problem that keeps the file from being a record."""
        errors = filter(is_error, self.problems)
        return min(errors, key=lambda problem: (problem.line, problem.column), default=None)

    def problem(self, kind: Kind, path: Path, message: str, hint: str, *, at_key: bool = False) -> Problem:
        """A problem at the value (or the key) that a path names, or at its nearest block that exists."""
        found = usual_place(self.text, self.data, path, at_key=at_key) if self.usual else None
        place, width = found or place_of(self.tree, path, at_key=at_key)
        return self.problem_at(kind, place, width, message, hint, ref=ref_at(self.data, path))

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


def read(content: bytes, path: str, limits: Limits = USUAL_LIMITS) -> Reading:
    """Read a record. The problems of the file, up to `MOST_PROBLEMS`, are in the answer; none is raised."""
    empty = Reading(path, content, "")
    if too_much := beyond(content, limits):
        return _refused(empty, too_much)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        sound = replace(empty, text=content[: error.start].decode("utf-8"))
        message = f"byte 0x{content[error.start]:02X} is not UTF-8"
        place = len(sound.lines) - 1, len(sound.lines[-1])
        problem = sound.problem_at(kinds.NOT_UTF8, place, 1, message, "save the file as UTF-8")
        return replace(sound, problems=(problem,))
    return _read_text(replace(empty, text=text.removeprefix("\ufeff")), limits)


def unread(path: str, size: int, limits: Limits) -> Reading:
    """The reading of a file that was not read, as it has more bytes than a record may have."""
    return _refused(Reading(path, b"", ""), too_big(size, limits.bytes))


def _refused(empty: Reading, why: Beyond) -> Reading:
    kind, line, message, hint = why
    problem = empty.problem_at(kind, (line or 0, 0), 1, message, hint)
    return replace(empty, problems=(replace(problem, line=0, column=0) if line is None else problem,))


def _read_text(draft: Reading, limits: Limits) -> Reading:
    hidden = _invisible(draft)
    found = _marks_of_the_file(draft) + hidden
    usual = None if hidden else read_usual(draft.text, limits)
    whole = replace(draft, data=usual.data, usual=usual) if usual else _built(draft, hidden, found, limits)
    if whole is None:
        return replace(draft, problems=_in_order(found))
    if found and whole.tree is not None:
        found = [
            replace(problem, ref=ref_on_line(whole.tree, whole.data, problem.line - 1)) for problem in found
        ]
    evaluation, findings = _evaluation(whole)
    found += [
        whole.problem(finding.kind, finding.path, finding.message, finding.hint, at_key=finding.at_key)
        for finding in findings
    ]
    if any(map(is_error, found)):
        evaluation = None
    return replace(whole, evaluation=evaluation, problems=_in_order(found))


def _built(draft: Reading, hidden: list[Problem], found: list[Problem], limits: Limits) -> Reading | None:
    """The draft with its tree, and the problems of its YAML added to those found; None where it is no YAML."""
    from mrtrack.source.building import Unbuildable, build_with_data  # noqa: PLC0415 - few texts need libyaml

    hiding = {problem.line - 1 for problem in hidden}

    def report(kind: Kind, place: Position, width: int, message: str, hint: str) -> None:
        if not (kind is kinds.SYNTAX and place[0] in hiding):
            found.append(draft.problem_at(kind, place, width, message, hint))
            if len(found) > MOST_PROBLEMS:
                raise Unbuildable

    visible = INVISIBLE.sub(_STAND_IN, draft.text) if hidden else draft.text
    try:
        tree, data = build_with_data(visible, report, limits.depth, limits.values)
    except Unbuildable:
        return None
    return replace(draft, data=data, built=None if isinstance(tree, Scalar) and tree.is_null else tree)


def _marks_of_the_file(draft: Reading) -> list[Problem]:
    found = []
    if draft.content.startswith(b"\xef\xbb\xbf"):
        hint = "save it as UTF-8 without the mark"
        found.append(draft.problem_at(kinds.BOM, (0, 0), 1, "the file begins with a byte order mark", hint))
    if "\r" in draft.text and "\r\n" in draft.text:
        hint = "save the file with LF line ends"
        found.append(draft.problem_at(kinds.LINE_ENDS, (0, 0), 1, "the lines end with CR LF", hint))
    return found


def _invisible(draft: Reading) -> list[Problem]:
    """One problem for each line that holds invisible characters, at the first of them."""
    found: list[Problem] = []
    if not hides(draft.content, draft.text):
        return found
    for number, match in enumerate(_LINE.finditer(draft.text)):
        line = match[0]
        if hidden := INVISIBLE.findall(line):
            more = f", and {len(hidden) - 1} more in this line" if len(hidden) > 1 else ""
            message = f"the invisible character U+{ord(hidden[0]):04X} stands here{more}"
            place = number, line.index(hidden[0])
            found.append(draft.problem_at(kinds.CONTROL, place, 1, message, "delete it"))
            if len(found) > MOST_PROBLEMS:
                break
    return found


def _evaluation(whole: Reading) -> tuple[Evaluation | None, list[Finding]]:
    if whole.data is None:
        return None, [Finding(kinds.EMPTY, (), "the file holds no record", "write one, or delete the file")]
    if not isinstance(whole.data, dict):
        hint = "begin with schema: 1 and id:"
        return None, [Finding(kinds.WRONG_TYPE, (), "a record is a block of keys", hint)]
    try:
        return Evaluation.model_validate(whole.data, by_alias=True, by_name=False), []
    except ValidationError as error:
        return None, list(islice(explain(error, cast("Mapping", whole.tree)), MOST_PROBLEMS + 1))


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    once: dict[tuple[int, int, str], Problem] = {}
    for problem in problems:
        once.setdefault((problem.line, problem.column, problem.code), problem)
    told = tuple(once[place] for place in sorted(once))
    return told if len(problems) <= MOST_PROBLEMS else _with_an_end(told[:MOST_PROBLEMS])


def _with_an_end(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Problems of which there are more than these, with the one that says so at the place of the last."""
    kind, last = kinds.MORE_PROBLEMS, problems[-1]
    message, hint = "the file has more problems than are told", "mend these, and check again"
    more = replace(
        last, code=kind.code, rule=kind.name, severity=kind.severity, message=message, hint=hint, width=1
    )
    return (*problems, more)


def split_lines(text: str) -> list[str]:
    """The lines of a text, without their ends (LF or CR LF)."""
    lines = text.split("\n")
    return [line.removesuffix("\r") for line in lines] if "\r" in text else lines
