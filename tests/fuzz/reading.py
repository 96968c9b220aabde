"""The reader: any bytes give an answer; each problem has its place in the file, a remedy, and is told in bounds."""

from collections.abc import Iterator

from fuzz.target import Target, demand
from mrtrack.model.settings import Settings
from mrtrack.problems import Problem, is_error
from mrtrack.rules.checking import check
from mrtrack.source.reader import read
from waterworks import WATER

PATH = "records/water-2021.yaml"
MOST_PROBLEMS = 2  # for each byte: a key can be unknown and out of its order
LONGEST_TOLD = 1_000

WORDS = (
    "schema: 1\n", "id: a\n", "recommendations:\n", "  - id: b\n", "    actions:\n", "      - id: c\n",
    "        history:\n", "          - date: 2021-07-01\n", "            due: null\n", "null", "~", "|\n", ">-\n",
    "|2\n", "---\n", "...\n", "&a ", "*a", "!!str ", "<<: *a\n", "? ", ": ", "- ", "[", "]", "{", "}", "'", '"',
    "\\", '"\\e"', '"\\U0001F600"', "\u202e", "#", "\r\n", "\r", "\t", "%YAML 1.1\n", "@", "`", "\0", "\x85",
    "\u2028", "\ufeff", "1e999", "0x" + "f" * 30, "2021-02-30", "2021-Q5", "until 2021", "2021-07-01#2", "NO",
    "99999999999999999999", "-0", ".nan", "[" * 50, "accepted", "completed", "extra:\n",
)  # fmt: skip


def run(content: bytes) -> None:
    """What holds of any bytes that are read as a record."""
    reading = read(content, PATH)
    demand(len(reading.problems) <= MOST_PROBLEMS * len(content) + 1, "there are more problems than bytes")
    demand(
        (reading.evaluation is None) == any(map(is_error, reading.problems)),
        "a file with errors is a record, or one without errors is none",
    )
    for problem in reading.problems:
        _demand_told(problem, len(content), reading.lines)
    for problem in check(reading, Settings()):
        _demand_told(problem, len(content), reading.lines)


def _demand_told(problem: Problem, size: int, lines: list[str]) -> None:
    where = f"{problem.code} at {problem.line}:{problem.column} of {size} bytes"
    demand(problem.path == PATH, f"{where} is in another file")
    demand(problem.message and problem.hint, f"{where} says nothing, or no remedy")
    told = problem.message + problem.hint
    demand("\n" not in told, f"{where} is told on several lines")
    demand(len(told) <= LONGEST_TOLD, f"{where} is told in {len(told)} letters")
    if problem.line:
        demand(problem.line <= max(1, len(lines)), f"{where} lies below the last line")
        line = lines[problem.line - 1] if lines else ""
        demand(1 <= problem.column <= len(line) + 1, f"{where} lies outside of the line")
        demand(problem.excerpt == line, f"{where} shows another line")
        demand(problem.width >= 1, f"{where} underlines nothing")
        demand(
            problem.column + problem.width - 1 <= max(len(line), problem.column),
            f"{where} underlines more than there is",
        )


def corpus() -> Iterator[bytes]:
    """Records, whole and odd."""
    yield WATER.encode()
    yield WATER.replace("\n", "\r\n").encode()
    yield b"\xef\xbb\xbf" + WATER.encode()
    yield WATER.encode("utf-16")
    yield b"schema: 1\nid: a\nextra: {a: [b, {c: 'd'}], \"e\\u0301\": |-\n  x}\n"
    yield b"schema: 2\nid: a\n"
    yield b"- a\n- b: [c\n"
    yield b"a: &x [*x]\nb: !!int 3\n<<: {c: d}\n"


READER = Target(
    "reader", "the bytes of a record", run, corpus, tuple(word.encode("utf-8", "replace") for word in WORDS)
)
