"""A problem says what is wrong and what to write instead, in words for people who have never seen YAML."""

import re

import pytest

from mrtrack.problems import Kind, Problem
from mrtrack.source import kinds
from mrtrack.source.reader import read

HEAD = "schema: 1\nid: water-2021\n"
ACTION = "recommendations:\n  - id: a\n    actions:\n      - id: b\n"
ENTRY = f"{ACTION}        history:\n          - date: 2021-07-01\n"


def only(text: str) -> Problem:
    (problem,) = read((HEAD + text).encode(), "r.yaml").problems
    return problem


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("titel: x\n", "“titel” is no key of an evaluation", "did you mean “title”?"),
        ("Status: completed\n", "“Status” is no key of an evaluation", "did you mean “status”?"),
        ("TITLE: x\n", "“TITLE” is no key of an evaluation", "did you mean “title”?"),
        ("organization: x\n", "“organization” is no key of an evaluation", "did you mean “organisation”?"),
        ("country: KEN\n", "“country” is no key of an evaluation", "did you mean “countries”?"),
        ("name: x\n", "“name” is no key of an evaluation", "did you mean “title”?"),
        ("due: 2021\n", "“due” is no key of an evaluation", "it belongs under management_response"),
        ("text: x\n", "“text” is no key of an evaluation", "did you mean “reason”?"),
        ("sdg_goals: [x]\n", "“sdg_goals” is no key of an evaluation", "it belongs under classification"),
        (
            "decision: accepted\n",
            "“decision” is no key of an evaluation",
            "it belongs under a recommendation's response",
        ),
        ("actions: x\n", "“actions” is no key of an evaluation", "it belongs to a recommendation"),
        ("supported_by: x\n", "“supported_by” is no key of an evaluation", "it belongs to an action"),
        (
            "verdict: x\n",
            "“verdict” is no key of an evaluation",
            "it belongs to an entry of an action's history",
        ),
        (
            "colour: x\n",
            "“colour” is no key of an evaluation",
            "docs/record.md lists the keys; data of your own goes under extra",
        ),
        ("period: {since: x}\n", "“since” is no key of period", "the keys here are from, to"),
        ("quality: {colour: x}\n", "“colour” is no key of quality", "the keys here are rating, date"),
        (
            "quality: {title: x}\n",
            "“title” is no key of quality",
            "it belongs to the evaluation, at the left margin",
        ),
        (
            "management_response: {title: x}\n",
            "“title” is no key of management_response",
            "it belongs to the evaluation, at the left margin",
        ),
        (
            "recommendations:\n  - id: a\n    due: x\n",
            "“due” is no key of a recommendation",
            "it belongs to an action",
        ),
        (
            "recommendations:\n  - id: a\n    decision: x\n",
            "“decision” is no key of a recommendation",
            "it belongs under a recommendation's response",
        ),
        (
            "recommendations:\n  - id: a\n    status: x\n",
            "“status” is no key of a recommendation",
            "it belongs to an action",
        ),
        (
            "recommendations:\n  - id: a\n    description: x\n",
            "“description” is no key of a recommendation",
            "did you mean “text”?",
        ),
        (f"{ACTION}        deadline: x\n", "“deadline” is no key of an action", "did you mean “due”?"),
        (f"{ACTION}        lead: x\n", "“lead” is no key of an action", "did you mean “responsible”?"),
        (
            f"{ACTION}        comment: x\n",
            "“comment” is no key of an action",
            "it belongs to an entry of an action's history",
        ),
        (
            f"{ACTION}        decision: x\n",
            "“decision” is no key of an action",
            "it belongs under a recommendation's response",
        ),
        (
            f"{ACTION}        priority: x\n",
            "“priority” is no key of an action",
            "it belongs to a recommendation",
        ),
        (f"{ACTION}        url: x\n", "“url” is no key of an action", "it belongs to an item of documents"),
        (f"{ENTRY}            reason: x\n", "“reason” is no key of an entry", "did you mean “comment”?"),
        (f"{ENTRY}            text: x\n", "“text” is no key of an entry", "did you mean “comment”?"),
        (
            f"{ENTRY}            supported_by: x\n",
            "“supported_by” is no key of an entry",
            "it belongs to an action",
        ),
        (
            f"{ENTRY}            colour: x\n",
            "“colour” is no key of an entry",
            "docs/record.md lists the keys; data of your own goes under extra",
        ),
        (
            "history:\n  - date: 2021-07-01\n    due: 2021\n",
            "“due” is no key of an entry",
            "it belongs to an action",
        ),
        (
            "team:\n  - nation: KEN\n",
            "“nation” is no key of a person",
            "did you mean “nationality”?",
        ),
        (
            "documents:\n  - address: x\n",
            "“address” is no key of a document",
            "the keys here are title, kind, language, url, sha256",
        ),
        (
            f"{'x' * 70}: y\n",
            f"“{'x' * 60}…” is no key of an evaluation",
            "docs/record.md lists the keys; data of your own goes under extra",
        ),
    ],
)
def test_an_unknown_key_is_told_where_it_belongs(text: str, message: str, hint: str) -> None:
    problem = only(text)
    assert (problem.rule, problem.message, problem.hint) == ("unknown-key", message, hint)


@pytest.mark.parametrize(
    ("text", "rule", "message", "hint"),
    [
        (
            "status: done\n",
            "unknown-word",
            "“done” is no status of an evaluation",
            "write one of: planned, ongoing, completed, cancelled",
        ),
        (
            f"{ACTION}        status: done\n",
            "unknown-word",
            "“done” is no status of an action",
            "write one of: not-initiated, initiated, completed, no-longer-applicable",
        ),
        (
            f"{ENTRY}            verdict: x\n",
            "unknown-word",
            "“x” is no verdict",
            "write one of: confirmed, not-confirmed",
        ),
        (
            "completed: June\n",
            "bad-date",
            "“June” is not a date",
            "write 2021, 2021-Q3, 2021-07 or 2021-07-31",
        ),
        ("completed: 0\n", "bad-date", "“0” is not a date", "write 2021, 2021-Q3, 2021-07 or 2021-07-31"),
        (
            "completed: 2021-02-30\n",
            "bad-date",
            "“2021-02-30”: February 2021 has 28 days",
            "write 2021, 2021-Q3, 2021-07 or 2021-07-31",
        ),
        (
            "history:\n  - date: 2021-07\n",
            "bad-date",
            "“2021-07” names no single day",
            "write the whole day: 2021-07-31",
        ),
        (
            f"{ENTRY}            on: by 2021\n",
            "bad-date",
            "“by 2021” is not a date",
            "write 2021, 2021-Q3, 2021-07 or 2021-07-31, or until and the date",
        ),
        (
            f"{ENTRY}            corrects: 2021\n",
            "bad-date",
            "“2021” names no entry",
            "write the date of the entry, 2021-10-08, or 2021-10-08#2 for the second of that day",
        ),
        (
            "budget: {amount: 30k}\n",
            "bad-number",
            "“30k” is no amount",
            "write digits, and a point before decimals: 30000 or 30000.50",
        ),
        (
            "budget: {currency: $}\n",
            "bad-text",
            "“$” is no currency",
            "write its three letters: USD, EUR, CHF",
        ),
        ("joint_programme: no\n", "bad-flag", "“no” is neither true nor false", "write true or false"),
        (
            "same_evaluation: [Water]\n",
            "bad-id",
            "“Water” is no id of an evaluation",
            "write lower-case letters, digits, dots and hyphens, with a letter or digit at both ends",
        ),
        (
            f"{ACTION}        serves: ['1/2']\n",
            "bad-id",
            "“1/2” is no recommendation",
            "write the id of a recommendation, or other-evaluation:5",
        ),
        ("title: ''\n", "bad-text", "the text is empty", "write the text, or leave the key out"),
        ("description: |\n\n", "bad-text", "the text is empty", "write the text, or leave the key out"),
        (
            "title: |\n  one\n  two\n",
            "bad-text",
            "the text runs over several lines, where one line belongs",
            "write it on one line; put quotes around it where it holds a : or a #",
        ),
        ("reason:\n", "null-value", "there is no value here", "write the value, or leave the key out"),
        (
            "countries:\n  - KEN\n  -\n",
            "null-value",
            "there is no value here",
            "write the item, or delete its line",
        ),
        (
            f"{ENTRY}            due:\n",
            "null-value",
            "there is no value here",
            "write the date, or null to take it away",
        ),
        ("team: []\n", "empty-list", "the list is empty", "leave the key out"),
        (
            "countries: KEN\n",
            "wrong-type",
            "one value stands here, where a list belongs",
            "write countries: and below it one “- item” a line",
        ),
        (
            "countries:\n  KEN: true\n",
            "wrong-type",
            "a block of keys stands here, where a list belongs",
            "write countries: and below it one “- item” a line",
        ),
        (
            "team:\n  name: x\n",
            "wrong-type",
            "a block of keys stands here, where a list belongs",
            "write team: and below it “- ” before the first key of each item",
        ),
        (
            "management_response: yes\n",
            "wrong-type",
            "one value stands here, where a block of keys belongs",
            "write management_response: and below it, indented: required, unit, due, submitted …",
        ),
        (
            "extra: [a]\n",
            "wrong-type",
            "a list stands here, where a block of keys belongs",
            "write extra: and below it, indented, keys of your own",
        ),
        (
            "title: [a]\n",
            "wrong-type",
            "this is a list, where one value belongs",
            "write one value after the key",
        ),
        (
            "title: {a: b}\n",
            "wrong-type",
            "this is a block of keys, where one value belongs",
            "write one value after the key",
        ),
        (
            "recommendations:\n  - title: x\n",
            "missing-key",
            "“id” is missing here",
            "write id: and its value",
        ),
        (
            "title: a\ntitle: b\n",
            "duplicate-key",
            "“title” stands here a second time; the first is in line 3",
            "keep one of the two",
        ),
        (
            'title: "C:\\records"\n',
            "control-character",
            "the text holds the invisible character U+000D",
            "delete its escape; a backslash that is meant is written twice",
        ),
        (
            "title: &x a\n",
            "anchor",
            "&x names a value for use elsewhere",
            "delete the name, and write the value where it is meant",
        ),
        ("title: *x\n", "anchor", "*x stands for a value written elsewhere", "write the value out here"),
        ("title: !x a\n", "tag", "the tag !x tells a type", "delete the tag"),
        ("<<: {title: x}\n", "merge-key", "<< copies another block into this one", "write the keys out"),
        (
            "---\n",
            "several-documents",
            "a second document begins here",
            "keep one record a file, and delete the line ---",
        ),
    ],
)
def test_a_problem_says_what_to_write(text: str, rule: str, message: str, hint: str) -> None:
    problem = only(text)
    assert (problem.rule, problem.message, problem.hint) == (rule, message, hint)


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("\ttitle: x\n", "3:1", "a tab indents this line", "indent with spaces"),
        ("quality:\n\trating: x\n", "4:1", "a tab indents this line", "indent with spaces"),
        ("text: |\n  one\n \ttwo\n", "5:2", "a tab indents this line", "indent with spaces"),
        (
            'title: "Water\nstatus: x\n',
            "3:8",
            "a quotation mark is never closed",
            "close it at the end of the text",
        ),
        ("title: 'Water\n", "3:8", "a quotation mark is never closed", "close it at the end of the text"),
        (
            "title: 'Water\n---\n",
            "3:8",
            "a quotation mark is never closed",
            "close it at the end of the text",
        ),
        (
            "title: Water: a review\n",
            "3:13",
            "a colon stands where no key can be",
            'put the text in quotes ("…") if the colon belongs to it; else look at the indentation',
        ),
        (
            "  title: x\n",
            "3:8",
            "a colon stands where no key can be",
            'put the text in quotes ("…") if the colon belongs to it; else look at the indentation',
        ),
        (
            "team:\n  - name: A\n   title: B\n",
            "5:4",
            "an item of the list was expected here",
            "begin each item with - and indent it like the others",
        ),
        (
            "quality:\n  rating: x\n date: y\n",
            "5:2",
            "a key was expected here",
            "look at the indentation, and at the quotes in this line and the one above",
        ),
        (
            'title: "Water" 2021\n',
            "3:16",
            "a key was expected here",
            "look at the indentation, and at the quotes in this line and the one above",
        ),
        (
            "countries: [KEN, TZA\ntitle: x\n",
            "3:12",
            "the list in brackets is not closed",
            "put a comma between the items and ] at the end",
        ),
        (
            "period: {from: 2018\ntitle: x\n",
            "3:9",
            "the braces are not closed",
            "put a comma between the keys and } at the end",
        ),
        (
            "countries: [KEN",
            "3:12",
            "the list in brackets is not closed",
            "put a comma between the items and ] at the end",
        ),
        (
            "countries: [KEN,",
            "3:17",
            "a value was expected here",
            "look for a comma, bracket or brace too many, or one that is never closed",
        ),
        (
            "title Water\nstatus: x\n",
            "3:1",
            "a colon is missing after the key",
            "write key: value, with a space after the colon",
        ),
        (
            "title: @home\n",
            "3:8",
            "no text begins with this character",
            "put the text in quotes: text that begins with @, ` or % needs them",
        ),
        (
            "title: - a\n",
            "3:8",
            "a list cannot begin in the line of its key",
            "put each item on a line of its own, or the text in quotes",
        ),
        (
            "description: | Water\n",
            "3:16",
            "text follows | or > in the same line",
            "begin the text on the next line, indented",
        ),
        (
            "...\ntitle: x\n",
            "4:1",
            "the record has ended, and more text follows",
            "look at the indentation, and keep one record a file",
        ),
        (
            'title: "C:\\data"\n',
            "3:11",
            "this backslash means nothing",
            "write \\\\ for a backslash, or put the text between ' marks",
        ),
        (
            'title: "\\ud800"\n',
            "3:11",
            "this backslash means nothing",
            "write \\\\ for a backslash, or put the text between ' marks",
        ),
    ],
)
def test_a_slip_in_yaml_is_told_in_plain_words(text: str, place: str, message: str, hint: str) -> None:
    problem = only(text)
    assert (problem.rule, problem.place) == ("not-yaml", f"r.yaml:{place}")
    assert (problem.message, problem.hint) == (message, hint)


def test_a_slip_without_words_of_ours_still_has_its_place_and_a_hint() -> None:
    problem = only("title: !<x y\n")
    assert (problem.rule, problem.place) == ("not-yaml", "r.yaml:3:11")
    assert problem.message == "this is not YAML: did not find the expected '>'"
    assert problem.hint.startswith("look at the indentation")


def test_a_newer_record_is_refused_with_the_version_that_reads_it_and_no_other_noise() -> None:
    (problem,) = read(b"schema: 3\nidentifier: x\nstatus: new word\n", "r.yaml").problems
    assert (problem.rule, problem.place) == ("newer-schema", "r.yaml:1:9")
    assert problem.message == "this record is written in schema 3; this mrtrack reads schema 1"
    assert problem.hint == "install a version of mrtrack that reads schema 3"
    (problem,) = read(b"schema: one\nid: x\n", "r.yaml").problems
    assert (problem.rule, problem.hint) == ("bad-number", "write schema: 1")


def test_a_text_is_quoted_in_a_message_as_it_stands() -> None:
    assert only("status: '{reason} %s {0}'\n").message == "“{reason} %s {0}” is no status of an evaluation"
    assert only("completed: |\n  one\n  two\n").message == "“one…” is not a date"


def _examples(kind: Kind) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", kind.explanation, re.DOTALL)


@pytest.mark.parametrize(
    "kind", [kind for kind in kinds.READING_KINDS if _examples(kind)], ids=lambda kind: kind.name
)
def test_the_bad_example_of_a_kind_has_the_problem_and_the_good_one_has_not(kind: Kind) -> None:
    bad, good = _examples(kind)
    assert kind.code in {problem.code for problem in read(bad.encode(), "").problems}
    assert kind.code not in {problem.code for problem in read(good.encode(), "").problems}


def test_every_kind_of_problem_has_a_code_and_a_name_of_its_own() -> None:
    codes = [kind.code for kind in kinds.READING_KINDS]
    assert len(set(codes)) == len(codes)
    assert len({kind.name for kind in kinds.READING_KINDS}) == len(codes)
    listed = {kind for kind in vars(kinds).values() if isinstance(kind, Kind)}
    assert listed == set(kinds.READING_KINDS)
    assert all(kind.explanation.endswith("\n") for kind in kinds.READING_KINDS)


def test_the_markers_of_a_merge_are_told_as_such() -> None:
    text = "schema: 1\nid: a-2021\n<<<<<<< ours\ntitle: A\n=======\ntitle: B\n>>>>>>> theirs\n"
    (problem,) = read(text.encode(), "records/a-2021.yaml").problems
    assert (problem.line, problem.column, problem.code) == (3, 1, "Y201")
    assert "a merge stopped here" in problem.message
