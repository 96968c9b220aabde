"""Real layouts with tags for prose: a tag names the field that it must be in, and a person counted the items."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from imported_pages import Data, actions_of, assembled, faults, misplaced, page_of, record_of, uncovered

from conftest import SHARED

# How many actions each recommendation has, as a person counts them on the page.
COUNTED = {
    "erc-eval_6555_botswana": [0, 0, 0],
    "erc-mr-old_3998_colombia_es": [1, 1],
    "erc-mr_11174_nepal_mdtable": [3],
    "erc-mr_9588_egypt": [3],
    "erc-mr_9724_myanmar": [2],
    "mr_cannor_naeop_mdtable": [2, 2, 3, 2, 0],
    "mr_cfia_fap": [3, 1],
    "mr_fdic-oig_12-002ev": [1, 1, 1, 1, 1],
    "mr_unwomen-gate_11564_mali": [1, 0],
}
PLACES = {
    "rec": {"recommendation text", "recommendation title"},
    "act": {"action text"},
    "resp": {"response text"},
    "cmt": {"comment"},
    "deliverable": {"deliverables"},
    "person name": {"responsible", "responsibility"},
    "overall": {"answer as a whole"},
    "output text": {"classification"},
}
TAG = re.compile(r"⟦([^⟧]*)⟧")
each_layout = pytest.mark.parametrize("name", COUNTED)


def content_of(name: str) -> bytes:
    file = SHARED / "layouts" / f"{name}.txt"
    if not file.is_file():
        pytest.skip(f"{file} is not here: the source documents are not part of this repository")
    return file.read_bytes()


def texts(record: Data) -> Iterator[tuple[str, str]]:
    """Each text of a record with what kind of field it is in."""
    yield "evaluation", str([value for key, value in record.items() if isinstance(value, str)])
    yield "classification", str(record.get("classification", ""))
    yield "answer as a whole", record.get("management_response", {}).get("text", "")
    yield "left over", record.get("extra", {}).get("unplaced", "")
    for one in record["recommendations"]:
        for key, value in one.items():
            if key not in ("response", "actions"):
                yield f"recommendation {key}", str(value)
        yield "response text", one.get("response", {}).get("text", "")
    for action in actions_of(record).values():
        yield "comment", str([entry.get("comment", "") for entry in action.get("history", ())])
        extra = action.get("extra", {})
        yield "comment", extra.get("comment", "")
        yield "deliverables", extra.get("deliverables", "")
        for key, value in action.items():
            if key not in ("history", "extra"):
                yield f"action {key}" if key in ("text", "title") else key, str(value)


def kind_of(tag: str) -> str:
    return next((kind for kind in PLACES if tag.startswith(kind)), tag)


@each_layout
def test_there_are_as_many_items_as_a_person_counts(name: str) -> None:
    recommendations = record_of(content_of(name), f"{name}.txt")["recommendations"]
    assert [len(one.get("actions", ())) for one in recommendations] == COUNTED[name]
    assert [one["id"] for one in recommendations] == [str(n) for n in range(1, len(COUNTED[name]) + 1)]


@each_layout
def test_each_tag_is_in_the_field_that_it_names_and_in_no_other(name: str) -> None:
    record = record_of(content_of(name), f"{name}.txt")
    places: dict[str, set[str]] = {}
    for place, text in texts(record):
        for tag in TAG.findall(text):
            places.setdefault(tag, set()).add(place)
    body = content_of(name).decode().partition("# --- begin ---\n")[2]
    tags = set(TAG.findall(body)) - {"CUT"}
    assert tags - places.keys() == set()
    wrong = {
        tag: found - PLACES[kind_of(tag)]
        for tag, found in places.items()
        if tag != "CUT" and kind_of(tag) in PLACES
    }
    assert {tag: found for tag, found in wrong.items() if found} == {}
    assert {tag for tag in tags if kind_of(tag) not in PLACES} == set()


@each_layout
def test_every_line_is_in_the_account_once_and_nothing_is_left_over(name: str) -> None:
    result = assembled(content_of(name), f"{name}.txt")
    (record,) = result.records
    assert uncovered(page_of(content_of(name), f"{name}.txt"), result.account) == []
    assert misplaced(record, result.account) == []
    assert result.account.left_over == ()
    assert faults(record) == []


def test_every_layout_was_counted() -> None:
    content_of("mr_cfia_fap")
    assert {Path(file).stem for file in (SHARED / "layouts").glob("*.txt")} == set(COUNTED)
