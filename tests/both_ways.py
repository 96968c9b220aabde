"""Small repositories at random, edits of them, and questions answered twice: with the index and without it."""

import io
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from conftest import Answer
from mrtrack.cli import options
from mrtrack.cli.main import main
from mrtrack.edit.layout import new_record
from mrtrack.index import current
from mrtrack.source.reader import read

Keys = dict[str, Any]
Edit = Callable[[Path, Random], None]

UNITS = (
    "Director", "Regional offices", "regional  Offices", "Bureau régional", "HQ", "M&E: unit", "人事部", "Ärzte",
    "The Board, and others",
)  # fmt: skip
WORDS = (
    "Train", "training", "staff-training", "évaluer", "e\u0301valuer", "O'Neill", '"quoted"', "100%", "the", "C++",
    "ﬁnance", "İstanbul", "Straße", "水と衛生", "x_y", "AND", "NEAR(", "*", "a", "# 5", "2021", "plan:", "ΣΑΣ", "½",
    "ＷＩＤＥ", "co\u00adoperate", "naïve", "Büro", "\U0001f600",
)  # fmt: skip
DAYS = (
    "2019-12-31",
    "2020-06-30",
    "2021-01-01",
    "2021-07-15",
    "2022-02-28",
    "2026-05-26",
    "2026-11-22",
    "2027-01-02",
)
PERIODS = (
    "2019", "2020-06", "2021-Q3", "2021-07-14", "2026-05-25", "2026-11", "2026-11-21", "2026-11-22", "2026-12-22",
    "2026-12-23", "2027",
)  # fmt: skip
STATUSES = ("not-initiated", "initiated", "completed", "no-longer-applicable")
COURSES = ("planned", "ongoing", "completed", "cancelled")
DECISIONS = ("accepted", "partially-accepted", "rejected")
VERDICTS = ("confirmed", "not-confirmed")
IDS = ("a-2020", "b-2021", "b-2021.1", "c", "water-2019", "z")
PLACES = ("", "", "2020/", "2021/", "2021/deep/", "2021.yaml/")

SETTINGS = (
    None,
    "",
    '[units."Regional offices"]\naliases = ["Bureau régional", "RO"]\n',
    '[units.Director]\naliases = ["HQ", "The Board, and others"]\n[days]\nlong_overdue = 1\ndue_soon = 0\nstale = 1\n',
    "[days]\nresponse = 1\ndue_soon = 400\n",
    '[labels.status]\ninitiated = "Under way"\n[aliases.status]\ndone = "completed"\n',
    """
[views.mine]
unit = ["director", "RO"]
open = true
sort = "-due,updated"
limit = 3
[views.said]
kind = "recommendations"
text = "train"
""",
    'records = "records/2021"\n',
    'records = "elsewhere"\n',
    "[limits]\ndepth = 3\n",
    "[days]\nstale = 90 days\n",
    "[nosuch]\nx = 1\n",
)


def words(chance: Random, most: int = 6) -> str:
    """Some words on one line."""
    return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))


def prose(chance: Random) -> str:
    """A text of one or several lines."""
    return "\n".join(
        chance.choice((words(chance), words(chance), "", f"  {words(chance)}")) for _ in "123"
    ).strip("\n")


def some(chance: Random, share: float = 0.5, **makers: Callable[[], Any]) -> Keys:
    """Some of the keys, each with a value made for it."""
    return {key: made for key, make in makers.items() if chance.random() < share and (made := make())}


def entry(chance: Random, **keys: Callable[[], Any]) -> Keys:
    """An entry of a history."""
    told = some(
        chance,
        0.3,
        by=lambda: chance.choice(UNITS),
        comment=lambda: prose(chance),
        internal=lambda: "true",
        **keys,
    )
    return {"date": chance.choice(DAYS), **told}


def history(chance: Random, **keys: Callable[[], Any]) -> list[Keys]:
    """Entries in the order of their days."""
    return sorted(
        (entry(chance, **keys) for _ in range(chance.randint(0, 3))), key=lambda one: str(one["date"])
    )


def action_entry(chance: Random) -> Keys:
    """An entry of an action's history."""
    return entry(
        chance,
        status=lambda: chance.choice(STATUSES),
        due=lambda: chance.choice(PERIODS),
        responsible=lambda: chance.choice(UNITS),
        verdict=lambda: chance.choice(VERDICTS),
        on=lambda: chance.choice(("", "until ")) + chance.choice(PERIODS),
        corrects=lambda: chance.choice(DAYS),
        documents=lambda: [{"title": words(chance), "kind": "report"}],
    )


def action(chance: Random, name: str) -> Keys:
    """An action."""
    entries = sorted(
        (action_entry(chance) for _ in range(chance.randint(0, 3))), key=lambda one: str(one["date"])
    )
    if entries and chance.random() < 0.2:
        entries[-1]["due"] = None
    return {
        "id": name,
        **some(
            chance,
            title=lambda: words(chance),
            text=lambda: prose(chance),
            responsible=lambda: chance.choice(UNITS),
            supported_by=lambda: chance.sample(UNITS, 2),
            due=lambda: chance.choice(PERIODS),
            timeline=lambda: words(chance),
            status=lambda: chance.choice(STATUSES),
            history=lambda: entries,
        ),
    }


def recommendation(chance: Random, name: str) -> Keys:
    """A recommendation with its actions."""
    answer = some(
        chance,
        decision=lambda: chance.choice(DECISIONS),
        date=lambda: chance.choice(PERIODS),
        text=lambda: prose(chance),
        history=lambda: history(chance, decision=lambda: chance.choice(DECISIONS)),
    )
    return {
        "id": name,
        **some(
            chance,
            title=lambda: words(chance),
            text=lambda: prose(chance),
            priority=lambda: chance.choice(("High", "high priority", "Low")),
            part_of=lambda: chance.choice(("", "", "1", "9")),
            response=lambda: answer,
        ),
        **some(
            chance,
            0.8,
            actions=lambda: [action(chance, f"{name}.{n}") for n in range(1, chance.randint(1, 4))],
        ),
    }


def record(chance: Random, name: str) -> Keys:
    """A record, all its dates about the days that questions ask about."""
    answer = some(
        chance,
        0.6,
        required=lambda: chance.choice(("true", "false")),
        due=lambda: chance.choice(PERIODS),
        submitted=lambda: chance.choice(PERIODS),
    )
    return {
        "schema": "1",
        "id": name,
        **some(
            chance,
            title=lambda: words(chance),
            description=lambda: prose(chance),
            organisation=lambda: chance.choice(("UNECE", "Unece", "Café International")),
            type=lambda: chance.choice(("Outcome", "outcome evaluation")),
            status=lambda: chance.choice(COURSES),
            planned_end=lambda: chance.choice(PERIODS),
            completed=lambda: chance.choice(PERIODS),
            report_date=lambda: chance.choice(PERIODS),
            countries=lambda: chance.sample(("KEN", "UGA", "GLOBAL"), 2),
            tags=lambda: chance.sample(("Rural", "rural", "wash"), 2),
            management_response=lambda: answer,
            history=lambda: history(
                chance, status=lambda: chance.choice(COURSES), planned_end=lambda: chance.choice(PERIODS)
            ),
        ),
        **some(
            chance,
            0.9,
            recommendations=lambda: [recommendation(chance, str(n)) for n in range(1, chance.randint(1, 4))],
        ),
    }


def begin(root: Path, chance: Random) -> None:
    """Write a repository of a few records, some broken."""
    (root / "records").mkdir(parents=True)
    settings(root, chance)
    for _ in range(chance.randint(0, 4)):
        add(root, chance)
    if chance.random() < 0.3:
        damage(root, chance)


def settings(root: Path, chance: Random) -> None:
    """Write mrtrack.toml, or take it away."""
    chosen = chance.choice(SETTINGS)
    if chosen is None:
        (root / "mrtrack.toml").unlink(missing_ok=True)
    else:
        (root / "mrtrack.toml").write_text(chosen, encoding="utf-8")


def add(root: Path, chance: Random) -> None:
    """Write a record, in place of another where one is there; its id need not be its name, nor its own."""
    name = chance.choice(IDS)
    written = name if chance.random() < 0.9 else chance.choice(IDS)
    path = root / "records" / f"{chance.choice(PLACES)}{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_dir():
        path.write_bytes(as_file(record(chance, written), chance))


def as_file(data: Keys, chance: Random) -> bytes:
    """A record as one of the ways in which a person's editor writes it."""
    text = new_record(data).replace("|\n", chance.choice(("|\n", "|\n", "|+\n", "|-\n", "| # a comment\n")))
    return text.replace("\n", chance.choice(("\n", "\n", "\r\n"))).encode("utf-8")


def log(root: Path, chance: Random) -> None:
    """Add an entry to an action."""
    for path in shuffled(root, chance):
        reading = read(path.read_bytes(), path.name)
        if reading.evaluation is None:
            continue
        actions = [one for top in reading.data.get("recommendations", ()) for one in top.get("actions", ())]
        if actions:
            chance.choice(actions).setdefault("history", []).append(action_entry(chance))
            path.write_text(new_record(reading.data), encoding="utf-8")
            return


def remove(root: Path, chance: Random) -> None:
    """Delete a file."""
    for path in shuffled(root, chance)[:1]:
        path.unlink()


def move(root: Path, chance: Random) -> None:
    """Rename a file, or move it between folders, over another if there is one."""
    for path in shuffled(root, chance)[:1]:
        target = root / "records" / f"{chance.choice(PLACES)}{chance.choice((*IDS, path.stem))}.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_dir():
            path.replace(target)


def touch(root: Path, chance: Random) -> None:
    """Change when a file was changed, and nothing else."""
    for path in shuffled(root, chance)[:2]:
        changed = path.stat().st_mtime_ns
        os.utime(path, ns=(changed, changed - chance.choice((0, 1, 10**9, 10**13))))


def damage(root: Path, chance: Random) -> None:
    """Make a file that cannot be read as a record."""
    for path in shuffled(root, chance)[:1]:
        content = path.read_bytes()
        ways = (
            b"",
            b"\xff\xfe",
            content[: len(content) // 2],
            content + b"\n\tx: [",
            b"schema: 1\nid: x\nstatus: odd\n",
        )
        path.write_bytes(chance.choice(ways))


def same_size_and_time(root: Path, chance: Random) -> None:
    """Change a file so that neither its size nor the time of its change tells."""
    for path in shuffled(root, chance)[:1]:
        content, told = path.read_bytes(), path.stat()
        old, new = chance.choice(
            ((b"2021", b"2020"), (b"Director", b"Designer"), (b"initiated", b"completed"))
        )
        path.write_bytes(content.replace(old, new))
        os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))


def age(root: Path, chance: Random) -> None:
    """Let all files be old, as they are in a clone of last week."""
    for path in shuffled(root, chance):
        os.utime(path, ns=(10**18, 10**18))


def link(root: Path, chance: Random) -> None:
    """Put a link or a hidden file where a record was."""
    for path in shuffled(root, chance)[:1]:
        hidden = path.with_name(f".{path.name}")
        path.replace(hidden)
        if chance.random() < 0.5:
            path.symlink_to(hidden)


def shuffled(root: Path, chance: Random) -> list[Path]:
    """The record files in a random order."""
    found = sorted(path for path in root.rglob("*.yaml") if path.is_file() and not path.is_symlink())
    chance.shuffle(found)
    return found


EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (add, log, remove, move, touch, damage, same_size_and_time, age, link, settings)
}

FLAGS = (
    "--open", "--overdue", "--due-soon", "--stale", "--disputed", "--no-lead", "--no-evidence", "--no-response",
    "--strict",
)  # fmt: skip
NAMED = {
    "--evaluation": IDS,
    "--evaluation-status": (*COURSES, "not-stated"),
    "--organisation": ("une", "CAFE", "nowhere"),
    "--type": ("outcome", "OUT"),
    "--country": ("KEN", "ken", "KE"),
    "--tag": ("rural", "RURAL", "rur"),
    "--unit": (*UNITS, "regional", "ro", "buro", "hq"),
    "--lead": (*UNITS, "regional offices", "director", "RÉGIONAL"),
    "--status": (*STATUSES, "not-stated", "done", "nosuch"),
    "--decision": (*DECISIONS, "not-stated"),
    "--priority": ("high", "low", "igh pri"),
    "--due-before": PERIODS,
    "--due-after": PERIODS,
    "--completed-before": PERIODS,
    "--completed-after": PERIODS,
    "--updated-before": (*PERIODS, *DAYS),
}
SORTS = {
    "actions": (
        "due", "-due", "days-overdue", "-days_overdue,due", "updated", "-updated,-due", "ref", "responsible", "status",
        "nosuch",
    ),
    "recommendations": ("-ref", "priority", "actions", "decision,-actions"),
    "evaluations": ("-evaluation", "title", "status", "response_due"),
}  # fmt: skip
LISTS = ("actions", "recommendations", "evaluations", "overdue", "due-soon", "stale", "open", "disputed")
VIEWS = (*LISTS, "no-response", "no-evidence", "mine", "said", "nosuch")


def question(chance: Random) -> list[str]:
    """A command that reads, with some options."""
    command = chance.choice(("status", "status", "list", "list", "list", "history"))
    asked = [command]
    kind = "actions"
    if command == "list":
        kind = chance.choice(("actions", "actions", "recommendations", "evaluations"))
        asked += [kind] if chance.random() < 0.6 else [chance.choice(VIEWS)]
    elif chance.random() < 0.25:
        asked += [chance.choice((*IDS, *(f"{name}:{inner}" for name in IDS for inner in ("1", "1.1")))[:9])]
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
        option = chance.choice((*FLAGS, *NAMED))
        asked += [option, *([chance.choice(NAMED[option])] if option in NAMED else [])]
    if chance.random() < 0.3:
        asked += ["--text", wanted_text(chance)]
    if chance.random() < 0.4:
        asked += ["--as-of", chance.choice((*DAYS, *PERIODS, "2021-06-01", "0001", "2030"))]
    if chance.random() < 0.3:
        asked += ["--sort", chance.choice(SORTS[kind])]
    if chance.random() < 0.3:
        asked += ["--limit", chance.choice(("1", "2", "5"))]
    if chance.random() < 0.2:
        asked += ["--view", chance.choice(VIEWS)]
    if command == "history" and chance.random() < 0.3:
        asked += chance.choice((["--since", "2021"], ["--until", "2021"], ["--by", "director"]))
    return asked + chance.choice(([], ["--json"], ["--json"], ["--format", "csv"], ["--format", "md"]))


def wanted_text(chance: Random) -> str:
    """Words to search for: as they stand, parts, several, other letters, signs."""
    whole = words(chance, 3)
    start = chance.randrange(len(whole))
    part = whole[start : start + chance.randint(1, 8)]
    return chance.choice(
        (whole, part, part.upper(), whole.lower(), f" {part}", chance.choice(WORDS), "rain sta", "-", "%")
    )


def answered(root: Path, arguments: list[str], index: str) -> Answer:
    """What the command answers in this process, with the index `on` or `off`."""
    before, said, told, code = sys.argv, io.StringIO(), io.StringIO(), None
    os.environ["MRTRACK_INDEX"] = index
    here = Path.cwd()
    try:
        sys.argv = ["mrtrack", "-C", str(root), *arguments]
        with redirect_stdout(said), redirect_stderr(told):
            main()
    except SystemExit as left:
        code = left.code
    finally:
        sys.argv = before
        os.chdir(here)
        del os.environ["MRTRACK_INDEX"]
    return Answer(int(code or 0), said.getvalue(), told.getvalue())


def demand_same_answers(chance: Random, edits: Iterable[str], questions: int) -> None:
    """Demand that a repository answers the same both ways, at first and after each edit, and by the index itself."""
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as bare:
        bare.setattr(options, "_came_from_index", lambda _: False)
        bare.setattr(current, "FAILED", ())
        root = Path(place) / "repository"
        begin(root, chance)
        for name in (None, *edits):
            if name:
                EDITS[name](root, chance)
            before = snapshot(root)
            for _ in range(questions):
                arguments = question(chance)
                by_index, by_records = answered(root, arguments, "on"), answered(root, arguments, "off")
                assert by_index == by_records, (name, arguments)
            assert snapshot(root) == before


BROKEN = "schema: 1\nid: broken-2021\nstatus: finished\n"


def promised(text: str, **keys: Any) -> Keys:
    """An action that was recorded on 2021-12-01 with these keys."""
    entry = {key: keys[key] for key in ("status", "due", "responsible") if key in keys}
    return {
        "text": text,
        **keys,
        "history": [{"date": "2021-12-01", "by": "M&E unit", "comment": text, **entry}],
    }


def put(folder: Path, name: str, *actions: Keys, **keys: Any) -> Path:
    """Write the record of an evaluation with one recommendation and these actions, 1.1 and so on."""
    listed = [{"id": f"1.{number}", **one} for number, one in enumerate(actions, 1)]
    data = {
        "schema": "1",
        "id": name,
        **keys,
        "recommendations": [{"id": "1", "text": "Better.", "actions": listed}],
    }
    return put_text(folder, f"{name}.yaml", new_record(data))


def put_text(folder: Path, name: str, text: str) -> Path:
    """Write a file below records/ as it is given."""
    path = folder / "records" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of a folder but git's own: when it was changed, and its content."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}
