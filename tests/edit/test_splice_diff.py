"""What git shows of a change: exactly the changed and added lines, whatever the file looks like.

`cases/*.expected` lists these lines for each update of `updates.py`; they were read by a person.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from differences import difference
from updates import UPDATES

from mrtrack.edit.verify import edit
from mrtrack.source.reader import Reading, read

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))

every_case = pytest.mark.parametrize("name", NAMES)
every_update = pytest.mark.parametrize("update", UPDATES)


def record(name: str) -> Reading:
    reading = read((CASES / f"{name}.yaml").read_bytes(), f"records/{name}.yaml")
    assert not reading.problems
    return reading


def expected_lines(name: str, update: str) -> Iterator[str]:
    inside = False
    for line in (CASES / f"{name}.expected").read_text("utf-8").splitlines():
        if line.startswith("== "):
            inside = line == f"== {update}"
        elif inside:
            yield line


@every_case
@every_update
def test_a_diff_shows_the_changed_and_added_lines_only(name: str, update: str, tmp_path: Path) -> None:
    before = record(name)
    found = difference(before.content, edit(before, UPDATES[update]).content, tmp_path)
    expected = list(expected_lines(name, update))
    assert found.lines == expected
    assert found.added == sum(line.startswith("+") for line in expected)
    assert found.deleted == sum(line.startswith("-") for line in expected)


@every_case
@every_update
def test_windows_line_ends_stay_and_new_lines_have_them_too(name: str, update: str, tmp_path: Path) -> None:
    unix = record(name)
    windows = read(unix.content.replace(b"\n", b"\r\n"), unix.path)
    after = edit(windows, UPDATES[update])
    assert after.content == edit(unix, UPDATES[update]).content.replace(b"\n", b"\r\n")
    assert difference(windows.content, after.content, tmp_path).lines == [
        f"{line}\r" for line in expected_lines(name, update)
    ]


@every_case
@every_update
def test_a_file_without_a_final_newline_changes_in_the_same_lines(
    name: str, update: str, tmp_path: Path
) -> None:
    whole = record(name)
    broken_off = read(whole.content.rstrip(b"\n"), whole.path)
    after = edit(broken_off, UPDATES[update])
    assert after.content.rstrip(b"\n") == edit(whole, UPDATES[update]).content.rstrip(b"\n")
    last_line_is_completed = after.content.endswith(b"\n")
    expected = list(expected_lines(name, update))
    found = difference(broken_off.content, after.content, tmp_path)
    assert found.added == sum(line.startswith("+") for line in expected) + last_line_is_completed
    assert found.deleted == sum(line.startswith("-") for line in expected) + last_line_is_completed


@every_case
def test_a_byte_order_mark_stays(name: str) -> None:
    plain = record(name)
    marked = read(b"\xef\xbb\xbf" + plain.content, plain.path)
    after = edit(marked, UPDATES["set the status"])
    assert after.content == b"\xef\xbb\xbf" + edit(plain, UPDATES["set the status"]).content


@every_case
def test_several_changes_at_once_are_the_changes_one_after_the_other(name: str) -> None:
    updates = ("progress with everything", "add an action", "name supporting units", "fill in the head")
    one_by_one = record(name)
    for update in updates:
        one_by_one = edit(one_by_one, UPDATES[update])
    at_once = edit(record(name), [operation for update in updates for operation in UPDATES[update]])
    assert at_once.content == one_by_one.content
