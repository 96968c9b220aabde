"""A record is replaced whole or not at all, keeps what is its own, and never by two at once."""

import ctypes
import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from mrtrack.edit.operations import Set
from mrtrack.edit.refusal import Refused
from mrtrack.edit.verify import edit
from mrtrack.model.settings import Settings
from mrtrack.source.reader import Reading, read
from mrtrack.store import journal, writing
from mrtrack.store.place import cache_folder
from mrtrack.store.records import Repository
from mrtrack.store.writing import create, rewrite, take_back

PATH = "records/water-2021.yaml"
RECORD = "schema: 1\nid: water-2021\ntitle: Water\n"
LEFT = ".water-2021.yaml.0123456789ab.mrtrack-tmp"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    (tmp_path / "records").mkdir()
    (tmp_path / PATH).write_text(RECORD, encoding="utf-8")
    return Repository(tmp_path, Settings())


@pytest.fixture
def record(repository: Repository) -> Path:
    return repository.root / PATH


def titled(title: str) -> Callable[[Reading], Reading]:
    return lambda before: edit(before, [Set(("title",), title)])


def added(tag: str) -> Callable[[Reading], Reading]:
    return lambda before: edit(before, [Set(("tags",), [*(before.data.get("tags") or []), tag])])


def beside(record: Path) -> list[str]:
    return sorted(path.name for path in record.parent.iterdir() if path != record)


def writes(repository: Repository) -> int:
    return len(list(journal.writes(repository.root)))


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_a_record_keeps_who_may_read_and_write_it(repository: Repository, record: Path, mode: int) -> None:
    record.chmod(mode)
    rewrite(repository, PATH, titled("Roads"))
    assert stat.S_IMODE(record.stat().st_mode) == mode
    take_back(repository, next(journal.writes(repository.root)))
    assert stat.S_IMODE(record.stat().st_mode) == mode
    assert record.read_text("utf-8") == RECORD


def test_a_new_record_may_be_read_as_other_new_files(repository: Repository, record: Path) -> None:
    before = os.umask(0o027)
    try:
        create(repository, read(RECORD.replace("water-2021", "roads").encode(), "records/roads.yaml"))
    finally:
        os.umask(before)
    assert stat.S_IMODE((record.parent / "roads.yaml").stat().st_mode) == 0o640


def test_what_another_program_writes_meanwhile_is_not_overwritten(
    repository: Repository, record: Path
) -> None:
    def change(before: Reading) -> Reading:
        record.write_text(RECORD + "# mine\n", encoding="utf-8")
        return titled("Roads")(before)

    with pytest.raises(Refused, match="changed by another program meanwhile") as refused:
        rewrite(repository, PATH, change)
    assert refused.value.hint == "try again"
    assert record.read_text("utf-8") == RECORD + "# mine\n"
    assert (beside(record), writes(repository)) == ([], 0)


@pytest.mark.parametrize("how", ["taken away", "made a folder"])
def test_a_record_that_goes_meanwhile_does_not_come_back(
    repository: Repository, record: Path, how: str
) -> None:
    def change(before: Reading) -> Reading:
        record.unlink()
        if how == "made a folder":
            record.mkdir()
        return titled("Roads")(before)

    with pytest.raises(Refused, match=r"water-2021\.yaml"):
        rewrite(repository, PATH, change)
    assert not record.is_file()
    assert beside(record) == []


def test_a_record_that_appears_meanwhile_is_not_overwritten_by_a_new_one(
    repository: Repository, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.unlink()
    refuse = writing.refuse_new_errors

    def meanwhile(repository: Repository, before: Reading | None, after: Reading) -> None:
        refuse(repository, before, after)
        record.write_text("mine", encoding="utf-8")

    monkeypatch.setattr(writing, "refuse_new_errors", meanwhile)
    with pytest.raises(Refused, match="changed by another program meanwhile"):
        create(repository, read(RECORD.encode(), PATH))
    assert record.read_text("utf-8") == "mine"


def test_what_a_killed_write_left_is_no_record_and_goes_with_the_next_write(
    repository: Repository, record: Path
) -> None:
    (record.parent / LEFT).write_text(RECORD[:20], encoding="utf-8")
    other = LEFT.replace("2021", "2022")
    (record.parent / other).write_text("of another record", encoding="utf-8")
    assert [reading.path for reading in repository.readings] == [PATH]
    rewrite(repository, PATH, titled("Roads"))
    assert beside(record) == [other]


@pytest.mark.parametrize("new", [False, True])
def test_a_write_is_not_taken_back_over_what_came_after_it(
    repository: Repository, record: Path, *, new: bool
) -> None:
    if new:
        record.unlink()
        create(repository, read(RECORD.encode(), PATH))
    else:
        rewrite(repository, PATH, titled("Roads"))
    write = next(journal.writes(repository.root))
    record.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="changed"):
        take_back(repository, write)
    assert record.read_text("utf-8") == "mine"
    assert list(journal.writes(repository.root)) == [write]


def test_a_link_left_beside_a_record_is_not_written_through(
    repository: Repository, record: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    (record.parent / LEFT).symlink_to(mine)
    rewrite(repository, PATH, titled("Roads"))
    assert mine.read_text("utf-8") == "mine"
    assert (beside(record), record.is_symlink()) == ([], False)


def test_where_no_file_can_stand_beside_it_a_record_stays_as_it_is(
    repository: Repository, record: Path
) -> None:
    (record.parent / LEFT).mkdir()
    with pytest.raises(Refused, match="cannot be written") as refused:
        rewrite(repository, PATH, titled("Roads"))
    assert "permissions" in refused.value.hint
    assert record.read_text("utf-8") == RECORD
    assert writes(repository) == 0


def test_a_link_in_the_place_of_a_record_is_refused(
    repository: Repository, record: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    record.rename(elsewhere)
    record.symlink_to(elsewhere)
    with pytest.raises(Refused, match="it is a link"):
        rewrite(repository, PATH, titled("Roads"))
    with pytest.raises(Refused, match="exists already"):
        create(repository, read(RECORD.encode(), PATH))
    assert elsewhere.read_text("utf-8") == RECORD


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema: 1\nid: water-2021\ntitle: [\n", "cannot be read, so nothing was written"),
        ("", "cannot be read, so nothing was written"),
        (RECORD.replace("Water", "Water # lost"), None),
    ],
)
def test_only_what_can_be_read_is_changed(
    repository: Repository, record: Path, text: str, message: str | None
) -> None:
    record.write_text(text, encoding="utf-8")
    if message is None:
        rewrite(repository, PATH, lambda before: edit(before, [Set(("type",), "Outcome")]))
        return
    with pytest.raises(Refused, match=message):
        rewrite(repository, PATH, titled("Roads"))
    assert record.read_text("utf-8") == text


def test_a_change_that_brings_an_error_is_refused_with_its_remedy(
    repository: Repository, record: Path
) -> None:
    with pytest.raises(
        Refused, match=r"the record would not be valid: .*the file is called water-2021"
    ) as refused:
        rewrite(repository, PATH, lambda before: edit(before, [Set(("id",), "roads")]))
    assert "call the file roads.yaml" in refused.value.hint
    assert record.read_text("utf-8") == RECORD


def test_a_change_that_changes_nothing_is_refused(repository: Repository, record: Path) -> None:
    with pytest.raises(Refused, match="nothing would change"):
        rewrite(repository, PATH, titled("Water"))
    assert (record.read_text("utf-8"), writes(repository)) == (RECORD, 0)


def test_a_dry_run_tells_what_would_be_written(repository: Repository, record: Path) -> None:
    written = rewrite(repository, PATH, titled("Roads"), dry_run=True)
    assert written.before
    assert (written.before.content, written.after.content) == (
        RECORD.encode(),
        RECORD.replace("Water", "Roads").encode(),
    )
    create(
        repository, read(RECORD.replace("water-2021", "roads").encode(), "records/roads.yaml"), dry_run=True
    )
    assert (record.read_text("utf-8"), beside(record), writes(repository)) == (RECORD, [], 0)


def test_a_failure_while_changing_frees_the_lock(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LOCK_SECONDS", 0.5)

    def fail(_: Reading) -> Reading:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rewrite(repository, PATH, fail)
    assert rewrite(repository, PATH, titled("Roads")).after.evaluation


def test_a_second_writer_waits_and_then_gets_a_clear_refusal(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LOCK_SECONDS", 0.2)
    inside, go_on = threading.Event(), threading.Event()

    def slowly(before: Reading) -> Reading:
        inside.set()
        assert go_on.wait(30)
        return titled("Roads")(before)

    first = threading.Thread(target=rewrite, args=(repository, PATH, slowly))
    first.start()
    try:
        assert inside.wait(30)
        with pytest.raises(Refused, match="locked by another mrtrack") as refused:
            rewrite(repository, PATH, titled("Rails"))
        assert refused.value.hint == "try again"
    finally:
        go_on.set()
        first.join()
    assert "title: Roads" in (repository.root / PATH).read_text("utf-8")
    rewrite(repository, PATH, titled("Rails"))


def test_writers_of_different_records_do_not_wait_for_each_other(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LOCK_SECONDS", 0.5)
    other = RECORD.replace("water-2021", "roads").encode()

    def change(before: Reading) -> Reading:
        create(repository, read(other, "records/roads.yaml"))
        return titled("Roads")(before)

    rewrite(repository, PATH, change)
    assert (repository.root / "records" / "roads.yaml").read_bytes() == other


def test_each_of_several_writers_at_once_finds_what_the_others_wrote(repository: Repository) -> None:
    writers = [
        threading.Thread(target=rewrite, args=(repository, PATH, added(f"tag{number}")))
        for number in range(8)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    tags = repository.reading_of(PATH).data["tags"]
    assert sorted(tags) == [f"tag{number}" for number in range(8)]


def test_writers_without_a_common_lock_tear_no_file(
    repository: Repository, record: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two people with caches of their own meet on a shared folder: one is refused, nothing is mixed."""

    def change(before: Reading) -> Reading:
        monkeypatch.setenv("MRTRACK_CACHE_DIR", str(tmp_path / "cache of another"))
        rewrite(repository, PATH, titled("Rails"))
        return titled("Roads")(before)

    with pytest.raises(Refused, match="another program"):
        rewrite(repository, PATH, change)
    assert record.read_text("utf-8") == RECORD.replace("Water", "Rails")


@pytest.mark.parametrize("cache", ["a file", "below a file", "a folder for nobody"])
def test_a_cache_that_cannot_be_used_is_a_clear_refusal(
    repository: Repository, record: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cache: str
) -> None:
    file = tmp_path / "file"
    file.touch()
    place = file if cache == "a file" else file / "below"
    if cache == "a folder for nobody":
        place = tmp_path / "cache"
        (place / cache_folder(repository.root).name).mkdir(parents=True)
        (place / cache_folder(repository.root).name / "locks").touch()
    monkeypatch.setenv("MRTRACK_CACHE_DIR", str(place))
    with pytest.raises(Refused, match="no lock can be made in") as refused:
        rewrite(repository, PATH, titled("Roads"))
    assert "MRTRACK_CACHE_DIR" in refused.value.hint
    assert record.read_text("utf-8") == RECORD


def test_where_only_undo_cannot_be_noted_writing_goes_on(repository: Repository, record: Path) -> None:
    folder = cache_folder(repository.root)
    folder.mkdir(parents=True)
    (folder / "undo").touch()
    rewrite(repository, PATH, titled("Roads"))
    assert "title: Roads" in record.read_text("utf-8")
    assert writes(repository) == 0


def test_a_disk_without_room_leaves_the_record_as_it_was(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "records", tmp_path / "records")
    before = (tmp_path / "records" / "unossc-2020.yaml").read_bytes()
    update = "-m mrtrack update unossc-2020:1.1 --comment News --by Director"
    command = f"ulimit -f 8 && exec '{sys.executable}' -B {update}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "unossc-2020.yaml cannot be written: File too large" in done.stderr
    assert (tmp_path / "records" / "unossc-2020.yaml").read_bytes() == before
    assert beside(tmp_path / "records" / "unossc-2020.yaml") == ["unece-2021.yaml"]


def _without_power() -> None:
    """Give up root's power to write where permissions say no."""
    drop_from_bounding_set = 24
    for override_or_search in (1, 2):
        ctypes.CDLL(None).prctl(drop_from_bounding_set, override_or_search, 0, 0, 0)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="permissions as Linux keeps them")
def test_a_folder_that_may_not_be_written_is_a_clear_refusal(repository: Repository, record: Path) -> None:
    record.parent.chmod(0o555)
    try:
        for command in (("update", "water-2021", "ongoing"), ("new", "roads", "--title", "Roads")):
            done = subprocess.run(
                [sys.executable, "-B", "-m", "mrtrack", *command, "--by", "Director"],
                cwd=repository.root,
                capture_output=True,
                text=True,
                check=False,
                preexec_fn=_without_power if os.geteuid() == 0 else None,
            )
            assert (done.returncode, done.stdout) == (1, ""), done
            assert "cannot be written: Permission denied" in done.stderr
            assert "Traceback" not in done.stderr
    finally:
        record.parent.chmod(0o755)
    assert (beside(record), record.read_text("utf-8"), writes(repository)) == ([], RECORD, 0)
