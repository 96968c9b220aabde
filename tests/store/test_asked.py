"""Who was asked when: kept outside of the records, whole, one repository apart from the other, damage passed over."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from mrtrack.edit.refusal import Refused
from mrtrack.store.asked import FILE, Asking, Memory, data_folder, forget, recall, remember

DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MRTRACK_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "repository"
    place.mkdir()
    return place


def asking(unit: str, day: date = DAY, **entries: int) -> Asking:
    return Asking(unit, day, {f"water-2021:{name}": count for name, count in entries.items()})


def test_what_was_asked_and_the_addresses_come_back(root: Path) -> None:
    first = Asking("Équipe “Eau”, 水", date(2026, 1, 2), {"water-2021:1.1": 3, "water-2021:1.2": 0})
    second = asking("Director", a=1)
    remember(root, [second], {"Director": "director@example.org"})
    remember(root, [first])
    assert recall(root) == Memory((first, second), {"Director": "director@example.org"})


def test_nothing_is_remembered_of_a_repository_that_nobody_was_asked_about(
    root: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    remember(root, [asking("Director", a=1)])
    assert recall(other) == Memory()
    assert recall(root).askings == (asking("Director", a=1),)


def test_a_unit_asked_twice_on_a_day_was_asked_once_about_all_of_it(root: Path) -> None:
    remember(root, [asking("Director", a=1)])
    remember(root, [asking("Director", a=2, b=0), asking("Laboratory", a=1)])
    assert recall(root).askings == (asking("Director", a=1, b=0), asking("Laboratory", a=1))


def test_an_address_can_be_changed_and_forgotten(root: Path) -> None:
    remember(root, addresses={"Director": "old@example.org", "Laboratory": "lab@example.org"})
    remember(root, addresses={"Director": "new@example.org", "Laboratory": ""})
    assert recall(root).addresses == {"Director": "new@example.org"}


def test_the_last_asking_of_a_unit_can_be_taken_back(root: Path) -> None:
    early, late = asking("Director", date(2026, 3, 1), a=1), asking("Director", a=1)
    remember(root, [early, late, asking("Laboratory", a=1)])
    assert forget(root, ["Director", "Nobody"]) == (late,)
    assert recall(root).askings == (early, asking("Laboratory", a=1))


def test_the_last_asking_is_that_of_the_unit_by_the_day(root: Path) -> None:
    early, late = asking("Director", date(2026, 3, 1), a=1), asking("Director", date(2026, 12, 1), a=1)
    remember(root, [late, early])
    assert recall(root).last_of("Director", DAY) == early
    assert recall(root).last_of("Laboratory", DAY) is None


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe",
        b"{",
        b"null",
        b"[]",
        b'"asked"',
        b'{"asked": "yesterday", "unit": "A", "entries": {}}',
        b'{"asked": "2026-01-01", "unit": 1, "entries": {}}',
        b'{"asked": "2026-01-01", "unit": "A", "entries": ["x"]}',
        b'{"asked": "2026-01-01", "unit": "A"}',
        b'{"unit": "A", "address": null}',
        b'{"of a newer": "version"}',
        b"[" * 100_000,
    ],
    ids=range(12),
)
def test_a_damaged_line_is_passed_over_and_stays(root: Path, line: bytes) -> None:
    remember(root, [asking("Director", a=1)], {"Director": "director@example.org"})
    file = data_folder(root) / FILE
    file.write_bytes(file.read_bytes() + line)
    remember(root, [asking("Laboratory", a=1)])
    memory = recall(root)
    assert memory.askings == (asking("Director", a=1), asking("Laboratory", a=1))
    assert memory.addresses == {"Director": "director@example.org"}
    assert memory.unread == (line,)
    assert line in file.read_bytes().splitlines()


def test_the_file_tells_whose_it_is_and_is_for_its_owner_alone(root: Path) -> None:
    remember(root, [asking("Director", a=1)])
    file = data_folder(root) / FILE
    assert json.loads(file.read_bytes().splitlines()[0]) == {"repository": str(root)}
    assert file.parent.stat().st_mode & 0o077 == 0


def test_a_data_folder_within_the_repository_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MRTRACK_DATA_DIR", str(root / "data"))
    with pytest.raises(Refused, match="inside the repository"):
        remember(root, [asking("Director", a=1)])
    assert list(root.iterdir()) == []


def test_where_nothing_can_be_kept_it_is_said(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MRTRACK_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(Refused, match="nothing can be kept"):
        remember(root, [asking("Director", a=1)])


def test_a_memory_that_cannot_be_read_is_not_taken_for_an_empty_one(root: Path) -> None:
    (data_folder(root) / FILE).mkdir(parents=True)
    with pytest.raises(Refused, match="cannot be read"):
        recall(root)


def test_askings_noted_at_the_same_time_are_all_kept(root: Path) -> None:
    units = [f"Unit {number}" for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda unit: remember(root, [asking(unit, a=1)]), units))
    assert {one.unit for one in recall(root).askings} == set(units)


def test_without_the_variable_it_is_where_the_system_keeps_data(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MRTRACK_DATA_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_folder(root).parent.name == "mrtrack"
    assert tmp_path in data_folder(root).parents
