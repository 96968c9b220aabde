"""The kinds of problem that reading finds: text that is no plain YAML, data that is no record."""

from mrtrack.problems import Kind, Severity


def _kind(
    code: str, name: str, explanation: str, severity: Severity = Severity.ERROR, summary: str = ""
) -> Kind:
    return Kind(code, name, severity, explanation, summary)


def _pair(why: str, bad: str, good: str) -> str:
    return f"{why}\n\nBad:\n\n```yaml\n{bad}\n```\n\nGood:\n\n```yaml\n{good}\n```\n"


UNREADABLE = _kind(
    "F101",
    "unreadable-file",
    "The file could not be opened: it may be gone, locked or out of reach. Nothing of it is shown until it "
    "can be read.\n",
)
TOO_BIG = _kind(
    "F102",
    "too-big",
    "The file is larger than `[limits] bytes` in mrtrack.toml allows (5,000,000 unless told). A record that "
    "large is a mistake, or an attack on the reader.\n",
)
NOT_UTF8 = _kind(
    "F103",
    "not-utf8",
    "A record is UTF-8 text. Save the file as UTF-8 in the editor; the position is that of the first byte "
    "that is not.\n",
)
EMPTY = _kind(
    "F104",
    "empty-record",
    _pair(
        "The file holds no data: it is empty, or all comments.",
        "# to be written",
        "schema: 1\nid: water-2021",
    ),
)
CONTROL = _kind(
    "F105",
    "control-character",
    "A control character, or a character that reverses the direction of text, stands in the file. It cannot "
    'be seen, and it can hide what a line says. Delete it; escapes for such characters (`"\\e"`) count as '
    "well.\n",
)
BOM = _kind(
    "F106",
    "byte-order-mark",
    "The file begins with a byte order mark, which some editors write. It is harmless here and troubles "
    "other programs: save as UTF-8 without it.\n",
    Severity.WARNING,
    "files begin with a byte order mark",
)
LINE_ENDS = _kind(
    "F107",
    "line-ends",
    "The lines end as on Windows (CR LF). mrtrack reads and keeps them; a record shared through git is best "
    "kept with LF.\n",
    Severity.WARNING,
    "files have the line ends of Windows",
)
LONG_LINE = _kind(
    "F108",
    "long-line",
    "A line is longer than `[limits] line` in mrtrack.toml allows (100,000 bytes unless told). Nobody can "
    "read such a line, and no program shows a change in it. Nothing of the file is read.\n",
)
TOO_MANY_LINES = _kind(
    "F109",
    "too-many-lines",
    "The file has more lines than `[limits] lines` in mrtrack.toml allows (200,000 unless told). A record that "
    "long is a mistake, or an attack on the reader. Nothing of the file is read.\n",
)
MORE_PROBLEMS = _kind(
    "F110",
    "more-problems",
    "The file has more problems than are told: of one file they are a thousand at most. Mend those, and check "
    "again.\n",
)

SYNTAX = _kind(
    "Y201",
    "not-yaml",
    _pair(
        "The text is not YAML from this place on, so that nothing of the file can be read.",
        "title: Water: a review",
        'title: "Water: a review"',
    ),
)
ANCHOR = _kind(
    "Y202",
    "anchor",
    _pair(
        "Anchors (`&name`) and aliases (`*name`) let one place of a file change another, unseen. Write the "
        "value out where it is meant.",
        "due: &d 2021-07\nstart: *d",
        "due: 2021-07\nstart: 2021-07",
    ),
)
TAG = _kind(
    "Y203",
    "tag",
    _pair(
        "Tags (`!name`) tell a program what a value is; a record's keys do that already.",
        "due: !!str 2021-07",
        "due: 2021-07",
    ),
)
DIRECTIVE = _kind(
    "Y204",
    "directive",
    _pair("Directives (`%YAML 1.1`) change how the rest is read.", "%YAML 1.1\n---\nschema: 1", "schema: 1"),
)
DOCUMENTS = _kind(
    "Y205",
    "several-documents",
    _pair(
        "One file holds one record; a line `---` begins a second.", "schema: 1\n---\nschema: 1", "schema: 1"
    ),
)
DUPLICATE_KEY = _kind(
    "Y206",
    "duplicate-key",
    _pair(
        "A key stands twice in one block. Programs disagree on which one counts, so one of the two values "
        "would be lost.",
        "due: 2021-07\ndue: 2022-01",
        "due: 2022-01",
    ),
)
MERGE_KEY = _kind(
    "Y207",
    "merge-key",
    _pair(
        "The key `<<` copies another block into this one, unseen.",
        "<<: {status: completed}",
        "status: completed",
    ),
)
COMPLEX_KEY = _kind(
    "Y208",
    "complex-key",
    _pair("A key is a plain word; here a list or a block stands in its place.", "[a, b]: 1", "a: 1"),
)
TOO_DEEP = _kind(
    "Y209",
    "too-deep",
    "Blocks are nested deeper than any record needs (40 levels unless `[limits] depth` says otherwise). "
    "Nothing of the file is read.\n",
)
TOO_MANY = _kind(
    "Y210",
    "too-many-values",
    "The file holds more keys, values and lists than `[limits] values` in mrtrack.toml allows (200,000 unless "
    "told). A record that large is a mistake, or an attack on the reader. Nothing of the file is read.\n",
)

UNKNOWN_KEY = _kind(
    "S301",
    "unknown-key",
    _pair(
        "No such key belongs here. It is misspelt, stands in the wrong block, or is data of your own, which "
        "goes under `extra`.",
        'recommendations:\n  - id: "1"\n    actions:\n      - id: "1.1"\n        deadline: 2021-07',
        'recommendations:\n  - id: "1"\n    actions:\n      - id: "1.1"\n        due: 2021-07',
    ),
)
MISSING_KEY = _kind(
    "S302",
    "missing-key",
    _pair("A required key is absent.", "schema: 1\ntitle: Water", "schema: 1\nid: water-2021\ntitle: Water"),
)
WRONG_TYPE = _kind(
    "S303",
    "wrong-type",
    _pair(
        "A single value, a list or a block of keys stands where another of the three belongs.",
        "countries: GLOBAL",
        "countries: [GLOBAL]",
    ),
)
BAD_DATE = _kind(
    "S304",
    "bad-date",
    _pair(
        "This is no date, or not as precise as this key needs. Dates keep the precision that the source "
        "gives: a year, a quarter, a month or a day.",
        "report_date: 31/12/2021",
        "report_date: 2021-12-31",
    ),
)
UNKNOWN_WORD = _kind(
    "S305",
    "unknown-word",
    _pair(
        "Statuses, decisions, verdicts and ratings are closed lists of words.",
        "status: done",
        "status: completed",
    ),
)
BAD_ID = _kind(
    "S306",
    "bad-id",
    _pair(
        "An id has letters, digits, dots and hyphens, and begins and ends with a letter or digit; that of "
        "an evaluation is in lower case. What the source prints and is no id stands in `number`.",
        'id: "002/24"',
        'id: "2"\nnumber: 002/24',
    ),
)
BAD_NUMBER = _kind(
    "S307",
    "bad-number",
    _pair(
        "An amount is written in digits, without separators.",
        "budget: {amount: 30 000, currency: USD}",
        "budget: {amount: 30000, currency: USD}",
    ),
)
BAD_FLAG = _kind(
    "S308",
    "bad-flag",
    _pair(
        "Yes and no are written `true` and `false`: other readers take other words for text.",
        "joint_programme: no",
        "joint_programme: false",
    ),
)
BAD_TEXT = _kind(
    "S309",
    "bad-text",
    _pair(
        "The text is empty, or takes several lines where one belongs.",
        'title: ""',
        "title: Review of the water programme",
    ),
)
NULL_VALUE = _kind(
    "S310",
    "null-value",
    _pair(
        "The key has no value. Absent is an answer: leave the key out. (`due: null` in an entry, which "
        "takes a date away, is the one exception.)",
        "responsible:",
        "responsible: Director",
    ),
)
EMPTY_LIST = _kind(
    "S311",
    "empty-list",
    _pair(
        "The list is empty; the key is better left out.",
        "recommendations: []",
        'recommendations:\n  - id: "1"',
    ),
)
NEWER_SCHEMA = _kind(
    "S312",
    "newer-schema",
    _pair(
        "The record was written by a later version of mrtrack. It is not read, since its keys may mean "
        "something else.",
        "schema: 7",
        "schema: 1",
    ),
)

READING_KINDS = (
    UNREADABLE,
    TOO_BIG,
    NOT_UTF8,
    EMPTY,
    CONTROL,
    BOM,
    LINE_ENDS,
    LONG_LINE,
    TOO_MANY_LINES,
    MORE_PROBLEMS,
    SYNTAX,
    ANCHOR,
    TAG,
    DIRECTIVE,
    DOCUMENTS,
    DUPLICATE_KEY,
    MERGE_KEY,
    COMPLEX_KEY,
    TOO_DEEP,
    TOO_MANY,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    BAD_DATE,
    UNKNOWN_WORD,
    BAD_ID,
    BAD_NUMBER,
    BAD_FLAG,
    BAD_TEXT,
    NULL_VALUE,
    EMPTY_LIST,
    NEWER_SCHEMA,
)
