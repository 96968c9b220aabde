"""Checking many records: the same problems however many processes share the work, and records beside each other."""

import gc
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mrtrack.model.settings import Settings
from mrtrack.rules.checking import check, check_together
from mrtrack.store import whole_check
from mrtrack.store.records import Repository
from mrtrack.store.whole_check import Checked, check_records

TODAY = date(2026, 11, 22)
HERE, SOUND_CHECK = os.getpid(), whole_check._check_chunk
SOUND = 'schema: 1\nid: {}\nrecommendations:\n  - id: "1"\n    response:\n      decision: accepted\n'
SERVING = """\
schema: 1
id: {}
recommendations:
  - id: "1"
    actions:
      - id: "1.1"
        serves: ["a:1", "z:9"]
"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Records that are sound, broken, no text at all, and at odds with each other."""
    texts = {
        "a": SOUND.format("a"),
        "b": SERVING.format("b"),
        "c": "schema: 1\nid: a\n",
        "d": "schema: 1\nid: d\ntitle: [\n",
        "e": "schema: 1\nid: e\nstatus: done\n",
        "z": SOUND.format("z"),
    }
    (tmp_path / "records").mkdir()
    for name, text in texts.items():
        (tmp_path / "records" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "records" / "f.yaml").write_bytes(b"\xff")
    return Repository(tmp_path, Settings())


def checked(
    repository: Repository, workers: int, progress: Callable[[int], None] = lambda _: None
) -> Checked:
    names = repository.names
    return check_records(repository, names, TODAY, together=True, workers=workers, progress=progress)


def dying(*arguments: Any) -> Any:
    """Check a chunk in this process; a worker dies of it."""
    return SOUND_CHECK(*arguments) if os.getpid() == HERE else os._exit(9)


def test_the_problems_are_those_of_each_record_and_of_all_beside_each_other(repository: Repository) -> None:
    readings = repository.readings
    one_by_one = [problem for reading in readings for problem in check(reading, Settings(), TODAY)]
    beside = check_together(readings, Settings(), TODAY)
    assert {problem.rule for problem in beside} == {"evaluation-id-taken", "serves-nothing", "no-action"}
    assert checked(repository, workers=1).problems == [*one_by_one, *beside]


def test_several_processes_find_the_same_in_the_same_order(repository: Repository) -> None:
    assert checked(repository, workers=3) == checked(repository, workers=1)


def test_what_killed_workers_left_is_checked_all_the_same(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = checked(repository, workers=1)
    monkeypatch.setattr(whole_check, "_check_chunk", dying)
    assert checked(repository, workers=2) == alone


def test_what_cannot_be_read_is_named_and_counted(repository: Repository) -> None:
    found = checked(repository, workers=2)
    assert found.records == 7
    assert [problem.path for problem in found.unread] == [f"records/{name}.yaml" for name in "def"]


def test_progress_counts_every_record(repository: Repository) -> None:
    told: list[int] = []
    checked(repository, 3, told.append)
    assert sum(told) == 7


def test_records_that_are_named_are_not_checked_beside_others(repository: Repository) -> None:
    assert check_records(repository, ["records/c.yaml"], TODAY, together=False).problems == list(
        check(repository.reading_of("records/c.yaml"), Settings(), TODAY)
    )


def test_a_record_that_was_checked_leaves_nothing_for_the_collector_of_garbage(
    repository: Repository,
) -> None:
    checked(repository, workers=1)
    gc.collect()
    gc.disable()
    try:
        checked(repository, workers=1)
        assert gc.collect() == 0
    finally:
        gc.enable()
