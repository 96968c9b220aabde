"""A change is checked against what it began at, in real repositories: branches, merges, settings, exceptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import git
from mrtrack.git import GitError
from mrtrack.problems import Problem, is_error
from mrtrack.store.against import check_against

START = """\
schema: 1
id: water-2021
title: Review of the water programme
recommendations:
  - id: "1"
    text: Plan together.
    actions:
      - id: "1.1"
        text: Hold one meeting a year.
        history:
          - date: 2021-01-05
            by: M&E unit
            comment: |
              The hall is booked.
"""
ROADS = """\
schema: 1
id: roads-2020
title: Review of the roads
recommendations:
  - id: "1"
    text: Mend them.
"""
SETTINGS = '[severity]\nflow-list = "error"\nquality-before-report = "error"\n'
EXCEPTION = """\
[[history.exceptions]]
record = "water-2021"
item = "1.1"
entry = "2021-01-05"
reason = "A name had to go"
"""


@pytest.fixture
def water(folder: Path) -> Path:
    """A repository with two records and settings on main."""
    (folder / "records").mkdir()
    write(START)
    write(ROADS, "records/roads-2020.yaml")
    write(SETTINGS, "mrtrack.toml")
    commit()
    return folder


def write(text: str, path: str = "records/water-2021.yaml") -> None:
    Path(path).write_text(text, encoding="utf-8", newline="")


def commit() -> None:
    git("add", "--all")
    git("commit", "--quiet", "--allow-empty", "--message", "A change")


def entry(day: str, comment: str) -> str:
    return f"          - date: {day}\n            by: M&E unit\n            comment: |\n              {comment}\n"


def checked(folder: Path, ref: str = "main") -> list[str]:
    return [f"{one.code} {one.place}" for one in check_against(folder, ref).problems if is_told(one)]


def is_told(problem: Problem) -> bool:
    """Whether a problem is an error, or one of those that comparing finds."""
    return is_error(problem) or problem.code.startswith("H")


LATER = START + entry("2021-03-09", "The guests are invited.")
EARLIER = START + entry("2021-03-02", "The budget was found.")
BOTH = START + entry("2021-03-02", "The budget was found.") + entry("2021-03-09", "The guests are invited.")


def test_two_branches_whose_days_cross_pass_when_they_are_merged_one_after_the_other(water: Path) -> None:
    for name, text in (("later", LATER), ("earlier", EARLIER)):
        git("switch", "--quiet", "--create", name, "main")
        write(text)
        commit()
        assert checked(water) == []
    git("switch", "--quiet", "main")
    git("merge", "--quiet", "--no-ff", "--message", "One", "later")
    assert checked(water, "main~1") == []
    git("switch", "--quiet", "earlier")
    merge("main", BOTH)
    assert checked(water) == ["H909 records/water-2021.yaml:15:19"]
    git("switch", "--quiet", "main")
    git("merge", "--quiet", "--no-ff", "--message", "Two", "earlier")
    assert checked(water, "main~1") == ["H909 records/water-2021.yaml:15:19"]


def merge(branch: str, text: str) -> None:
    """Merge a branch into this one, with this text of the record where they meet."""
    with pytest.raises(Exception, match="merge"):
        git("merge", "--quiet", branch)
    write(text)
    git("add", "--all")
    git("commit", "--quiet", "--message", "Merged")


@pytest.mark.parametrize(("lost", "kept"), [(EARLIER, LATER), (LATER, EARLIER)])
def test_a_merge_that_loses_an_entry_of_either_side_is_caught(water: Path, lost: str, kept: str) -> None:
    git("switch", "--quiet", "--create", "change")
    write(lost)
    commit()
    git("switch", "--quiet", "main")
    write(kept)
    commit()
    git("switch", "--quiet", "--detach")
    merge("change", kept)
    report = check_against(water, "main")
    assert [f"{one.code} {one.place}" for one in report.problems if is_told(one)] == [
        "H904 records/water-2021.yaml:11:13"
    ]
    assert len(report.base_names) == 2
    assert report.base_names[0].endswith("where this parted from main")
    assert report.base_names[1].endswith("a parent of the merge")


def test_a_person_may_go_on_writing_after_a_merge(water: Path) -> None:
    git("switch", "--quiet", "--create", "change")
    write(EARLIER)
    commit()
    git("switch", "--quiet", "main")
    write(LATER)
    commit()
    git("switch", "--quiet", "change")
    merge("main", BOTH)
    write(BOTH.replace("The budget was found.", "The budget was found at last."))
    assert checked(water) == ["H909 records/water-2021.yaml:15:19"]
    commit()
    assert checked(water) == ["H909 records/water-2021.yaml:15:19"]


def test_a_change_is_compared_with_where_it_began_and_not_with_what_main_is_now(water: Path) -> None:
    git("switch", "--quiet", "--create", "change")
    write(EARLIER)
    commit()
    git("switch", "--quiet", "main")
    write(LATER)
    commit()
    git("switch", "--quiet", "change")
    assert checked(water) == []


REWRITTEN = {
    "an entry removed": (START[: START.index("        history:")], ["H904 records/water-2021.yaml:8:9"]),
    "an entry changed": (START.replace("hall", "room"), ["H905 records/water-2021.yaml:13:22"]),
    "an action renumbered": (START.replace('"1.1"', '"1.7"'), ["H902 records/water-2021.yaml:8:13"]),
    "an action removed": (START[: START.index("    actions:")], ["H901 records/water-2021.yaml:5:5"]),
}


@pytest.mark.parametrize("what", REWRITTEN)
@pytest.mark.parametrize("committed", [False, True])
def test_what_rewrites_the_base_is_refused_at_its_place(water: Path, what: str, *, committed: bool) -> None:
    text, expected = REWRITTEN[what]
    git("switch", "--quiet", "--create", "change")
    write(f"\ufeff{text}".replace("\n", "\r\n"))
    if committed:
        commit()
    assert checked(water) == expected


def test_a_record_removed_is_told_at_its_path_and_a_moved_one_passes(water: Path) -> None:
    git("switch", "--quiet", "--create", "change")
    (water / "records" / "2020").mkdir()
    git("mv", "records/roads-2020.yaml", "records/2020/roads-2020.yaml")
    assert checked(water) == []
    (water / "records" / "2020" / "roads-2020.yaml").unlink()
    assert checked(water) == ["H901 records/roads-2020.yaml"]


def test_a_record_under_another_name_and_id_is_renumbered(water: Path) -> None:
    (water / "records" / "roads-2020.yaml").unlink()
    write(ROADS.replace("roads-2020", "roads-2021"), "records/roads-2021.yaml")
    assert checked(water) == ["H902 records/roads-2021.yaml:2:5"]


def test_the_records_of_another_folder_are_those_of_the_base_too(water: Path) -> None:
    git("mv", "records", "data")
    write(f'records = "data"\n{SETTINGS}', "mrtrack.toml")
    assert checked(water) == []
    write('records = "nowhere"\n' + SETTINGS, "mrtrack.toml")
    assert checked(water) == ["H901 records/roads-2020.yaml", "H901 records/water-2021.yaml"]


def test_a_broken_record_is_told_by_reading_alone(water: Path) -> None:
    write(START.replace("id: water-2021", "id: [x"))
    assert {place.partition(" ")[0] for place in checked(water)} == {"Y201"}


def test_a_branch_that_lowers_a_rule_and_breaks_it_is_caught(water: Path) -> None:
    git("switch", "--quiet", "--create", "change")
    write(SETTINGS.replace('flow-list = "error"', 'flow-list = "off"'), "mrtrack.toml")
    write(START.replace("history:\n", "supported_by: [Regional offices]\n        history:\n"))
    commit()
    assert checked(water) == ["H910 mrtrack.toml:2:13", "S355 records/water-2021.yaml:10:23"]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (None, "mrtrack.toml", "quality-before-report was “error” on the base, and is to be “warning”"),
        ("[days]\nstale = 400\n", "mrtrack.toml:2:9", "stale was 180 on the base, and is to be 400"),
        (
            "\r\n[limits]\r\nbytes = 9000000\r\n",
            "mrtrack.toml:3:9",
            "bytes was 5000000 on the base, and is to be 9000000",
        ),
        (
            EXCEPTION,
            "mrtrack.toml:1:11",
            "history of water-2021:1.1 is to be rewritten: A name had to go",
        ),
        ('[lists]\ntypes = ["Outcome"]\n', "", ""),
        ("[days]\nstale = 90\n", "", ""),
    ],
)
def test_settings_that_become_weaker_are_told_at_their_line(
    water: Path, text: str | None, place: str, message: str
) -> None:
    if text is None:
        (water / "mrtrack.toml").unlink()
    else:
        write(f"{text}{SETTINGS}", "mrtrack.toml")
    found = [(one.place, one.message) for one in check_against(water, "main").problems]
    assert found == ([(place, message)] if place else [])


def test_a_closed_list_that_is_opened_is_told(water: Path) -> None:
    write(f'[lists]\norganisations = ["Example Agency"]\n{SETTINGS}', "mrtrack.toml")
    commit()
    write(f"[lists]\norganisations = []\n{SETTINGS}", "mrtrack.toml")
    (problem,) = check_against(water, "main").problems
    assert (problem.place, problem.code) == ("mrtrack.toml:2:17", "H910")


def test_rules_about_history_cannot_be_turned_off(water: Path) -> None:
    write(f"{SETTINGS}entry-changed = 'off'\n", "mrtrack.toml")
    commit()
    git("switch", "--quiet", "--create", "change")
    write(START.replace("hall", "room"))
    assert checked(water) == ["C403 mrtrack.toml:4:1", "H905 records/water-2021.yaml:13:22"]


def test_an_exception_takes_effect_once_it_is_on_the_base(water: Path) -> None:
    git("switch", "--quiet", "--create", "change")
    write(SETTINGS + EXCEPTION, "mrtrack.toml")
    write(START.replace("hall", "room"))
    commit()
    assert checked(water) == ["H910 mrtrack.toml:4:11", "H905 records/water-2021.yaml:13:22"]
    git("switch", "--quiet", "main")
    write(SETTINGS + EXCEPTION, "mrtrack.toml")
    commit()
    assert checked(water, "main~1") == ["H910 mrtrack.toml:4:11"]
    git("switch", "--quiet", "--create", "second")
    write(START.replace("hall", "room"))
    commit()
    assert checked(water) == []


def test_a_status_changed_by_hand_is_told_once(water: Path) -> None:
    logged = START + "            status: initiated\n"
    write(logged.replace("        history:", "        status: initiated\n        history:"))
    commit()
    write(logged.replace("        history:", "        status: completed\n        history:"))
    assert checked(water) == ["H908 records/water-2021.yaml:10:17"]


LISTS = """\
schema: 1
id: lists-2021
tags: [a]
recommendations:
  - title: One
    id: "1"
    actions:
      - text: Do it.
        id: "1.1"
      - text: Do that.
        id: "1.2"
"""


def test_warnings_are_told_of_what_the_change_touches_alone(water: Path) -> None:
    write(LISTS, "records/lists-2021.yaml")
    order = [one.line for one in check_against(water, "main").problems if one.rule == "key-order"]
    assert order == [6, 9, 11]
    commit()
    assert check_against(water, "main").problems == ()
    assert check_against(water, "main").records_checked == 0

    def lines(text: str) -> list[int]:
        write(text, "records/lists-2021.yaml")
        report = check_against(water, "main")
        assert report.records_checked == 1
        return [one.line for one in report.problems if one.rule == "key-order"]

    assert lines(LISTS.replace("Do that.", "Do this.")) == [11]
    assert lines(LISTS.replace("title: One", "title: Two")) == [6]
    assert lines(LISTS.replace("tags: [a]", "tags: [b]")) == []
    assert lines(f"# Only a remark.\n{LISTS}") == []
    assert lines(LISTS.replace("text: Do it.", "text: |\n          Do it.")) == []


def test_errors_of_a_changed_record_are_told_wherever_they_stand(water: Path) -> None:
    write(START.replace("title: Review", "titel: Review") + entry("2021-03-02", "The budget was found."))
    assert checked(water) == ["S301 records/water-2021.yaml:3:1"]


def test_an_id_that_another_record_has_is_told_though_that_record_is_not_changed(water: Path) -> None:
    (water / "records" / "2021").mkdir()
    write(ROADS, "records/2021/roads-2020.yaml")
    assert checked(water) == ["S364 records/roads-2020.yaml:2:5"]


def test_a_clone_without_its_history_says_what_to_do(water: Path, tmp_path: Path) -> None:
    write(LATER)
    commit()
    git("clone", "--quiet", "--depth", "1", water.as_uri(), str(tmp_path / "shallow"))
    for ref in ("origin/main", "main~1"):
        with pytest.raises(GitError, match="fetch-depth: 0"):
            check_against(tmp_path / "shallow", ref)


def test_an_unknown_base_is_refused(water: Path) -> None:
    with pytest.raises(GitError, match="git knows no commit “nosuch”"):
        check_against(water, "nosuch")


def test_records_below_the_top_of_the_repository_are_compared_too(folder: Path) -> None:
    (folder / "deep" / "records").mkdir(parents=True)
    write(START, "deep/records/water-2021.yaml")
    write(SETTINGS, "deep/mrtrack.toml")
    commit()
    write(START.replace("hall", "room"), "deep/records/water-2021.yaml")
    write("", "deep/mrtrack.toml")
    assert checked(folder / "deep") == ["H910 mrtrack.toml", "H905 records/water-2021.yaml:13:22"]


def test_a_warning_about_two_records_is_told_where_the_change_has_a_part_in_it(water: Path) -> None:
    twice = "title: Wells\norganisation: Example Agency\ncompleted: 2021-03\n"
    for name in ("wells-a", "wells-b"):
        write(f"schema: 1\nid: {name}\n{twice}", f"records/{name}.yaml")

    def told() -> list[str]:
        return [one.path for one in check_against(water, "main").problems if one.rule == "evaluation-twice"]

    assert told() != []
    commit()
    write(LATER)
    assert told() == []
    write(f"schema: 1\nid: wells-a\n{twice}tags: [wells]\n", "records/wells-a.yaml")
    assert told() != []
