"""Who a line speaks of: name, title and nationality are told apart where the words tell, and never guessed."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.importers.outlining.persons import Named, signatory, team_member
from mrtrack.importers.page import Line


def words(named: Named) -> tuple[str | None, str | None, str | None]:
    parts = (named.name, named.title, named.nationality)
    name, title, nation = (part.text if part else None for part in parts)
    return name, title, nation


@pytest.mark.parametrize(
    ("text", "name", "title", "nation"),
    [
        ("Ana Ruiz Consultant PERU", "Ana Ruiz", "Consultant", "PERU"),
        ("Ana Ruiz Senior Evaluator UNITED KINGDOM", "Ana Ruiz", "Senior Evaluator", "UNITED KINGDOM"),
        ("Ana Ruiz Team Leader ana@example.org PERU", "Ana Ruiz", "Team Leader", "PERU"),
        ("Ana Ruiz", "Ana Ruiz", None, None),
        ("CHAD SMITH Team-Leader", "CHAD SMITH", "Team-Leader", None),
        ("CHAD", "CHAD", None, None),
        ("Delta Management Services", "Delta Management Services", None, None),
        ("Ana Ruiz Consultora", "Ana Ruiz", "Consultora", None),
    ],
)
def test_a_member_of_a_team(text: str, name: str | None, title: str | None, nation: str | None) -> None:
    assert words(team_member(Line(1, text).piece())) == (name, title, nation)


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Director Ana Ruiz", "Ana Ruiz", "Director"),
        ("Chief, a.i., Coast Unit Ana Ruiz-Diaz", "Ana Ruiz-Diaz", "Chief, a.i., Coast Unit"),
        ("Head, Coast Unit Jan van der Berg", "Jan van der Berg", "Head, Coast Unit"),
        ("Director Omar bin Said", "Omar bin Said", "Director"),
        ("Ana Ruiz, Director of Parks", "Ana Ruiz", "Director of Parks"),
        ("Director Dr. Ana Maria Ruiz", "Dr. Ana Maria Ruiz", "Director"),
        ("Director Ana B. Ruiz", "Ana B. Ruiz", "Director"),
        ("Ana Ruiz", "Ana Ruiz", None),
        ("Jefa de Unidad", None, "Jefa de Unidad"),
        ("Executive Director", None, "Executive Director"),
        ("Director", None, "Director"),
        ("van der Berg", None, "van der Berg"),
    ],
)
def test_who_signs(text: str, name: str | None, title: str | None) -> None:
    assert words(signatory(Line(1, text).piece()))[:2] == (name, title)


WORDS = [
    "Ana",
    "Ruiz",
    "Director",
    "van",
    "der",
    "de",
    "PERU",
    "a.i.,",
    "Unit",
    "ana@example.org",
    "M.",
    "Dr.",
    "of",
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7))
def test_the_parts_of_a_line_do_not_overlap_and_are_its_words(chosen: list[str]) -> None:
    piece = Line(1, " ".join(chosen)).piece()
    for named in (team_member(piece), signatory(piece)):
        parts = [part for part in (named.name, named.title, named.nationality) if part]
        assert all(part.text in piece.text and part.text for part in parts)
        ordered = sorted(parts, key=lambda part: part.start)
        assert all(one.end <= other.start for one, other in pairwise(ordered))
