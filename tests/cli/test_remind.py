"""`mrtrack remind`: drafts for each unit with something to say, and who was asked when and has answered."""

import json
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from screens_of import DOCUMENT_KEYS, put_broken

from conftest import Run
from returning import filled
from waterworks import begin, changed_files, last

MESSAGE_KEYS = ["unit", "address", "overdue", "due_soon", "stale", "disputed", "refs", "asked", "files"]
ASKED_KEYS = [
    "unit",
    "asked",
    "refs",
    "answered",
    "recorded_by_others",
    "waiting",
    "last_answer",
    "days_waited",
]


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MRTRACK_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def water(folder: Path) -> Path:
    """Two records: the Director is late with 1.1, the Field office with 1.2, nobody leads 1.3."""
    return begin(folder)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where drafts are written."""
    return tmp_path / "out"


def items(answer: Any, kind: str) -> list[dict[str, Any]]:
    assert answer.code == 0, answer.err
    document = json.loads(answer.out)
    assert list(document) == DOCUMENT_KEYS
    assert document["kind"] == kind
    found = document["items"]
    assert isinstance(found, list)
    return found


def asked(mrtrack: Run, *options: str) -> list[dict[str, Any]]:
    return items(mrtrack("remind", "--log", "--json", *options), "askings")


def mail(file: Path) -> EmailMessage:
    found = message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(found, EmailMessage)
    return found


@pytest.mark.usefixtures("water")
def test_each_unit_gets_a_draft_and_its_markdown(mrtrack: Run, out: Path) -> None:
    answer = mrtrack("remind", "-o", str(out))
    assert (answer.code, answer.err) == (0, "")
    assert sorted(file.name for file in out.iterdir()) == [
        "Director.eml",
        "Director.md",
        "Field office.eml",
        "Field office.md",
    ]
    draft = mail(out / "Director.eml")
    assert draft["X-Unsent"] == "1"
    assert draft["Subject"] == "Follow-up of evaluations: 1 overdue – Director"
    assert [one.get_filename() for one in draft.iter_attachments()] == ["Director.xlsx", "Director.ics"]
    body = draft.get_body(("plain",))
    assert body
    assert "water-2021:1.1 · due 2021-07 · 1,940 days overdue" in body.get_content()
    assert (
        (out / "Director.md")
        .read_text("utf-8")
        .startswith("# Follow-up of evaluations: 1 overdue – Director\n")
    )
    assert changed_files() == []


@pytest.mark.usefixtures("water")
def test_its_files_are_those_that_the_other_commands_make(mrtrack: Run, out: Path) -> None:
    mrtrack("remind", "-o", str(out), "--unit", "Director")
    book, calendar = (one.get_payload(decode=True) for one in mail(out / "Director.eml").iter_attachments())
    assert isinstance(book, bytes)
    assert isinstance(calendar, bytes)
    assert book.startswith(b"PK\x03\x04")
    assert b"UID:water-2021:1.1@mrtrack\r\n" in calendar
    assert b"water-2021:1.2" not in calendar


@pytest.mark.usefixtures("water")
def test_the_same_records_and_day_give_the_same_bytes(mrtrack: Run, out: Path, tmp_path: Path) -> None:
    mrtrack("remind", "-o", str(out))
    mrtrack("remind", "-o", str(tmp_path / "again"), "--again")
    for file in out.iterdir():
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize(
    ("options", "names"),
    [
        ("--only eml", ["Director.eml"]),
        ("--only md", ["Director.ics", "Director.md", "Director.xlsx"]),
        ("--only md --bare", ["Director.md"]),
        ("--bare", ["Director.eml", "Director.md"]),
    ],
)
def test_one_can_have_only_the_mail_or_only_the_text(
    mrtrack: Run, out: Path, options: str, names: list[str]
) -> None:
    mrtrack("remind", "-o", str(out), "--lead", "direct", *options.split())
    assert sorted(file.name for file in out.iterdir()) == names
    if "--bare" in options and "Director.eml" in names:
        assert list(mail(out / "Director.eml").iter_attachments()) == []


@pytest.mark.usefixtures("water")
def test_without_a_folder_or_with_dry_run_nothing_is_written_or_noted(mrtrack: Run, out: Path) -> None:
    for options in ((), ("--dry-run", "-o", str(out))):
        found = items(mrtrack("remind", "--json", *options), "messages")
        assert [list(one) for one in found] == [MESSAGE_KEYS] * 2
        assert [(one["unit"], one["overdue"], one["refs"]) for one in found] == [
            ("Director", 1, ["water-2021:1.1"]),
            ("Field office", 1, ["water-2021:1.2"]),
        ]
        assert found[0]["files"] == ["Director.eml", "Director.md"]
    assert not out.exists()
    assert asked(mrtrack) == []


@pytest.mark.usefixtures("water")
def test_a_single_message_is_shown_before_it_is_written(mrtrack: Run) -> None:
    screen = mrtrack("remind", "--unit", "Director").out
    assert screen.startswith(
        "To: –\nSubject: Follow-up of evaluations: 1 overdue – Director\n\nDear colleagues,\n"
    )
    assert "1 message to write: add -o DIR" in screen
    assert max(map(len, screen.splitlines())) <= 80
    assert "Dear colleagues" not in mrtrack("remind").out


@pytest.mark.usefixtures("water")
def test_actions_that_nobody_leads_are_pointed_at(mrtrack: Run) -> None:
    mrtrack("update", "water-2021:1.3", "--due", "2021-05", "--comment", "Late.", "--by", "M&E unit")
    assert "have no lead to write to: mrtrack list --no-lead" in mrtrack("remind").out
    assert "no lead" not in mrtrack("remind", "--unit", "Director").out


@pytest.mark.usefixtures("water")
def test_filters_choose_what_is_told_and_to_whom(mrtrack: Run) -> None:
    assert items(mrtrack("remind", "--json", "--disputed"), "messages") == []
    assert items(mrtrack("remind", "--json", "--unit", "nobody"), "messages") == []
    assert [
        one["unit"] for one in items(mrtrack("remind", "--json", "--due-after", "2021-12"), "messages")
    ] == ["Field office"]
    late = items(mrtrack("remind", "--json", "--as-of", "2021-07-15"), "messages")
    assert [(one["unit"], one["due_soon"], one["stale"]) for one in late] == [
        ("Director", 1, 0),
        ("Field office", 0, 1),
    ]
    nothing = mrtrack("remind", "--unit", "nobody")
    assert (nothing.code, nothing.out.split(" leads")[0]) == (0, "No unit asked about")


@pytest.mark.usefixtures("water")
def test_a_unit_asked_lately_is_left_out_until_asked_again(
    mrtrack: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mrtrack("remind", "-o", str(out), "--unit", "Director")
    monkeypatch.setenv("MRTRACK_TODAY", "2026-12-05")
    answer = mrtrack("remind", "-o", str(out))
    assert "asked 2026-11-22" in answer.out
    assert "1 unit was asked within 14 days and left out: --again asks anew" in answer.out
    assert "also holds 1 draft from before: Director.eml" in answer.err
    assert [one["unit"] for one in asked(mrtrack)] == ["Director", "Field office"]
    row = items(mrtrack("remind", "--json", "--unit", "Director"), "messages")[0]
    assert (row["asked"], row["files"]) == ("2026-11-22", [])
    for options in (("--again",), ("--wait", "13"), ("--again", "--wait", "9999999999999999999999")):
        assert items(mrtrack("remind", "--json", "--unit", "Director", *options), "messages")[0]["files"]


@pytest.mark.usefixtures("water")
def test_the_log_tells_who_has_answered_and_how_long_the_others_wait(
    mrtrack: Run, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mrtrack("update", "water-2021:1.2", "--comment", "Said before.", "--by", "Field office")
    mrtrack("remind", "-o", str(out))
    monkeypatch.setenv("MRTRACK_TODAY", "2026-11-30")
    mrtrack("update", "water-2021:1.1", "completed", "--by", "director")
    monkeypatch.setenv("MRTRACK_TODAY", "2026-12-10")
    director, office = asked(mrtrack)
    assert list(director) == ASKED_KEYS
    assert (director["unit"], director["asked"], director["refs"]) == (
        "Director",
        "2026-11-22",
        ["water-2021:1.1"],
    )
    assert (director["answered"], director["waiting"]) == (["water-2021:1.1"], [])
    assert (director["last_answer"], director["days_waited"]) == ("2026-11-30", 8)
    assert (office["answered"], office["waiting"], office["last_answer"]) == ([], ["water-2021:1.2"], None)
    assert office["days_waited"] == 18
    mrtrack("update", "water-2021:1.2", "--comment", "They called.", "--by", "M&E unit")
    assert asked(mrtrack)[1]["recorded_by_others"] == ["water-2021:1.2"]
    assert "by others" in mrtrack("remind", "--log").out.splitlines()[0]
    assert asked(mrtrack, "--as-of", "2026-11-29")[0]["waiting"] == ["water-2021:1.1"]
    assert asked(mrtrack, "--as-of", "2026-11-21") == []


@pytest.mark.usefixtures("water")
def test_an_answer_of_the_day_of_asking_counts_and_a_member_answers_for_its_unit(
    mrtrack: Run, out: Path, folder: Path
) -> None:
    (folder / "mrtrack.toml").write_text(
        '[units.Director]\nmembers = ["Director\'s desk"]\n', encoding="utf-8"
    )
    mrtrack("remind", "-o", str(out), "--unit", "Director")
    assert asked(mrtrack)[0]["waiting"] == ["water-2021:1.1"]
    mrtrack("update", "water-2021:1.1", "--comment", "Soon.", "--by", "director's Desk")
    assert asked(mrtrack)[0]["answered"] == ["water-2021:1.1"]


def test_a_workbook_that_came_with_the_mail_is_taken_and_the_log_knows_of_it(
    mrtrack: Run, out: Path, water: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = water.read_text("utf-8")
    water.write_text(
        text.replace("to follow the budget.\n", "to follow the budget.\n            internal: true\n"),
        "utf-8",
    )
    mrtrack("remind", "-o", str(out), "--unit", "Director")
    book, _ = (one.get_payload(decode=True) for one in mail(out / "Director.eml").iter_attachments())
    assert isinstance(book, bytes)
    back = tmp_path / "back.xlsx"
    back.write_bytes(
        filled(book, {("water-2021:1.1", "status"): "Completed", ("water-2021:1.1", "comment"): "Held."})
    )
    monkeypatch.setenv("MRTRACK_TODAY", "2026-11-25")
    assert mrtrack("take", str(back)).code == 0
    assert last(water, "1.1")["by"] == "Director"
    (row,) = asked(mrtrack)
    assert (row["answered"], row["waiting"], row["days_waited"]) == (["water-2021:1.1"], [], 3)


@pytest.mark.usefixtures("water")
def test_the_log_is_a_table_for_people(mrtrack: Run, out: Path) -> None:
    assert mrtrack("remind", "--log").out == "Nobody was asked.\n"
    mrtrack("remind", "-o", str(out))
    screen = mrtrack("remind", "--log").out.splitlines()
    assert screen[0].split() == ["asked", "unit", "actions", "answered", "waiting", "days"]
    assert screen[1].split() == ["2026-11-22", "Director", "1", "–", "1", "0"]
    assert screen[-1] == "2 askings; 2 units still to answer on 2 actions"
    assert mrtrack("remind", "--log", "--unit", "field").out.count("2026-11-22") == 1
    assert mrtrack("remind", "--log", "--limit", "1").out.splitlines()[-1].startswith("2 askings (1 shown)")
    assert mrtrack("remind", "--log", "--format", "csv").out.splitlines()[0].split(",") == ASKED_KEYS


@pytest.mark.usefixtures("water")
def test_a_mail_that_was_not_sent_is_taken_back(mrtrack: Run, out: Path) -> None:
    mrtrack("remind", "-o", str(out))
    answer = mrtrack("remind", "--forget", "director")
    assert (answer.code, answer.out, answer.err) == (
        0,
        "",
        "Director: the asking of 2026-11-22 is taken back\n",
    )
    assert [one["unit"] for one in asked(mrtrack)] == ["Field office"]
    again = mrtrack("remind", "--forget", "Director")
    assert (again.code, again.err.splitlines()[0]) == (1, "mrtrack: no unit “Director” was asked")


def test_an_address_is_remembered_outside_of_the_repository(mrtrack: Run, out: Path, water: Path) -> None:
    answer = mrtrack("remind", "--address", "field OFFICE=office@example.org", "-o", str(out))
    assert (answer.code, answer.err) == (0, "Field office: office@example.org\n")
    assert mail(out / "Field office.eml")["To"] == "office@example.org"
    assert mail(out / "Director.eml")["To"] is None
    assert "1 of them has no address" in answer.out
    rows = items(mrtrack("remind", "--json"), "messages")
    assert [one["address"] for one in rows] == [None, "office@example.org"]
    assert not [
        file for file in water.parent.parent.rglob("*") if file.is_file() and b"office@" in file.read_bytes()
    ]
    assert mrtrack("remind", "--address", "Field office=").out == ""
    assert items(mrtrack("remind", "--json"), "messages")[1]["address"] is None


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ("Feild office=office@example.org", 1, "did you mean “Field office”?"),
        ("Director=nobody", 1, "“nobody” is no mail address"),
        ("Director=a@example.org\nBcc: b@example.org", 1, "is no mail address"),
        ("Director", 2, "is not written UNIT=MAIL"),
        ("=a@example.org", 2, "is not written UNIT=MAIL"),
    ],
)
def test_an_address_that_is_wrong_is_refused_and_none_is_kept(
    mrtrack: Run, given: str, code: int, told: str
) -> None:
    answer = mrtrack("remind", "--address", "Field office=office@example.org", "--address", given)
    assert answer.code == code
    assert told in " ".join(answer.err.split()).replace("│ ", "")
    assert [one["address"] for one in items(mrtrack("remind", "--json"), "messages")] == [None, None]


@pytest.mark.usefixtures("water")
def test_drafts_within_the_repository_are_warned_of(mrtrack: Run) -> None:
    assert "lies in the repository" in mrtrack("remind", "-o", "drafts").err


@pytest.mark.usefixtures("water")
def test_where_a_draft_cannot_be_written_nobody_was_asked(mrtrack: Run, out: Path) -> None:
    out.write_text("a file", encoding="utf-8")
    answer = mrtrack("remind", "-o", str(out))
    assert (answer.code, answer.out) == (1, "")
    assert asked(mrtrack) == []
    out.unlink()
    (out / "Director.eml").mkdir(parents=True)
    assert mrtrack("remind", "-o", str(out)).code == 1
    assert asked(mrtrack) == []


def test_a_template_that_fails_leaves_nothing_behind(mrtrack: Run, out: Path, water: Path) -> None:
    templates = water.parent.parent / "templates"
    templates.mkdir()
    (templates / "remind.md.j2").write_text("# Hello\n\n{{ unti }}\n", encoding="utf-8")
    answer = mrtrack("remind", "-o", str(out))
    assert (answer.code, "remind.md.j2, line 3" in answer.err) == (1, True)
    assert not out.exists()


def test_units_whose_names_look_alike_have_files_of_their_own(mrtrack: Run, out: Path, water: Path) -> None:
    text = water.read_text("utf-8").replace("Field office", "director").replace("id: water", "id: water")
    water.write_text(text, encoding="utf-8")
    mrtrack("remind", "-o", str(out), "--only", "eml")
    assert len({file.name.casefold() for file in out.iterdir()}) == 2
    assert {mail(file)["Subject"].rpartition(" – ")[2] for file in out.iterdir()} == {"Director", "director"}


def test_with_a_broken_record_the_rest_is_told_and_the_gap_named(
    mrtrack: Run, out: Path, water: Path
) -> None:
    put_broken(water.parent.parent)
    answer = mrtrack("remind", "-o", str(out), "--strict")
    assert answer.code == 1
    assert "broken-2021.yaml" in answer.err
    assert "not counted here" in answer.out
    assert (out / "Director.eml").is_file()


@pytest.mark.usefixtures("real")
def test_the_units_of_the_real_records_are_told_what_is_overdue(mrtrack: Run, out: Path) -> None:
    rows = items(mrtrack("remind", "--json", "-o", str(out)), "messages")
    late = json.loads(mrtrack("list", "overdue", "--json").out)["items"]
    assert sum(one["overdue"] for one in rows) == len(late) == 14
    assert {ref for one in rows for ref in one["refs"]} == {one["ref"] for one in late}
    assert {one["unit"] for one in rows} == {one["responsible"] for one in late}
    for one in rows:
        text = mail(out / one["files"][0]).get_body(("plain",))
        assert text
        assert max(len(line) for line in text.get_content().splitlines()) <= 72
        assert all(f"* {ref} · due" in text.get_content() for ref in one["refs"])
    day = date(2026, 11, 22)
    assert {mail(out / one["files"][0])["Date"].datetime.date() for one in rows} == {day}


def test_the_attached_files_tell_nothing_that_is_internal(mrtrack: Run, out: Path, water: Path) -> None:
    text = water.read_text("utf-8")
    before, after = text.split(
        "            comment: |\n              The meeting was moved to follow the budget.\n"
    )
    water.write_text(
        f"{before}            comment: |\n              Between us alone.\n            internal: true\n{after}",
        encoding="utf-8",
    )
    mrtrack("remind", "-o", str(out), "--unit", "Director", "--only", "md")
    with ZipFile(out / "Director.xlsx") as book:
        told = b"".join(book.read(name) for name in book.namelist())
    assert b"Hold one planning meeting" in told
    assert (
        b"Between us" not in told + (out / "Director.ics").read_bytes() + (out / "Director.md").read_bytes()
    )
