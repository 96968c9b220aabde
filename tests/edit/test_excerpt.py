"""An item's lines are taken out for an editor, and put back without touching any other line."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changes import WRITERS, disturbed
from mrtrack.edit.excerpt import cut_out, put_back
from mrtrack.edit.refusal import Refused
from mrtrack.model.shape import Path
from mrtrack.source.reader import Reading, read
from strategies import records

RECORD = """\
schema: 1
id: water-2021
recommendations:
  # the first
  - id: "1"
    text: |
      Plan.

        More deeply.
  # low comment
    actions:
    -   id: "1.1"   # here
        text: >
          Folded.

        due: 2021


    - id: "1.2"
  - {id: "2", text: In braces.}
# the end
"""
FIRST: Path = ("recommendations", 0)
ACTION: Path = (*FIRST, "actions", 0)


def record(text: str = RECORD) -> Reading:
    reading = read(text.encode(), "records/water-2021.yaml")
    assert reading.tree
    return reading


def paths(reading: Reading) -> list[Path]:
    """The paths of the evaluation, its recommendations and their actions."""
    found: list[Path] = [()]
    for nth, recommendation in enumerate((reading.data or {}).get("recommendations") or []):
        found.append(("recommendations", nth))
        actions: list[Any] = recommendation.get("actions") or []
        found += [("recommendations", nth, "actions", index) for index in range(len(actions))]
    return found


def test_an_action_stands_at_the_left_margin_without_its_dash() -> None:
    assert cut_out(record(), ACTION) == 'id: "1.1"   # here\ntext: >\n  Folded.\n\ndue: 2021\n'


def test_a_recommendation_comes_with_its_actions_and_comments() -> None:
    lines = cut_out(record(), FIRST).splitlines()
    assert lines[:7] == ['id: "1"', "text: |", "  Plan.", "", "    More deeply.", "# low comment", "actions:"]
    assert lines[-1] == '- id: "1.2"'


def test_an_item_in_braces_has_no_lines_of_its_own() -> None:
    with pytest.raises(Refused, match="edit the whole evaluation instead"):
        cut_out(record(), ("recommendations", 1))
    with pytest.raises(Refused, match="edit the whole evaluation instead"):
        put_back(record(), ("recommendations", 1), "id: x\n")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("path", [(), FIRST, ACTION, (*FIRST, "actions", 1)])
def test_a_changed_line_is_the_only_one_that_changes(path: Path, ending: str) -> None:
    whole = record(RECORD.replace("\n", ending))
    excerpt = cut_out(whole, path)
    assert "\r" not in excerpt
    old = 'id: "1.1"   # here' if 'id: "1.1"' in excerpt else 'id: "1.2"'
    new = old.replace('"1.', '"1.9')
    assert put_back(whole, path, excerpt.replace(old, new)) == whole.text.replace(old, new)


def test_lines_above_the_first_and_below_the_last_are_taken_in() -> None:
    after = put_back(record(), ACTION, "\n# new\n" + cut_out(record(), ACTION) + "status: completed\n\n")
    assert after == RECORD.replace('    -   id: "1.1"', '    -   # new\n        id: "1.1"').replace(
        "due: 2021\n", "due: 2021\n        status: completed\n"
    )
    assert read(after.encode(), "a.yaml").evaluation


def test_a_line_moved_to_the_front_leaves_its_dash_behind() -> None:
    after = put_back(record(), ACTION, 'due: 2021\nid: "1.1"   # here\n')
    assert after == RECORD.replace(
        'id: "1.1"   # here\n        text: >\n          Folded.\n\n        due: 2021',
        'due: 2021\n        id: "1.1"   # here',
    )


def test_a_file_without_a_final_newline_keeps_going_without_one() -> None:
    whole = record('schema: 1\nid: a\nrecommendations:\n- id: "1"\n  text: x')
    path: Path = ("recommendations", 0)
    assert put_back(whole, path, cut_out(whole, path)) == whole.text
    assert put_back(whole, path, 'id: "1"\ntext: x\npriority: high\n') == whole.text + "\n  priority: high\n"
    assert put_back(whole, path, 'id: "1"\ntitle: t\ntext: x\n') == whole.text.replace(
        "  text", "  title: t\n  text"
    )


@settings(max_examples=40)
@given(records(), st.sampled_from(WRITERS), st.data())
def test_what_is_put_back_unchanged_is_the_text_itself(
    data: dict[str, Any], write: Any, drawn: st.DataObject
) -> None:
    reading = record(drawn.draw(disturbed(write(data))))
    path = drawn.draw(st.sampled_from(paths(reading)))
    try:
        excerpt = cut_out(reading, path)
    except Refused:
        return
    assert put_back(reading, path, excerpt) == reading.text


@settings(max_examples=40)
@given(records(), st.sampled_from(WRITERS), st.data())
def test_a_title_given_in_the_editor_is_the_only_change(
    data: dict[str, Any], write: Any, drawn: st.DataObject
) -> None:
    reading = record(drawn.draw(disturbed(write(data))))
    path = drawn.draw(st.sampled_from(paths(reading)))
    try:
        excerpt = cut_out(reading, path)
    except Refused:
        return
    meant = reading.data
    item = meant
    for step in path:
        item = item[step]
    if "title" in item or excerpt.startswith(("{", "---", "#", " ", "\n", "-")):
        return
    after = read(put_back(reading, path, "title: Another\n" + excerpt).encode(), reading.path)
    item["title"] = "Another"
    assert after.data == meant
