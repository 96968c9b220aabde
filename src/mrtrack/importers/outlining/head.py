"""The head of a page: what it says of the evaluation as a whole, before its recommendations."""

import re
from collections.abc import Callable, Sequence

from mrtrack.importers.draft import Draft, Fate, Kind, Outline
from mrtrack.importers.outlining.labels import EVALUATION, GEF, Label, label_of
from mrtrack.importers.outlining.persons import Named, signatory, team_member
from mrtrack.importers.outlining.unlabelled import read_unlabelled
from mrtrack.importers.page import Cell, Line, Piece
from mrtrack.importers.vocabulary.codes import amount_in
from mrtrack.importers.vocabulary.statuses import evaluation_status_word, flag_word
from mrtrack.importers.vocabulary.when import read_when
from mrtrack.importers.vocabulary.withheld import withheld_in
from mrtrack.model.spellings import folded
from mrtrack.model.words import EvaluationStatus

_ITEM = re.compile(r"[•▪◦‣·*–-]\s+(?:[0-9]{1,3}[.)]\s+)?")
_TEAM_HEAD = re.compile(r"name(?: title)?(?: e-?mail)?(?: nationality)?", re.IGNORECASE)
_DOCUMENTS_HEAD = "document type language size status downloads"
_DOCUMENT = re.compile(
    r"(?:(?P<button>Download document)\s+)?(?P<title>.+?)\s+(?P<kind>[a-z][\w-]*)\s+(?P<language>[A-Z][a-z]+)\s+"
    r"(?P<size>[0-9.,]+\s[KMG]?B)\s+(?P<status>[A-Z][a-z]+)(?:\s+(?P<downloads>[0-9]+))?"
)
_DATE = re.compile(
    r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}|[0-9]{4}[/-][0-9]{2}[/-][0-9]{2}|[0-9]{1,2}\s+[A-Za-zéû]{3,9}\.?\s+[0-9]{4}"
)
_EVALUATION = re.compile(
    r"evaluation|review|assessment|évaluation|evaluación|examen|revue|revisión|étude|audit", re.IGNORECASE
)
_FILE = re.compile(r"\.[A-Za-z]{3,4}$|https?://")
_DOCUMENTS = "management_response.documents"
_POST = re.compile(
    r"(?P<name>[^:]{2,80}?)\s*(?P<words>(?:Position|Title|Post|Function)\s*:)\s*(?P<title>.{2,120}?)"
    r"(?:\s*(?P<unit_words>(?:Unit/Bureau|Unit|Bureau|Office)\s*:)\s*(?P<unit>.*))?"
)
_SIGNATURES = {"date", "signature", "name", "title", "name and title", "signature and date", "signed"}
_LONGEST_TITLE = 60
_LONGEST_DOCUMENT = 400


def _has_date(text: str) -> bool:
    read = read_when(text)
    return bool(read.due or read.start)


def _is_within(text: str, less: str) -> bool:
    """Whether a date is the same as another, told more precisely."""
    precise, rough = read_when(text).due, read_when(less).due
    return bool(precise and rough) and precise != rough and str(precise).startswith(f"{rough}-")


_READS: dict[str, Callable[[str], bool]] = {
    "status": lambda text: evaluation_status_word(text) is not None,
    "planned_end": _has_date,
    "completed": _has_date,
    "report_date": _has_date,
    "budget": lambda text: amount_in(text) is not None,
    "expenditure": lambda text: amount_in(text) is not None,
    "joint_programme": lambda text: flag_word(text) is not None,
    "joint_evaluation": lambda text: flag_word(text) is not None,
    "gef": lambda text: flag_word(text) is not None,
    "management_response.required": lambda text: flag_word(text) is not None,
}


class Head:
    """Reads the head of a page into the evaluation's draft; `loose` are its lines that no label announced."""

    def __init__(self, evaluation: Draft, outline: Outline, *, erc: bool) -> None:
        self.evaluation = evaluation
        self.outline = outline
        self.erc = erc
        self.loose: list[Line] = []
        self.in_gef = False
        self.waiting: Label | None = None
        self.prose: str | None = None
        self.listing: str | None = None
        self.rows: Kind | None = None
        self.first_label = 0
        self.last_label = ""

    def label(self, line: Line) -> Label | None:
        """The label of an evaluation that a line begins with; within its block, those of the Facility go first."""
        if self.erc and line.text.startswith("Title ") and (self.first_label or self.loose):
            return Label("title", "line", line.piece(0, 5), line.piece(5, 5), line.piece(5), alone=False)
        label = label_of(line, GEF, EVALUATION) if self.in_gef else label_of(line, EVALUATION)
        if label and label.field == "management_response.required" and label.value.text:
            return label if self._could_be(label.field, label.value.text) else None
        return label

    def take_label(self, label: Label, values: Sequence[Piece] = ()) -> None:
        """Read a label and the value beside it; `values` are the cells behind it in a table."""
        self.outline.claim(label.words, Fate.FURNITURE, "label")
        self._leave()
        self.last_label = label.field
        self.first_label = self.first_label or label.words.line.number
        if label.field == "gef":
            self.in_gef = flag_word(label.value.text) is not False
        elif not label.field.startswith("gef."):
            self.in_gef = self.in_gef and label.field not in ("stakeholders", "countries")
        given = [piece for piece in (label.value, *values) if piece.text]
        if label.form == "person":
            self._person("approved_by" if label.field == "approved_by" else "prepared_by", given)
        elif label.form == "rows":
            self.rows = "team"
        elif given:
            self._give(label.field, given, label)
            self.prose = label.field if label.form == "prose" else None
            self.listing = label.field if label.form == "list" or label.field.startswith("joint_") else None
        elif label.form == "list":
            self.listing = label.field
        elif label.form == "prose":
            self.prose = label.field
        else:
            self.waiting = label

    def blank(self) -> None:
        """An empty line: what waits for a value only waits on for one that can be nothing else."""
        if self.waiting and self.waiting.field not in _READS:
            self.waiting = None
        if self.prose == _DOCUMENTS:
            self.prose = None

    def content(self, line: Line) -> None:
        """A line that is no label: the value that one waits for, an item, a row, else a loose line."""
        piece = line.piece()
        if self.waiting and self._could_be(self.waiting.field, piece.text):
            self._give(self.waiting.field, [piece], self.waiting)
            self.waiting = None
        elif self.listing and _ITEM.match(piece.text):
            self._item(self.listing, piece)
        elif self.rows == "team":
            self._team(piece)
        elif folded(piece.text) == _DOCUMENTS_HEAD:
            self._leave()
            self.rows = "document"
            self.outline.claim(piece, Fate.FURNITURE, "head of the table")
        elif self._document(piece):
            pass
        elif self.erc and evaluation_status_word(piece.text) is EvaluationStatus.CANCELLED:
            self.evaluation.add("status", [piece])
        elif self.last_label == _DOCUMENTS and _FILE.search(piece.text):
            self.evaluation.add(_DOCUMENTS, [piece])
        elif self.prose:
            self.evaluation.add(self.prose, [piece])
        else:
            self._leave()
            self.loose.append(line)

    def cells(self, row: Sequence[Cell]) -> bool:
        """Read a row of a table of the head; false where it is none that the head knows."""
        filled = [cell for cell in row if cell.text]
        if all(folded(cell.text).strip(":") in _SIGNATURES for cell in filled):
            for line in (line for cell in filled for line in cell.lines):
                self.outline.claim(line.piece(), Fate.FURNITURE, "head of the table")
            return True
        label = self.label(filled[0].lines[0])
        if label and len(filled[0].lines) == 1 and len(filled) > 1:
            self.take_label(label, [line.piece() for cell in filled[1:] for line in cell.lines])
            return True
        return False

    def interrupt(self, *, described: bool = False) -> None:
        """A line of furniture ends what is being read.

        What stands before the button for sharing is the title and, behind it, the description.
        """
        if described and self.erc and self.loose:
            self.evaluation.add("description", [line.piece() for line in self.loose[1:]])
            del self.loose[1:]
        self._leave()

    def trailing(self) -> list[Line]:
        """Take away the last loose lines, as far as they belong together: the text of what comes next."""
        kept, self.loose = self.loose, []
        start = len(kept)
        while start and (start == len(kept) or kept[start].number - kept[start - 1].number < 3):
            start -= 1
        self.loose = kept[:start] if start else []
        return kept[start:]

    def finish(self) -> None:
        """Find the title among the loose lines, where no label has named it; a second one is repeated."""
        self._leave()
        self.loose = read_unlabelled(self.loose, self.evaluation, self.outline)
        given = folded(self.evaluation.text("title"))
        loose, self.loose = self.loose, []
        for line in loose:
            piece = line.piece()
            if given and folded(piece.text).endswith(given):
                self.outline.claim(piece, Fate.REPEATED, "title")
            else:
                self.loose.append(line)
        if not given and (title := self._title()):
            self.evaluation.add("title", [title.piece()])
            self.loose.remove(title)

    def _title(self) -> Line | None:
        fitting = [
            line
            for line in self.loose
            if len(line.text.split()) <= _LONGEST_TITLE and not line.text.rstrip().endswith((".", ":"))
        ]
        if self.erc:
            first = self.loose[0] if self.loose else None
            return first if first in fitting and first.number < self.first_label else None
        return next((line for line in fitting if line.level or _EVALUATION.search(line.text)), None)

    def _give(self, field: str, pieces: Sequence[Piece], label: Label) -> None:
        if field == "team":
            self.evaluation.begin("team").add("name", pieces)
            return
        said = folded(self.evaluation.text(field))
        if said:
            again = " ".join(piece.text for piece in pieces)
            same = folded(again) == said
            if _is_within(again, said):
                for piece in self.evaluation.fields.pop(field):
                    self.outline.claim(piece, Fate.REPEATED, field)
                self.evaluation.add(field, pieces)
                return
            for piece in pieces:
                if same:
                    self.outline.claim(piece, Fate.REPEATED, field)
                else:
                    self.outline.note(
                        piece.line.number, f"another {field.replace('_', ' ')} than the one above: left over"
                    )
            return
        self.evaluation.add(field, pieces)
        if label.brackets.text and field in ("budget", "expenditure"):
            self.evaluation.add(f"{field}.currency", [label.brackets])

    def _could_be(self, field: str, text: str) -> bool:
        return _READS[field](text) if field in _READS else True

    def _item(self, field: str, piece: Piece) -> None:
        mark = _ITEM.match(piece.text)
        end = mark.end() if mark else 0
        self.outline.claim(piece.part(0, end), Fate.FURNITURE, "bullet")
        key = "extra.joint_with" if field.startswith("joint_") else field
        self.evaluation.add(key, [piece.part(end)])

    def _team(self, piece: Piece) -> None:
        if _TEAM_HEAD.fullmatch(piece.text):
            self.outline.claim(piece, Fate.FURNITURE, "head of the table")
            return
        named = team_member(piece)
        member = self.evaluation.begin("team")
        for key, part in (("name", named.name), ("title", named.title), ("nationality", named.nationality)):
            member.add(key, [part] if part else [])
        for start, end, what in withheld_in(piece.text):
            self.outline.claim(piece.part(start, end), Fate.WITHHELD, what)

    def _person(self, kind: Kind, pieces: Sequence[Piece]) -> None:
        person = self.evaluation.begin(kind)
        for piece in pieces:
            date = _DATE.search(piece.text)
            if date and not person.text("date"):
                person.add("date", [piece.part(*date.span())])
                self.outline.claim(piece.part(date.end()), Fate.WITHHELD, "signature")
                piece = piece.part(0, date.start())  # noqa: PLW2901 - what stands before the date
            if person.text("date") and not piece.text:
                continue
            if person.fields.keys() & {"name", "title"}:
                self.outline.claim(piece, Fate.WITHHELD, "signature")
                continue
            named = self._with_post(piece) or signatory(piece)
            person.add("name", [named.name] if named.name else [])
            person.add("title", [named.title] if named.title else [])

    def _with_post(self, piece: Piece) -> Named | None:
        """A person whose post and unit have labels of their own on the same line."""
        found = _POST.fullmatch(piece.text)
        if not found:
            return None
        for key in ("words", "unit_words"):
            if found[key]:
                self.outline.claim(piece.part(*found.span(key)), Fate.FURNITURE, "label")
        if found["unit"] and not self.evaluation.text("management_response.unit"):
            self.evaluation.add("management_response.unit", [piece.part(*found.span("unit"))])
        elif found["unit"]:
            same = folded(found["unit"]) == folded(self.evaluation.text("management_response.unit"))
            if same:
                self.outline.claim(piece.part(*found.span("unit")), Fate.REPEATED, "management_response.unit")
        return Named(piece.part(*found.span("name")), piece.part(*found.span("title")))

    def _document(self, piece: Piece) -> bool:
        found = _DOCUMENT.fullmatch(piece.text) if len(piece.text) < _LONGEST_DOCUMENT else None
        if not found or not (self.rows == "document" or found["button"]):
            return False
        document = self.evaluation.begin("document")
        for key in ("title", "kind", "language"):
            document.add(key, [piece.part(*found.span(key))])
        for key in ("button", "size", "status", "downloads"):
            if found[key]:
                self.outline.claim(piece.part(*found.span(key)), Fate.FURNITURE, "of the download")
        return True

    def _leave(self) -> None:
        self.waiting = self.prose = self.listing = self.rows = None
