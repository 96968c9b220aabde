"""`mrtrack undo`: the last write is taken back byte by byte, while it is not committed."""

import shutil
from pathlib import Path

import pytest

from conftest import Run, git
from mrtrack.store.place import cache_folder
from waterworks import begin, changed_files, last


@pytest.fixture
def water(folder: Path) -> Path:
    return begin(folder)


def test_each_undo_takes_one_more_write_back_byte_by_byte(water: Path, mrtrack: Run) -> None:
    water.write_bytes(b"\xef\xbb\xbf" + water.read_bytes().replace(b"\n", b"\r\n").rstrip())
    stages = [water.read_bytes()]
    for command in (
        ("update", "water-2021:1.1", "completed", "--comment", "Fait – enfin."),
        ("add", "water-2021:2", "--text", "Write them down."),
        ("respond", "water-2021:2", "accepted"),
        ("respond", "water-2021", "--submitted", "2026"),
        ("update", "water-2021", "cancelled", "--comment", "No funds."),
    ):
        assert mrtrack(*command).code == 0
        stages.append(water.read_bytes())
    assert len(set(stages)) == 6
    for before in reversed(stages[:-1]):
        told = mrtrack("undo")
        assert (told.code, told.err) == (0, "")
        assert told.out.startswith("records/water-2021.yaml as it was before the last write")
        assert water.read_bytes() == before
    told = mrtrack("undo")
    assert (told.code, told.out) == (1, "")
    assert "there is no write to take back here" in told.err


def test_a_new_record_is_removed_again_and_can_be_begun_anew(folder: Path, water: Path, mrtrack: Run) -> None:
    mrtrack("new", "roads", "--title", "Roads")
    told = mrtrack("undo")
    assert (told.code, told.out) == (0, "records/roads.yaml removed again\n")
    assert sorted(path.name for path in (folder / "records").iterdir()) == ["harbour-2022.yaml", water.name]
    assert mrtrack("new", "roads", "--title", "Roads").code == 0


@pytest.mark.usefixtures("water")
def test_writes_to_several_records_are_taken_back_the_last_first(mrtrack: Run) -> None:
    mrtrack("update", "water-2021:1.1", "completed")
    mrtrack("update", "harbour-2022:1.1", "completed")
    assert mrtrack("undo").out.startswith("records/harbour-2022.yaml")
    assert changed_files() == [" M records/water-2021.yaml"]
    assert mrtrack("undo").out.startswith("records/water-2021.yaml")
    assert changed_files() == []


def test_a_dry_run_shows_what_would_come_back_and_writes_nothing(water: Path, mrtrack: Run) -> None:
    mrtrack("update", "water-2021:1.1", "completed")
    after = water.read_bytes()
    told = mrtrack("undo", "--dry-run")
    assert "-        status: completed\n+        status: initiated\n" in told.out
    assert "Nothing was taken back" in told.err
    assert water.read_bytes() == after
    assert mrtrack("undo").code == 0


@pytest.mark.usefixtures("water")
def test_a_dry_run_of_a_new_record_shows_that_all_of_it_goes(folder: Path, mrtrack: Run) -> None:
    mrtrack("new", "roads", "--title", "Roads")
    assert "-title: Roads\n" in mrtrack("undo", "--dry-run").out
    assert (folder / "records" / "roads.yaml").exists()


def test_what_is_committed_stays(water: Path, mrtrack: Run) -> None:
    mrtrack("update", "water-2021:1.1", "completed", "--commit")
    after = water.read_bytes()
    told = mrtrack("undo")
    assert (told.code, told.out) == (1, "")
    assert "committed already" in told.err
    assert "--corrects" in told.err
    assert water.read_bytes() == after


def test_a_write_after_the_last_commit_is_taken_back_and_no_further(water: Path, mrtrack: Run) -> None:
    mrtrack("update", "water-2021:1.1", "completed", "--commit")
    mrtrack("update", "water-2021:1.1", "--comment", "More.")
    assert mrtrack("undo").code == 0
    assert changed_files() == []
    assert mrtrack("undo").code == 1
    assert last(water, "1.1")["status"] == "completed"


def test_a_record_changed_by_hand_since_stays(water: Path, mrtrack: Run) -> None:
    mrtrack("update", "water-2021:1.1", "completed")
    water.write_bytes(water.read_bytes() + b"# mine\n")
    told = mrtrack("undo")
    assert (told.code, told.out) == (1, "")
    assert "was changed since" in told.err
    assert water.read_bytes().endswith(b"# mine\n")


def test_a_record_that_became_a_link_stays(folder: Path, water: Path, mrtrack: Run) -> None:
    mrtrack("update", "water-2021:1.1", "completed")
    elsewhere = folder / "elsewhere.yaml"
    water.rename(elsewhere)
    water.symlink_to(elsewhere)
    assert mrtrack("undo").code == 1
    assert water.is_symlink()
    assert "status: completed" in elsewhere.read_text("utf-8")


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize("new", [False, True])
def test_a_write_taken_back_by_other_means_is_passed_over_but_no_other_in_its_place(
    folder: Path, mrtrack: Run, *, new: bool
) -> None:
    mrtrack("update", "harbour-2022:1.1", "completed")
    if new:
        mrtrack("new", "roads", "--title", "Roads")
        (folder / "records" / "roads.yaml").unlink()
    else:
        mrtrack("update", "water-2021:1.1", "completed")
        git("checkout", "--quiet", "records/water-2021.yaml")
    told = mrtrack("undo")
    assert (told.code, told.out) == (1, "")
    assert "as it was before the last write already" in told.err
    assert "mrtrack undo again" in told.err
    assert changed_files() == [" M records/harbour-2022.yaml"]
    assert mrtrack("undo").code == 0
    assert changed_files() == []


@pytest.mark.usefixtures("water")
def test_a_refused_write_is_nothing_to_take_back(mrtrack: Run) -> None:
    mrtrack("update", "water-2021:1.1", "completed")
    mrtrack("update", "water-2021:1.1", "completed")
    mrtrack("update", "water-2021:1.1", "--comment", "More.", "--dry-run")
    mrtrack("new", "water-2021", "--title", "Again")
    assert mrtrack("undo").code == 0
    assert changed_files() == []


@pytest.mark.parametrize("lost", ["all of it", "a part"])
def test_without_the_cache_there_is_nothing_to_take_back_and_writing_goes_on(
    folder: Path, water: Path, mrtrack: Run, lost: str
) -> None:
    mrtrack("update", "water-2021:1.1", "completed")
    cache = cache_folder(folder)
    if lost == "all of it":
        shutil.rmtree(cache)
    else:
        (note,) = (cache / "undo").glob("*.json")
        note.write_bytes(note.read_bytes()[:-40])
    after = water.read_bytes()
    told = mrtrack("undo")
    assert (told.code, told.out) == (1, "")
    assert "no write to take back" in told.err
    assert water.read_bytes() == after
    assert mrtrack("update", "water-2021:1.1", "--comment", "More.").code == 0
    assert mrtrack("undo").code == 0


@pytest.mark.usefixtures("water")
def test_only_the_last_twenty_writes_are_kept(folder: Path, mrtrack: Run) -> None:
    for number in range(22):
        assert mrtrack("update", "harbour-2022:1.1", "--comment", f"News {number}.").code == 0
    assert len(list((cache_folder(folder) / "undo").iterdir())) == 20
    for _ in range(20):
        assert mrtrack("undo").code == 0
    assert mrtrack("undo").code == 1
    assert last(folder / "records" / "harbour-2022.yaml", "1.1")["comment"] == "News 1."


def test_outside_of_git_a_write_is_taken_back_too(
    tmp_path: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "records").mkdir()
    monkeypatch.chdir(tmp_path)
    assert mrtrack("new", "roads", "--title", "Roads", "--by", "Director").code == 0
    assert mrtrack("undo").code == 0
    assert list((tmp_path / "records").iterdir()) == []


def test_another_repository_of_the_same_person_is_not_touched(
    folder: Path, water: Path, mrtrack: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mrtrack("update", "water-2021:1.1", "completed")
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    monkeypatch.chdir(other)
    assert mrtrack("undo").code == 1
    assert "completed" in last(water, "1.1")["status"]
