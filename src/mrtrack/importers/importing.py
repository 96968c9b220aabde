"""One source to the data of its records: a page, or a table with the mapping that explains it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mrtrack.importers.assembling.assembly import Assembled, Given, assemble
from mrtrack.importers.assembling.placing import Terms
from mrtrack.importers.outlining.outline_page import outline_page
from mrtrack.importers.page import Page
from mrtrack.importers.vocabulary.when import Order
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.model.words import Decision, Status

if TYPE_CHECKING:
    from mrtrack.importers.tables.mapping import TableMapping
    from mrtrack.importers.tables.sheets import Sheet


def terms_of(settings: Settings, order: Order | None = None) -> Terms:
    """An organisation's own words, as mrtrack.toml has them; `order` is that of its numeric dates."""
    labels, aliases = settings.labels, settings.aliases
    return Terms(
        order,
        {label: Status(word) for word, label in labels.status.items()}
        | {alias: Status(word) for alias, word in aliases.status.items()},
        {label: Decision(word) for word, label in labels.decision.items()}
        | {alias: Decision(word) for alias, word in aliases.decision.items()},
        {name: unit.members for name, unit in settings.units.items() if unit.members},
    )


def import_page(page: Page, terms: Terms, given: Given) -> Assembled:
    """The record of a page, with its account."""
    return assemble(outline_page(page), terms, given)


def import_sheet(sheet: "Sheet", mapping: "TableMapping", terms: Terms, given: Given) -> Assembled:
    """The records of a table, with its account; what is given for every record yields to the mapping.

    Raises:
        Refused: where the table has not the columns that the mapping names.
    """
    from mrtrack.importers.tables.grid import outline_sheet  # noqa: PLC0415 - only tables need it

    grid = outline_sheet(sheet, mapping)
    words = replace(
        terms,
        statuses={**terms.statuses, **mapping.status_words},
        decisions={**terms.decisions, **mapping.decision_words},
    )
    fixed = [{**every, **one} for every in given.fixed[:1] or ({},) for one in grid.fixed]
    return assemble(grid.outline, words, replace(given, ids=grid.ids, fixed=fixed))


def is_of(evaluation: Evaluation, incoming: dict[str, Any]) -> bool:
    """Whether imported data are of the evaluation of a record: the same title and plan, or the same source."""
    from mrtrack.importers.again import same_evaluation  # noqa: PLC0415 - only where there are records

    if same_evaluation(evaluation, incoming):
        return True
    sources = incoming.get("sources", ())
    return any(
        (one.url and one.url == other.get("url")) or (one.sha256 and one.sha256 == other.get("sha256"))
        for one in evaluation.sources or ()
        for other in sources
    )
