"""`mrtrack show`: one item whole, as a page and as JSON."""

import json
from pathlib import Path

import pytest
from screens_of import ACTION_KEYS, DOCUMENT_KEYS, Keys, promised, put, put_broken, put_text

from conftest import Run
from mrtrack.source.reader import read


def record(mrtrack: Run, *arguments: str) -> Keys:
    answer = mrtrack("show", "--json", *arguments)
    assert (answer.code, answer.err) == (0, "")
    document = json.loads(answer.out)
    assert list(document) == DOCUMENT_KEYS
    assert document["kind"] == "records"
    (item,) = document["items"]
    assert isinstance(item, dict)
    return item


def flat(page: str) -> str:
    return " ".join(page.split())


WHOLE = """\
schema: 1
id: whole-2021
title: Evaluation of everything
description: |
  It holds a value of every form.
organisation: Example Agency
commissioned_by: Evaluation office
status: completed
period: {from: 2018, to: 2021}
completed: 2021-03
budget: {amount: 30000, currency: USD}
joint_programme: false
classification:
  sdg_goals: ["6"]
countries: [KEN, UGA]
team:
  - name: A. Writer
    title: Consultant
    nationality: ARG
  - title: Adviser
tags: [rural]
sources:
  - title: ERC page
    url: https://example.org/1
    retrieved: 2022-11-04
documents:
  - title: The report
    url: https://example.org/LONG
management_response:
  required: true
  submitted: 2021-04-01
  approved_by:
    title: Chief
    date: 2021-04-01
lessons:
  - Ask first.
recommendations:
  - id: "1"
    number: 001/21
    title: Plan together
    priority: High
    text: |
      Plan the whole life of it.
    response:
      decision: partially-accepted
      text: |
        Management agrees in part.
      positions:
        - unit: Field office
          decision: rejected
          text: |
            POSITION
    actions:
      - id: "1.1"
        title: Meet
        text: |
          Hold a meeting.
        responsible: Director
        due: 2021-09
        status: completed
        history:
          - date: 2021-04-01
            by: Programme unit
            due: 2021-06
            responsible: Director
          - date: 2021-05-02
            by: Programme unit
            due: 2021-09
            comment: |
              Moved behind the budget.
          - date: 2021-08-03
            on: until 2021-07
            by: Programme unit
            status: completed
            comment: |
              Held.
            documents:
              - title: Minutes
                url: https://example.org/minutes
          - date: 2021-09-04
            by: Evaluation office
            verdict: confirmed
      - id: "1.2"
        text: |
          Wait.
        timeline: as requested
        history:
          - date: 2021-04-01
            due: 2022
          - date: 2021-05-01
            due: null
            comment: |
              No date can be given.
extra:
  region: East
  offices:
    - Nairobi
    - where: Kampala
      rooms:
        - "2"
        - a long text that says more than a name of forty letters
""".replace("LONG", "a/" * 110).replace("POSITION", "The field office cannot do it. " * 12)


@pytest.fixture
def whole(folder: Path) -> Path:
    """A repository with one record that holds a value of every form."""
    put_text(folder, "whole-2021.yaml", WHOLE)
    return folder


@pytest.mark.usefixtures("whole")
def test_the_page_of_an_evaluation_shows_every_text_that_its_record_holds(mrtrack: Run) -> None:
    answer = mrtrack("show", "whole-2021")
    assert (answer.code, answer.err) == (0, "")
    page = flat(answer.out)
    told = """
        It holds a value of every form.|Example Agency|Evaluation office|2018 to 2021|2021-03|30,000 USD
        KEN, UGA|A. Writer, Consultant, ARG|Adviser|rural|ERC page, https://example.org/1, 2022-11-04
        Ask first.|001/21|Plan together|High|Plan the whole life of it.|partially accepted|Chief|Meet|Director
        Management agrees in part.|Field office|rejected|The field office cannot do it. The field office
        Hold a meeting.|2021-09|Moved behind the budget.|Held.|Minutes https://example.org/minutes|confirmed
        as requested|Wait.|East|The report|- Nairobi|where: Kampala|- a long text that says
    """
    missing = [
        text for line in told.strip().splitlines() for text in line.strip().split("|") if text not in page
    ]
    assert missing == []
    assert "Submitted: 2021-04-01" in page
    assert "Approved by: Chief, 2021-04-01" in page
    assert "a/" * 110 in "".join(answer.out.split())


@pytest.mark.usefixtures("whole")
def test_the_page_of_an_action_tells_where_it_stands_and_how_it_came_there(mrtrack: Run) -> None:
    page = mrtrack("show", "whole-2021:1.1").out
    lines = [line.strip() for line in page.splitlines()]
    assert lines[0] == "whole-2021:1.1  Meet"
    for line in (
        "Recommendation: 1  Plan together",
        "Lead: Director",
        "Status: completed, confirmed",
        "Due: 2021-09, moved once, originally 2021-06",
        "Completed: 2021-07 (recorded; the day itself is not stated)",
    ):
        assert line in lines
    assert "Wait." not in page
    assert page.index("2021-04-01") < page.index("2021-05-02") < page.index("2021-08-03")


@pytest.mark.usefixtures("whole")
def test_the_page_of_a_recommendation_holds_its_answer_and_its_actions_only(mrtrack: Run) -> None:
    page = mrtrack("show", "whole-2021:1").out
    for told in ("whole-2021:1  Plan together", "Response: partially accepted", "Hold a meeting.", "Wait."):
        assert told in page
    assert "A. Writer" not in page


@pytest.mark.usefixtures("whole")
def test_the_json_of_an_evaluation_is_the_record_with_what_follows_from_it_beside_each_action(
    mrtrack: Run,
) -> None:
    item = record(mrtrack, "whole-2021")
    first, second = (action.pop("derived") for action in item["recommendations"][0]["actions"])
    assert list(first) == ACTION_KEYS
    assert (first["ref"], first["completed_on"], first["completed_on_basis"]) == (
        "whole-2021:1.1",
        "2021-07",
        "recorded",
    )
    assert (first["original_due"], first["postponements"], first["verdict"]) == ("2021-06", 1, "confirmed")
    assert (second["due"], second["timeline"], second["status"]) == (None, "as requested", None)
    written = read(WHOLE.encode(), "whole-2021.yaml").data
    assert json.dumps(plainly(item)) == json.dumps(plainly(written))


def plainly(value: object) -> object:
    """Data without the block style of its prose and the type of its numbers and flags."""
    if isinstance(value, dict):
        return {key: plainly(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plainly(item) for item in value]
    return value if value is None else str(value).lower().rstrip("\n")


@pytest.mark.usefixtures("whole")
def test_the_json_of_a_ref_within_is_that_item(mrtrack: Run) -> None:
    assert list(record(mrtrack, "whole-2021:1"))[:3] == ["id", "number", "title"]
    action = record(mrtrack, "whole-2021:1.2")
    assert (action["id"], action["derived"]["ref"]) == ("1.2", "whole-2021:1.2")


@pytest.mark.usefixtures("whole")
def test_as_of_a_day_an_action_is_shown_as_it_stood(mrtrack: Run) -> None:
    page = flat(mrtrack("show", "whole-2021:1.1", "--as-of", "2021-05-31").out)
    assert "Due: 2021-09, moved once" in page
    assert "Status: not stated" in page
    assert "Held." not in page
    assert "not there yet on 1 March 2021" in mrtrack("show", "whole-2021:1.1", "--as-of", "2021-03-01").out
    assert record(mrtrack, "whole-2021:1.1", "--as-of", "2021-03-01")["derived"] is None


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("name", ["unossc-2020", "unece-2021"])
def test_every_text_of_a_real_record_is_on_its_page(mrtrack: Run, name: str) -> None:
    item = record(mrtrack, name)
    page = flat(mrtrack("show", name).out)
    for recommendation in item["recommendations"]:
        assert recommendation["text"].split("\n")[0] in page
        assert recommendation["response"]["text"].split("\n")[0] in page
        for action in recommendation["actions"]:
            assert flat(action["text"].split("\n\n")[0]) in page
            for entry in action["history"]:
                assert flat(entry.get("comment", "").split("\n\n")[0]) in page


@pytest.mark.usefixtures("real")
def test_filters_are_refused_since_they_choose_among_many(mrtrack: Run) -> None:
    for options in (["--overdue"], ["--view", "open"], ["--unit", "Director"]):
        answer = mrtrack("show", "unossc-2020:3.1", *options)
        assert (answer.code, answer.out) == (2, "")
        assert "mrtrack list" in answer.err


@pytest.mark.usefixtures("real")
def test_a_page_is_no_table_of_cells(mrtrack: Run) -> None:
    answer = mrtrack("show", "unossc-2020", "--format", "csv")
    assert (answer.code, answer.out) == (2, "")
    assert "mrtrack list" in answer.err


@pytest.mark.usefixtures("real")
def test_as_markdown_it_holds_every_action_with_its_text(mrtrack: Run) -> None:
    answer = mrtrack("show", "unossc-2020", "--format", "md")
    assert (answer.code, answer.err) == (0, "")
    page = flat(answer.out)
    for recommendation in record(mrtrack, "unossc-2020")["recommendations"]:
        for action in recommendation["actions"]:
            assert action["text"].split("\n")[0].split(" (")[0] in page
    assert "3.2" not in mrtrack("show", "unossc-2020:3.1", "--format", "md").out


@pytest.mark.usefixtures("real")
def test_without_a_ref_it_is_wrong_usage(mrtrack: Run) -> None:
    assert mrtrack("show").code == 2


def test_an_item_without_anything_else_has_a_page_too(folder: Path, mrtrack: Run) -> None:
    put(folder, "bare-2021", {"text": "Do it."}, promised("And that.", due="2022"), recommendations=None)
    put(
        folder,
        "bare-2022",
        recommendations=[
            {"id": "1", "actions": [{"id": "1.1"}]},
            {"id": "2", "response": {"text": "Noted."}},
        ],
    )
    page = flat(mrtrack("show", "bare-2022").out)
    assert "Response: no response" in page
    assert "Response: no decision stated" in page
    assert "Lead: none named" in page
    assert "Status: not stated" in page
    for ref in ("bare-2022", "bare-2022:2", "bare-2022:1.1"):
        assert mrtrack("show", ref, "--format", "md").code == 0


def test_before_its_day_an_evaluation_has_a_page_in_either_form(folder: Path, mrtrack: Run) -> None:
    put(folder, "a-2021", promised(due="2022"), report_date="2021-11")
    for form in ("table", "md"):
        answer = mrtrack("show", "a-2021", "--format", form, "--as-of", "2021-01-01")
        assert answer.code == 0
        assert "1 January 2021" in answer.out or "2021-01-01" in answer.out


def test_another_record_that_cannot_be_read_is_named(real: Path, mrtrack: Run) -> None:
    put_broken(real)
    answer = mrtrack("show", "unossc-2020:3.1")
    assert answer.code == 0
    assert "broken-2021.yaml" in answer.err
    assert "broken-2021.yaml" in answer.out
    assert mrtrack("show", "unossc-2020:3.1", "--strict").code == 1
