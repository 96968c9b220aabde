"""Many people write at once, and others read beside them: nothing is lost without a word, and nothing is torn."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
from crowd import READERS, RECORDS, WRITERS, name_of
from mrtrack.model.settings import Settings
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.source.reader import read
from mrtrack.store.place import cache_folder
from waterworks import WATER

pytestmark = pytest.mark.long

SECONDS = 30
BEGINNERS = 12
EVALUATIONS = 10_000
UPDATES = 12
PATIENCE = 400
CROWD = Path(__file__).parent.parent / "crowd.py"

Process = subprocess.Popen[str]
Answer = Mapping[str, Any]


def begin(*arguments: str) -> Process:
    return subprocess.Popen(
        [sys.executable, "-m", "mrtrack", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def news_of(record: Path) -> list[str]:
    """The comments of the first action, in the order of its history; the record has to be whole and valid."""
    reading = read(record.read_bytes(), f"records/{record.name}")
    assert not [problem for problem in check(reading, Settings()) if is_error(problem)]
    return comments(reading.data)


def comments(record: Mapping[str, Any]) -> list[str]:
    history = record["recommendations"][0]["actions"][0]["history"]
    return [entry.get("comment", "").strip() for entry in history]


def done_by(file: Path) -> list[Answer]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_of_100_who_write_for_half_a_minute_each_entry_is_there_once_and_readers_see_whole_records(
    folder: Path, tmp_path: Path
) -> None:
    records = {name_of(number): folder / "records" / f"{name_of(number)}.yaml" for number in range(RECORDS)}
    (folder / "records").mkdir()
    for name, path in records.items():
        path.write_text(WATER.replace("water-2021", name), encoding="utf-8")
    told = tmp_path / "told"
    told.mkdir()
    at_work = subprocess.Popen([sys.executable, str(CROWD), str(told), str(SECONDS)])
    passing_by = [
        begin("update", f"{name}:1.1", "--by", "Passer-by", "--comment", f"News of {name}.")
        for name in records
    ]
    looks = 0
    while at_work.poll() is None:
        for name, path in records.items():
            assert read(path.read_bytes(), f"records/{name}.yaml").evaluation, name
            looks += 1
            time.sleep(0.05)
    assert (at_work.returncode, looks > RECORDS) == (0, True)
    for one in passing_by:
        _, err = one.communicate(timeout=PATIENCE)
        assert one.returncode == 0, err

    found = {name: Counter(news_of(path)) for name, path in records.items()}
    written = 0
    for number in range(WRITERS):
        for answer in done_by(told / f"writer-{number}.jsonl"):
            _, ref, _, _, _, comment = answer["arguments"]
            assert found[ref.partition(":")[0]].pop(comment, 0) == (answer["code"] == 0), answer
            assert answer["code"] == 0 or "try again" in answer["err"], answer
            written += answer["code"] == 0
    assert written > WRITERS
    for name, left in found.items():
        assert left.pop(f"News of {name}.") == 1
        assert not [comment for comment in left if comment.startswith("News")], left
    for number in range(READERS):
        only_whole_records(done_by(told / f"reader-{number}.jsonl"))
    assert {path.name for path in (folder / "records").iterdir()} == {path.name for path in records.values()}


def only_whole_records(answers: list[Answer]) -> None:
    """Every answer of a reader is right: all records are read, and histories only grow."""
    seen: dict[str, list[str]] = {}
    assert answers
    for answer in answers:
        assert (answer["code"], answer["err"]) == (0, ""), answer
        document = json.loads(answer["out"])
        assert document.get("complete", True), answer
        match answer["arguments"]:
            case ["status", *_]:
                assert document["items"][0]["evaluations"]["total"] == RECORDS
            case ["list", *_]:
                assert len(document["items"]) == RECORDS * 4
            case ["check", *_]:
                assert not [item for item in document["items"] if item["severity"] == "error"]
            case ["show", ref, *_]:
                now = comments(document["items"][0])
                before = seen.get(ref, [])
                assert now[: len(before)] == before
                seen[ref] = now


def test_of_many_who_begin_the_same_evaluation_one_does(real: Path) -> None:
    beginners = [
        begin("new", "roads", "--title", f"Roads {number}", "--by", "Director") for number in range(BEGINNERS)
    ]
    answers = [(*one.communicate(timeout=PATIENCE), one.returncode) for one in beginners]
    assert sorted(code for _, _, code in answers) == [0] + [1] * (BEGINNERS - 1)
    assert all("already" in err for _, err, code in answers if code)
    assert read((real / "records" / "roads.yaml").read_bytes(), "records/roads.yaml").evaluation


@pytest.fixture
def ten_thousand(folder: Path) -> Path:
    """Small evaluations, each with an action that is not completed."""
    for number in range(EVALUATIONS):
        place = folder / "records" / f"{number // 500:02}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"well-{number:05}.yaml").write_text(
            f"schema: 1\nid: well-{number:05}\ntitle: Well {number}\nstatus: completed\ncompleted: 2021-03\n"
            "recommendations:\n"
            f'  - id: "1"\n    text: |\n      Dig well {number} deeper.\n'
            '    actions:\n      - id: "1.1"\n        text: |\n          Dig.\n'
            f"        responsible: Unit {number % 40}\n        due: 2027-01\n        status: initiated\n",
            encoding="utf-8",
        )
    return folder


def test_10000_evaluations_are_asked_checked_and_updated_at_once(
    ten_thousand: Path, mrtrack_process: Run
) -> None:
    wells = [f"well-{number:05}" for number in range(0, EVALUATIONS, EVALUATIONS // UPDATES)][:UPDATES]
    asked = [
        begin("status", "--json"),
        begin("check", "--format", "json"),
        begin("list", "--json", "--limit", "5"),
    ]
    answers: list[tuple[str, str, int]] = []
    for well in wells:
        writer = begin(
            "update", f"{well}:1.1", "completed", "--by", "Driller", "--comment", f"{well} is deep."
        )
        answers.append((*writer.communicate(timeout=PATIENCE), writer.returncode))
    assert [(err, code) for _, err, code in answers] == [("", 0)] * UPDATES
    status, checked, listed = ((*one.communicate(timeout=PATIENCE), one.returncode) for one in asked)
    asked_again = [begin("status", "--json") for _ in range(2)]
    again = [(*one.communicate(timeout=PATIENCE), one.returncode) for one in asked_again]
    for out, err, code in (status, checked, listed, *again):
        assert (err, code) == ("", 0)
        assert json.loads(out).get("complete", True)
    assert 0 <= counted(status[0]) <= UPDATES
    assert [counted(out) for out, _, _ in again] == [UPDATES, UPDATES]
    assert [item for item in json.loads(checked[0])["items"] if item["severity"] == "error"] == []
    assert len(json.loads(listed[0])["items"]) == 5
    for well in wells:
        (path,) = ten_thousand.glob(f"records/*/{well}.yaml")
        assert news_of(path).count(f"{well} is deep.") == 1
    (shown,) = json.loads(mrtrack_process("status", "--json", "--evaluation", wells[3]).out)["items"]
    assert shown["actions"]["completed"] == 1
    left = {path.name for path in cache_folder(ten_thousand).iterdir() if path.name.startswith("index")}
    assert left == {"index.sqlite", "index.mark", "index.lock"}


def counted(out: str) -> int:
    """How many actions a status tells as completed, of all that there are."""
    (item,) = json.loads(out)["items"]
    assert (item["evaluations"]["total"], item["actions"]["total"]) == (EVALUATIONS, EVALUATIONS)
    return int(item["actions"]["completed"])
