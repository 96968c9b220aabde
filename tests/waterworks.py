"""The records that tests of writing commands begin with, and what they look at afterwards.

Of the actions, 1.1 has a log of all its values, 1.2 values of which no entry speaks, and 1.3 nothing but a text;
1.4 is completed.
"""

from pathlib import Path
from typing import Any

from conftest import git
from mrtrack.source.reader import read

Keys = dict[str, Any]

WATER = """\
schema: 1
id: water-2021
title: Evaluation of the water programme
status: ongoing
planned_end: 2021-12
management_response:
  required: true
recommendations:
  - id: "1"
    title: Plan together
    text: |
      Plan the whole life of an initiative.
    response:
      decision: accepted
      history:
        - date: 2021-01-05
          by: Director
          decision: accepted
    actions:
      - id: "1.1"
        text: |
          Hold one planning meeting a year.
        responsible: Director
        due: 2021-07
        status: initiated
        history:
          - date: 2021-01-10
            by: M&E unit
            due: 2021-03
            responsible: Director
          - date: 2021-03-02
            by: M&E unit
            status: initiated
            due: 2021-07
            comment: |
              The meeting was moved to follow the budget.
      - id: "1.2"
        text: |
          Publish the plan.
        responsible: Field office
        due: 2022-Q1
        status: not-initiated
      - id: "1.3"
        text: |
          Train the planners.
      - id: "1.4"
        text: |
          Name a planner.
        status: completed
        history:
          - date: 2021-01-10
            by: M&E unit
            status: initiated
          - date: 2021-05-04
            by: M&E unit
            status: completed
  - id: "2"
    text: |
      Learn from the plan.
history:
  - date: 2021-01-04
    by: Evaluation office
    status: ongoing
    planned_end: 2021-12
"""

HARBOUR = """\
schema: 1
id: harbour-2022
title: Evaluation of the harbour programme
recommendations:
  - id: "1"
    text: |
      Light the harbour entrance.
    actions:
      - id: "1.1"
        text: |
          Repair the three lights.
"""


def begin(folder: Path) -> Path:
    """Write and commit both records; the path of the first."""
    records = folder / "records"
    records.mkdir()
    (records / "harbour-2022.yaml").write_text(HARBOUR, encoding="utf-8")
    water = records / "water-2021.yaml"
    water.write_text(WATER, encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Two records")
    return water


def whole(record: Path) -> Keys:
    """What a record says, key by key; it has to be valid."""
    reading = read(record.read_bytes(), f"records/{record.name}")
    assert reading.evaluation, reading.problems
    return reading.evaluation.model_dump(mode="json", by_alias=True, exclude_unset=True)


def item(record: Path, ref: str) -> Keys:
    """What a recommendation or an action says."""
    for recommendation in whole(record)["recommendations"]:
        for one in (recommendation, *recommendation.get("actions", [])):
            if one["id"] == ref:
                return dict(one)
    raise AssertionError(ref)


def last(record: Path, ref: str = "") -> Keys:
    """The last entry of an action, or of the evaluation itself."""
    history = (item(record, ref) if ref else whole(record))["history"]
    return dict(history[-1])


def changed_files() -> list[str]:
    """What git finds changed, added or new here."""
    return git("status", "--porcelain", "--untracked-files=all").splitlines()


def changed_lines() -> list[str]:
    """The lines that git shows as taken away or added."""
    shown = git("diff", "--unified=0").splitlines()
    return [line for line in shown if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")]
