"""Every label of the source documents has a key that holds what stands beside it, or is knowingly left out.

Candidates are found mechanically, so that none is overlooked: text before a colon where a line or a cell
begins, a second such text in a short line, stamps in brackets, links at the end of a row, and every line or
cell short enough to be a heading. `labels.toml` names the key of each.
"""

import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from mrtrack.model.shape import key_paths

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
DOCUMENTS: list[dict[str, Any]] = tomllib.loads((HERE / "labels.toml").read_text(encoding="utf-8"))[
    "document"
]
FILES = (
    "seeds/000_9affc7f0a352c595.txt",
    "seeds/004_3763bfb89c92fe9b.txt",
    "layouts/erc-eval_6555_botswana.txt",
    "layouts/erc-mr-old_3998_colombia_es.txt",
    "layouts/erc-mr_11174_nepal_mdtable.txt",
    "layouts/erc-mr_9588_egypt.txt",
    "layouts/erc-mr_9724_myanmar.txt",
    "layouts/mr_cannor_naeop_mdtable.txt",
    "layouts/mr_cfia_fap.txt",
    "layouts/mr_fdic-oig_12-002ev.txt",
    "layouts/mr_unwomen-gate_11564_mali.txt",
)
KEYS = frozenset(key_paths())
LEFT_OUT = ("withheld", "furniture")

STAMP = re.compile(r"\[([A-Z][A-Za-z ]+:)[^\]]*\]")
HEAD = re.compile(r"(?:[A-Z][^:⟦•]{0,60})?:(?!//)")
SECOND = re.compile(r"(?<=\s)[A-Z][a-z]+(?: [a-z]+)?:(?=\s|$)")
LINK = re.compile(r"(?<=[\s.])History$")
NUMBERING = re.compile(r"^#(?:\.#)*[.)]? +(?=[A-Z])")
MAIL = re.compile(r"^\S+@\S+$")
NUMBERED_HEAD = re.compile("Recommendation # - ")
HEADING_WORDS = 9
SHORT_LINE = 80


def shared(path: str) -> str:
    """The body of a file that lies beside the repository, not in it."""
    file = SHARED / path
    if not file.is_file():
        pytest.skip(f"{file} is not here: the source documents are not part of this repository")
    text = file.read_text(encoding="utf-8")
    return text.partition("# --- begin ---\n")[2] or text


def candidates(text: str) -> Iterator[str]:
    """Each piece of a document that could be a label, with what follows it in its cell; # for a number."""
    columns: list[str] = []
    for line in text.splitlines():
        yield from (f"[{label}]" for label in STAMP.findall(line))
        cells = [cell.strip() for cell in re.split(r"[\t|]", re.sub(r"[0-9]+", "#", STAMP.sub("", line)))]
        columns = columns if "\t" in line else []
        for number, cell in enumerate(cells):
            below_a_head = number < len(columns) and columns[number]
            if cell and not below_a_head and not cell.startswith("---"):
                yield from _of_cell(NUMBERING.sub("", cell))
        if "\t" in line and not cells[0]:
            columns = cells


def _of_cell(cell: str) -> Iterator[str]:
    short = len(cell.split()) <= HEADING_WORDS and not re.search("[⟦•]", cell)
    if MAIL.match(cell):
        yield "e-mail address"
    elif short or HEAD.match(cell) or NUMBERED_HEAD.match(cell):
        yield cell
    if link := LINK.search(cell):
        yield link[0]


def labels_in(text: str, labels: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """What could be a label in a document, with the label that it is; None where it is not known."""
    for candidate in candidates(text):
        label = label_of(candidate, labels)
        yield candidate, label
        rest = candidate[len(label) :] if label and label.endswith(":") else ""
        if len(candidate) <= SHORT_LINE and (second := SECOND.search(rest)):
            yield second[0], label_of(second[0], labels)


def label_of(candidate: str, labels: dict[str, Any]) -> str | None:
    """The longest label that a candidate is, or begins with."""
    head = HEAD.match(candidate)
    fitting = [
        label
        for label in labels
        if label == candidate
        or (label.endswith("…") and candidate.startswith(label[:-1]))
        or (head and label.endswith(":") and candidate.startswith(label) and label.startswith(head[0]))
    ]
    return max(fitting, key=len, default=None)


def labels_for(path: str) -> dict[str, Any]:
    """What `labels.toml` says of the labels of one file."""
    return {
        label: target
        for document in DOCUMENTS
        if any(fnmatch(path, pattern) for pattern in document["files"])
        for label, target in document["labels"].items()
    }


def targets(target: Any) -> Iterator[str]:
    """Every key, or reason for leaving out, that a label is given."""
    match target:
        case str():
            yield target
        case list():
            yield from target
        case dict():
            for column in target.values():
                yield from targets(column)


def leads_somewhere(target: str) -> bool:
    """Whether a target is a key of a record, a name under `extra`, or a reason for leaving out."""
    key, _, name = target.partition(": ")
    if name:
        return key in KEYS and key.rpartition(".")[2] == "extra" and re.fullmatch("[a-z_]+", name) is not None
    return target in KEYS or target in LEFT_OUT


@pytest.mark.parametrize("path", FILES)
def test_every_label_has_a_key_or_is_knowingly_left_out(path: str) -> None:
    found = labels_in(shared(path), labels_for(path))
    assert sorted({candidate for candidate, label in found if label is None}) == []


def test_every_source_document_is_walked() -> None:
    shared(FILES[0])
    there = {
        str(file.relative_to(SHARED))
        for place in ("seeds", "layouts")
        for file in (SHARED / place).glob("*.txt")
    }
    assert there == set(FILES)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: ", ".join(document["files"]))
def test_no_label_is_listed_that_its_documents_do_not_have(document: dict[str, Any]) -> None:
    paths = [path for path in FILES if any(fnmatch(path, pattern) for pattern in document["files"])]
    found = {label for path in paths for _, label in labels_in(shared(path), document["labels"])}
    assert set(document["labels"]) - found == set()


def test_every_label_leads_to_a_key_of_the_record() -> None:
    labels = [target for document in DOCUMENTS for target in document["labels"].values()]
    assert {target for label in labels for target in targets(label) if not leads_somewhere(target)} == set()


def test_the_columns_of_a_table_are_those_of_its_head() -> None:
    labels = [label for document in DOCUMENTS for label in document["labels"].items()]
    tables = [(head, " ".join(columns)) for head, columns in labels if isinstance(columns, dict)]
    assert len(tables) == 8
    assert [(head, columns) for head, columns in tables if head != columns] == []


def test_a_label_that_nobody_listed_is_found() -> None:
    text = (
        "Status: Completed\nDonor: Kenya\n3. Outcome Rating: good\nstatus: small\n"
        "Start date: May Ending: June\n"
        "Name Post\n[Approved: 2021/05/01]\n\tPlace\nBy\tOslo\nCell | Next: one |\nx@example.org\n"
        "A long line about many things: it is prose, but could begin with a label.\n"
        "What is done here History\nA sentence that runs on for longer than any label would do.\n"
    )
    labels = {"Status:": "status", "Start date:": "recommendations.actions.start"}
    assert [candidate for candidate, label in labels_in(text, labels) if label is None] == [
        "Donor: Kenya",
        "Outcome Rating: good",
        "status: small",
        "Ending:",
        "Name Post",
        "[Approved:]",
        "Place",
        "By",
        "Cell",
        "Next: one",
        "e-mail address",
        "A long line about many things: it is prose, but could begin with a label.",
        "What is done here History",
        "History",
    ]


def test_a_label_is_taken_whole() -> None:
    labels = {"Corrective Action: Taken or Planned:": "", "Management Response": "", "Title …": "", "Tel": ""}
    assert (
        label_of("Corrective Action: Taken or Planned: repair", labels)
        == "Corrective Action: Taken or Planned:"
    )
    assert label_of("Title Review of ports", labels) == "Title …"
    assert label_of("Management Response Category: x", labels) is None
    assert label_of("Corrective Action: repair", labels) is None
    assert label_of("Telex", labels) is None


def test_a_key_that_is_not_in_the_record_leads_nowhere() -> None:
    assert leads_somewhere("recommendations.actions.due")
    assert leads_somewhere("recommendations.extra: donor")
    assert leads_somewhere("withheld")
    assert not leads_somewhere("recommendations.due")
    assert not leads_somewhere("recommendations.title: donor")
    assert not leads_somewhere("nobody.extra: donor")
