"""Cases of every command over a repository of hostile records: nothing that mrtrack does is left out."""

import shutil
from pathlib import Path

from conftest import git
from hostile_fields import hostile_records

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
        "history --digest --since 2021 --format html",
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
        f"update {R}:1.1 --due 2027 --comment @ --by @ --commit",
        "update hostile-2:1.1 initiated --comment @ --by @",
    ),
    "edit": (f"edit {R}:1.1",),
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
        "check --base main~1",
        "check --explain S305",
    ),
    "diff": ("diff", "diff main~1", "diff main~1 --json", "diff main~1 --format md"),
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
    "init": ("-C ../fresh init",),
    "setup": ("setup --completion bash", "setup", "setup --remove"),
    "schema": ("schema",),
    "undo": ("undo --dry-run", "undo"),
    "merge": (f"merge base.yaml {RECORD} theirs.yaml 7 {RECORD}", "merge --resolve"),
}  # fmt: skip
BAD_NEWS = {"check --base main~1", CASES["merge"][0]}
"""The cases that leave with 1, as they tell of errors or a conflict; the others leave with 0."""

TEXT = "::error::\u202e [red]r[/] :smile: {{7*7}} =1+1 ##[error] \u6c34"
PAGE = (
    "<html><body><h1>Evaluation @</h1><table><tr><th>Recommendation</th><td>@</td></tr>"
    "<tr><th>Management Response:</th><td>@</td></tr></table>"
    "<table><tr><th>Key Action</th><th>Responsible</th><th>Status</th></tr>"
    "<tr><td>@</td><td>@</td><td>@</td></tr></table></body></html>"
)


def arguments(case: str) -> list[str]:
    """The arguments of a case; `@` stands for a hostile text."""
    return [word.replace("@", TEXT.replace("\u202e", "")) for word in case.split()]


def prepared(folder: Path) -> Path:
    """A repository of hostile records with a past, a remote, a hostile author, and what the cases work on."""
    git("config", "user.name", f"{TEXT} author".replace("\u202e", "\x1b[31m"))
    hostile_records(folder, 2)
    (folder / "records" / "hostile-2.yaml").unlink()
    git("add", "--all")
    git("commit", "--quiet", "--message", f"{TEXT}\n\n{TEXT}\n::error::\x1b[31m")
    shutil.copy(RECORD, "base.yaml")
    hostile_records(folder, 2)
    record = folder / RECORD
    record.write_text(record.read_text(encoding="utf-8").replace("2021-07-01", "2021-08-01"), "utf-8")
    git("add", "records")
    git("commit", "--quiet", "--message", f"::error::{TEXT}")
    git("remote", "add", "origin", str(folder.parent / "::error::\x1b[31m"))
    git("switch", "--quiet", "--create", "##[error]branch".replace("[", "("))
    shutil.copy(RECORD, "theirs.yaml")
    (folder.parent / "fresh").mkdir()
    (folder / "page.html").write_text(PAGE.replace("@", TEXT.replace("<", "&lt;")), encoding="utf-8")
    (folder / "table.csv").write_text(f'id,title,status\n1,"{TEXT}","{TEXT}"\n', encoding="utf-8")
    return folder
