"""What check found, kept by content: the same answers as without it, and nothing read that is known."""

import multiprocessing
import os
import resource
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.config.settings_file import read_settings
from mrtrack.model.settings import Limits
from mrtrack.source.reader import Reading, read
from mrtrack.store import known_findings, whole_check
from mrtrack.store.known_findings import FILE
from mrtrack.store.place import cache_folder
from mrtrack.store.records import Repository
from mrtrack.store.whole_check import Checked, check_records

TODAY = date(2026, 11, 22)
SOUND = "schema: 1\nid: {}\n"
SERVING = """\
schema: 1
id: {}
recommendations:
  - id: "1"
    addressed_to: [Water unit, Water Unit]
    actions:
      - id: "1.1"
        responsible: Water-unit
        serves: ["a:1", "z:9"]
        status: completed
        history:
          - date: 2021-03-02
            status: completed
            documents:
              - title: Minutes
                url: https://example.org/minutes
"""
ACCEPTING = """\
schema: 1
id: {}
management_response:
  required: true
  due: 2026-11-24
accepted:
  - rule: response-overdue
    reason: So it was agreed.
"""
TEXTS = [
    'schema: 1\nid: {}\nrecommendations:\n  - id: "1"\n    response:\n      decision: accepted\n',
    "schema: 1\nid: {}\nmanagement_response:\n  required: true\n  due: 2026-11-30\n",
    "schema: 1\nid: {}\nmanagement_response:\n  required: true\n  due: 2026-11-30\n  submitted: 2026-12-05\n",
    "schema: 1\nid: {}\nstatus: planned\nhistory:\n  - date: 2026-11-28\n    status: planned\n",
    ACCEPTING,
    "schema: 1\nid: a\ntitle: The wells\norganisation: Agency – Ñ\ncompleted: 2020-09\n",
    "schema: 1\nid: {}\ntitle: [\n",
    "schema: 1\nid: {}\nstatus: done\n",
    "\ud800",
    SERVING,
]
SETTINGS = ["", "[days]\nresponse = 1\n", '[severity]\nresponse-overdue = "error"\n', "[units.Water-unit]\n"]


@pytest.fixture(autouse=True)
def _few_are_many() -> Iterator[None]:
    """Keep what is found of as few records as a quick test has, in several goes."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(whole_check, "MANY_FILES", 1)
        patched.setattr(whole_check, "_ROWS_AT_ONCE", 3)
        yield


@pytest.fixture
def read_paths(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that the reader is given in this process."""
    given_paths: list[str] = []

    def observed(content: bytes, path: str, limits: Limits) -> Reading:
        given_paths.append(path)
        return read(content, path, limits)

    monkeypatch.setattr("mrtrack.store.records.read", observed)
    return given_paths


def write(root: Path, name: str, text: str) -> None:
    path = root / "records" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.replace("{}", name).encode("utf-8", "surrogatepass"))


def checked(root: Path, today: date = TODAY, workers: int = 1) -> Checked:
    repository = Repository(root, *read_settings(root))
    names = repository.names
    return check_records(repository, names, today, together=True, workers=workers)


def without(root: Path, today: date = TODAY) -> Checked:
    """What check finds that knows of nothing."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MRTRACK_INDEX", "off")
        return checked(root, today)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Records with one of each kind of problem; none is at odds with another, so that none is read for that."""
    root = tmp_path / "repository"
    for number, text in enumerate(TEXTS[1:8]):
        write(root, "abcdefg"[number], text)
    write(root, "e", TEXTS[5].replace("id: a", "id: e"))
    return root


def test_the_records_of_these_tests_have_problems_of_many_kinds(repository: Path) -> None:
    found = without(repository)
    assert {problem.rule for problem in found.problems} == {"entry-in-the-future", "not-yaml", "unknown-word"}
    assert len(found.unread) == 2


_NAMES = st.sampled_from(["a", "b", "deep/c", "d"])
_STEPS = st.lists(
    st.tuples(
        st.dictionaries(_NAMES, st.sampled_from([None, *TEXTS]), max_size=3),
        st.integers(0, 16).map(lambda days: TODAY + timedelta(days)),
        st.sampled_from(SETTINGS),
    ),
    min_size=2,
    max_size=4,
)


@settings(max_examples=25)
@given(steps=_STEPS)
def test_after_any_edits_on_any_days_the_answers_are_those_of_a_check_that_knows_nothing(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[dict[str, str | None], date, str]]
) -> None:
    root = tmp_path_factory.mktemp("repository")
    write(root, "z", TEXTS[0])
    for edits, today, toml in steps:
        (root / "mrtrack.toml").write_text(toml, encoding="utf-8")
        for name, text in edits.items():
            if text is None:
                (root / "records" / f"{name}.yaml").unlink(missing_ok=True)
            else:
                write(root, name, text)
        assert checked(root, today) == without(root, today)


def test_what_is_known_is_not_read_again_whatever_its_times_are(
    repository: Path, read_paths: list[str]
) -> None:
    first = checked(repository)
    assert len(read_paths) == 7
    for path in (repository / "records").iterdir():
        os.utime(path, (1, 1))
    assert checked(repository) == first
    assert len(read_paths) == 7
    write(repository, "a", SOUND)
    checked(repository)
    assert read_paths[7:] == ["records/a.yaml"]


def test_a_cache_that_is_restored_serves_a_fresh_clone(
    repository: Path, tmp_path: Path, read_paths: list[str]
) -> None:
    first = checked(repository)
    other = shutil.copytree(repository, tmp_path / "other", copy_function=shutil.copyfile)
    shutil.copytree(cache_folder(repository), cache_folder(other), copy_function=shutil.copyfile)
    assert checked(other) == first
    assert len(read_paths) == 7


def test_the_same_content_under_another_name_is_another_record(repository: Path) -> None:
    checked(repository)
    (repository / "records" / "a.yaml").rename(repository / "records" / "b.yaml")
    found = checked(repository)
    assert "id-not-stem" in {problem.rule for problem in found.problems if problem.path == "records/b.yaml"}
    assert found == without(repository)


def test_other_settings_or_other_rules_ask_anew_and_a_remark_in_the_settings_does_not(
    repository: Path, read_paths: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = repository / "mrtrack.toml"
    checked(repository)
    toml.write_text("# nothing\n", encoding="utf-8")
    checked(repository)
    assert len(read_paths) == 7
    toml.write_text('[severity]\nid-not-stem = "off"\n', encoding="utf-8")
    checked(repository)
    assert len(read_paths) == 14
    monkeypatch.setattr(known_findings, "__version__", "99")
    checked(repository)
    assert len(read_paths) == 21


def test_only_what_the_day_changes_is_read_on_another_day(repository: Path, read_paths: list[str]) -> None:
    checked(repository)
    for days, again in {1: "c", 2: "c", 3: "cd", 8: "cd", 9: "abd", -1: "abcdefg"}.items():
        read_paths.clear()
        found = checked(repository, TODAY + timedelta(days))
        assert read_paths == [f"records/{name}.yaml" for name in again]
        assert found == without(repository, TODAY + timedelta(days))


def test_damage_is_noticed_wherever_it_is(repository: Path) -> None:
    first = checked(repository)
    file = cache_folder(repository) / FILE
    sound = file.read_bytes()
    for place in range(0, len(sound), 97):
        file.write_bytes(sound[:place] + bytes([sound[place] ^ 0x55]) + sound[place + 1 :])
        assert checked(repository) == first


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_something_else_begins_anew(
    repository: Path, read_paths: list[str], content: bytes
) -> None:
    file = cache_folder(repository) / FILE
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    first = checked(repository)
    assert checked(repository) == first
    assert len(read_paths) == 7


def test_a_table_of_another_form_begins_anew(repository: Path, read_paths: list[str]) -> None:
    file = cache_folder(repository) / FILE
    file.parent.mkdir(parents=True)
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE findings (path TEXT, one, two, three)")
    first = checked(repository)
    assert checked(repository) == first
    assert len(read_paths) == 7


@pytest.mark.parametrize("name", ["a", "y"])
def test_the_answer_for_one_path_is_none_for_another(repository: Path, name: str) -> None:
    for twin in "yz":
        write(repository, twin, "schema: 1\nid: [\n")
    first = checked(repository)
    with closing(sqlite3.connect(cache_folder(repository) / FILE)) as database:
        change = "UPDATE findings SET answer = (SELECT answer FROM findings WHERE path = ?)"
        database.execute(change, [f"records/{name}.yaml".encode()])
        database.commit()
    assert checked(repository) == first


def test_a_cache_that_cannot_be_written_makes_check_slower_and_nothing_else(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = without(repository)
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("MRTRACK_CACHE_DIR", str(tmp_path / "file"))
    assert checked(repository) == expected
    monkeypatch.setenv("MRTRACK_CACHE_DIR", str(tmp_path / "cache"))
    (cache_folder(repository) / FILE).mkdir(parents=True)
    assert checked(repository) == expected


def full_disk() -> None:
    """Let this process write no file beyond a few bytes, as a full disk does, nor half byte code."""
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


def test_a_full_disk_makes_check_slower_and_nothing_else(repository: Path) -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork"), full_disk) as apart:
        assert apart.submit(checked, repository).result() == without(repository)
    assert (cache_folder(repository) / FILE).stat().st_size == 0
    assert checked(repository) == without(repository)


def test_while_another_process_writes_what_is_known_is_told_and_nothing_waits_for_long(
    repository: Path, read_paths: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_findings, "_WAIT_SECONDS", 0)
    checked(repository)
    write(repository, "a", SOUND)
    with closing(sqlite3.connect(cache_folder(repository) / FILE)) as other:
        other.execute("BEGIN IMMEDIATE")
        read_paths.clear()
        found = checked(repository)
        assert read_paths == ["records/a.yaml"]
        other.rollback()
        other.execute("BEGIN EXCLUSIVE")
        assert checked(repository) == found
    assert found == without(repository)


def test_processes_that_check_at_once_all_find_the_same(repository: Path, read_paths: list[str]) -> None:
    expected = without(repository)
    with ProcessPoolExecutor(3, multiprocessing.get_context("fork")) as apart:
        assert list(apart.map(checked, [repository] * 9)) == [expected] * 9
    read_paths.clear()
    assert checked(repository, workers=2) == expected
    assert checked(repository) == expected
    assert read_paths == []


def test_switched_off_or_with_few_records_nothing_is_kept(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(repository)
    assert not cache_folder(repository).exists()
    monkeypatch.setattr(whole_check, "MANY_FILES", 8)
    checked(repository)
    assert not cache_folder(repository).exists()


def test_what_is_gone_is_forgotten(repository: Path) -> None:
    checked(repository)
    (repository / "records" / "a.yaml").rename(repository / "records" / "x.yaml")
    checked(repository)
    with closing(sqlite3.connect(cache_folder(repository) / FILE)) as database:
        kept = {path for (path,) in database.execute("SELECT path FROM findings")}
    assert kept == {f"records/{name}.yaml".encode() for name in "bcdefgx"}
