"""Evaluations, units or years in a list, each with how its actions stand, as the rows of a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from mrtrack.reports.charts.bars import scaled_bar
from mrtrack.reports.charts.shares import Share
from mrtrack.reports.locale import Texts
from mrtrack.reports.site.repeated import shown


@dataclass(frozen=True, slots=True)
class Entry:
    """An evaluation, unit or year in a list of them, with how its actions stand."""

    name: str
    href: str
    note: str
    when: str
    recommendations: int
    total: int
    shares: tuple[Share, ...]
    supports: int = 0
    evaluations: int = 0


@dataclass(frozen=True)
class Standings:
    """The markup of such rows, in one language."""

    texts: Texts

    def rows(self, entries: Iterable[Entry], root: str, longest: int, **wanted: bool) -> Markup:
        """The rows, with `notes`, `when`, `evaluations`, `recommendations` and `supports` where they are wanted."""
        chosen = {name for name, is_wanted in wanted.items() if is_wanted}
        rows = ("".join(self._row(entry, root, longest, chosen)) for entry in entries)
        return Markup("".join(rows))  # noqa: S704 - every text in it is escaped where it is put in

    def _row(self, entry: Entry, root: str, longest: int, wanted: set[str]) -> Iterator[str]:
        gettext, number = self.texts.gettext, self.texts.number
        completed, opened, overdue, _ = entry.shares
        note = f'<span class="where">{shown(entry.note)}</span>' if "notes" in wanted and entry.note else ""
        link = f'<a href="{root}{shown(entry.href)}" dir="auto">{shown(entry.name)}</a>'
        yield f'<tr>\n<th scope="row">{link}{note}</th>\n'
        if "when" in wanted:
            yield f'<td class="c-when">{shown(entry.when) or "–"}</td>'
        if "evaluations" in wanted:
            yield _cell(gettext("Evaluations ended"), number(entry.evaluations))
        if "recommendations" in wanted:
            yield _cell(gettext("Recommendations"), number(entry.recommendations))
        yield f"{_cell(gettext('Actions'), number(entry.total))}\n"
        yield f"{_cell(gettext('Completed'), completed.told)}\n"
        yield f"{_cell(gettext('Open'), number(opened.count + overdue.count))}\n"
        yield f"{_cell(gettext('Overdue'), overdue.told, ' bad' if overdue.count else '')}\n"
        if "supports" in wanted:
            yield _cell(gettext("Supports"), number(entry.supports))
        bar = scaled_bar(entry.shares, longest, gettext("How the actions stand")) if entry.total else ""
        yield f'<td class="c-bar">{bar}</td>\n</tr>\n'


def _cell(name: str, number: str, kind: str = "") -> str:
    return f'<td class="n{kind}" data-name="{shown(name)}">{shown(number)}</td>'
