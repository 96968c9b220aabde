"""The index tells of the files as they are now, whatever happened to them or to it; it never gets in the way."""

import os
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from both_ways import BROKEN, answered, promised, put, put_text, snapshot
from conftest import Answer
from mrtrack.cli import options
from mrtrack.index import current, database, filling, texts
from mrtrack.index.rows import Kept
from mrtrack.store.place import cache_folder
from mrtrack.store.records import Repository

QUESTIONS = (
    ["status", "--json"],
    ["status"],
    ["list", "--json"],
    ["list", "--text", "news"],
    ["history"],
)
OLD = 10**18


@pytest.fixture
def few(folder: Path) -> Path:
    """Three old records in two folders, and an index that knows them."""
    put(folder, "a-2020", promised("Old news.", due="2022", responsible="Director"))
    put(folder, "2021/b-2021", promised("No news.", responsible="Board"), id="b-2021", title="B")
    put(folder, "c-2022", promised("Done.", status="completed"), promised("News!", due="2030"))
    grow_old(folder)
    demand_same(folder)
    return folder


def grow_old(folder: Path) -> None:
    """Let all files be from long ago, as in a clone of last week."""
    for path in folder.rglob("*.yaml"):
        os.utime(path, ns=(OLD, OLD))


def demand_same(folder: Path) -> None:
    """Demand that every question has the answer of the records, and that asking changes no file there."""
    before = snapshot(folder)
    for arguments in QUESTIONS:
        assert answered(folder, arguments, "on") == answered(folder, arguments, "off"), arguments
    assert snapshot(folder) == before


def index_file(folder: Path) -> Path:
    """The file of the index."""
    return cache_folder(folder) / database.FILE


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes reading a record impossible from now on, and leaving the index for the records."""

    def forbid() -> None:
        def refuse(*_: object) -> None:
            raise AssertionError("a record is read")

        monkeypatch.setattr(Repository, "reading_of_content", refuse)
        monkeypatch.setattr(Repository, "_read", refuse)
        monkeypatch.setattr(filling, "_kept_of", refuse)
        monkeypatch.setattr(options, "_came_from_index", lambda _: False)
        monkeypatch.setattr(current, "FAILED", ())

    return forbid


def ask_all(folder: Path) -> list[Answer]:
    """What the index answers to every question."""
    return [answered(folder, arguments, "on") for arguments in QUESTIONS]


def test_where_nothing_changed_nothing_is_read(few: Path, unreadable: Callable[[], None]) -> None:
    before = ask_all(few)
    unreadable()
    assert ask_all(few) == before


def test_a_touch_reads_nothing_again(few: Path, unreadable: Callable[[], None]) -> None:
    before = ask_all(few)
    unreadable()
    for path in few.rglob("*.yaml"):
        path.touch()
    assert ask_all(few) == before


def test_a_fresh_checkout_of_the_same_contents_reads_nothing_again(
    few: Path, unreadable: Callable[[], None], tmp_path: Path
) -> None:
    before = ask_all(few)
    unreadable()
    shutil.copytree(few / "records", tmp_path / "copy")
    shutil.rmtree(few / "records")
    shutil.move(tmp_path / "copy", few / "records")
    assert ask_all(few) == before


def test_one_changed_record_is_the_only_one_that_is_read(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = filling._kept_of

    def note(source: filling.Source, path: str, content: bytes | OSError, digest: bytes) -> Kept:
        read.append(path)
        return whole(source, path, content, digest)

    monkeypatch.setattr(filling, "_kept_of", note)
    put(few, "c-2022", promised("Other news.", due="2021"))
    answered(few, ["status"], "on")
    assert read == ["records/c-2022.yaml"]


def test_an_edit_of_the_same_size_within_the_same_moment_is_noticed(folder: Path) -> None:
    path = put(folder, "a-2020", promised("Old news.", due="2022"))
    told = path.stat()
    demand_same(folder)
    for due in (b"2021", b"2023", b"2031"):
        path.write_bytes(path.read_bytes().replace(path.read_bytes().split(b"due: ")[1][:4], due))
        os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
        assert path.stat().st_size == told.st_size
        demand_same(folder)


@pytest.mark.parametrize("in_place", [False, True], ids=["replaced", "written over"])
def test_an_old_file_of_the_same_size_and_time_but_another_content_is_noticed(
    few: Path, in_place: bool
) -> None:
    path = few / "records" / "a-2020.yaml"
    written = path if in_place else path.with_suffix(".new")
    written.write_bytes(path.read_bytes().replace(b"Director", b"Designer").replace(b"2022", b"2031"))
    os.utime(written, ns=(OLD, OLD))
    written.replace(path)
    demand_same(few)


def removed(folder: Path) -> None:
    (folder / "records/a-2020.yaml").unlink()


def renamed(folder: Path) -> None:
    (folder / "records/a-2020.yaml").rename(folder / "records/0.yaml")


def moved_over_another(folder: Path) -> None:
    (folder / "records/c-2022.yaml").replace(folder / "records/2021/b-2021.yaml")


def added_between(folder: Path) -> None:
    for name in ("b", "a-2021", "a-2020.1", "2021/b-2020", "0", "zz"):
        put(folder, name, promised(f"News of {name}.", due="2020"), id=name.rpartition("/")[2])


def a_folder_in_its_place(folder: Path) -> None:
    removed(folder)
    put(folder, "a-2020.yaml/inside", promised("Deep news."), id="inside")


def a_link_in_its_place(folder: Path) -> None:
    renamed(folder)
    (folder / "records/a-2020.yaml").symlink_to("0.yaml")


def broken(folder: Path) -> None:
    put_text(folder, "a-2020.yaml", BROKEN)


def emptied(folder: Path) -> None:
    put_text(folder, "c-2022.yaml", "")


def all_gone(folder: Path) -> None:
    shutil.rmtree(folder / "records")


def other_days(folder: Path) -> None:
    (folder / "mrtrack.toml").write_text("[days]\nlong_overdue = 5000\nstale = 9000\ndue_soon = 9000\n")


def another_folder(folder: Path) -> None:
    (folder / "mrtrack.toml").write_text('records = "records/2021"\n')


def other_labels(folder: Path) -> None:
    (folder / "mrtrack.toml").write_text('[labels.status]\ncompleted = "Done and dusted"\n')


def other_limits(folder: Path) -> None:
    (folder / "mrtrack.toml").write_text("[limits]\ndepth = 3\n")


def settings_that_are_wrong(folder: Path) -> None:
    (folder / "mrtrack.toml").write_text("[days\n")


@pytest.mark.parametrize(
    "change",
    [
        removed, renamed, moved_over_another, added_between, a_folder_in_its_place, a_link_in_its_place, broken,
        emptied, all_gone, other_days, another_folder, other_labels, other_limits, settings_that_are_wrong,
    ],
)  # fmt: skip
def test_what_changed_in_the_repository_is_noticed_and_so_is_its_undoing(
    few: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    shutil.copytree(few / "records", tmp_path / "before", symlinks=True)
    change(few)
    demand_same(few)
    (few / "mrtrack.toml").unlink(missing_ok=True)
    shutil.rmtree(few / "records", ignore_errors=True)
    shutil.copytree(tmp_path / "before", few / "records", symlinks=True)
    demand_same(few)


def test_the_turn_of_the_day_is_noticed(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in ("2026-11-23", "2031-01-01", "2022-06-30", "2026-11-22"):
        monkeypatch.setenv("MRTRACK_TODAY", day)
        demand_same(few)


def test_a_record_that_was_written_between_two_questions_is_in_the_second(few: Path) -> None:
    for number in range(3):
        put(few, "a-2020", promised(f"News {number}.", due=str(2020 + number)))
        demand_same(few)


def marked_anew(file: Path) -> None:
    """Let a file of the index be as the program that wrote it left it, with nothing of what stands now in it."""
    with sqlite3.connect(file) as known:
        known.execute("DELETE FROM actions_now")
    known.close()
    told = file.stat()
    mark = f"{told.st_mtime_ns} {told.st_size} {told.st_ino}"
    (file.parent / database.MARK).write_text(mark, encoding="ascii")


def of_another_version(file: Path, _: Random) -> None:
    with sqlite3.connect(file) as known:
        known.execute("UPDATE about SET value = '0.0.0' WHERE key = 'version'")
    known.close()
    marked_anew(file)


def of_another_format(file: Path, _: Random) -> None:
    with sqlite3.connect(file) as known:
        known.execute("UPDATE about SET value = 0 WHERE key = 'format'")
    known.close()
    marked_anew(file)


def flipped(file: Path, chance: Random) -> None:
    content = bytearray(file.read_bytes())
    for _ in range(chance.choice((1, 20, 2000))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    file.write_bytes(content)


def cut_short(file: Path, chance: Random) -> None:
    with file.open("r+b") as known:
        known.truncate(chance.randrange(file.stat().st_size))


def longer(file: Path, chance: Random) -> None:
    file.write_bytes(file.read_bytes() + chance.randbytes(5000))


def without_content(file: Path, _: Random) -> None:
    file.write_bytes(b"")


def something_else(file: Path, chance: Random) -> None:
    file.write_bytes(chance.randbytes(20_000))


def another_database(file: Path, _: Random) -> None:
    file.unlink()
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE about (unlike)")
    other.close()


def its_folder(file: Path, _: Random) -> None:
    file.unlink()
    (file / "inside").mkdir(parents=True)


def a_link_to_nowhere(file: Path, _: Random) -> None:
    file.unlink()
    file.symlink_to("nowhere/index")


def without_its_mark(file: Path, _: Random) -> None:
    (file.parent / database.MARK).unlink()


def a_journal_beside_it(file: Path, chance: Random) -> None:
    file.with_name(f"{file.name}-journal").write_bytes(chance.randbytes(3000))


def without_a_place(file: Path, _: Random) -> None:
    shutil.rmtree(file.parent)
    file.parent.write_bytes(b"in the way")


def gone(file: Path, _: Random) -> None:
    shutil.rmtree(file.parent)


DAMAGES = [
    of_another_version, of_another_format, flipped, cut_short, longer, without_content, something_else,
    another_database, its_folder, a_link_to_nowhere, without_its_mark, a_journal_beside_it, without_a_place, gone,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_thrown_away_and_made_again(
    few: Path, damage: Callable[[Path, Random], None], unreadable: Callable[[], None]
) -> None:
    before = [answered(few, arguments, "off") for arguments in QUESTIONS]
    damage(index_file(few), Random(7))  # noqa: S311 - nothing secret
    assert ask_all(few) == before
    if damage not in (its_folder, without_a_place):
        unreadable()
        assert ask_all(few) == before


def test_a_damage_that_left_the_time_and_size_of_the_file_costs_no_right_answer(few: Path) -> None:
    file = index_file(few)
    for seed in range(3):
        told = file.stat()
        flipped(file, Random(seed))  # noqa: S311 - nothing secret
        os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))
        for arguments in QUESTIONS:
            answer = answered(few, arguments, "on")
            assert answer.code == 0
            assert "Traceback" not in answer.err
        shutil.rmtree(file.parent)
        demand_same(few)


def test_where_the_cache_cannot_be_made_records_answer(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("/proc/nowhere", "/dev/null/cache", str(few / "records" / "a-2020.yaml")):
        monkeypatch.setenv("MRTRACK_CACHE_DIR", place)
        demand_same(few)


def test_an_index_that_may_only_be_read_still_answers(few: Path, unreadable: Callable[[], None]) -> None:
    before = ask_all(few)
    place = cache_folder(few)
    kept = {path: path.stat().st_mode for path in (place, *place.iterdir())}
    unreadable()
    try:
        for path, mode in kept.items():
            path.chmod(mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
        assert ask_all(few) == before
    finally:
        for path, mode in kept.items():
            path.chmod(mode)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own for the cache, too small for an index."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("a disk can be mounted by root alone")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_costs_time_and_no_answer(
    few: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MRTRACK_CACHE_DIR", str(small_disk))
    demand_same(few)
    put(few, "a-2020", promised("News on a full disk.", due="2021"))
    demand_same(few)


@pytest.mark.parametrize("most", [0, 40_960])
def test_a_file_that_may_not_grow_costs_time_and_no_answer(few: Path, most: int) -> None:
    put(few, "0", promised("News.", due="2021"))
    expected = answered(few, ["status", "--json"], "off")
    shutil.rmtree(cache_folder(few))
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "mrtrack", "status", "--json"],
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={**unmeasured, "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=few,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, expected.out, expected.err)
    demand_same(few)


def test_a_record_that_is_replaced_while_it_is_asked_is_told_of_as_one_or_the_other(
    few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = few / "records" / "a-2020.yaml"
    before = answered(few, ["list", "--json"], "off")
    whole = current.Index._content

    def replaced_first(index: current.Index, name: str) -> bytes:
        put(few, "a-2020", promised("Wholly different, and longer than what stood here before.", due="2023"))
        return whole(index, name)

    monkeypatch.setattr(current.Index, "_content", replaced_first)
    answer = answered(few, ["list", "--json"], "on")
    assert path.stat().st_mtime_ns != OLD
    assert answer in (before, answered(few, ["list", "--json"], "off"))
    assert answer.code == 0


def test_a_record_that_is_replaced_while_the_index_is_renewed_is_read_again(
    few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = filling._kept_of_many

    def replaced_after(*given: object) -> object:
        found = whole(*given)  # type: ignore[arg-type]
        put(few, "a-2020", promised("Replaced meanwhile.", due="2023"))
        return found

    put(few, "a-2020", promised("Replaced.", due="2022"))
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(filling, "_kept_of_many", replaced_after)
        assert answered(few, ["status"], "on").code == 0
    demand_same(few)


def test_what_is_no_file_keeps_no_later_answer_waiting(few: Path) -> None:
    os.mkfifo(few / "records" / "pipe.yaml")
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "mrtrack", "status", "--json"],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert "records/pipe.yaml: the file cannot be read: not a regular file" in done.stderr


def test_the_totals_of_a_past_day_follow_a_record_that_changes_is_added_and_goes(few: Path) -> None:
    asked = ["status", "--as-of", "2021-06-30", "--json"]

    def demand_followed() -> None:
        assert answered(few, asked, "on") == answered(few, asked, "off")
        with sqlite3.connect(index_file(few)) as kept:
            assert kept.execute("SELECT 1 FROM about WHERE key = 'turns'").fetchone()

    logged = {"responsible": "Dean", "history": [{"date": "2020-01-01", "due": "2020"}]}
    put(few, "z-2020", promised("Old.", due="2020", **logged))
    put(few, "z-2021", promised("Later.", due="2030", history=[{"date": "2024-01-01", "due": "2030"}]))
    demand_followed()
    put(few, "z-2020", promised("Old.", due="2020", **logged | {"responsible": "Rector"}))
    demand_followed()
    put(few, "z-2022", promised("New.", due="2020", **logged))
    demand_followed()
    (few / "records" / "z-2020.yaml").unlink()
    demand_followed()


def test_two_who_ask_for_words_at_once_find_each_action_once(few: Path) -> None:
    put(few, "d-2023", promised("More news.", due="2024"))
    asked = ["list", "--text", "news", "--json"]
    assert answered(few, ["list"], "on") == answered(few, ["list"], "off")
    for _ in range(2):
        with database.written(few, anew=False) as kept:
            texts.complete(kept, few, lambda _: None)
    assert answered(few, asked, "on") == answered(few, asked, "off")


def test_the_first_actions_with_a_word_stay_the_first_when_their_record_is_read_again(few: Path) -> None:
    asked = ["list", "--text", "news", "--limit", "2", "--json"]
    assert answered(few, asked, "on") == answered(few, asked, "off")
    put(few, "2021/b-2021", promised("News first.", due="2022"), promised("News."), id="b-2021", title="B")
    assert answered(few, asked, "on") == answered(few, asked, "off")
    (few / "records" / "a-2020.yaml").unlink()
    assert answered(few, asked, "on") == answered(few, asked, "off")


def test_a_journal_of_an_index_that_is_thrown_away_is_never_played_into_the_new_one(few: Path) -> None:
    left = index_file(few).with_name(f"{database.FILE}-journal")
    left.write_bytes(b"what a killed write left")
    index_file(few).write_bytes(b"no index")
    demand_same(few)
    assert not left.exists()
