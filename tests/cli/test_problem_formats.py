"""The formats of problems: each says all that matters, and no text of a record breaks out of it."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len

from mrtrack.cli.problem_formats import FORMATS, auto_format
from mrtrack.cli.problem_formats.github import job_summary
from mrtrack.cli.problem_formats.report import Report
from mrtrack.problems import Kind, Problem, Severity
from mrtrack.rules.catalogue import RULE_KINDS

TODAY = date(2026, 11, 22)
HOSTILE = [
    "two\nlines\r\nand three",
    "\n::error file=x::y",
    "::set-output name=a::b",
    "##[error]no",
    "a | b | c",
    "`code` **bold** [link](https://example.org)",
    "<script>alert(1)</script>",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07",
    "100%0A::warning::x",
    "\u202egnp.exe\u2028next",
    '", "severity": "info"}]',
    "a,b=c:d",
]


def problem(
    severity: Severity = Severity.ERROR,
    *,
    line: int = 3,
    code: str = "S305",
    rule: str = "unknown-word",
    message: str = "“done” is no status",
    ref: str = "wells-2020:1.1",
) -> Problem:
    return Problem(
        path=f"records/{ref.partition(':')[0] or 'wells-2020'}.yaml",
        line=line,
        column=9,
        code=code,
        rule=rule,
        severity=severity,
        message=message,
        hint="write completed",
        ref=ref,
        excerpt="status: done",
        width=4,
    )


def orders(*refs: str) -> list[Problem]:
    return [
        problem(Severity.WARNING, line=4 + nth, code="S357", rule="key-order", message="not in its place", ref=ref)
        for nth, ref in enumerate(refs)
    ]  # fmt: skip


def report(problems: Sequence[Problem], **more: object) -> Report:
    return replace(Report(problems=problems, records=12, today=TODAY), **more)  # type: ignore[arg-type]


def hostile(text: str) -> list[Problem]:
    one = problem(message=f"“{text}” is no status", ref=f"wells:{text}")
    bad = replace(one, path=f"records/{text}.yaml", hint=text, excerpt=text, rule="unknown-word")
    return [replace(bad, severity=severity, line=nth) for severity in Severity for nth in (0, 5)]


def test_errors_keep_their_lines_and_warnings_are_one_line_a_rule() -> None:
    refs = [f"wells-2020:1.{nth}" for nth in range(1, 8)] + ["roads-2021:2.1", "roads-2021"]
    shown = FORMATS["text"](report([*orders(*refs), problem(), *orders("wells-2020:1.1")]))
    assert shown == (
        "records/wells-2020.yaml:3:9: error: “done” is no status  [S305 unknown-word]\n"
        "     3 | status: done\n"
        "                 ^^^^\n"
        "    → write completed\n"
        "\n"
        "Worth a look:\n"
        "  S357  10 keys are out of their order: wells-2020 1.1 1.2 1.3 1.4 1.5 1.6 … +3\n"
        "\n"
        "mrtrack check --all lists each; mrtrack check --explain S357 explains one.\n"
    )


def test_a_wider_screen_names_more_places_and_each_evaluation_once() -> None:
    refs = ["wells-2020:1.1", "wells-2020:1.2", "roads-2021:2.1", "roads-2021", ""]
    shown = FORMATS["text"](report(orders(*refs), columns=120))
    assert shown.splitlines()[1] == (
        "  S357  5 keys are out of their order: wells-2020 1.1 1.2, roads-2021 2.1, roads-2021, "
        "records/wells-2020.yaml"
    )


def test_what_is_found_once_is_told_in_its_own_words() -> None:
    lone = problem(Severity.INFO, code="D503", rule="due-before-entry", message="due " + "long before " * 9)
    shown = FORMATS["text"](report([*orders("wells-2020:1.1"), lone])).splitlines()
    assert "  S357    wells-2020:1.1: not in its place" in shown
    (cut,) = (line for line in shown if "long before" in line)
    assert cut.startswith("  D503    wells-2020:1.1: due long before")
    assert cut.endswith("…")
    assert len(cut) <= 80
    assert shown[shown.index(cut) - 1] == "Worth knowing:"


@pytest.mark.parametrize("columns", [60, 80, 100, 200])
def test_no_line_of_the_summed_up_warnings_is_wider_than_the_screen(columns: int) -> None:
    many = orders(*(f"evaluation-{nth // 9}:{nth % 9}.1" for nth in range(2000)))
    lines = FORMATS["text"](report(many, columns=columns)).splitlines()
    assert all(cell_len(line) <= columns for line in lines[:2])
    assert ("2,000 keys are out of their order: evaluation-0 0.1" in lines[1]) == (columns > 60)


@pytest.mark.parametrize("more", [{"all": True}, {"base": ("origin/main",)}])
def test_all_are_listed_where_asked_and_where_only_a_change_is_judged(more: dict[str, object]) -> None:
    shown = FORMATS["text"](report(orders("wells-2020:1.1", "wells-2020:1.2"), **more))
    assert shown.count("warning: not in its place") == 2
    assert "--all" not in shown


def test_a_rule_without_a_summary_is_counted_under_its_name() -> None:
    two = [problem(Severity.WARNING, code="X999", rule="odd-thing", ref=f"a:{nth}") for nth in (1, 2)]
    assert "  X999  2 cases of odd thing: a 1 2\n" in FORMATS["text"](report(two))


@pytest.mark.parametrize("kind", RULE_KINDS, ids=lambda kind: kind.name)
def test_every_rule_can_be_told_in_one_line(kind: Kind) -> None:
    told = kind.summed_up(1200)
    assert re.fullmatch(r"1,200 [a-z][^.:\n]{10,46}[^.:\n ]", told)
    assert not told.startswith("1,200 cases of")


def test_json_holds_every_problem_and_what_could_not_be_read() -> None:
    document = json.loads(FORMATS["json"](report([problem(), *orders("a:1", "a:2")], unread=[problem()])))
    assert (document["kind"], document["as_of"], document["complete"]) == ("problems", "2026-11-22", False)
    assert [item["severity"] for item in document["items"]] == ["error", "warning", "warning"]


def test_github_annotates_the_worst_first_and_ten_of_a_severity() -> None:
    found = [*orders(*(f"a:{nth}" for nth in range(30))), *(problem(line=nth) for nth in range(12))]
    lines = FORMATS["github"](report(found)).splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert [line.split(" ")[0] for line in commands] == ["::error"] * 10 + ["::warning"] * 10
    assert commands[1] == (
        "::error file=records/wells-2020.yaml,line=1,col=9,title=S305 unknown-word::"
        "“done” is no status%0A→ write completed"
    )
    assert commands[0].startswith("::error file=records/wells-2020.yaml,title=")
    log = "\n".join(lines[len(commands) :])
    assert log.count("error: “done” is no status") == 12
    assert "30 keys are out of their order" in log


def test_signs_that_the_runner_would_decode_arrive_as_they_were_written() -> None:
    odd = replace(problem(message="100%0A done, a:b"), path="records/50%,a:b.yaml", hint="")
    (command, *_) = FORMATS["github"](report([odd])).splitlines()
    assert command == (
        "::error file=records/50%25%2Ca%3Ab.yaml,line=3,col=9,title=S305 unknown-word::100%250A done, a:b"
    )


def test_paths_of_annotations_count_from_the_root_of_the_repository() -> None:
    inside = report([problem()], folder="evaluations/tracking/")
    assert "file=evaluations/tracking/records/wells-2020.yaml," in FORMATS["github"](inside)
    assert "evaluations/tracking/records/wells-2020.yaml:3" in job_summary(inside)
    assert json.loads(FORMATS["gitlab"](inside))[0]["location"]["path"].startswith("evaluations/tracking/rec")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_record_becomes_a_command_of_the_runner(text: str) -> None:
    found = hostile(text)
    lines = re.split("[\r\n]", FORMATS["github"](report(found, all=True)))
    commands = [line for line in lines if line.strip().startswith("::") or "##[" in line]
    assert commands == lines[: len(commands)]
    assert len(commands) == len(found)
    for command in commands:
        kind, properties, message = re.fullmatch(r"::(\w+) (.*?)::(.*)", command).groups()  # type: ignore[union-attr]
        assert kind in ("error", "warning", "notice")
        names = [part.split("=")[0] for part in properties.split(",")]
        assert names in (["file", "title"], ["file", "line", "col", "title"])
        assert not re.search("%(?!25|0A|0D)", message)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_a_text_command_a_terminal(name: str, text: str) -> None:
    shown = FORMATS[name](report(hostile(text)))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u202e]", shown)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_record_adds_lines_to_what_is_read(text: str) -> None:
    usual = FORMATS["text"](report(hostile("usual"), all=True)).count("\n")
    assert FORMATS["text"](report(hostile(text), all=True)).count("\n") == usual
    assert FORMATS["text"](report(hostile(text))).count("\n") == FORMATS["text"](
        report(hostile("usual"))
    ).count("\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_the_job_summary_is_a_table_whatever_the_records_say(text: str) -> None:
    rows = job_summary(report(hostile(text))).splitlines()[4:]
    assert len(rows) == 2 + 6
    for row in rows:
        assert len(re.findall(r"(?<!\\)\|", row)) == 5
        assert not re.search(r"(?<!\\)[<`*\[]", row)


def test_the_job_summary_counts_and_names_the_worst_first() -> None:
    told = job_summary(report([*orders(*["a:1"] * 150), problem()], base=("origin/main",)))
    assert told.startswith(
        "## mrtrack check\n\n12 records checked: 1 error, 150 warnings\n\nCompared with origin/main.\n\n"
    )
    assert told.splitlines()[8] == (
        "| error | records/wells-2020.yaml:3 | “done” is no status → write completed | S305 unknown-word |"
    )
    assert told.endswith("\nand 51 more, which the log lists.\n")
    assert job_summary(report([])) == "## mrtrack check\n\n12 records checked: no problems\n"


def test_gitlab_gets_a_code_quality_report_with_names_that_outlive_moved_lines() -> None:
    found = [*orders("a:1", "a:1"), problem(), problem(Severity.INFO, line=0)]
    items = json.loads(FORMATS["gitlab"](report(found)))
    assert [item["severity"] for item in items] == ["blocker", "minor", "minor", "info"]
    assert items[0]["description"] == "“done” is no status → write completed"
    assert items[0]["location"] == {"path": "records/wells-2020.yaml", "lines": {"begin": 3}}
    assert items[3]["location"]["lines"] == {"begin": 1}
    names = [item["fingerprint"] for item in items]
    moved = [replace(one, line=one.line + 7) for one in found]
    assert len(set(names)) == 3 + (names[0] != names[3])
    assert [item["fingerprint"] for item in json.loads(FORMATS["gitlab"](report(moved)))] == names


def test_no_problems_are_no_text_and_empty_reports() -> None:
    assert FORMATS["text"](report([])) == FORMATS["github"](report([])) == ""
    assert json.loads(FORMATS["gitlab"](report([]))) == []


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"GITHUB_ACTIONS": "true", "CI": "true"}, "github"),
        ({"GITLAB_CI": "true", "CI": "true"}, "gitlab"),
        ({"CI": "true"}, "text"),
        ({}, "text"),
    ],
)
def test_the_format_follows_the_service_that_runs_the_check(environ: dict[str, str], name: str) -> None:
    assert auto_format(environ) == name
