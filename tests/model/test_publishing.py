"""Which keys of a record can be kept out of what is published."""

import pytest

from mrtrack.model.publishing import why_not_omitted

LONGEST = "“recommendations.actions.history.due”?"


@pytest.mark.parametrize(
    "key", ["budget", "budget.amount", "team.name", "extra", "extra.cost", "recommendations"]
)
def test_a_key_that_may_be_absent_can_be_left_out(key: str) -> None:
    assert why_not_omitted(key) is None


@pytest.mark.parametrize(
    ("key", "instead"),
    [
        ("id", "take it off the list"),
        ("recommendations.id", "leave out “recommendations” as a whole, or neither"),
        (
            "recommendations.actions.history.date",
            "leave out “recommendations.actions.history” as a whole, or neither",
        ),
    ],
)
def test_a_key_that_a_record_needs_goes_with_its_whole_block_alone(key: str, instead: str) -> None:
    assert why_not_omitted(key) == (
        f"“{key}” cannot be left out: without it the rest cannot be read",
        instead,
    )


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        (
            "due",
            "did you mean “management_response.due” or “recommendations.actions.due” or " + LONGEST,
        ),
        ("titel", "did you mean “title”?"),
        ("recommendations.actions.titel", "did you mean “recommendations.actions.title”?"),
        ("title.x", "did you mean “title”?"),
        ("budge", "did you mean “budget”?"),
        ("zzz", "docs/record.md lists the keys"),
        ("recommended", "docs/record.md lists the keys"),
    ],
)
def test_a_key_that_no_record_has_is_answered_with_those_alike(key: str, hint: str) -> None:
    assert why_not_omitted(key) == (f"“{key}” is no key of a record", hint)
