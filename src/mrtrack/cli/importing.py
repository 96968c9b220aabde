"""What an import does with each file: reads it, finds the record it belongs to, writes, and tells."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrtrack.cli import terminal, writing
from mrtrack.cli.session import Session
from mrtrack.edit.layout import new_record
from mrtrack.edit.log import Recorded
from mrtrack.edit.refusal import Refused
from mrtrack.edit.verify import edit
from mrtrack.importers.again import compare
from mrtrack.importers.assembling.assembly import Assembled, Given
from mrtrack.importers.importing import import_page, import_sheet, is_of, terms_of
from mrtrack.source.reader import Reading, read
from mrtrack.store.outputs import write_output
from mrtrack.store.writing import Written, create

if TYPE_CHECKING:
    from mrtrack.importers.account import Account
    from mrtrack.importers.vocabulary.when import Order

STANDARD_INPUT = "-"
_FEW = 5
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person said about an import beside its files."""

    into: str | None = None
    id: str | None = None
    organisation: str | None = None
    mapping: Path | None = None
    sheet: str | None = None
    order: "Order | None" = None
    retrieved: str | None = None
    url: str | None = None
    dry_run: bool = False


@dataclass(slots=True)
class Import:
    """One run of the command: its accounts, its writes, and whether anything was refused or stopped."""

    session: Session
    wishes: Wishes
    accounts: list["Account"] = field(default_factory=list)
    writes: list[Written] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    records: dict[str, Data] = field(default_factory=dict)
    failed: bool = False
    known: dict[str, Reading] = field(init=False)

    def __post_init__(self) -> None:
        """Read the records that are there, since a page may belong to any of them."""
        self.known = {reading.path: reading for reading in self.session.repository.readings}

    def take(self, file: str) -> None:
        """Import one file; where it is refused, say why and go on with the others."""
        try:
            content, name = _content(file)
            assembled = self._assembled(content, name)
            self._demand_one(assembled, name)
            self.accounts.append(assembled.account)
            for record in assembled.records:
                self._write(record, table=bool(self.wishes.mapping))
        except (Refused, OSError) as error:
            terminal.complain(error)
            self.failed = True

    def tell(self, *, explain: bool, json: bool) -> None:
        """Print the result: what was written, or the records, or every line with what became of it."""
        from mrtrack.importers.told import summary

        if json:
            terminal.emit(self._document())
        elif explain:
            from mrtrack.cli.screens.account import explained

            terminal.emit("".join(terminal.render(*explained(account)) for account in self.accounts))
        else:
            self._tell_writes()
        if self.wishes.dry_run:
            terminal.remark("Nothing was written (--dry-run).")
        for account in self.accounts:
            for line in summary(account):
                terminal.remark(line)

    def write_report(self, path: Path) -> None:
        """Write the accounts to a file: as JSON where its name says so, else as text.

        Raises:
            Refused: where the file cannot be written.
        """
        from mrtrack.cli.formats import json_text
        from mrtrack.importers.told import whole

        if path.suffix.lower() == ".json":
            document = {
                "schema_version": 1,
                "kind": "accounts",
                "items": [account.as_data() for account in self.accounts],
            }
            text = json_text(document)
        else:
            text = terminal.clean("\n".join(whole(account) for account in self.accounts))
        write_output(path, text.encode("utf-8", "backslashreplace"))

    def commit(self) -> None:
        """Commit what was written, if anything was."""
        if self.writes:
            writing.commit(self.session, self.writes, "\n".join(["Import records", "", *self.lines]))

    def _tell_writes(self) -> None:
        """What changed, in a dry run what is new too; then a line for each record, or one for all that stay."""
        for write in self.writes:
            if write.before or self.wishes.dry_run:
                before = write.before.content if write.before else b""
                terminal.emit(writing.show_difference(write.path, before, write.after.content))
        lines = self.lines
        if len(self.same) > _FEW:
            lines = [*lines, f"{len(self.same)} records  nothing new"]
        else:
            lines = [*lines, *(f"{path}  nothing new" for path in self.same)]
        terminal.emit("".join(f"{terminal.told(line)}\n" for line in lines))

    def _assembled(self, content: bytes, name: str) -> Assembled:
        settings = self.session.repository.settings
        terms = terms_of(settings, self.wishes.order)
        fixed = {"organisation": self.wishes.organisation} if self.wishes.organisation else {}
        given = Given(
            year=self.session.today.year,
            ids=[self.wishes.id or ""],
            fixed=[fixed],
            taken=[Path(path).stem for path in self.known],
            retrieved=self.wishes.retrieved,
            url=self.wishes.url,
        )
        if self.wishes.mapping:
            from mrtrack.importers.tables.mapping_file import read_mapping
            from mrtrack.importers.tables.sheets import read_sheet

            mapping = read_mapping(self.wishes.mapping.read_bytes(), str(self.wishes.mapping))
            return import_sheet(read_sheet(content, name, sheet=self.wishes.sheet), mapping, terms, given)
        from mrtrack.importers.formats.catalogue import read_page

        return import_page(read_page(content, name), terms, given)

    def _demand_one(self, assembled: Assembled, name: str) -> None:
        """Refuse to put several evaluations into the one record that was named."""
        number = len(assembled.records)
        if self.wishes.into and number > 1:
            raise Refused(
                f"{name} holds {number} evaluations, and {self.wishes.into} is the record of one",
                "import it without --into",
            )

    def _write(self, record: Data, *, table: bool) -> None:
        there = self._there(record, table=table)
        if there is None:
            self._create(record)
        else:
            self._continue(there, record)

    def _there(self, record: Data, *, table: bool) -> Reading | None:
        """The record that imported data belong to: the one named, that of its id, or that of its page."""
        if self.wishes.into:
            return self.session.find(self.wishes.into).reading
        if table or self.wishes.id:
            path = self.session.repository.new_path(record["id"])
            same = (
                one for one in self.known.values() if one.evaluation and one.evaluation.id == record["id"]
            )
            found = self.known.get(path) or next(same, None)
            if not table and found and found.evaluation and not is_of(found.evaluation, dict(record)):
                raise Refused(
                    f"there is an evaluation {record['id']} already, and this page is not seen to be its",
                    f"choose another id, or complete that record: --into {record['id']}",
                )
            return found
        fitting = [
            one for one in self.known.values() if one.evaluation and is_of(one.evaluation, dict(record))
        ]
        if len(fitting) > 1:
            named = " or ".join(one.evaluation.id for one in fitting if one.evaluation)
            raise Refused(f"this page could belong to {named}", "say which: --into ID")
        return fitting[0] if fitting else None

    def _create(self, record: Data) -> None:
        repository = self.session.repository
        path = repository.new_path(record["id"])
        after = read(new_record(record).encode("utf-8"), path, repository.settings.limits)
        if after.evaluation is None and after.first_problem:
            raise Refused(f"{path}: {after.first_problem.message}", after.first_problem.hint)
        self._keep(create(repository, after, dry_run=self.wishes.dry_run), f"new: {_contents(record)}")

    def _continue(self, there: Reading, record: Data) -> None:
        recorded = Recorded(date=self.session.today, by=None)
        continued = compare(there, record, recorded)
        for line in continued.told:
            terminal.remark(f"{Path(there.path).stem}: {line}")
        self.failed = self.failed or bool(continued.unclear)
        if not continued.operations:
            self.same.append(there.path)
            self._dump(there)
            return
        if self.wishes.dry_run:
            write = Written(there.path, there, edit(there, continued.operations))
        else:
            operations = continued.operations
            write = writing.apply_to(
                self.session.repository, there.path, [lambda _: operations], dry_run=False
            )
        changed = "1 item" if continued.changed == 1 else f"{continued.changed} items"
        self._keep(write, f"{changed} changed, {continued.new} new, {continued.gone} no longer on the page")

    def _keep(self, write: Written, what: str) -> None:
        self.writes.append(write)
        self.known[write.path] = write.after
        self.lines.append(f"{write.path}  {what}")
        self._dump(write.after)

    def _dump(self, reading: Reading) -> None:
        from mrtrack.query.filters import Filter
        from mrtrack.query.selection import select
        from mrtrack.query.whole import whole_record

        if reading.evaluation:
            days = self.session.repository.settings.days
            selection = select([reading.evaluation], Filter(), self.session.today, days)
            self.records[reading.path] = whole_record(reading.evaluation, selection)

    def _document(self) -> str:
        from mrtrack.cli import formats

        return formats.json_document(
            "records", self.session.today, self.session.unread, list(self.records.values())
        )


def guessed(table: str, sheet: str | None) -> str:
    """The text of a mapping for a table, to start from.

    Raises:
        Refused: where there is no table to read.
    """
    from mrtrack.importers.tables.guess import guess_mapping
    from mrtrack.importers.tables.sheets import read_sheet

    content, name = _content(table)
    return guess_mapping(read_sheet(content, name, sheet=sheet))


def _content(file: str) -> tuple[bytes, str]:
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read(), STANDARD_INPUT
    try:
        return Path(file).read_bytes(), Path(file).name
    except OSError as error:
        raise Refused(
            f"{file} cannot be read: {error.strerror}", "look at the file and at its permissions"
        ) from None


def _contents(record: Data) -> str:
    """How much a record holds, in words."""
    recommendations: Sequence[Data] = record.get("recommendations", ())
    actions = sum(len(one.get("actions", ())) for one in recommendations)
    return f"{_count(len(recommendations), 'recommendation')}, {_count(actions, 'action')}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
