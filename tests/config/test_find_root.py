from pathlib import Path

from mrtrack.config.root import find_root


def test_the_repository_is_found_from_any_folder_inside_it(tmp_path: Path) -> None:
    (tmp_path / "mrtrack.toml").touch()
    deep = tmp_path / "records" / "2021"
    deep.mkdir(parents=True)
    assert find_root(tmp_path) == find_root(deep) == tmp_path.resolve()


def test_without_settings_a_folder_with_records_is_the_repository(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "docs").mkdir()
    assert find_root(tmp_path / "docs") == tmp_path.resolve()


def test_the_nearest_settings_go_before_nearer_records(tmp_path: Path) -> None:
    inner = tmp_path / "data"
    (inner / "records").mkdir(parents=True)
    (tmp_path / "mrtrack.toml").touch()
    assert find_root(inner) == tmp_path.resolve()
    (inner / "mrtrack.toml").touch()
    assert find_root(inner) == inner.resolve()


def test_a_file_named_records_or_a_folder_named_like_the_settings_is_no_repository(tmp_path: Path) -> None:
    (tmp_path / "records").touch()
    (tmp_path / "mrtrack.toml").mkdir()
    assert find_root(tmp_path) is None


def test_a_folder_that_cannot_be_asked_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    assert find_root(tmp_path / ("x" * 300)) == tmp_path.resolve()
