"""`mrtrack edit`: an item in the person's editor, here a program that does what the test says."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run, git
from waterworks import begin, changed_files, changed_lines, item, last, whole

Editor = Callable[[str], None]

EDITOR = """\
import pathlib, re, sys
file = pathlib.Path(sys.argv[1])
content = file.read_bytes()
pathlib.Path({seen!r}).write_bytes(content)
text = content.decode("utf-8")
{change}
file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
"""


@pytest.fixture
def water(folder: Path) -> Path:
    return begin(folder)


@pytest.fixture
def seen(tmp_path: Path) -> Path:
    """What the editor was given the last time."""
    return tmp_path / "seen.yaml"


@pytest.fixture
def editor(tmp_path: Path, seen: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Make the editor do to `text` what these lines of Python do."""

    def become(change: str) -> None:
        program = tmp_path / "an editor.py"
        program.write_text(EDITOR.format(seen=str(seen), change=change), encoding="utf-8")
        monkeypatch.setenv("EDITOR", f"{sys.executable} '{program}'")

    return become


def kept_aside(err: str) -> str:
    found = re.search(r"your text is in (\S+)", err)
    assert found, err
    path = Path(found[1])
    text = path.read_text("utf-8", errors="replace")
    path.unlink()
    return text


def test_the_editor_gets_the_item_alone_at_the_left_margin(
    water: Path, mrtrack: Run, editor: Editor, seen: Path
) -> None:
    editor("")
    mrtrack("edit", "water-2021:1.1")
    lines = seen.read_text("utf-8").splitlines()
    assert lines[:5] == [
        'id: "1.1"',
        "text: |",
        "  Hold one planning meeting a year.",
        "responsible: Director",
        "due: 2021-07",
    ]
    assert lines[-1] == "      The meeting was moved to follow the budget."
    mrtrack("edit", "water-2021")
    assert seen.read_bytes() == water.read_bytes()


@pytest.mark.parametrize(
    ("ref", "old", "new", "column"),
    [
        ("water-2021:1.1", "Hold one planning meeting", "Hold two planning meetings", 10),
        ("water-2021:1.3", "Train the planners.", "Train – à fond – the planners.", 10),
        ("water-2021:2", "Learn from the plan.", "Learn from the plan, and share it.", 6),
        ("water-2021:1", "title: Plan together", "title: Plan as one", 4),
        ("water-2021", "title: Evaluation of the water programme", "title: Evaluation of all water", 0),
    ],
)
def test_a_valid_change_is_kept_and_nothing_else_changes(
    water: Path, mrtrack: Run, editor: Editor, ref: str, old: str, new: str, column: int
) -> None:
    editor(f"text = text.replace({old!r}, {new!r})")
    line = next(line for line in water.read_text("utf-8").splitlines() if old in line)
    told = mrtrack("edit", ref)
    assert (told.code, told.out, told.err) == (0, f"{ref} edited\n", "")
    assert changed_lines() == [f"-{line}", f"+{line.replace(old, new)}"]
    assert line.startswith(" " * column + old[:1])
    assert mrtrack("undo").code == 0
    assert changed_files() == []


def test_lines_can_be_added_and_taken_out(water: Path, mrtrack: Run, editor: Editor) -> None:
    editor(
        'text = text.replace("due: 2022-Q1\\n", "").replace("status:", "supported_by:\\n  - Team A\\nstatus:")'
    )
    assert mrtrack("edit", "water-2021:1.2").code == 0
    assert changed_lines() == ["-        due: 2022-Q1", "+        supported_by:", "+          - Team A"]
    assert item(water, "1.2")["supported_by"] == ["Team A"]


def test_an_entry_written_in_the_editor_needs_the_present_to_follow(
    water: Path, mrtrack: Run, editor: Editor
) -> None:
    entry = "  - date: 2026-11-22\\n    by: Director\\n    status: completed\\n"
    editor(f'text += "{entry}"')
    told = mrtrack("edit", "water-2021:1.1")
    assert told.code == 1
    assert "status is “initiated” here, but the entry of 2026-11-22 says “completed”" in told.err
    assert kept_aside(told.err).endswith("status: completed\n")
    editor(f'text = text.replace("\\nstatus: initiated", "\\nstatus: completed") + "{entry}"')
    assert mrtrack("edit", "water-2021:1.1").code == 0
    assert last(water, "1.1") == {"date": "2026-11-22", "by": "Director", "status": "completed"}


@pytest.mark.parametrize("form", ["CRLF", "BOM", "no final newline", "mixed"])
def test_line_ends_and_marks_of_the_file_stay(water: Path, mrtrack: Run, editor: Editor, form: str) -> None:
    forms: dict[str, Callable[[bytes], bytes]] = {
        "CRLF": lambda content: content.replace(b"\n", b"\r\n"),
        "BOM": lambda content: b"\xef\xbb\xbf" + content,
        "no final newline": bytes.rstrip,
        "mixed": lambda content: content.replace(b"programme\n", b"programme\r\n").replace(
            b"Train the planners.\n", b"Train the planners.\r\n"
        ),
    }
    before = forms[form](water.read_bytes().replace(b"Publish", "Publish – naïvement – ".encode()))
    water.write_bytes(before)
    for ref in ("water-2021:1.1", "water-2021:1", "water-2021"):
        editor("assert b'\\r' not in content and not content.startswith(b'\\xef')")
        told = mrtrack("edit", ref)
        assert (told.code, told.err) == (0, "Nothing was changed.\n")
        assert water.read_bytes() == before
        editor("text = text.replace('one planning', 'deux')")
        assert mrtrack("edit", ref).code == 0
        assert water.read_bytes() == before.replace(b"one planning", b"deux")
        assert mrtrack("undo").code == 0


@pytest.mark.parametrize(
    "habit", ["text.replace('\\n', '\\r\\n')", "'\\ufeff' + text", "text.rstrip()", "text + '\\n\\n\\n'"]
)
def test_habits_of_editors_are_no_change(water: Path, mrtrack: Run, editor: Editor, habit: str) -> None:
    before = water.read_bytes()
    editor(f"text = {habit}")
    for ref in ("water-2021:1.1", "water-2021"):
        assert mrtrack("edit", ref).err == "Nothing was changed.\n"
    editor(f"text = text.replace('one planning', 'two'); text = {habit}")
    assert mrtrack("edit", "water-2021:1.1").code == 0
    assert water.read_bytes() == before.replace(b"one planning", b"two")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("text = text.replace('status: initiated', 'status: begun')", "“begun” is no status of an action"),
        ("text = text.replace('due: 2021-07', 'due: soon')", "“soon” is not a date"),
        ("text = text.replace('id: \"1.1\"', 'id: \"1.2\"')", "“1.2” is the id of an action"),
        ("text = text.replace('text: |', 'text: [')", "mrtrack-"),
        ("text += 'whose: mine\\n'", "whose"),
        ("text = text.replace('\\nstatus:', '\\n\\tstatus:')", "mrtrack-"),
        ("text = ' \\n'", "what was saved is empty"),
        ("text = text.encode('utf-16')", "not UTF-8"),
        ("text = text.replace('Hold', 'H\\u00e4lt').encode('latin-1')", "not UTF-8"),
        ("text = text.replace('Hold', 'H\\x1bld')", "U+001B"),
    ],
)
def test_what_is_not_valid_is_shown_and_put_aside(
    water: Path, mrtrack: Run, editor: Editor, change: str, problem: str
) -> None:
    before = water.read_bytes()
    editor(change)
    told = mrtrack("edit", "water-2021:1.1")
    assert (told.code, told.out) == (1, "")
    assert problem in told.err
    kept_aside(told.err)
    assert water.read_bytes() == before
    assert mrtrack("undo").code == 1


@pytest.mark.usefixtures("water")
def test_what_is_put_aside_is_what_was_saved(mrtrack: Run, editor: Editor, seen: Path) -> None:
    editor("text = text.replace('initiated', 'begun – à peu près')")
    told = mrtrack("edit", "water-2021:1.1")
    assert kept_aside(told.err) == seen.read_text("utf-8").replace("initiated", "begun – à peu près")
    assert "records/water-2021.yaml:25:17: error" in told.err


@pytest.mark.parametrize(
    "change",
    [
        "text = text.replace('The meeting was moved', 'The retreat was moved')",
        "text = text.replace('by: M&E unit', 'by: Director')",
        "text = re.sub(' *- date: 2021-01-10(\\n.*){3}\\n', '', text, count=1)",
        "text = text.replace('date: 2021-01-10', 'date: 2021-01-11')",
        "text = re.sub(' *due: 2021-03\\n', '', text)",
    ],
    ids=["a comment", "an author", "an entry", "a day", "a value"],
)
def test_an_entry_that_is_committed_is_not_changed_or_removed(
    water: Path, mrtrack: Run, editor: Editor, change: str
) -> None:
    before = water.read_bytes()
    editor(change)
    for ref in ("water-2021:1.1", "water-2021:1", "water-2021"):
        told = mrtrack("edit", ref)
        assert (told.code, told.out) == (1, "")
        assert "water-2021:1.1: the entry of 2021-0" in told.err
        assert ", and it is committed" in told.err
        assert "--corrects" in told.err
        kept_aside(told.err)
        assert water.read_bytes() == before


def test_entries_that_are_committed_keep_their_order_and_come_first(
    water: Path, mrtrack: Run, editor: Editor
) -> None:
    day = "  - date: 2026-11-01\\n    by: Director\\n    comment: |\\n      {}\\n"
    water.write_text(
        water.read_text("utf-8").replace("date: 2021-05-04", "date: 2021-01-10"), encoding="utf-8"
    )
    git("commit", "--quiet", "--all", "--message", "Two entries of one day")
    swapped = "a, b = text.index('  - date'), text.rindex('  - date'); text = text[:a] + text[b:] + text[a:b]"
    editor(swapped + "; text = text.replace('\\nstatus: completed', '\\nstatus: initiated')")
    told = mrtrack("edit", "water-2021:1.4")
    assert told.code == 1
    assert "committed" in told.err
    kept_aside(told.err)
    editor(f"text += {day.format('News.')!r}".replace("\\\\n", "\\n"))
    assert mrtrack("edit", "water-2021:1.4").code == 0
    assert last(water, "1.4")["comment"] == "News."


def test_an_item_that_is_committed_is_not_removed(water: Path, mrtrack: Run, editor: Editor) -> None:
    editor(
        "a, b = text.index('- id: \"2\"'), text.index('history:\\n  - date: 2021-01-04')\n"
        "text = text[:a].rstrip() + '\\n' + text[b:]"
    )
    told = mrtrack("edit", "water-2021")
    assert (told.code, "water-2021:2: recommendation 2 is gone, and it is committed" in told.err) == (1, True)
    kept_aside(told.err)
    assert [one["id"] for one in whole(water)["recommendations"]] == ["1", "2"]


def test_an_entry_that_is_not_committed_yet_can_still_be_mended(
    water: Path, mrtrack: Run, editor: Editor
) -> None:
    mrtrack("update", "water-2021:1.1", "--comment", "The meting was held.")
    editor("text = text.replace('meting', 'meeting')")
    assert mrtrack("edit", "water-2021:1.1").code == 0
    assert last(water, "1.1")["comment"] == "The meeting was held."


def test_a_record_that_was_never_committed_can_be_rewritten(
    folder: Path, mrtrack: Run, editor: Editor
) -> None:
    (folder / "records").mkdir()
    mrtrack("new", "roads", "--title", "Roads", "--comment", "As planed.")
    editor("text = text.replace('planed', 'planned')")
    assert mrtrack("edit", "roads").code == 0
    assert last(folder / "records" / "roads.yaml")["comment"] == "As planned."


def test_a_change_beside_an_error_that_stood_before_is_kept(
    water: Path, mrtrack: Run, editor: Editor
) -> None:
    water.write_text(
        water.read_text("utf-8").replace("due: 2021-07\n        status", "due: 2021-08\n        status"),
        encoding="utf-8",
    )
    editor("text = text.replace('Train', 'Teach')")
    assert mrtrack("edit", "water-2021:1.3").code == 0
    assert item(water, "1.3")["text"] == "Teach the planners."


def test_a_record_changed_by_another_program_meanwhile_is_not_overwritten(
    water: Path, mrtrack: Run, editor: Editor
) -> None:
    editor(
        "text = text.replace('Train', 'Teach')\n"
        f"other = pathlib.Path({str(water)!r})\n"
        "other.write_bytes(other.read_bytes() + b'# mine\\n')"
    )
    told = mrtrack("edit", "water-2021:1.3")
    assert (told.code, "was changed while you edited" in told.err) == (1, True)
    assert "Teach" in kept_aside(told.err)
    assert changed_lines() == ["+# mine"]


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("false", "the editor left with 1; nothing was changed"),
        ("/no/such/editor", "“/no/such/editor” cannot be started"),
        ("vi 'unclosed", "cannot be started: No closing quotation"),
    ],
)
def test_an_editor_that_fails_changes_nothing(
    mrtrack: Run, monkeypatch: pytest.MonkeyPatch, command: str, words: str
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("VISUAL", command)
    told = mrtrack("edit", "water-2021:1.1")
    assert (told.code, told.out) == (1, "")
    assert words in told.err
    assert changed_files() == []


def test_an_item_in_braces_is_edited_with_the_whole(water: Path, mrtrack: Run, editor: Editor) -> None:
    text = water.read_text("utf-8").replace(
        '      - id: "1.3"\n        text: |\n          Train the planners.\n',
        '      - {id: "1.3", title: Train}\n',
    )
    water.write_text(text, encoding="utf-8")
    editor("text = text.replace('Train', 'Teach')")
    told = mrtrack("edit", "water-2021:1.3")
    assert (told.code, "edit the whole evaluation instead" in told.err) == (1, True)
    assert mrtrack("edit", "water-2021").code == 0
    assert item(water, "1.3")["title"] == "Teach"


@pytest.mark.usefixtures("water")
def test_commit_commits_the_edited_record(mrtrack: Run, editor: Editor) -> None:
    editor("text = text.replace('Train', 'Teach')")
    assert mrtrack("edit", "water-2021:1.3", "--commit").code == 0
    assert git("log", "-1", "--format=%s") == "water-2021:1.3: edited\n"
    assert changed_files() == []
