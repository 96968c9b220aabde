"""`mrtrack check`: every problem with its place, the line, and what to write instead."""

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from rich.cells import cell_len
from screens_of import BROKEN, DOCUMENT_KEYS, PROBLEM_KEYS, plain, promised, put, put_broken, put_text

from conftest import ROOT, Run

CASES = ROOT / "tests" / "rules" / "cases"


@pytest.mark.usefixtures("real")
def test_the_real_records_have_no_error(mrtrack: Run) -> None:
    answer = mrtrack("check")
    assert answer.code == 0
    assert "error" not in answer.out
    assert answer.err.startswith("2 records checked: ")


def test_a_problem_is_told_with_place_line_caret_and_remedy(folder: Path, mrtrack: Run) -> None:
    put_broken(folder)
    answer = mrtrack("check")
    assert (answer.code, answer.err) == (1, "1 record checked: 1 error\n")
    head, line, caret, hint, *_ = answer.out.splitlines()
    assert head.startswith("records/broken-2021.yaml:3:9: error: “finished” is no status of an evaluation")
    assert head.endswith("[S305 unknown-word]")
    assert line == "     3 | status: finished"
    assert caret == " " * line.index("finished") + "^" * len("finished")
    assert hint == "    → write one of: planned, ongoing, completed, cancelled"


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("status: 完了した", "完了した"),
        ("status: e\u0301te\u0301", "e\u0301te\u0301"),
        ("状態: planned", "状態"),
        ("status: \tbald", "bald"),
        (f"{'k' * 150}: x", "k" * 100),
        ("period: {from: 2018, to: bald}", "bald"),
        ("budget: {通貨: ユーロ, amount: bald}", "bald"),
    ],
)
def test_the_caret_stands_under_what_is_meant_also_beside_wide_characters(
    folder: Path, mrtrack: Run, line: str, meant: str
) -> None:
    put_text(folder, "a-2021.yaml", f"schema: 1\nid: a-2021\n{line}\n")
    shown = mrtrack("check").out.splitlines()
    below = [caret for excerpt, caret in pairwise(shown) if excerpt.startswith("     3 | ")]
    excerpt = next(text for text in shown if text.startswith("     3 | "))
    assert "\t" not in excerpt
    assert " " * cell_len(excerpt[: excerpt.index(meant)]) + "^" * cell_len(meant) in below


def test_a_long_line_is_cut_around_what_is_meant(folder: Path, mrtrack: Run) -> None:
    put_text(folder, "a-2021.yaml", f"schema: 1\nid: a-2021\nperiod: {{from: 2018, {' ' * 200}to: bald}}\n")
    lines = mrtrack("check").out.splitlines()
    (excerpt,) = (line for line in lines if line.startswith("     3 | "))
    caret = lines[lines.index(excerpt) + 1]
    assert len(excerpt) <= 110
    assert excerpt[caret.index("^") : caret.rindex("^") + 1] == "bald"


def test_all_problems_of_all_files_are_told_at_once(folder: Path, mrtrack: Run) -> None:
    put_broken(folder)
    put_text(folder, "other-2021.yaml", "schema: 1\nid: other-2021\ntypo: x\ncompleted: soon\n")
    answer = mrtrack("check")
    assert [line.split(": ")[0] for line in answer.out.splitlines() if line.startswith("records/")] == [
        "records/broken-2021.yaml:3:9",
        "records/other-2021.yaml:3:1",
        "records/other-2021.yaml:4:12",
    ]
    assert answer.err == "2 records checked: 3 errors\n"


def test_the_json_has_the_keys_of_the_contract(folder: Path, mrtrack: Run) -> None:
    put_broken(folder)
    put(folder, "good-2021", promised(due="2022"))
    answer = mrtrack("check", "--json")
    document = json.loads(answer.out)
    assert (answer.code, answer.err) == (1, "")
    assert list(document) == DOCUMENT_KEYS
    assert (document["kind"], document["complete"]) == ("problems", False)
    assert [item["path"] for item in document["unread"]] == ["records/broken-2021.yaml"]
    (item,) = (one for one in document["items"] if one["severity"] == "error")
    assert list(item) == PROBLEM_KEYS
    assert (item["line"], item["column"], item["code"], item["rule"]) == (3, 9, "S305", "unknown-word")
    assert (item["severity"], item["ref"]) == ("error", "broken-2021")


def test_warnings_alone_are_no_bad_news(folder: Path, mrtrack: Run) -> None:
    put_text(folder, "a-2021.yaml", "schema: 1\nid: a-2021\r\ntitle: A\r\n")
    answer = mrtrack("check")
    assert answer.code == 0
    assert "F107" in answer.out
    assert "the lines end with CR LF" in answer.out
    assert "warning: the lines end with CR LF" in mrtrack("check", "--all").out
    assert answer.err == "1 record checked: 1 warning\n"


def test_a_present_that_differs_from_its_log_is_an_error(folder: Path, mrtrack: Run) -> None:
    shutil.copytree(CASES / "A401-present-differs-from-log", folder / "records")
    (folder / "records" / "good.yaml").unlink()
    answer = mrtrack("check", "--json")
    assert answer.code == 1
    assert "A401" in {item["code"] for item in json.loads(answer.out)["items"]}


def test_paths_narrow_what_is_checked(folder: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put_broken(folder)
    put(folder, "good-2021", promised(due="2022"))
    put_text(folder, "old/older-2020.yaml", "schema: 1\nid: older-2020\nstatus: no\n")
    assert mrtrack("check", "records/good-2021.yaml").code == 0
    assert mrtrack("check", "records/good-2021.yaml", "records/broken-2021.yaml").code == 1
    assert mrtrack("check", "records/old").err == "1 record checked: 1 error\n"
    assert mrtrack("check", str(folder / "records")).err == "3 records checked: 2 errors, 1 warning\n"
    document = json.loads(mrtrack("check", "--json", "records/broken-2021.yaml").out)
    assert (document["complete"], len(document["unread"])) == (False, 1)
    assert json.loads(mrtrack("check", "--json", "records/good-2021.yaml").out)["complete"] is True
    monkeypatch.chdir(folder / "records" / "old")
    assert "records/good-2021" not in mrtrack("check", "../good-2021.yaml").out
    assert mrtrack("check", "older-2020.yaml").out.startswith("records/old/older-2020.yaml:3:9: ")


def test_a_file_outside_of_the_repository_can_be_checked(folder: Path, tmp_path: Path, mrtrack: Run) -> None:
    put(folder, "good-2021", promised(due="2022"))
    (tmp_path / "broken-2021.yaml").write_text(BROKEN, encoding="utf-8")
    answer = mrtrack("check", "../broken-2021.yaml")
    assert (answer.code, answer.err) == (1, "1 record checked: 1 error\n")
    assert ":3:9: error: “finished”" in answer.out


@pytest.mark.usefixtures("real")
def test_a_path_that_is_not_there_is_refused(mrtrack: Run) -> None:
    answer = mrtrack("check", "records/unosc.yaml")
    assert (answer.code, answer.out) == (1, "")
    assert "there is no file or folder records/unosc.yaml" in answer.err


def test_one_id_in_two_files_is_found(folder: Path, mrtrack: Run) -> None:
    put_text(folder, "a-2021.yaml", "schema: 1\nid: a-2021\n")
    put_text(folder, "copies/a-2021.yaml", "schema: 1\nid: a-2021\n")
    answer = mrtrack("check")
    assert answer.code == 1
    assert "evaluation-id-taken" in answer.out


def test_the_settings_are_checked_too(folder: Path, mrtrack: Run) -> None:
    put(folder, "good-2021", promised(due="2022"))
    (folder / "mrtrack.toml").write_text(
        '[severity]\nkey-odrer = "off"\n[days]\nstale = "x"\n', encoding="utf-8"
    )
    answer = mrtrack("check")
    assert answer.code == 1
    assert [line.split(": ")[0] for line in answer.out.splitlines() if line.startswith("mrtrack.toml")] == [
        "mrtrack.toml:2:1",
        "mrtrack.toml:4:9",
    ]


def test_the_settings_weigh_the_rules(folder: Path, mrtrack: Run) -> None:
    put_text(folder, "a-2021.yaml", "schema: 1\nid: a-2021\nstatus: planned\ntitle: A\n")
    assert (mrtrack("check").code, "key-order" in mrtrack("check", "--all").out) == (0, True)
    (folder / "mrtrack.toml").write_text('[severity]\nkey-order = "error"\n', encoding="utf-8")
    assert mrtrack("check").code == 1
    (folder / "mrtrack.toml").write_text('[severity]\nkey-order = "off"\n', encoding="utf-8")
    assert mrtrack("check").out == ""


@pytest.mark.parametrize("name", ["A401", "a401", "present-differs-from-log"])
def test_a_kind_of_problem_is_explained_by_code_and_by_name(
    mrtrack: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = mrtrack("check", "--explain", name)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("A401 present-differs-from-log (error)\n")
    assert "Bad:" in answer.out
    assert "Good:" in answer.out


def test_problems_of_the_settings_are_explained_as_well(mrtrack: Run) -> None:
    assert mrtrack("check", "--explain", "settings-syntax").out.startswith("C401 ")


def test_an_unknown_kind_of_problem_is_refused(mrtrack: Run) -> None:
    answer = mrtrack("check", "--explain", "A999")
    assert (answer.code, answer.out) == (1, "")
    assert "there is no rule “A999”" in answer.err


def test_colour_says_nothing_that_is_not_said_without(
    folder: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_broken(folder)
    without = mrtrack("check").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = mrtrack("check").out
    assert "\x1b[1;31merror" in coloured
    assert plain(coloured) == plain(without)


def test_a_hostile_line_is_shown_without_its_commands(folder: Path, mrtrack: Run) -> None:
    put_text(
        folder,
        "a-2021.yaml",
        "schema: 1\nid: a-2021\ntitle: \x1b]8;;http://x\x07\x1b[31m\u202e::error::\n::x: 1\n",
    )
    answer = mrtrack("check")
    assert answer.code == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(answer.out + answer.err)
    assert not any(line.startswith("::") for line in answer.out.splitlines())
    assert not {"\x1b", "\x07", "\u202e"} & set(mrtrack("check", "--json").out)
