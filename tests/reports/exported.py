"""A record with everything that exports have to carry, and the rows that are exported of it."""

from datetime import date
from typing import Any

from mrtrack.changes import history_rows
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.model.wording import label
from mrtrack.query.filters import Filter
from mrtrack.query.selection import select
from mrtrack.reports.exports.portions import About, Portion
from mrtrack.source.reader import read

DAY = date(2022, 1, 31)
RECORD = """\
schema: 1
id: water-2021
title: Evaluation, of water; and \\more
organisation: Example Agency
completed: 2020-09
recommendations:
  - id: "1"
    title: Plan together
    response:
      decision: accepted
    actions:
      - id: "1.1"
        title: "=HYPERLINK(1)"
        responsible: Director
        supported_by:
          - Field office
        due: 2021-07
        status: completed
        history:
          - date: 2021-01-10
            due: 2021-07
          - date: 2021-10-08
            on: until 2021-10-01
            status: completed
            documents:
              - title: Minutes
                url: https://example.org/minutes
      - id: "1.10"
        text: |
          Publish the plan.
        due: 2022-Q1
history:
  - date: 2020-12-01
    status: completed
"""


def wording(word: Any) -> str:
    return label(word, Settings())


def record(text: str = RECORD) -> Evaluation:
    reading = read(text.encode(), "records/water-2021.yaml")
    assert reading.evaluation, reading.problems
    return reading.evaluation


def portion(text: str = RECORD) -> Portion:
    evaluation = record(text)
    selection = select([evaluation], Filter(), DAY, Settings().days)
    refs = frozenset(row.ref for row in selection.actions if row.open)
    return Portion("here", selection, lambda: history_rows(evaluation, DAY, wording), refs)


def about() -> About:
    return About(
        DAY, {"here": "0123abc"}, filtered=True, omitted=("team",), unread=lambda: ["a.yaml:1: broken"]
    )
