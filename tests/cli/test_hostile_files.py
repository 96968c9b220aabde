"""What stands among the records and is none: it is named, printed inert, holds nobody up, and hides no record."""

import json
import os
import socket
from pathlib import Path

import pytest
from screens_of import put_text

from both_ways import answered
from conftest import git

LINK = "the file cannot be read: it is a link, and links are not followed"
OTHER = "the file cannot be read: not a regular file"
NAME = "new\n::error::line\x1b]52;c;AAAA\x07\u202e\udcff.yaml"
MODES = ("on", "on", "off")


pytestmark = pytest.mark.usefixtures("in_time")


@pytest.fixture
def beset(folder: Path, tmp_path: Path) -> Path:
    """A sound record among everything else that a file system can hold."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("schema: 1\nid: secret\ntitle: Unseen\n", encoding="utf-8")
    put_text(folder, "sound-2021.yaml", "schema: 1\nid: sound-2021\n")
    put_text(folder, "x.yaml/con.yaml", "schema: 1\nid: con\n")
    put_text(folder, "a.yaml", "schema: 1\nid: a\n")
    put_text(folder, "A.yaml", "schema: 1\nid: a\n")
    records = folder / "records"
    (records / "empty.yaml").mkdir()
    os.mkfifo(records / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(records)
        listening.bind("socket.yaml")
        os.chdir(folder)
    (records / "outside.yaml").symlink_to(outside / "secret.yaml")
    (records / "zero.yaml").symlink_to("/dev/zero")
    (records / "folder").symlink_to(outside)
    (records / "whole.yaml").symlink_to(outside)
    (records / "loop").symlink_to(records)
    (records / NAME).write_text("broken: [", encoding="utf-8")
    return folder


UNREAD = {
    f"records/{NAME}": "a value was expected here",
    "records/outside.yaml": LINK,
    "records/pipe.yaml": OTHER,
    "records/socket.yaml": OTHER,
    "records/whole.yaml": LINK,
    "records/zero.yaml": LINK,
}


def test_everything_that_is_no_record_is_named_and_the_records_are_answered(beset: Path) -> None:
    for index in MODES:
        for question in ("status", "list"):
            answer = answered(beset, [question, "--json"], index)
            told = json.loads(answer.out)
            assert {one["path"]: one["problem"] for one in told["unread"]} == UNREAD
            assert not told["complete"]
        told = json.loads(answered(beset, ["list", "evaluations", "--json"], index).out)
        assert [item["evaluation"] for item in told["items"]] == ["a", "a", "sound-2021", "con"]
        assert "Unseen" not in json.dumps(told)


def test_check_names_each_and_tells_of_names_that_differ_by_their_case_alone(beset: Path) -> None:
    for index in MODES:
        answer = answered(beset, ["check", "--json"], index)
        assert answer.code == 1
        found = {(item["path"], item["code"]) for item in json.loads(answer.out)["items"]}
        assert {path for path, code in found if code in ("F101", "Y201")} == set(UNREAD)
        assert ("records/a.yaml", "S364") in found
        assert ("records/A.yaml", "S351") in found
        assert not any("sound" in path for path, _ in found)


def test_a_name_that_would_command_a_terminal_or_a_log_is_printed_inert(beset: Path) -> None:
    for index in MODES:
        for arguments in (["status"], ["list"], ["check"], ["check", "--format", "github"]):
            answer = answered(beset, arguments, index)
            printed = answer.out + answer.err
            assert "socket.yaml" in printed
            assert not {"\x1b", "\x07", "\u202e", "\udcff"} & set(printed)
            assert not any(line.startswith("::error::line") for line in printed.splitlines())


def test_one_record_is_asked_for_whatever_lies_beside_it(beset: Path) -> None:
    for index in MODES:
        assert answered(beset, ["show", "sound-2021", "--json"], index).code == 0
        for name in ("pipe", "zero", "outside"):
            answer = answered(beset, ["show", name], index)
            assert answer.code == 1
            assert "Unseen" not in answer.out + answer.err


def test_a_commit_with_links_tells_the_same_of_them(beset: Path) -> None:
    for name in ("pipe", "socket"):
        (beset / "records" / f"{name}.yaml").unlink()
    git("add", "--all")
    git("commit", "--quiet", "--message", "All")
    now, then = (
        json.loads(answered(beset, ["status", "--json", *at], "off").out)["unread"]
        for at in ([], ["--at", "HEAD"])
    )
    assert now == then
    assert [one["path"] for one in now if one["problem"] == LINK] == [
        "records/outside.yaml",
        "records/whole.yaml",
        "records/zero.yaml",
    ]


@pytest.mark.parametrize("make", ["link", "pipe", "zero"])
def test_settings_that_are_no_file_are_named_and_do_not_hold_anybody_up(beset: Path, make: str) -> None:
    path = beset / "mrtrack.toml"
    answered(beset, ["status"], "on")
    if make == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero" if make == "zero" else beset.parent / "outside" / "secret.yaml")
    for index in MODES:
        told = json.loads(answered(beset, ["status", "--json"], index).out)
        assert {"path": "mrtrack.toml", "line": 0} in [
            {key: one[key] for key in ("path", "line")} for one in told["unread"]
        ]
        assert told["items"][0]["evaluations"]["total"] == 4
        assert answered(beset, ["check"], index).code == 1


def test_folders_of_the_settings_do_not_lead_out_of_the_repository(beset: Path) -> None:
    for records in ("../outside", "/etc", "records/../../outside", "C:/records", "..\\outside"):
        (beset / "mrtrack.toml").write_text(f"records = '{records}'\n", encoding="utf-8")
        for index in MODES:
            answer = answered(beset, ["status", "--json"], index)
            assert "Unseen" not in answer.out + answer.err
            assert json.loads(answer.out)["unread"][0]["path"] == "mrtrack.toml"
    (beset / "mrtrack.toml").write_text("records = 'records/folder'\n", encoding="utf-8")
    for index in MODES:
        told = json.loads(answered(beset, ["list", "evaluations", "--json"], index).out)
        assert told["items"] == []
        assert [(one["path"], one["problem"]) for one in told["unread"]] == [("records/folder", LINK)]
