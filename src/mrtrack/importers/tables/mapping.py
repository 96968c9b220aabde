"""What the columns of a table mean for records: which field each goes to, and how rows group into evaluations.

A mapping as it holds; reading one from a file is for `mapping_file.py`, applying it to a sheet for `grid.py`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from mrtrack.model.words import Decision, Status

RowKind = Literal["recommendations", "actions"]
Owner = Literal["evaluation", "recommendation", "action"]

IGNORE = "ignore"

_LONGEST_ID = 80
_PLACE_FOR = re.compile(r"\{([^{}]+)\}")
_EXTRA = re.compile(r"(?P<owner>evaluation|recommendation|action)\.(?P<key>extra\.[A-Za-z0-9][A-Za-z0-9_-]*)")
_SINGLE = """
evaluation: title organisation commissioned_by type status period plan planned_end completed report_date
evaluation: budget expenditure joint_programme joint_evaluation gef.title gef.type gef.focal_area gef.project_type
evaluation: gef.phase gef.project_id gef.pims quality countries management_response.required
evaluation: management_response.unit management_response.due management_response.submitted
recommendation: number title priority addressed_to response.decision response.date response.updated
action: number title responsible start status added updated closed
"""
_SEVERAL = """
evaluation: description reason funding project_numbers stakeholders classification.sdg_goals
evaluation: classification.sdg_targets classification.focus_areas classification.outcomes
evaluation: management_response.text management_response.documents
recommendation: text response.text
action: text comment document url
"""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a column goes: the thing it speaks of, and the key of that thing's draft.

    `several` says that more than one column may go there, one after the other.
    """

    owner: Owner
    key: str
    several: bool = False


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What one row of a table is, where its columns go, and what its words mean.

    `by` are the columns whose values tell evaluations apart; without any, the table is one evaluation.
    `id_pattern` and `title_pattern` hold names of columns in braces; `without` is the id of the record for
    rows that name no evaluation. `fixed` are values that every record gets. `columns` leads from the name of
    a column to the name of a field, or to `ignore`. A blank cell of a column in `fill_down` says what the
    cell above it says. Words are folded; None means that the source states no status, or no decision.
    """

    name: str
    rows: RowKind
    id_pattern: str
    columns: Mapping[str, str]
    by: tuple[str, ...] = ()
    title_pattern: str = ""
    without: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    fill_down: tuple[str, ...] = ()
    status_words: Mapping[str, Status | None] = field(default_factory=dict)
    decision_words: Mapping[str, Decision | None] = field(default_factory=dict)

    def fields(self) -> Iterator[tuple[str, str]]:
        """Every column with the name of its field; those that only group rows are kept under `extra`."""
        yield from self.columns.items()
        if self.title_column and self.title_column not in self.columns:
            yield self.title_column, "evaluation.title"
        for column in dict.fromkeys((*self.by, *columns_in(self.title_pattern))):
            if column not in self.columns and column != self.title_column:
                yield column, f"evaluation.extra.{key_of(column)}"

    @property
    def title_column(self) -> str:
        """The one column that is the title; empty where the title is put together, or there is none."""
        whole = _PLACE_FOR.fullmatch(self.title_pattern)
        return whole[1] if whole else ""

    @property
    def named(self) -> Iterator[str]:
        """Every column that the mapping speaks of."""
        yield from dict.fromkeys((*(column for column, _ in self.fields()), *self.fill_down))


def target_of(name: str) -> Target | None:
    """What the name of a field in a mapping leads to; None where a record has no such field."""
    extra = _EXTRA.fullmatch(name)
    if extra:
        return Target(extra["owner"], extra["key"], several=True)  # type: ignore[arg-type]
    return known_targets().get(name)


@cache
def known_targets() -> Mapping[str, Target]:
    """All fields that a column can go to, by the name that a mapping gives them; `extra` is beside them."""
    found = {}
    for listed, several in ((_SINGLE, False), (_SEVERAL, True)):
        for owner, keys in (line.split(": ") for line in listed.strip().splitlines()):
            for key in keys.split():
                name = key if key.startswith("response.") else f"{owner}.{key}"
                found[name] = Target(owner, key, several)  # type: ignore[arg-type]
    # A deadline as a table prints it may be a date, a range or mere words: what it is shows when it is read.
    return {**found, "action.due": Target("action", "when")}


def columns_in(pattern: str) -> tuple[str, ...]:
    """The columns that a pattern names in braces."""
    return tuple(_PLACE_FOR.findall(pattern))


def filled_in(pattern: str, values: Mapping[str, str]) -> str:
    """A pattern with the values of columns in place of their names; empty where one of them is blank."""
    if not all(values.get(column, "").strip() for column in columns_in(pattern)):
        return ""
    return _PLACE_FOR.sub(lambda found: values[found[1]].strip(), pattern)


def valid_id(text: str) -> str:
    """A text as the id of an evaluation: lower case, its letters, digits and dots kept, the rest hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9.]+", "-", plain))[:_LONGEST_ID].strip("-.")


def key_of(column: str) -> str:
    """The name of a column as a key under `extra`."""
    return valid_id(column).replace("-", "_").replace(".", "_") or "column"
