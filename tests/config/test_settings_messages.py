"""What is wrong with mrtrack.toml is told with its place, in plain words, with what to write instead."""

from pathlib import Path

import pytest

from mrtrack.config.kinds import SETTINGS_KINDS
from mrtrack.config.locate import Place
from mrtrack.config.settings_file import parse_settings
from mrtrack.config.syntax import refusal
from mrtrack.model.settings import Settings
from mrtrack.problems import Problem

_, *CASES = (Path(__file__).parent / "settings_messages.txt").read_text(encoding="utf-8").split("====\n")


def marked(problem: Problem) -> str:
    return problem.excerpt[problem.column - 1 : problem.column - 1 + problem.width]


def told(problem: Problem) -> str:
    place = f"{problem.code} {problem.line}:{problem.column} {marked(problem)}".rstrip()
    return f"---- {place}\n{problem.message}\n{problem.hint}\n"


@pytest.mark.parametrize("case", CASES, ids=[case.partition("----")[0].rstrip() for case in CASES])
def test_a_mistake_is_told_where_it_stands_and_with_its_remedy(case: str) -> None:
    text, _, _ = case.partition("---- ")
    settings, problems = parse_settings(text.encode())
    assert text + "".join(map(told, problems)) == case
    if problems[0].code == "C401":
        assert settings == Settings()


@pytest.mark.parametrize(
    ("text", "told_of_it"),
    [
        ("[views.a]\ndue_before = 2021-Q3", '2:14 2021-Q3 stands without quotes; write "2021-Q3"'),
        ("records = 'data", "1:11 a quotation mark is never closed; close it"),
        ('records = "data', "1:16 a quotation mark is never closed; close it"),
        (
            "write = {by = 'a'",
            "1:18 the braces are not closed here; put a comma between the keys and } at the end",
        ),
        ("records = 'a\x01'\n", "1:13 an invisible character stands here; delete it"),
        ("records = 'a' # \x01\n", "1:17 an invisible character stands here; delete it"),
        ("records = 'a\u202e'\n", "1:11 the text holds the invisible character U+202E; delete it"),
        (f"[days]\nstale = {'1' * 5000}\n", "2:9 the number has too many digits; write a smaller one"),
        (f"a = {'[' * 5000}", "1:1 lists are nested too deeply; no setting takes a list within a list"),
    ],
    ids=[
        "no last line end",
        "quote",
        "double quote",
        "brace",
        "control",
        "comment",
        "direction",
        "digits",
        "depth",
    ],
)
def test_what_is_hard_to_show_is_told_as_well(text: str, told_of_it: str) -> None:
    (problem,) = parse_settings(text.encode())[1]
    assert f"{problem.line}:{problem.column} {problem.message}; {problem.hint}" == told_of_it


def test_a_refusal_in_words_of_a_later_python_keeps_its_place() -> None:
    place, message, hint = refusal(ValueError("Too odd (at line 2, column 3)"), "a = 1\nb = 2\n")
    assert place == Place(1, 2, 1)
    assert message == "this is not TOML: Too odd"
    assert hint == "docs/settings.md shows how settings are written"


def test_an_unknown_rule_is_told_where_the_rules_are_known() -> None:
    text = b"[severity]\nkey-ordre = 'off'\nflow-list = 'info'\nzzz = 'off'\n"
    assert parse_settings(text)[1] == ()
    assert "".join(map(told, parse_settings(text, {"key-order", "flow-list"})[1])) == (
        "---- C402 2:1 key-ordre\n“key-ordre” is no rule\ndid you mean “key-order”?\n"
        "---- C402 4:1 zzz\n“zzz” is no rule\ndocs/rules.md lists the rules\n"
    )


def test_a_rule_about_history_keeps_its_severity_and_its_line_is_refused() -> None:
    text = b"[severity]\nentry-removed = 'off'\n"
    assert "".join(map(told, parse_settings(text, {"key-order"})[1])) == (
        "---- C403 2:1 entry-removed\n"
        "“entry-removed” is a rule about history, and has the same severity everywhere\n"
        "take the line out; what has to go is let pass by [[history.exceptions]]\n"
    )


def test_text_that_is_not_utf8_is_told_at_its_first_such_byte() -> None:
    (problem,) = parse_settings("[write]\nby = 'Évaluation'\n".encode("latin-1"))[1]
    assert (problem.code, problem.place, problem.excerpt) == ("F103", "mrtrack.toml:2:7", "by = '")
    assert (problem.message, problem.hint) == ("byte 0xC9 is not UTF-8", "save the file as UTF-8")


def test_every_kind_is_explained_by_a_bad_example_that_shows_it_and_a_good_one_that_does_not() -> None:
    for kind in SETTINGS_KINDS:
        bad, good = (part.partition("\n```")[0] for part in kind.explanation.split("```toml\n")[1:])
        assert [problem.rule for problem in parse_settings(bad.encode())[1]] == [kind.name]
        assert parse_settings(good.encode())[1] == ()
