"""Which pages and files a site is made of, what each is made from, and how it is made.

Nothing is made here: every output is handed over with a function, so that what is unchanged costs nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from mrtrack import __version__
from mrtrack.query.rows import ActionRow, EvaluationRow
from mrtrack.reports.locale import CATALOGUES
from mrtrack.reports.site import downloads
from mrtrack.reports.site.addresses import evaluation_page, unit_page, year_page
from mrtrack.reports.site.folder import Output, digest
from mrtrack.reports.site.former import Former
from mrtrack.reports.site.pages import source, sources
from mrtrack.reports.site.speaking import ALL, DATA, Spoken
from mrtrack.reports.site.subject import Subject, UnitRows, YearRows

ASSETS = ("site.css", "table.js", "icon.svg")


@dataclass(frozen=True)
class Site:
    """The pages of a subject, in the languages of its settings, by the templates of a folder.

    `load` and `keep` are asked for what can be kept from one build to the next, by its key; `want` is told what
    is to be kept though this build does not need it. What the `former` build made of many parts is not made anew.
    """

    subject: Subject
    folder: Path
    load: Callable[[bytes], bytes | None] = lambda _: None
    keep: Callable[[bytes, bytes], None] = lambda *_: None
    want: Callable[[bytes], None] = lambda _: None
    former: Former = field(default_factory=Former)

    def outputs(self) -> Iterator[Output]:
        """Every file of the site, each page before what belongs to it."""
        home = self._spoken(self.subject.settings.publish.language)
        for name in ASSETS:
            yield self._asset(name)
        whole = digest([self._common, self._from(self.subject.evaluations)])
        rows = self.subject.shown.actions
        titles = (
            f"{row.evaluation}\0{row.title}\0{row.organisation}" for row in self.subject.evaluations.values()
        )
        yield Output(DATA, digest([self._listed(rows, home), *titles]), lambda: home.table.script(DATA))
        for name, make in home.lists().items():
            yield Output(name, whole, make)
        yield from self._beside(ALL, rows, home.name, home)
        for row in self.subject.evaluations.values():
            yield from self._evaluation(row)
        for unit in self.subject.units.values():
            yield from self._unit(unit)
        for year in self.subject.years.values():
            yield from self._year(year, home)
        for spoken in self._languages.values():
            for name in self.subject.actions_of:
                self.want(spoken.pieces.key(name))
        self.want(home.table.key(DATA))
        for key in home.pieces.sheet_keys(rows):
            self.want(key)

    def _asset(self, name: str) -> Output:
        content = source(self.folder, name)
        return Output(f"assets/{name}", digest([content]), lambda: content)

    def _evaluation(self, row: EvaluationRow) -> Iterator[Output]:
        name, path = row.evaluation, evaluation_page(row.evaluation)
        spoken = self._spoken(self._language_of(row.organisation))
        made_from = digest([self._common, spoken.code, self._from([name]), *self._around(row)])
        yield Output(path, made_from, lambda: spoken.evaluation(row))
        stem, rows = path.removesuffix(".html"), self.subject.actions_of.get(name, [])
        listed = self._listed(rows, spoken, row.title or name)
        for ending, make in downloads.of_evaluation(name, self.subject, spoken.pieces).items():
            whole = ending == "json"
            yield Output(f"{stem}.{ending}", self._whole(name, spoken) if whole else listed, make)

    def _around(self, row: EvaluationRow) -> Iterator[str]:
        """What an evaluation's page shows of other evaluations: what they do for it, and whether links lead on."""
        for ref, rows in self._served.get(row.evaluation, {}).items():
            yield from (f"{ref} {one.ref} {self.subject.digests[one.evaluation]}" for one in rows)
        for other in self.subject.same[row.evaluation]:
            yield f"{other} {other in self.subject.evaluations}"
        for action in self.subject.actions_of.get(row.evaluation, ()):
            for ref in action.serves:
                yield f"{ref} {self.subject.knows(ref)}" if ":" in ref else ref

    def _unit(self, unit: UnitRows) -> Iterator[Output]:
        path = unit_page(unit.name)
        known = self.subject.settings.units.get(unit.name)
        spoken = self._spoken(self._language_of(known.organisation if known else None))
        among = {row.evaluation for row in unit.rows}
        made_from = digest([self._common, spoken.code, unit.name, self._from(among), *_refs(unit.rows)])
        yield Output(path, made_from, lambda: spoken.unit(unit))
        yield from self._beside(path.removesuffix(".html"), unit.rows, unit.name, spoken)

    def _year(self, year: YearRows, home: Spoken) -> Iterator[Output]:
        path = year_page(year.year)
        among = year.among
        beside = [f"{other}" for other in home.beside(year.year) if other]
        ended = [row.evaluation for row in year.evaluations]
        made_from = digest([self._common, self._from(among), *beside, *ended, *_refs(year.actions)])
        yield Output(path, made_from, lambda: home.year(year))
        yield from self._beside(path.removesuffix(".html"), year.actions, str(year.year), home)

    def _beside(self, stem: str, rows: Sequence[ActionRow], name: str, spoken: Spoken) -> Iterator[Output]:
        """The downloads of a page about actions, named as it is."""
        listed = self._listed(rows, spoken, name)
        for key in spoken.pieces.file_keys(stem):
            self.want(key)
        for ending, make in downloads.of_actions(rows, stem, name, spoken.pieces).items():
            yield Output(f"{stem}.{ending}", listed, make)

    def _listed(self, rows: Iterable[ActionRow], spoken: Spoken, name: str = "") -> str:
        """What a list of actions is made from: their rows, whatever else their records say."""
        return digest([self._common, spoken.code, name, self.subject.marked(rows)])

    def _whole(self, evaluation: str, spoken: Spoken) -> str:
        """What a record's own download is made from."""
        return digest([self._common, spoken.code, self.subject.digests[evaluation]])

    def _from(self, evaluations: Iterable[str]) -> str:
        """The records a page is made from, and the commit that it names."""
        among = list(evaluations)
        stamp = self.subject.stamp(among)
        return f"{self.subject.digest(among)} {stamp.commit} {stamp.uncommitted}"

    def _language_of(self, organisation: str | None) -> str:
        publish = self.subject.settings.publish
        return publish.languages.get(organisation or "", publish.language)

    def _spoken(self, language: str) -> Spoken:
        if language not in self._languages:
            self._languages[language] = Spoken(
                self.subject, self.folder, language, self.load, self.keep, self.former
            )
        return self._languages[language]

    @cached_property
    def _languages(self) -> dict[str, Spoken]:
        return {}

    @cached_property
    def _common(self) -> str:
        """What every page is made from: the day, the settings, the templates, the program."""
        subject = self.subject
        words = [path.read_bytes() for path in sorted(CATALOGUES.glob("*.po"))]
        unread = [f"{problem.path}:{problem.line}: {problem.message}" for problem in subject.unread]
        said = [__version__, subject.as_of.isoformat(), subject.settings.model_dump_json(), *unread]
        return digest([*said, *words, *sources(self.folder)])

    @cached_property
    def _served(self) -> dict[str, dict[str, list[ActionRow]]]:
        """What other evaluations do for each, by its recommendations."""
        found: dict[str, dict[str, list[ActionRow]]] = {}
        for ref, rows in self.subject.answers.items():
            found.setdefault(ref.partition(":")[0], {})[ref] = rows
        return found


def _refs(rows: Iterable[ActionRow]) -> Iterator[str]:
    return (row.ref for row in rows)
