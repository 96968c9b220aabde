"""What a change is called in one line, and told in the body of a commit."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from test_differences import Keys, action, base, compare, with_entries

from mrtrack.changes.differences import as_lines, headline

LONGEST = 72


def done() -> Keys:
    entry = {"date": "2022-01-10", "status": "completed", "comment": "Held. " * 30}
    return with_entries(entry, status="completed")


def test_one_record_is_named_with_what_changed() -> None:
    after = done()
    action(after, 1).update(due="2023-06", history=[{"date": "2022-01-10", "due": "2023-06"}])
    assert headline(compare(base(), after)) == "water-2021: 1.1 completed, 1.2 due 2023-06"


def test_what_does_not_fit_is_counted() -> None:
    after = done() | {"title": "Another title", "description": "A new description", "plan": "A plan"}
    action(after, 1).update(responsible="The office of everything that is planned")
    assert headline(compare(base(), after)) == "water-2021: 3 changes"


def test_what_fits_just_so_is_told_and_what_is_a_letter_longer_is_counted() -> None:
    after = done()
    action(after, 1)["responsible"] = "x" * (LONGEST - len("water-2021: 1.1 completed, 1.2 lead "))
    assert headline(compare(base(), after)).endswith("1.2 lead " + action(after, 1)["responsible"])
    action(after, 1)["responsible"] += "x"
    assert headline(compare(base(), after)) == "water-2021: 2 changes"


def test_several_records_are_counted() -> None:
    others: list[Any] = [base() | {"id": f"harbour-{year}"} for year in (2021, 2022)]
    found = compare([base(), others[0]], [done(), others[1]])
    assert headline(found) == "3 records: 3 changes"


def test_new_and_removed_evaluations_and_nothing_have_their_words() -> None:
    assert headline(compare([], base())) == "water-2021: new evaluation"
    assert headline(compare(base(), [])) == "water-2021: removed evaluation"
    assert headline(compare(base(), base())) == "No record changes"
    assert as_lines(compare(base(), base())) == []


def test_the_body_tells_every_line_and_the_counts_within_72_columns() -> None:
    lines = as_lines(compare([base()], [done(), base() | {"id": "harbour-2022"}]))
    assert lines[:4] == [
        "harbour-2022 (new)",
        "- new evaluation: The water programme",
        "- 2 recommendations: 2 not stated",
        "- 2 actions: 2 open, 2 overdue",
    ]
    assert lines[4:8] == ["", "water-2021", "- 1.1 completed (was initiated): Held", ""]
    assert lines[8].startswith("overdue 2 → 3, open 2 → 3, completed 0 → 1")
    assert max(map(len, lines)) <= LONGEST


@given(st.text(max_size=300), st.from_regex(r"[a-z0-9]{1,90}", fullmatch=True))
def test_a_headline_is_one_line_of_72_characters_whatever_a_record_says(lead: str, name: str) -> None:
    after = base() | {"id": name}
    action(after)["responsible"] = f"x{''.join(lead.split())}x".encode("utf-8", "replace").decode()
    told = headline(compare(base() | {"id": name}, after))
    assert len(told) <= LONGEST
    assert told.replace("\u200c", "").replace("\u200d", "").isprintable()
