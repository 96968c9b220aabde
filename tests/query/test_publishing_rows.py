"""What leaves the repository: nothing that is withheld, and figures that are still those of the whole records."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import RECORDS
from mrtrack.changes.published import published_history
from mrtrack.model.publishing import why_not_omitted
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.model.shape import key_paths
from mrtrack.model.wording import label
from mrtrack.query.filters import Filter
from mrtrack.query.publishing import published, published_selection
from mrtrack.query.rows import ActionRow
from mrtrack.query.selection import Selection, select
from mrtrack.source.reader import read

DAY = date(2026, 11, 22)
RECORD = """\
schema: 1
id: water-2021
title: Evaluation of the water programme
organisation: Example Agency
team:
  - name: A. Writer
    title: Consultant
management_response:
  required: true
  submitted: 2021-01-05
recommendations:
  - id: "1"
    text: |
      Plan together.
    response:
      decision: accepted
      text: |
        Agreed.
    actions:
      - id: "1.1"
        text: |
          Hold a meeting.
        responsible: Director
        due: 2021-07
        status: completed
        history:
          - date: 2021-01-10
            by: M&E unit
            due: 2021-03
          - date: 2021-03-02
            by: M&E unit
            due: 2021-07
            comment: |
              Moved.
          - date: 2021-06-01
            by: A. Secret
            status: completed
            internal: true
            comment: |
              Between us.
            documents:
              - title: Hidden minutes
          - date: 2021-06-01
            by: M&E unit
            comment: |
              Told to all.
    extra:
      cost: 300
      colour: blue
"""


def record(text: str = RECORD) -> Evaluation:
    evaluation = read(text.encode(), "records/water-2021.yaml").evaluation
    assert evaluation
    return evaluation


def chosen(evaluation: Evaluation) -> Selection:
    return select([evaluation], Filter(), DAY, Settings().days)


def only_action(evaluation: Evaluation, *omit: str) -> ActionRow:
    (row,) = published_selection(chosen(evaluation), omit).actions
    return row


def dumped(evaluation: Evaluation) -> dict[str, Any]:
    return evaluation.model_dump(mode="json", by_alias=True, exclude_unset=True)


def wording(word: Any) -> str:
    return label(word, Settings())


def test_a_record_without_anything_withheld_is_published_as_it_is() -> None:
    plain = record(RECORD.replace("            internal: true\n", ""))
    assert published(plain, ()) is plain
    selection = chosen(plain)
    assert published_selection(selection, ()) == selection


def test_internal_entries_stay_at_home_and_the_present_they_brought_does_not() -> None:
    shown = str(dumped(published(record(), ())))
    assert "Between us" not in shown
    assert "A. Secret" not in shown
    assert "Told to all" in shown
    assert "'status': 'completed'" in shown


def test_omitted_keys_go_with_all_below_them_and_extra_keys_one_by_one() -> None:
    left = dumped(
        published(record(), ("team", "recommendations.actions.history", "recommendations.extra.cost"))
    )
    assert "team" not in left
    (recommendation,) = left["recommendations"]
    assert "history" not in recommendation["actions"][0]
    assert recommendation["extra"] == {"colour": "blue"}
    assert left["title"] == "Evaluation of the water programme"


def test_a_row_shows_figures_of_the_whole_record_and_comments_of_the_published_one() -> None:
    whole, row = chosen(record()).actions[0], only_action(record())
    assert (row.status, row.due, row.postponements, row.overdue) == (
        whole.status,
        whole.due,
        whole.postponements,
        whole.overdue,
    )
    assert (row.last_comment, row.documents) == ("Told to all.", ())
    assert len(whole.documents) == 1


def test_a_day_that_only_an_internal_entry_tells_is_not_shown() -> None:
    assert chosen(record()).actions[0].completed_on is not None
    row = only_action(record())
    assert (row.completed_on, row.completed_on_basis) == (None, None)
    assert str(row.original_due) == "2021-03"


def test_a_due_date_that_is_left_out_cannot_be_worked_out_from_the_days() -> None:
    late = record(RECORD.replace("status: completed", "status: initiated"))
    assert chosen(late).actions[0].days_overdue
    row = only_action(late, "recommendations.actions.due")
    assert (row.due, row.original_due, row.days_overdue, row.overdue) == (None, None, None, True)


@pytest.mark.parametrize(
    ("key", "column"),
    [("status", "status"), ("responsible", "responsible"), ("text", "text"), ("history", "last_comment")],
)
def test_a_key_that_is_left_out_is_left_out_of_the_row(key: str, column: str) -> None:
    assert getattr(only_action(record(), f"recommendations.actions.{key}"), column) is None


def test_an_action_whose_only_entry_is_internal_is_there_without_its_days() -> None:
    text = RECORD[: RECORD.index("          - date: 2021-01-10")]
    text += "          - date: 2021-06-01\n            by: A. Secret\n            internal: true\n"
    row = only_action(record(text))
    assert (row.added, row.updated, row.text) == (None, None, "Hold a meeting.")


def test_rows_go_with_the_list_that_holds_them() -> None:
    left = published_selection(chosen(record()), ("recommendations.actions",))
    assert (len(left.evaluations), len(left.recommendations), left.actions) == (1, 1, ())
    assert published_selection(chosen(record()), ("recommendations",)).recommendations == ()


def test_the_log_keeps_the_names_of_entries_and_says_nothing_of_those_withheld() -> None:
    rows = published_history(record(), DAY, wording, ("recommendations.actions.history.by",))
    assert [str(row.entry) for row in rows] == ["2021-01-10", "2021-03-02", "2021-06-01#2"]
    assert {row.by for row in rows} == {None}
    assert "completed" not in " ".join(row.text for row in rows)


def test_an_entry_struck_by_an_internal_correction_is_still_called_corrected() -> None:
    correcting = RECORD.replace(
        "            status: completed\n            internal",
        "            corrects: 2021-03-02\n            internal",
    )
    rows = published_history(record(correcting), DAY, wording, ())
    assert [row.corrected for row in rows] == [False, True, False]


@settings(max_examples=25)
@given(st.sets(st.sampled_from([key for key in key_paths() if not why_not_omitted(key)]), max_size=4))
def test_no_key_left_out_remains_and_no_other_goes(omit: set[str]) -> None:
    for path in sorted(RECORDS.glob("*.yaml")):
        evaluation = read(path.read_bytes(), path.name).evaluation
        assert evaluation
        left = set(paths(dumped(published(evaluation, omit))))
        for key in set(paths(dumped(evaluation))):
            hidden = any(key == one or key.startswith(f"{one}.") for one in omit)
            below = any(one.startswith(f"{key}.") for one in omit)
            assert below or (key in left) is not hidden
        selection = chosen(evaluation)
        shown = published_selection(selection, omit)
        for before, after in zip(selection.actions, shown.actions, strict=False):
            assert all(getattr(after, name) is not ... for name in ActionRow._fields)
            assert (before.overdue, before.stale, before.postponements) == (
                after.overdue,
                after.stale,
                after.postponements,
            )


def paths(value: Any, above: str = "") -> list[str]:
    if isinstance(value, dict):
        return [
            path
            for key, below in value.items()
            for path in (f"{above}{key}", *paths(below, f"{above}{key}."))
        ]
    return [path for item in value for path in paths(item, above)] if isinstance(value, list) else []
