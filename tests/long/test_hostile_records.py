"""Records that are written to break the reader, with the limit for size raised: little time, little memory, one place.

Each run is a process of its own, with as much memory and as many seconds of CPU as it may take at most. What takes
more than that is killed, and fails here.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import Answer

pytestmark = pytest.mark.long

HEAD = b"schema: 1\nid: bad\n"
GIGABYTE = 1_000_000_000
MANY = 10_000_000
DEEP = 100_000
SECONDS = 60
LIMITED = """
import resource, sys
most, seconds = int(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_AS, (most, most))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
del sys.argv[1:3]
from mrtrack.cli.main import main
main()
"""


def asked(folder: Path, *arguments: str, memory: int, index: str = "on") -> Answer:
    """What a command answers that has so many bytes of memory and `SECONDS` of CPU."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(memory), str(SECONDS), "-C", str(folder), *arguments],
        env={**os.environ, "MRTRACK_INDEX": index},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return Answer(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Case:
    """A hostile file: its bytes, chunk by chunk; the code and the line of the problem that it has to have."""

    chunks: Callable[[], Iterable[bytes]]
    code: str
    line: int


def filled(before: bytes, piece: bytes, times: int, after: bytes = b"\n") -> Iterator[bytes]:
    """A piece many times, between two texts."""
    yield before
    for begun in range(0, times, 10_000):
        yield piece * min(10_000, times - begun)
    yield after


def keys_on_lines() -> Iterator[bytes]:
    """Ten million keys, each on a line."""
    yield HEAD + b"extra:\n"
    for begun in range(0, MANY, 10_000):
        yield b"".join(b"  k%d: v\n" % number for number in range(begun, begun + 10_000))


def keys_in_braces() -> Iterator[bytes]:
    """Ten million keys, thousands on a line."""
    yield HEAD + b"extra: {\n"
    for begun in range(0, MANY, 5_000):
        yield b"".join(b"k%d: v," % number for number in range(begun, begun + 5_000)) + b"\n"
    yield b"}\n"


def laughs() -> Iterator[bytes]:
    """Each list is ten times the one before: a billion words, if anybody wrote them out."""
    yield HEAD + b"extra:\n  a0: &a0 lol\n"
    for level in range(1, 10):
        yield b"  a%d: &a%d [%s]\n" % (level, level, b", ".join([b"*a%d" % (level - 1)] * 10))


def stairs() -> Iterator[bytes]:
    """Blocks within blocks, each a space further in."""
    yield HEAD + b"extra:\n"
    yield from (b" " * level + b"a:\n" for level in range(1, 4_000))


def crowd() -> Iterator[bytes]:
    """Nearly as many values as there may be, and nearly as many problems."""
    yield from filled(HEAD + b"tags:\n", b"  - x\n", 190_000, b"extra:\n")
    yield from (b"  k%d: &a b\n" % number for number in range(900))


CASES = {
    "crowd": Case(crowd, "Y202", 190_904),
    "keys-on-lines": Case(keys_on_lines, "F109", 200_001),
    "keys-in-braces": Case(keys_in_braces, "Y210", 23),
    "laughs": Case(laughs, "Y202", 13),
    "stairs": Case(stairs, "Y209", 43),
    "brackets": Case(lambda: filled(HEAD + b"extra: ", b"[", DEEP), "Y209", 3),
    "braces": Case(lambda: filled(HEAD + b"extra: ", b"{a: ", DEEP), "Y209", 3),
    "dashes": Case(lambda: filled(HEAD + b"tags:\n  ", b"- ", DEEP), "Y209", 4),
    "questions": Case(lambda: filled(HEAD + b"extra:\n  ", b"? ", DEEP), "Y209", 4),
    "colons": Case(lambda: filled(HEAD + b"extra: {a", b": ", DEEP), "Y201", 3),
    "aliases": Case(lambda: filled(HEAD + b"tags: [&a x", b",*a", MANY // 10, b"]\n"), "F110", 3),
    "twice": Case(lambda: filled(HEAD, b"title: x\n", 150_000), "F110", 1_003),
    "merges": Case(lambda: filled(HEAD, b"<<: {a: b}\n", 60_000), "F110", 1_002),
    "tags": Case(lambda: filled(HEAD + b"tags:\n", b"  - !!str x\n", 150_000), "F110", 1_003),
    "long-tag": Case(lambda: filled(HEAD + b"title: !", b"a", 2_000_000, b" x\n"), "Y203", 3),
    "directives": Case(lambda: filled(b"", b"%TAG !a! b\n", 150_000, b"---\n" + HEAD), "Y201", 2),
    "documents": Case(lambda: filled(HEAD, b"---\n", 150_000), "F110", 1_002),
    "nothing": Case(lambda: filled(b"", b"\n", MANY), "F109", 200_001),
    "remarks": Case(lambda: filled(HEAD, b"#\n", 150_000, b"title: [\n"), "Y201", 150_004),
    "marks": Case(lambda: filled(b"", b"\xef\xbb\xbf", 1_000_000, HEAD), "F105", 1),
    "utf-16": Case(lambda: [(HEAD.decode() * 50_000).encode("utf-16")], "F103", 1),
    "nuls": Case(lambda: filled(HEAD + b"title: ", b"\0", 2_000_000), "F105", 3),
    "bells": Case(lambda: filled(HEAD, b"\a\n", 150_000), "F110", 1_002),
    "surrogates": Case(lambda: filled(HEAD + b"title: ", b"\xed\xa0\x80", 1_000_000), "F103", 3),
    "escaped-surrogate": Case(lambda: [HEAD, b'title: "\\ud800"\n'], "Y201", 3),
    "overrides": Case(lambda: filled(HEAD + b"title: ", "\u202e".encode(), 1_000_000), "F105", 3),
    "carriage-returns": Case(lambda: filled(HEAD + b"title: x", b"\r", 2_000_000), "F105", 3),
    "homoglyph": Case(lambda: [b"schema: 1\nid: b\xd0\xb0d\n"], "S306", 2),
    "number": Case(lambda: filled(HEAD + b"expenditure: {amount: ", b"9", 2_000_000, b"}\n"), "S307", 3),
    "schema": Case(lambda: filled(b"schema: ", b"9", 2_000_000, b"\nid: bad\n"), "S307", 1),
    "year": Case(lambda: filled(HEAD + b"completed: ", b"9", 2_000_000), "S304", 3),
    "long-id": Case(lambda: filled(b"schema: 1\nid: ", b"a-", 1_000_000), "S306", 2),
    "quotation": Case(lambda: filled(HEAD + b'title: "', b"x\n", 150_000), "Y201", 3),
    "escapes": Case(lambda: filled(HEAD + b'title: "', b"\\e", 1_000_000, b'"\n'), "F105", 3),
}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A repository with one sound record, that takes files of a gigabyte; it is deleted afterwards."""
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "sound.yaml").write_text("schema: 1\nid: sound\n", encoding="utf-8")
    settings = f"[limits]\nbytes = {GIGABYTE}\nline = 10_000_000\n"
    (tmp_path / "mrtrack.toml").write_text(settings, encoding="utf-8")
    yield tmp_path
    shutil.rmtree(tmp_path / "records")


def put(folder: Path, name: str, chunks: Iterable[bytes]) -> None:
    with (folder / "records" / f"{name}.yaml").open("wb") as file:
        file.writelines(chunks)


def test_each_is_told_with_its_place_in_bounded_time_and_memory(place: Path) -> None:
    for name, case in CASES.items():
        put(place, name, case.chunks())
    answer = asked(place, "check", "--json", memory=2 * GIGABYTE)
    assert answer.code == 1
    found: dict[str, set[tuple[str, int]]] = {name: set() for name in CASES}
    for item in json.loads(answer.out)["items"]:
        found[Path(item["path"]).stem].add((item["code"], item["line"]))
        assert len(item["message"]) < 300
    assert [name for name, case in CASES.items() if (case.code, case.line) not in found[name]] == []
    for index in ("on", "off"):
        told = json.loads(asked(place, "status", "--json", memory=2 * GIGABYTE, index=index).out)
        assert {Path(one["path"]).stem for one in told["unread"]} == set(CASES)
        assert told["items"][0]["evaluations"]["total"] == 1


def test_a_line_of_a_gigabyte_is_refused_at_its_line(place: Path) -> None:
    put(place, "bad", filled(HEAD + b"title: ", b"x", GIGABYTE - len(HEAD) - 8))
    assert (place / "records" / "bad.yaml").stat().st_size == GIGABYTE
    ((code, line),) = (
        (item["code"], item["line"])
        for item in json.loads(asked(place, "check", "--json", memory=2 * GIGABYTE).out)["items"]
    )
    assert (code, line) == ("F108", 3)
    for index in ("on", "off"):
        told = json.loads(asked(place, "list", "evaluations", "--json", memory=2 * GIGABYTE, index=index).out)
        assert [one["path"] for one in told["unread"]] == ["records/bad.yaml"]
        assert [one["evaluation"] for one in told["items"]] == ["sound"]


def test_a_file_beyond_the_limit_for_size_takes_no_memory_at_all(place: Path) -> None:
    with (place / "records" / "bad.yaml").open("wb") as file:
        file.truncate(1 << 40)
    answer = asked(place, "check", "--json", memory=GIGABYTE)
    assert [item["code"] for item in json.loads(answer.out)["items"]] == ["F102"]
    told = json.loads(asked(place, "status", "--json", memory=GIGABYTE).out)
    assert [one["path"] for one in told["unread"]] == ["records/bad.yaml"]


def references() -> Iterator[tuple[str, str]]:
    """Records of many items that name others: the name of each, and its text."""
    head = "schema: 1\nid: {}\nrecommendations:\n"
    serving = "".join(f"  - {{id: a{nth}, serves: [r, s{nth}]}}\n" for nth in range(24_000))
    yield "serving", head.format("serving") + "- id: r\n  actions:\n" + serving
    parts = "".join(f"- {{id: r{nth}, part_of: r{nth - 1}}}\n" for nth in range(1, 39_000))
    yield "parts", head.format("parts") + "- {id: r0}\n" + parts
    accepted = "- {rule: id-not-stem, reason: x, by: b, date: 2021-01-01}\n" * 20_000
    yield "accepting", "schema: 1\nid: accepting\naccepted:\n" + accepted


def test_rules_take_bounded_time_and_memory_over_a_record_as_large_as_it_may_be(place: Path) -> None:
    for name, text in references():
        put(place, name, [text.encode()])
    found = json.loads(asked(place, "check", "--json", memory=2 * GIGABYTE).out)
    assert found["complete"]
    codes = {(Path(item["path"]).stem, item["code"]) for item in found["items"]}
    assert {("serving", "S362"), ("accepting", "S365")} <= codes
