"""Every call to the file system that a command makes fails once: what it wrote is the old or the new, whole.

Each trial is a process in which one call fails for real, or which dies in it. Afterwards every file is the old or
the new one byte by byte, the message says why and what to do, the index answers as the records do, and the same
command succeeds: no lock, no torn cache and no half-written file is in its way.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import git
from faulty import FAULTS, KILL, Host, Told, host, surroundings
from faulty_trials import Command, Sandbox, Trials, numbers, without_temporary
from mrtrack.importers.answers.columns import HEADINGS
from returning import filled_csv
from waterworks import HARBOUR, WATER

pytestmark = pytest.mark.long

SOME = 3
ALL = 10_000
EVERYWHERE = os.environ.get("MRTRACK_TEST_FAULTS") == "all"
PAGE = Path(__file__).parent.parent / "importers" / "pages" / "document-template-flat.txt"
RECORD = "repository/records/water-2021.yaml"
OLDER = b"older"


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with host(tmp_path_factory.mktemp("shim")) as found:
        yield found


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where sandboxes go; commits in them have a date, so that they are the same each time."""
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, "2026-11-22T12:00:00Z")
    return tmp_path / "sandbox"


def mrtrack(sandbox: Path, *arguments: str) -> None:
    """Run a command without faults, while a sandbox is prepared."""
    subprocess.run(
        [sys.executable, "-m", "mrtrack", *arguments],
        cwd=sandbox / "repository",
        env={**os.environ, **surroundings(sandbox)},
        check=True,
        capture_output=True,
    )


def waterworks(sandbox: Path) -> None:
    (sandbox / RECORD).write_text(WATER, encoding="utf-8")
    (sandbox / "repository" / "records" / "harbour-2022.yaml").write_text(HARBOUR, encoding="utf-8")


def in_git(sandbox: Path) -> Callable[..., str]:
    return lambda *arguments: git("-C", str(sandbox / "repository"), *arguments)


def committed(sandbox: Path) -> None:
    waterworks(sandbox)
    run = in_git(sandbox)
    run("init", "--quiet")
    run("add", "--all")
    run("commit", "--quiet", "--message", "Two records")


def written_before(sandbox: Path) -> None:
    """An older file in the place of each that is written."""
    waterworks(sandbox)
    for name in ("it.csv", "it.sqlite", "it.xlsx", "it.html", "it.json"):
        (sandbox / "out" / name).write_bytes(OLDER)


def unquoted(sandbox: Path) -> None:
    waterworks(sandbox)
    (sandbox / RECORD).write_text(WATER.replace('id: "1.1"', "id: 1.1"), encoding="utf-8")


def page(sandbox: Path) -> None:
    waterworks(sandbox)
    shutil.copy(PAGE, sandbox / "page.txt")


def answered(sandbox: Path) -> None:
    """The answers of one unit came back."""
    waterworks(sandbox)
    mrtrack(sandbox, "ask", "--unit", "Director", "--format", "csv", "-o", str(sandbox / "asked"))
    (sent,) = (sandbox / "asked").glob("*.csv")
    answers = {("water-2021:1.1", "status"): "Completed", ("water-2021:1.1", "comment"): "Held."}
    (sandbox / "back").mkdir()
    (sandbox / "back" / "it.csv").write_bytes(filled_csv(sent.read_bytes(), answers, HEADINGS))
    shutil.rmtree(sandbox / "asked")


def two_sides(sandbox: Path) -> None:
    """What git hands to a merge driver."""
    waterworks(sandbox)
    texts = (WATER, WATER.replace("Plan together", "Plan"), WATER.replace("Publish the plan.", "Publish it."))
    for name, text in zip(("base", "ours", "theirs"), texts, strict=True):
        (sandbox / name).write_text(text, encoding="utf-8")


def stopped(sandbox: Path) -> None:
    """A merge without the driver stopped at two entries for one action."""
    committed(sandbox)
    run = in_git(sandbox)
    run("checkout", "--quiet", "-b", "there")
    mrtrack(sandbox, "update", "water-2021:1.1", "--comment", "Half.", "--date", "2026-02-01")
    run("commit", "--all", "--quiet", "--message", "There")
    run("checkout", "--quiet", "-b", "here", "main")
    mrtrack(sandbox, "update", "water-2021:1.1", "completed", "--date", "2026-03-01")
    run("commit", "--all", "--quiet", "--message", "Here")
    with pytest.raises(subprocess.CalledProcessError):
        run("merge", "there")


def pool(sandbox: Path) -> None:
    waterworks(sandbox)
    mrtrack(sandbox, "export", "parquet", str(sandbox / "out" / "pool"), "--open")


def site(sandbox: Path) -> None:
    """A site was built; then one record changed and the other one went."""
    committed(sandbox)
    mrtrack(sandbox, "site", str(sandbox / "out" / "site"))
    (sandbox / RECORD).write_text(WATER.replace("Publish the plan.", "Publish it."), encoding="utf-8")
    (sandbox / "repository" / "records" / "harbour-2022.yaml").unlink()


def nothing(sandbox: Path) -> None:
    (sandbox / "repository" / "records").rmdir()


def is_account(path: str, content: bytes) -> bool:
    """Where the page could not be read, the account of an import is the empty one."""
    return path == "out/account.txt" and content == b""


def is_refused_copy(path: str, content: bytes) -> bool:
    """Where no lock could be had, a row is refused, and stands in a copy with the reason."""
    return path.startswith("out/") and b"Held." in content and content.endswith(b"\n")


def is_manifest(path: str, content: bytes) -> bool:
    """While a site is built, its manifest tells what is not done yet."""
    return path == "out/site/.mrtrack-site.json" and b'""' in content and content.endswith(b"}\n")


def out(name: str = "") -> str:
    return f"{{sandbox}}/out/{name}"


UPDATE = Command(arguments=("update", "water-2021:1.1", "--comment", "News."), prepare=waterworks)
COMMANDS = {
    "new": Command(arguments=("new", "roads", "--title", "Roads"), prepare=waterworks),
    "check --fix": Command(arguments=("check", "--fix"), prepare=unquoted, several=True),
    "update --commit": Command(arguments=(*UPDATE.arguments, "--commit"), prepare=committed),
    "import": Command(
        arguments=("import", "{sandbox}/page.txt", "--id", "roads-2020", "--report", out("account.txt")),
        prepare=page,
        several=True,
        extra=is_account,
    ),
    "take": Command(
        arguments=("take", "{sandbox}/back", "--yes", "-o", out()),
        prepare=answered,
        several=True,
        extra=is_refused_copy,
    ),
    "merge": Command(
        arguments=("merge", "{sandbox}/base", "{sandbox}/ours", "{sandbox}/theirs", "7", "records/x.yaml"),
        prepare=two_sides,
    ),
    "merge --resolve": Command(arguments=("merge", "--resolve"), prepare=stopped),
    "site": Command(arguments=("site", out("site")), prepare=site, several=True, extra=is_manifest),
    "site, the first time": Command(
        arguments=("site", out("site")), prepare=committed, several=True, extra=is_manifest
    ),
    "export csv": Command(arguments=("export", "csv", "-o", out("it.csv")), prepare=written_before),
    "export sqlite": Command(arguments=("export", "sqlite", "-o", out("it.sqlite")), prepare=written_before),
    "export xlsx": Command(arguments=("export", "xlsx", "-o", out("it.xlsx")), prepare=written_before),
    "export parquet": Command(arguments=("export", "parquet", out("pool")), prepare=pool),
    "render": Command(arguments=("render", "water-2021", "-o", out("it.html")), prepare=written_before),
    "render, several": Command(
        arguments=("render", "water-2021", "harbour-2022", "-o", out("documents")),
        prepare=waterworks,
        several=True,
    ),
    "ask": Command(arguments=("ask", "--format", "csv", "-o", out()), prepare=waterworks, several=True),
    "remind": Command(arguments=("remind", "--again", "-o", out()), prepare=waterworks, several=True),
    "schema": Command(arguments=("schema", "-o", out("it.json")), prepare=written_before),
    "init": Command(arguments=("init",), prepare=nothing, several=True),
    "setup": Command(arguments=("setup",), prepare=committed, several=True),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_call_of_a_write_may_fail(place: Path, faulty: Host, fault: str) -> None:
    trials = Trials(place, faulty, UPDATE)
    for number in trials.calls(fault, ALL):
        trials.one(fault, number)
    assert trials.wrong == []
    assert trials.tried[fault] >= 10


@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_command_writes_is_there_whole_or_not_at_all(place: Path, faulty: Host, command: str) -> None:
    trials = Trials(place, faulty, COMMANDS[command])
    trials.all(ALL if EVERYWHERE else SOME)
    assert trials.wrong == []
    assert trials.tried.total() > 0


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_undo_takes_back_what_was_written_and_nothing_else(
    place: Path, faulty: Host, fault: str
) -> None:
    trials = Trials(place, faulty, UPDATE)
    sandbox = trials.sandbox
    for number in trials.calls(fault, SOME):
        sandbox.reset()
        hit = sandbox.run(call=number, fault=fault).hit
        undone = sandbox.run("undo")
        files = without_temporary(sandbox.files())
        if files != trials.before:
            assert (files, undone.code) == (trials.after, 1), hit
            assert "there is no write to take back" in undone.err, hit
            assert "/undo" in str(hit), hit


@pytest.mark.parametrize("fault", FAULTS)
def test_every_call_of_undo_may_fail(place: Path, faulty: Host, fault: str) -> None:
    trials = Trials(place, faulty, UPDATE)
    sandbox = trials.sandbox
    sandbox.reset()
    sandbox.run()
    calls = sandbox.run("undo").calls
    for number in numbers(calls, fault, SOME):
        sandbox.reset()
        assert sandbox.run().code == 0
        told = sandbox.run("undo", call=number, fault=fault)
        files = sandbox.files()
        sandbox.grow_old()
        assert without_temporary(files) in (trials.before, trials.after), told
        assert "Traceback" not in told.err
        assert told.code in ((-9,) if fault == KILL else (0, 1))
        if told.code >= 0:
            assert files == (trials.after if told.code else trials.before), told
        sandbox.run("undo")
        assert sandbox.run().code == 0
        assert sandbox.files().keys() == trials.after.keys()


@pytest.mark.parametrize("anew", [False, True], ids=["brought up to date", "made anew"])
@pytest.mark.parametrize("fault", FAULTS)
def test_every_call_of_the_index_may_fail(place: Path, faulty: Host, fault: str, *, anew: bool) -> None:
    ask = ("list", "--json")
    sandbox = Sandbox(place, faulty, Command(arguments=ask, prepare=waterworks))
    texts = (WATER.replace("Train", "Teach"), WATER.replace("Train", "Coach"))
    answers = {}
    for text in texts:
        (place / RECORD).write_text(text, encoding="utf-8")
        answers[text] = sandbox.run(MRTRACK_INDEX="off").out
    sandbox.run()

    def asked(call: int) -> tuple[Told, str]:
        text = texts[call % 2]
        (place / RECORD).write_text(text, encoding="utf-8")
        if anew:
            shutil.rmtree(place / "cache")
        return sandbox.run(call=call, fault=fault), answers[text]

    calls = asked(0)[0].calls
    assert len(calls) > 200
    for number in numbers(calls, fault, ALL if EVERYWHERE else 2 * SOME):
        told, answer = asked(number)
        assert "Traceback" not in told.err, told
        if told.code == 0:
            unread = os.strerror(FAULTS[fault][0]) in told.err and '"complete": false' in told.out
            assert told.out == answer or unread, told.hit
        else:
            assert told.code == (-9 if fault == KILL else 1), told
        assert sandbox.run().out == answer, told.hit
        left = {path.name for path in place.glob("cache/*/index*")}
        assert left == {"index.sqlite", "index.mark", "index.lock"}, told.hit
