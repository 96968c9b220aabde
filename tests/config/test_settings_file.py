"""What mrtrack.toml says holds, what is broken falls back, and all that is broken is told at once."""

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mrtrack.config.settings_file import parse_settings, read_settings
from mrtrack.model.setting_keys import setting_keys
from mrtrack.model.settings import Settings


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    text = """\
stale = 1
[days]
stale = '90'
[aliases.status]
nope = 'done'
initiated = 'completed'
[views.late]
open = false
status = 'gone'
[publish]
omit = [7, 'nope', 'team', 8, 'id']
"""
    problems = parse_settings(text.encode())[1]
    assert [f"{problem.code} {problem.line}:{problem.column}" for problem in problems] == [
        "C402 1:1",
        "C403 3:9",
        "C403 5:8",
        "C403 6:13",
        "C403 8:8",
        "C403 9:10",
        "C403 11:9",
        "C403 11:12",
        "C403 11:28",
        "C403 11:31",
    ]


def test_a_view_is_read_with_the_words_that_hold_where_another_word_is_broken() -> None:
    text = "[labels.status]\ncompleted = 'Done'\ninitiated = 7\n[views.a]\nstatus = ['done', 'gone']\n"
    problems = parse_settings(text.encode())[1]
    assert [problem.line for problem in problems] == [3, 5]
    assert problems[1].message == "“gone” is no status of an action"


def test_what_is_broken_falls_back_and_the_rest_holds() -> None:
    text = """\
records = "data"
nonsense = 1
[days]
stale = "90"
due_soon = 60
[lists]
types = ["Outcome", 7, "Project"]
[publish]
omit = ["team", "nope", "documents"]
[units.A]
aliases = ["B"]
[units.B]
[severity]
key-order = "off"
flow-list = "of"
"""
    settings, problems = parse_settings(text.encode())
    assert len(problems) == 6
    assert settings == Settings.model_validate(
        {
            "records": "data",
            "days": {"due_soon": 60},
            "lists": {"types": ["Outcome", "Project"]},
            "publish": {"omit": ["team", "documents"]},
            "units": {"A": {}, "B": {}},
            "severity": {"key-order": "off"},
        }
    )


def test_a_view_with_a_broken_filter_is_left_out_whole_and_its_neighbours_stay() -> None:
    text = "[views.a]\nunit = 'PSU'\nstatus = 'gone'\n[views.b]\nunit = 'HR'\n[views.c]\nlimit = 0\n"
    settings, problems = parse_settings(text.encode())
    assert len(problems) == 2
    assert list(settings.views) == ["b"]


def test_an_exception_with_a_broken_key_is_left_out_whole_so_that_it_lets_no_more_pass() -> None:
    broken = "[[history.exceptions]]\nrecord = 'a'\nentry = 'x'\nreason = 'r'\n"
    sound = "[[history.exceptions]]\nrecord = 'b'\nentry = 2021-10-08\nreason = 'r'\n"
    settings, problems = parse_settings((broken + sound).encode())
    assert len(problems) == 1
    assert [(one.record, str(one.entry)) for one in settings.history.exceptions] == [("b", "2021-10-08")]


def test_keys_of_ones_own_can_be_kept_from_publication() -> None:
    keys = ("recommendations.extra.cost", "extra", "period.from", "team.name")
    settings, problems = parse_settings(f"[publish]\nomit = {list(keys)}\n".encode())
    assert (settings.publish.omit, problems) == (keys, ())


def test_a_bare_day_or_year_is_a_date_too() -> None:
    view = parse_settings(b"[views.a]\ndue_before = 2021-07-31\ndue_after = 2020\n")[0].views["a"]
    assert (str(view.due_before), str(view.due_after)) == ("2021-07-31", "2020")


def test_a_folder_is_kept_in_its_plain_form() -> None:
    assert parse_settings(b"records = './data//records/'\n")[0].records == "data/records"
    assert parse_settings(b"records = 'data\\records'\n")[0].records == "data/records"


def test_a_file_saved_on_windows_is_read_with_the_same_positions() -> None:
    text = "\ufeff[days]\r\nstale = 90\r\ndue-soon = 9\r\n"
    settings, (problem,) = parse_settings(text.encode())
    assert settings.days.stale == 90
    assert (problem.place, problem.excerpt) == ("mrtrack.toml:3:1", "due-soon = 9")


def test_without_a_file_all_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == (Settings(), ())


def test_the_file_of_the_repository_is_read(tmp_path: Path) -> None:
    (tmp_path / "mrtrack.toml").write_text("[days]\nstale = 9\n[severity]\nx = 'off'\n", encoding="utf-8")
    assert read_settings(tmp_path)[0].days.stale == 9
    assert [problem.message for problem in read_settings(tmp_path, {"y"})[1]] == ["“x” is no rule"]


def test_a_file_that_cannot_be_opened_is_a_problem_of_the_file_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "mrtrack.toml").mkdir()
    settings, (problem,) = read_settings(tmp_path)
    assert settings == Settings()
    assert (problem.code, problem.place) == ("F101", "mrtrack.toml")
    assert problem.message == "the file cannot be read: not a regular file"


steps = sorted({step for key in setting_keys() for step in key.split(".")} - {"NAME"})
junk: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(
        ['"x"', '"c"', '"completed"', '"not-stated"', "1", "true", "false", "2021-07-31", "1.5", "[]"]
    ),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    max_leaves=4,
)
names = st.sampled_from([*steps, '"[key]"', '""', '"{hint}"', "completed", "x", '"X"', "late"])
lines = st.one_of(
    st.tuples(names, junk).map(" = ".join),
    st.lists(names, min_size=1, max_size=3).map(lambda path: f"[{'.'.join(path)}]"),
)


@given(st.lists(lines, max_size=12).map("\n".join))
def test_whatever_toml_says_is_settled_with_every_problem_in_its_place(text: str) -> None:
    settings, problems = parse_settings(text.encode(), ("x",))
    assert isinstance(settings, Settings)
    for problem in problems:
        assert problem.excerpt == text.split("\n")[problem.line - 1]
        assert problem.message
        assert problem.hint
    if not problems:
        assert parse_settings(text.encode()) == (settings, ())


@given(st.binary(max_size=40))
def test_no_bytes_make_reading_fail(content: bytes) -> None:
    assert isinstance(parse_settings(content)[0], Settings)
