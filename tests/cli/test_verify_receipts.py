"""`mrtrack verify`: a receipt that holds, and each way in which it does not."""

import json
from pathlib import Path

import pytest
from screens_of import Keys, promised, put, widest

from conftest import Run, git
from mrtrack.indicators.receipt_files import read_receipt, receipt_text
from mrtrack.indicators.receipts import digest

NEW_YEAR = ("--as-of", "2024-01-01")
ASKED = ("overdue-rate", "on-time-rate", "undp-score", "acceptance-rate")
RECORD = Path("records/unossc-2020.yaml")


@pytest.fixture
def held(real: Path, mrtrack: Run) -> Path:
    """A receipt of the two real records, outside of their repository."""
    file = real.parent / "figures.receipt"
    assert mrtrack("stats", *ASKED, "--receipt", "-o", str(file), *NEW_YEAR).code == 0
    return file


def keep(message: str = "Change") -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", message)


def changed(old: str, new: str) -> None:
    """Change the record by hand, once, and commit it."""
    text = RECORD.read_text("utf-8")
    assert old in text
    RECORD.write_text(text.replace(old, new, 1), encoding="utf-8")
    keep()


def items_of(mrtrack: Run, file: Path, code: int = 1) -> list[Keys]:
    answer = mrtrack("verify", str(file), "--json")
    assert answer.code == code
    document = json.loads(answer.out)
    assert document["kind"] == "verification"
    return list(document["items"])


def test_a_receipt_verifies_after_ten_later_commits(held: Path, mrtrack: Run) -> None:
    for ref in ("2.3", "3.1"):
        mrtrack("update", f"unossc-2020:{ref}", "completed", "--by", "M&E unit")
        keep(f"Completed {ref}")
        mrtrack("update", f"unossc-2020:{ref}", "--comment", "The minutes are attached.", "--by", "M&E unit")
        keep(f"Commented {ref}")
    for number in range(5):
        put(Path(), f"later-{number}", promised(due="2025", status="initiated"))
        keep(f"Another {number}")
    mrtrack("update", "unossc-2020:3.3", "--due", "2027", "--reason", "Later.", "--by", "M&E unit")
    keep("Moved")
    answer = mrtrack("verify", str(held))
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0].startswith("same: 9 figures as of 1 January 2024, commit ")
    assert lines[0].endswith(", 10 commits ago")
    assert lines[3].split() == ["Overdue", "rate", "38.9", "%", "14", "of", "36"]
    assert items_of(mrtrack, held, 0) == []


def test_nothing_is_checked_out_and_changes_here_are_no_matter(held: Path, mrtrack: Run) -> None:
    mrtrack("update", "unossc-2020:3.1", "completed", "--by", "M&E unit")
    before = git("status", "--porcelain"), RECORD.read_bytes()
    assert mrtrack("verify", str(held)).code == 0
    assert (git("status", "--porcelain"), RECORD.read_bytes()) == before


def test_a_record_imported_later_with_older_days_is_no_fault(held: Path, mrtrack: Run) -> None:
    put(Path(), "older-2021", promised(due="2022-01"))
    keep()
    assert mrtrack("verify", str(held)).code == 0


def test_an_entry_that_was_removed_since_is_named(held: Path, mrtrack: Run) -> None:
    text = RECORD.read_text("utf-8")
    start = text.index("          - date: 2021-04-27")
    end = text.index('      - id: "1.2"', start)
    RECORD.write_text(text[:start] + text[end:], encoding="utf-8")
    keep()
    answer = mrtrack("verify", str(held))
    assert answer.code == 1
    assert answer.out.startswith("not the same: 9 figures as of 1 January 2024, commit ")
    assert "unossc-2020:1.1: the entry of 2021-04-27 was changed or removed" in " ".join(answer.out.split())
    assert [item["refs"] for item in items_of(mrtrack, held) if item["kind"] == "history"] == [
        ["unossc-2020:1.1"]
    ]


def test_an_entry_whose_words_were_changed_since_is_named(held: Path, mrtrack: Run) -> None:
    changed("- date: 2022-11-03", "- date: 2022-10-30")
    (item,) = [item for item in items_of(mrtrack, held) if item["kind"] == "history"]
    assert item["text"] == "unossc-2020:3.2: the entry of 2022-11-03 was changed or removed"


def test_a_record_that_is_gone_is_named(held: Path, mrtrack: Run) -> None:
    RECORD.unlink()
    keep()
    assert [item["text"] for item in items_of(mrtrack, held)] == [
        "unossc-2020 is no longer there, with all that was recorded of it"
    ]


def test_a_record_that_was_only_laid_out_anew_or_put_elsewhere_is_no_fault(held: Path, mrtrack: Run) -> None:
    Path("records/2020").mkdir()
    text = RECORD.read_text("utf-8").replace("schema: 1\n", "# Kept by the evaluation office.\nschema: 1\n")
    RECORD.unlink()
    Path("records/2020/unossc-2020.yaml").write_text(text, encoding="utf-8")
    keep()
    assert items_of(mrtrack, held, 0) == []


def test_a_record_that_cannot_be_read_now_is_named_as_such(held: Path, mrtrack: Run) -> None:
    RECORD.write_text("schema: 1\nid: unossc-2020\nstatus: finished\n", encoding="utf-8")
    keep()
    (item,) = items_of(mrtrack, held)
    assert item["text"] == "unossc-2020 cannot be read now, so that nothing of it can be compared"


def test_a_clone_without_the_older_history_is_told_how_to_get_it(
    held: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("commit", "--quiet", "--allow-empty", "--message", "Another")
    git("clone", "--quiet", "--depth", "1", Path.cwd().as_uri(), "../shallow")
    monkeypatch.chdir("../shallow")
    (item,) = items_of(mrtrack, held)
    assert item["kind"] == "commit"
    assert "git fetch --unshallow" in item["text"]


def test_a_status_that_was_changed_without_an_entry_is_named(folder: Path, mrtrack: Run) -> None:
    put(folder, "a-2021", {"text": "Do it.", "status": "completed", "due": "2021-03"})
    keep()
    file = folder.parent / "figures.receipt"
    mrtrack("stats", "implementation-rate", "--receipt", "-o", str(file))
    put(folder, "a-2021", {"text": "Do it.", "status": "initiated", "due": "2021-03"})
    keep()
    (item,) = items_of(mrtrack, file)
    assert item["text"] == (
        "a-2021:1.1: was in the numerator, is in the denominator only, in implementation-rate; "
        "no entry of that day says why"
    )


def test_a_commit_that_is_gone_is_told_with_what_was_lost_with_it(held: Path, mrtrack: Run) -> None:
    text = RECORD.read_text("utf-8")
    RECORD.write_text(text.replace("- date: 2022-11-03", "- date: 2022-10-30"), encoding="utf-8")
    git("commit", "--quiet", "--all", "--amend", "--message", "Rewritten")
    git("reflog", "expire", "--expire=now", "--all")
    git("gc", "--quiet", "--prune=now")
    found = items_of(mrtrack, held)
    assert [item["kind"] for item in found] == ["commit", "history", "note"]
    assert "the history was rewritten" in found[0]["text"]
    assert found[1]["refs"] == ["unossc-2020:3.2"]


def test_a_commit_of_another_branch_is_told_and_no_fault(held: Path, mrtrack: Run) -> None:
    git("commit", "--quiet", "--amend", "--message", "The same records, another message")
    (note,) = items_of(mrtrack, held, 0)
    assert note["kind"] == "note"
    assert "not in the past of this branch" in note["text"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("38.9 %", "18.9 %"),
        ("as_of: 2024-01-01", "as_of: 2024-01-02"),
        ("unossc-2020: 2.3, 3.1", "unossc-2020: 3.1"),
    ],
)
def test_a_receipt_that_was_changed_by_hand_is_found_out(
    held: Path, mrtrack: Run, old: str, new: str
) -> None:
    text = held.read_text("utf-8").replace('"2.3, 3.1, 3.3', "2.3, 3.1, 3.3").replace('4.5"\n', "4.5\n")
    assert mrtrack("verify", str(held)).code == 0
    assert old in text
    held.write_text(text.replace(old, new), encoding="utf-8")
    assert items_of(mrtrack, held)[0]["kind"] == "receipt"


def test_figures_that_do_not_come_out_are_named_with_the_references(held: Path, mrtrack: Run) -> None:
    told = read_receipt(held.read_bytes())
    (figure,) = [one for one in told["figures"] if one["indicator"] == "overdue-rate"]
    figure["in_numerator"]["unossc-2020"] = "2.3, 3.1, 3.3, 3.4, 3.5"
    figure["exact"] = "13/36"
    held.write_text(receipt_text({**told, "digest": digest(told)}), encoding="utf-8")
    found = [item for item in items_of(mrtrack, held) if item["kind"] == "figure"]
    assert [item["indicator"] for item in found] == ["overdue-rate", "overdue-rate"]
    assert found[1]["text"] == "unossc-2020:4.5: was not counted, is in the numerator"


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"receipt: 2\n", b"receipt: 1\n", b"- a\n", b"schema: 1\nid: a\n", b"a: &x [*x]\n"],
)
def test_what_is_no_receipt_is_refused(real: Path, mrtrack: Run, content: bytes) -> None:
    (real / "x").write_bytes(content)
    answer = mrtrack("verify", "x")
    assert (answer.code, answer.out) == (1, "")
    assert "receipt" in answer.err
    assert mrtrack("verify", "nowhere").code == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("commit", "HEAD"),
        ("as_of", "2024-13-45"),
        ("asked", {"indicators": [{"a": "b"}]}),
        ("asked", {"filters": "red"}),
        ("figures", [{"indicator": "overdue-rate", "group": ["a"]}]),
        ("figures", [{"left_out": ["x"]}]),
        ("records", [{"path": "x"}]),
    ],
)
def test_a_receipt_of_another_shape_is_refused_in_words(
    held: Path, mrtrack: Run, key: str, value: object
) -> None:
    told = {**read_receipt(held.read_bytes()), key: value}
    held.write_text(receipt_text(told), encoding="utf-8")
    answer = mrtrack("verify", str(held))
    assert (answer.code, answer.out) == (1, "")
    assert "receipt" in answer.err


def test_filters_views_and_groups_are_asked_again_as_they_were(folder: Path, mrtrack: Run) -> None:
    (folder / "mrtrack.toml").write_text(
        '[views.mine]\nkind = "actions"\nlead = ["Director"]\n', encoding="utf-8"
    )
    put(folder, "a-2021", promised(responsible="Director", due="2022"), promised(responsible="Unit"))
    keep()
    for arguments in (
        ("--view", "mine"),
        ("--lead", "dir", "--overdue"),
        ("--by", "lead"),
        ("--evaluation", "a-2021", "--due-before", "2023", "--text", "do it"),
    ):
        mrtrack("stats", "overdue-rate", "--receipt", "-o", "../f.receipt", *arguments)
        answer = mrtrack("verify", "../f.receipt")
        assert answer.code == 0, answer.out
    (folder / "mrtrack.toml").write_text("", encoding="utf-8")
    keep()
    mrtrack("stats", "overdue-rate", "--receipt", "--at", "HEAD~1", "--view", "mine", "-o", "../f.receipt")
    assert mrtrack("verify", "../f.receipt").code == 0


@pytest.mark.usefixtures("real")
def test_groups_stand_below_their_figure(mrtrack: Run) -> None:
    mrtrack("stats", "overdue", "--by", "due-year", "--receipt", "-o", "../f.receipt", *NEW_YEAR)
    lines = mrtrack("verify", "../f.receipt").out.splitlines()[1:]
    assert [line.split("  ")[1 if index == 0 else 2] for index, line in enumerate(lines)] == [
        "Overdue rate",
        "2021",
        "2022",
        "2023",
    ]


def test_no_line_of_the_verdict_is_wider_than_the_terminal(held: Path, mrtrack: Run) -> None:
    assert widest(mrtrack("verify", str(held)).out) <= 80
    RECORD.unlink()
    assert widest(mrtrack("verify", str(held)).out) <= 80
