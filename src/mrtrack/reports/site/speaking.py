"""The pages of a site in one language: what each template is given, and the page that it makes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from mrtrack.model.harmless import clean
from mrtrack.model.words import Decision, Status
from mrtrack.query.rows import EvaluationRow
from mrtrack.query.summary import count
from mrtrack.reports.locale import texts
from mrtrack.reports.site.addresses import evaluation_page, unit_page, year_page
from mrtrack.reports.site.evaluation import evaluation_part
from mrtrack.reports.site.former import Former
from mrtrack.reports.site.language import Language
from mrtrack.reports.site.lines import brief, lines
from mrtrack.reports.site.overview import overview
from mrtrack.reports.site.pages import Pages
from mrtrack.reports.site.pieces import Pieces
from mrtrack.reports.site.standings import Entry
from mrtrack.reports.site.subject import Subject, UnitRows, YearRows
from mrtrack.reports.site.table import Table

ALL = "actions"
DATA = "assets/actions.js"
MOST_LINES = 250
_SHORT_COMMIT = 10


@dataclass(frozen=True)
class Spoken:
    """The pages in one language."""

    subject: Subject
    folder: Path
    code: str
    load: Callable[[bytes], bytes | None]
    keep: Callable[[bytes, bytes], None]
    former: Former

    @cached_property
    def language(self) -> Language:
        """The texts of the language beside the settings' own words."""
        return Language(texts(self.code), self.subject.settings)

    @cached_property
    def name(self) -> str:
        """What the site is called: its only organisation, else what it is about."""
        known = {row.organisation for row in self.subject.shown.evaluations}
        only = next(iter(known)) if len(known) == 1 else None
        return only or self.language.texts.gettext("Follow-up to evaluations")

    @cached_property
    def table(self) -> Table:
        """The rows of the table of all actions."""
        return Table(self.subject, self.language, self.former)

    def lists(self) -> Mapping[str, Callable[[], bytes]]:
        """The pages about everything, by their paths."""
        return {
            "index.html": self._front,
            "actions.html": self._actions,
            "evaluations.html": self._evaluations,
            "units.html": self._units,
            "years.html": self._years,
        }

    def evaluation(self, row: EvaluationRow) -> bytes:
        """The page of an evaluation."""
        part = evaluation_part(row.evaluation, self.subject, self.language)
        return self._page(
            "evaluation.html", evaluation_page(row.evaluation), "evaluations", [row.evaluation], it=part
        )

    def unit(self, unit: UnitRows) -> bytes:
        """The page of a unit."""
        return self._page(
            "unit.html",
            unit_page(unit.name),
            "units",
            sorted({row.evaluation for row in unit.rows}),
            name=unit.name,
            leads=lines(unit.leads, self.subject, self.language),
            supports=lines(unit.supports, self.subject, self.language),
            counts=count(self.subject.figures(unit.leads)),
            standing=self.language.standing(self.subject.figures(unit.leads)),
        )

    def year(self, year: YearRows) -> bytes:
        """The page of a year. Where very many actions are due in it, the open ones that are due first are listed."""
        rows = year.actions
        if len(rows) > MOST_LINES:
            rows = tuple(row for row in rows if self.subject.counted[row.ref].open)[:MOST_LINES]
        before, after = self.beside(year.year)
        return self._page(
            "year.html",
            year_page(year.year),
            "years",
            sorted(year.among),
            year=year.year,
            before=before and (before, year_page(before)),
            after=after and (after, year_page(after)),
            evaluations=[self._entry(row) for row in year.evaluations],
            due=lines(rows, self.subject, self.language),
            more=len(year.actions) - len(rows),
            counts=count(self.subject.figures(year.actions)),
            standing=self.language.standing(self.subject.figures(year.actions)),
        )

    def beside(self, year: int) -> tuple[int | None, int | None]:
        """The years before and after one that have a page."""
        years = sorted(self.subject.years)
        place = years.index(year)
        return years[place - 1] if place else None, years[place + 1] if place + 1 < len(years) else None

    def _front(self) -> bytes:
        return self._all("front.html", "index.html", "overview", it=overview(self.subject, self.language))

    def _actions(self) -> bytes:
        statuses = [(one.value if one else "not-stated", self.language.word(one)) for one in (*Status, None)]
        decisions = [
            (one.value if one else "not-stated", self.language.word(one)) for one in (*Decision, None)
        ]
        return self._all(
            "actions.html", "actions.html", "actions", data=DATA, statuses=statuses, decisions=decisions
        )

    def _evaluations(self) -> bytes:
        entries = [self._entry(row) for row in self.subject.evaluations.values()]
        entries.sort(key=lambda entry: (-entry.shares[2].count, -entry.shares[1].count, entry.name))
        return self._all("evaluations.html", "evaluations.html", "evaluations", entries=entries)

    def _units(self) -> bytes:
        entries = [self._unit_entry(unit) for unit in self.subject.units.values()]
        return self._all("units.html", "units.html", "units", entries=entries)

    def _years(self) -> bytes:
        entries = [self._year_entry(year) for year in self.subject.years.values()]
        return self._all("years.html", "years.html", "years", entries=entries)

    def _entry(self, row: EvaluationRow) -> Entry:
        rows = self.subject.figures(self.subject.actions_of.get(row.evaluation, ()))
        end = row.completed or row.report_date or row.planned_end
        asked = sum(one.counted for one in self.subject.recommendations_of.get(row.evaluation, ()))
        return Entry(
            name=clean(brief(row.title)) or row.evaluation,
            href=evaluation_page(row.evaluation),
            note=clean(brief(row.organisation)),
            when=self.language.texts.when(end) if end else "",
            recommendations=asked,
            total=len(rows),
            shares=self.language.standing(rows),
        )

    def _unit_entry(self, unit: UnitRows) -> Entry:
        rows = self.subject.figures(unit.leads)
        shares = self.language.standing(rows)
        return Entry(clean(unit.name), unit_page(unit.name), "", "", 0, len(rows), shares, len(unit.supports))

    def _year_entry(self, year: YearRows) -> Entry:
        rows = self.subject.figures(year.actions)
        shares = self.language.standing(rows)
        ended = len(year.evaluations)
        return Entry(str(year.year), year_page(year.year), "", "", 0, len(rows), shares, evaluations=ended)

    def _all(self, template: str, path: str, active: str, **variables: Any) -> bytes:  # noqa: ANN401
        return self._page(template, path, active, self.subject.evaluations, **variables)

    def _page(self, template: str, path: str, active: str, among: Any, **variables: Any) -> bytes:  # noqa: ANN401
        stamp = self.subject.stamp(among)
        return self._pages.page(
            template,
            site=self.name,
            as_of=self.subject.as_of,
            commit=stamp.commit[:_SHORT_COMMIT],
            uncommitted=stamp.uncommitted,
            unread=len(self.subject.unread),
            home=self.subject.settings.publish.language,
            root="../" * path.count("/"),
            stem=path.removesuffix(".html").rpartition("/")[2],
            active=active,
            **variables,
        )

    @cached_property
    def pieces(self) -> Pieces:
        """What the downloads in this language are made of."""
        return Pieces(self.subject, self.language, self.former, self.load, self.keep)

    @cached_property
    def _pages(self) -> Pages:
        return Pages(self.folder, self.language.texts)
