"""What kind of page a source is, judged by the labels it has; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from mrtrack.importers.outlining.headings import Way, way_of
from mrtrack.importers.outlining.labels import ERC_ITEM, EVALUATION, ITEM, Table, label_of
from mrtrack.importers.outlining.stamps import has_stamp
from mrtrack.importers.page import Line

_ERC_FIELDS = {
    *("commissioned_by", "plan", "planned_end", "project_numbers"),
    *("joint_programme", "joint_evaluation", "gef"),
}
_EVALUATION_PAGE = {"planned_end", "project_numbers", "joint_programme"}
_LONGEST_LABELLED = 400
DOCUMENT = "management response document"


@dataclass(frozen=True, slots=True)
class Dialect:
    """The kind of a page, its way of heading recommendations, and the labels that count within one."""

    kind: str
    erc: bool
    way: Way
    labels: Table


def dialect_of(lines: Sequence[Line]) -> Dialect:
    """What kind of page these lines are.

    A page of the Evaluation Resource Centre has at least two labels that are its own.
    """
    short = [line for line in lines if len(line.text) <= _LONGEST_LABELLED and not line.blank]
    fields = {label.field for line in short if (label := label_of(line, EVALUATION))} & _ERC_FIELDS
    stamped = any(has_stamp(line.text) for line in lines)
    erc = len(fields) >= 2 or stamped
    if not erc:
        return Dialect(DOCUMENT, erc, way_of(lines, erc=False), ITEM)
    if fields & _EVALUATION_PAGE:
        kind = "ERC evaluation page"
    else:
        kind = "ERC management response page" if stamped else "ERC management response page (older site)"
    return Dialect(kind, erc, way_of(lines, erc=True), ERC_ITEM)
