"""Merging: of three texts of one record, no entry is ever lost; where the sides disagree, a person is shown it."""

import json
import re
from collections.abc import Iterator
from functools import partial
from random import Random
from typing import Any

from fuzz.choices import Choices
from fuzz.target import Target, demand
from mrtrack.merge.merging import Merged, merge
from mrtrack.model.settings import Settings
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.source.reader import Reading, read
from waterworks import WATER

PATH = "records/water-2021.yaml"
BETWEEN = b"\x1e"
LINES = WATER.splitlines(keepends=True)
VALUES = (
    "2021-03-02", "2021-05-04", "2021-12-31", "2022-Q1", "2021", "completed", "initiated", "not-initiated",
    "no-longer-applicable", "accepted", "rejected", "Director", "Field office", "M&E unit", "null", "'1.1'", '"1.2"',
    "|", "Words # not a comment", "true",
)  # fmt: skip
EVALUATION = ("ongoing", "completed", "planned", "cancelled")
MEANT = {
    "date": ("2021-01-10", "2021-05-04", "2021-12-31"),
    "due": ("2021-07", "2022-Q1", "2023"),
    "planned_end": ("2021-12", "2022"),
    "status": ("completed", "initiated", "not-initiated", "no-longer-applicable"),
    "decision": ("accepted", "rejected", "partially-accepted"),
    "responsible": ("Director", "Field office"),
    "by": ("M&E unit", "Director"),
    "title": ("Plan together", "Plan apart"),
    "required": ("true", "false"),
}
OF_ACTIONS: tuple[list[str], ...] = (
    ["  status: completed"], ["  status: initiated", "  due: 2022"], ["  due: null"], ["  responsible: HQ"],
    ["  verdict: confirmed"], ["  corrects: 2021-03-02"], [],
)  # fmt: skip
OF_ANY: tuple[list[str], ...] = ([], ["  corrects: 2021-01-05"])
ENTRY = re.compile(r"^( *)- date: ")

Data = dict[str, Any]


def run(content: bytes) -> None:
    """What holds of any three texts: given apart by a sign, else made of a record by changes of its lines."""
    if content.count(BETWEEN) == 2:
        base, ours, theirs = content.split(BETWEEN)
    else:
        choices = Choices(content)
        base, ours, theirs = WATER.encode(), _changed(choices), _changed(choices)
    one, other = merge(base or None, ours, theirs, PATH), merge(base or None, theirs, ours, PATH)
    demand(one.content is not None or one.conflicts, "there is neither a result nor a reason")
    places = [sorted(conflict.place for conflict in result.conflicts) for result in (one, other)]
    demand(places[0] == places[1], f"the other way round, other places disagree: {places}")
    demand((one.content is None) is (other.content is None), "only one way round, there is a result")
    _demand_kept(base, ours, theirs, one)
    if not one.conflicts and theirs not in (ours, base) and ours != base:
        _demand_sound(ours, theirs, one, other)


def _demand_sound(ours: bytes, theirs: bytes, one: Merged, other: Merged) -> None:
    readings = [read(content or b"", PATH) for content in (ours, theirs, one.content, other.content)]
    demand(readings[2].evaluation, "what was merged cannot be read")
    demand(
        readings[2].evaluation == readings[3].evaluation, "the other way round, the result says another thing"
    )
    known = {(one.code, one.message) for side in readings[:2] for one in check(side, Settings())}
    new = [one for one in check(readings[2], Settings()) if is_error(one)]
    demand(all((one.code, one.message) in known for one in new), f"merged, it is not valid: {new}")


def _demand_kept(base: bytes, ours: bytes, theirs: bytes, result: Merged) -> None:
    """What a side added is in the result; in a file with markers, its lines are."""
    if result.content is None:
        return
    before, after = _entries(read(base, PATH)), read(result.content, PATH)
    for side in (ours, theirs):
        reading = read(side, PATH)
        if reading.evaluation is None:
            continue
        added = _entries(reading) - before
        if not result.conflicts:
            lost = added - _entries(after)
            demand(not lost, f"lost: {sorted(lost)}")
        else:
            demand(
                b"<<<<<<<" in result.content and b">>>>>>>" in result.content, "no markers show the conflict"
            )
            there = {line.strip() for line in result.content.decode("utf-8", "replace").splitlines()}
            lost_lines = [line for line in _texts(added) if line not in there]
            demand(not lost_lines, f"lost: {lost_lines}")


def _entries(reading: Reading) -> set[tuple[str, str]]:
    """Every entry of a record: where it stands, and all it says."""
    found: set[tuple[str, str]] = set()
    if not isinstance(reading.data, dict) or reading.evaluation is None:
        return found
    add = partial(_add, found)
    add("", reading.data)
    for top in reading.data.get("recommendations") or ():
        add(f"{top['id']} response".casefold(), top.get("response") or {})
        for action in top.get("actions") or ():
            add(str(action["id"]).casefold(), action)
    return found


def _add(found: set[tuple[str, str]], where: str, block: Data) -> None:
    found.update((where, json.dumps(one, sort_keys=True)) for one in block.get("history") or ())


def _texts(entries: set[tuple[str, str]]) -> Iterator[str]:
    """The lines of comments, which stand in a file as they are."""
    for _, told in entries:
        comment = json.loads(told).get("comment")
        if isinstance(comment, str) and "\n" in comment:
            yield from (line.strip() for line in comment.splitlines())


def _changed(choices: Choices) -> bytes:
    lines = list(LINES)
    for _ in range(1 + choices.below(3)):
        at = choices.below(len(lines))
        match choices.below(12):
            case 0 | 1 | 2 | 10:
                _add_entry(lines, choices)
            case 3 | 4 | 11:
                _say_otherwise(lines, at, choices)
            case 5:
                del lines[at : _after(lines, at)]
            case 6:
                lines[at:at] = lines[at : _after(lines, at)]
            case 7:
                _grow(lines, at, choices)
            case 8:
                lines.insert(at, f"{_indent(lines[at])}{choices.text(12)}\n")
            case _:
                lines[at] = f"{lines[at].partition(': ')[0]}: {choices.of(VALUES)}\n"
        if not lines:
            break
    return "".join(lines).encode("utf-8")


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _after(lines: list[str], at: int) -> int:
    """The line after a block: whatever stands deeper belongs to it."""
    depth, after = len(_indent(lines[at])), at + 1
    while after < len(lines) and len(_indent(lines[after])) > depth:
        after += 1
    return after


def _say_otherwise(lines: list[str], at: int, choices: Choices) -> None:
    """Give the next key that has closed words, a date or a unit another value; or other prose."""
    for nth in (*range(at, len(lines)), *range(at)):
        key, colon, _ = lines[nth].partition(": ")
        values = MEANT.get(key.strip(" -"))
        if colon and values:
            words = EVALUATION if key == "status" else values
            lines[nth] = f"{key}: {choices.of(words)}\n"
            return


def _add_entry(lines: list[str], choices: Choices) -> None:
    """Put an entry at the end of a history, as a person who records something does; or before, as one who tampers."""
    begins = [nth for nth, line in enumerate(lines) if ENTRY.match(line)]
    if not begins:
        return
    at = choices.of(begins)
    indent = _indent(lines[at])
    after = _after(lines, at)
    while choices.below(8) and after < len(lines) and lines[after].startswith(f"{indent}- "):
        after = _after(lines, after)
    day = f"2021-{choices.below(7) + 6:02}-{choices.below(4) * 7 + 1:02}"
    told = [f"- date: {day}", f"  by: {choices.of(('M&E unit', 'Director'))}"]
    told += choices.of(OF_ACTIONS if any("due:" in line for line in lines[at:after]) else OF_ANY)
    told += ["  comment: |", f"    {choices.of(('A word.', 'Another word.', '# no comment', 'x: y'))}"]
    lines[after:after] = [f"{indent}{line}\n" for line in told]


def _grow(lines: list[str], at: int, choices: Choices) -> None:
    """Put a recommendation below the others, or change an id."""
    number = choices.below(4)
    if lines[at].lstrip().startswith("- id: "):
        lines[at] = f'{lines[at].partition("- id: ")[0]}- id: "1.{number}"\n'
    else:
        top = lines.index("history:\n") if "history:\n" in lines else len(lines)
        lines.insert(top, f'  - id: "{number + 2}"\n    text: |\n      {choices.of(("Better.", "Worse."))}\n')


def corpus() -> Iterator[bytes]:
    """Sides that were changed in many ways, and three texts as they are."""
    chance = Random(3)  # noqa: S311 - a choice that can be made again
    for length in range(8, 60, 2):
        yield chance.randbytes(length)
    later = WATER.replace("status: ongoing", "status: completed")
    other = WATER.replace("due: 2022-Q1", "due: 2022-Q2")
    for three in ((WATER, later, other), ("", later, other), (WATER, other.replace("\n", "\r\n"), later)):
        yield BETWEEN.join(text.encode() for text in three)


MERGE = Target(
    "merge",
    "three texts of a record",
    run,
    corpus,
    (*(value.encode() for value in VALUES), BETWEEN, *map(str.encode, LINES)),
)
