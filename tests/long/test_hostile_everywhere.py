"""Every command over records whose every text tries to be more than text: at a terminal, in a pipe, in a CI log."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import git
from hostile_fields import hostile_records
from inert import COLUMNS, Shown, commands, harmful, plain, run_apart
from mrtrack.cli.main import COMMANDS, HIDDEN

pytestmark = pytest.mark.long

R = "hostile-1"
RECORD = f"records/{R}.yaml"
CASES: dict[str, tuple[str, ...]] = {
    "status": ("status", f"status {R}", "status --format json", "status --format md"),
    "list": (
        "list",
        "list recommendations",
        "list evaluations",
        "list hostile",
        "list --format csv",
        "list --format md",
        "list --json",
        "list recommendations --format csv",
        "list evaluations --format csv",
    ),
    "show": (
        f"show {R}",
        f"show {R}:1",
        f"show {R}:1.1",
        f"show {R} --json",
        f"show {R}:1.1 --format md",
    ),
    "history": (
        "history",
        f"history {R}:1.1",
        "history --format csv",
        "history --format md",
        "history --json",
        "history --digest --since 2021",
        "history --digest --since 2021 --format md",
        "history --digest --since 2021 --html",
        "history --digest --since 2021 --json",
    ),
    "stats": (
        "stats",
        "stats --by lead",
        "stats --by organisation --format csv",
        "stats --by type --format md",
        "stats --json",
        "stats --receipt --at HEAD",
        "stats overdue-rate --by country",
    ),
    "verify": ("verify receipt.json", "verify receipt.json --json"),
    "new": ("new other-2021 --title @ --by @ --dry-run",),
    "add": (f"add {R}:1 --text @ --lead @ --by @ --dry-run", f"add {R} --title @ --text @ --by @ --dry-run"),
    "respond": (f"respond {R}:1 rejected --comment @ --by @ --dry-run",),
    "update": (
        f"update {R}:1.1 initiated --lead @ --comment @ --document @=https://example.org --by @ --dry-run",
        f"update {R}:1.2 initiated --comment @ --by @",
        f"update {R}:2.1 --due 2027 --comment @ --by @ --commit",
    ),
    "edit": (f"edit {R}:1.1",),
    "undo": ("undo --dry-run", "undo"),
    "import": (
        "import page.html --dry-run",
        "import page.html --dry-run --explain",
        "import page.html --dry-run --json",
        "import --guess table.csv",
    ),
    "ask": ("ask -o asked", "ask -o asked-csv --format csv --json"),
    "take": ("take asked --dry-run", "take asked --dry-run --json"),
    "remind": ("remind --dry-run", "remind -o reminded", "remind --log"),
    "check": (
        "check",
        "check --all",
        "check --format text --all",
        "check --format json",
        "check --format gitlab",
        "check --base HEAD~1",
        "check --explain S201",
    ),
    "diff": ("diff", "diff HEAD~1", "diff HEAD~1 --json", "diff HEAD~1 --format md"),
    "propose": ("propose --dry-run", "propose --list"),
    "render": (
        f"render {R}",
        f"render {R} --format html",
        "render --template portfolio",
        f"render {R} --template brief --format html",
        f"render {R} -o made.docx --history",
        "render --list",
    ),
    "site": ("site out",),
    "export": ("export csv", "export json", "export ics", "export xlsx -o made.xlsx", "export sqlite -o made.sqlite"),
    "init": ("-C fresh init",),
    "setup": ("setup --completion bash", "setup", "setup --remove"),
    "schema": ("schema",),
    "merge": (f"merge base.yaml {RECORD} theirs.yaml 7 {RECORD}", "merge --resolve"),
}  # fmt: skip
TEXT = "::error::\u202e [red]r[/] :smile: {{7*7}} =1+1 ##[error] \u6c34"
PAGE = (
    "<html><body><h1>Evaluation @</h1><table><tr><th>Recommendation</th><td>@</td></tr>"
    "<tr><th>Management Response:</th><td>@</td></tr></table>"
    "<table><tr><th>Key Action</th><th>Responsible</th><th>Status</th></tr>"
    "<tr><td>@</td><td>@</td><td>@</td></tr></table></body></html>"
)


@pytest.fixture
def place(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of hostile records with a past, a remote, and a hostile author on a hostile branch."""
    git("config", "user.name", f"{TEXT} author".replace("\u202e", "\x1b[31m"))
    shutil.rmtree(folder / "records", ignore_errors=True)
    hostile_records(folder, 2)
    (folder / "records" / "hostile-2.yaml").unlink()
    git("add", "--all")
    git("commit", "--quiet", "--message", f"{TEXT}\n\n{TEXT}\n::error::\x1b[31m")
    shutil.copy(RECORD, "base.yaml")
    hostile_records(folder, 2)
    record = Path(RECORD)
    record.write_text(record.read_text().replace("2021-07-01", "2021-08-01"), encoding="utf-8")
    git("add", "records")
    git("commit", "--quiet", "--message", f"::error::{TEXT}")
    git("remote", "add", "origin", str(tmp_path / "::error::\x1b[31m"))
    git("switch", "--quiet", "--create", "::error::branch".replace(":", "\u2236"))
    shutil.copy(RECORD, "theirs.yaml")
    Path("fresh").mkdir()
    Path("page.html").write_text(PAGE.replace("@", TEXT.replace("<", "&lt;")), encoding="utf-8")
    Path("table.csv").write_text(f'id,title,status\n1,"{TEXT}","{TEXT}"\n', encoding="utf-8")
    monkeypatch.setenv("EDITOR", "true")
    return folder


def arguments(case: str) -> list[str]:
    return [word.replace("@", TEXT.replace("\u202e", "")) for word in case.split()]


def shown(environment: dict[str, str], *, terminal: bool) -> Iterator[tuple[str, Shown]]:
    prepared = run_apart(["stats", "--receipt", "--at", "HEAD", "-o", "receipt.json"], {}, terminal=False)
    assert prepared.code == 0, prepared.text
    for cases in CASES.values():
        for case in cases:
            yield case, run_apart(arguments(case), environment, terminal=terminal)


def test_every_command_has_its_hostile_cases() -> None:
    assert set(CASES) == {*COMMANDS, *HIDDEN}
    for name, cases in CASES.items():
        assert all(name in case.split() for case in cases)


@pytest.mark.usefixtures("place")
def test_in_a_ci_log_nothing_is_a_command_and_nothing_is_hidden() -> None:
    for case, answer in shown({"GITHUB_ACTIONS": "true", "COLUMNS": str(COLUMNS)}, terminal=False):
        assert "Traceback" not in answer.text, (case, answer.text[-2000:])
        assert harmful(answer.text) == [], case
        if not case.startswith("check"):
            assert commands(answer.text) == [], case


@pytest.mark.usefixtures("place")
def test_at_a_terminal_colours_alone_are_what_commands_it() -> None:
    for case, answer in shown({"TERM": "xterm-256color", "LINES": "40"}, terminal=True):
        assert "Traceback" not in answer.text, (case, answer.text[-2000:])
        assert harmful(plain(answer.text, bar=case.startswith(("site", "export")))) == [], case
