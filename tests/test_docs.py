"""The pages say what is so: every command, option, key and link; their answers are tested as generated."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from commands_page import command, shared_options
from conftest import Run
from mrtrack.cli.main import COMMANDS
from pages import REPOSITORY, run_page

DOCS = REPOSITORY / "docs"
PAGES = sorted([*REPOSITORY.glob("*.md"), *DOCS.glob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)", re.DOTALL)
SOURCES = sorted((REPOSITORY / "src").rglob("*.py"))


def text_of(name: str) -> str:
    """The text of a page."""
    return (REPOSITORY / name).read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """What a link can point at on a page, as hosting sites name its headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in LINK.findall(prose):
        file, _, anchor = target.partition("#")
        if "://" in file:
            continue
        place = (page.parent / file).resolve() if file else page
        assert place.exists(), f"{page.name} links to {target}"
        assert not anchor or anchor in anchors(place), f"{page.name} links to {target}"


def test_the_index_lists_every_page() -> None:
    listed = set(LINK.findall(text_of("docs/index.md")))
    assert {page.name for page in DOCS.glob("*.md")} - {"index.md"} <= listed


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_stands_in_the_reference(name: str) -> None:
    page = text_of("docs/commands.md")
    chapters = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    shared = shared_options()
    for option in command(name).params:
        place = "What reading commands share" if option.opts[0] in shared else f"mrtrack {name}"
        for spelling in (*option.opts, *option.secondary_opts):
            told = spelling if spelling.startswith("-") else option.metavar
            assert re.search(rf"(?<![\w-]){re.escape(told)}(?![\w-])", chapters[place]), (spelling, place)


def test_every_variable_that_the_program_reads_stands_in_the_reference() -> None:
    read = set().union(*(re.findall(r'"(MRTRACK_[A-Z_]+)"', file.read_text("utf-8")) for file in SOURCES))
    assert read
    assert all(f"`{name}`" in text_of("docs/commands.md") for name in read)


ELSEWHERE = {
    *("ask", "diff", "edit", "export", "import", "init", "propose", "remind", "render"),
    *("schema", "setup", "site", "stats", "take", "verify"),
}


def test_the_year_uses_every_command_but_those_with_pages_of_their_own() -> None:
    used = set(re.findall(r"^\$ mrtrack (\w+)", text_of("docs/year.md"), re.MULTILINE))
    assert used == set(COMMANDS) - ELSEWHERE


def documented(kind: str) -> set[str]:
    """The keys that docs/json.md tells of a kind of item."""
    chapter = re.search(rf"^## {kind}\n(.*?)(?=^## |\Z)", text_of("docs/json.md"), re.MULTILINE | re.DOTALL)
    assert chapter, kind
    return set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`[^|]+) \|", chapter[1], re.MULTILINE))))


ASKED = {
    "actions": ("list",),
    "recommendations": ("list", "recommendations"),
    "evaluations": ("list", "evaluations"),
    "status": ("status",),
    "history": ("history",),
    "indicators": ("stats",),
    "problems": ("check",),
}


@pytest.mark.parametrize("kind", ASKED)
def test_the_keys_of_a_kind_of_item_are_those_documented(kind: str, real: Path, mrtrack: Run) -> None:
    (real / "records" / "broken.yaml").write_text("schema: 1\nid: broken\nfoo: 1\n", encoding="utf-8")
    document = json.loads(mrtrack(*ASKED[kind], "--json").out)
    assert document["kind"] == kind
    assert all(set(item) == documented(kind) for item in document["items"])
    top = set(re.findall(r"^\| `(\w+)` \|", text_of("docs/json.md").split("## actions")[0], re.MULTILINE))
    assert set(document) == top
    assert all(f"`{key}`" in text_of("docs/json.md") for key in document["unread"][0])


def test_the_keys_of_changes_are_those_documented(real: Path, mrtrack: Run) -> None:
    assert (real / "records").is_dir()
    mrtrack("update", "unossc-2020:3.1", "completed", "--by", "M&E unit")
    document = json.loads(mrtrack("diff", "HEAD", "--json").out)
    assert {item["change"] for item in document["items"]} >= {"status", "count"}
    assert all(set(item) == documented("changes") for item in document["items"])


def test_the_keys_of_an_account_are_those_documented(folder: Path, mrtrack: Run) -> None:
    (folder / "page.txt").write_text("Recommendation 1: Dig.\n\nManagement Response: Agreed.\n", "utf-8")
    mrtrack("import", "page.txt", "--report", "account.json")
    document = json.loads((folder / "account.json").read_text("utf-8"))
    (item,) = document["items"]
    assert document["kind"] == "accounts"
    assert set(item) == documented("accounts")
    assert all(f"`{key}`" in text_of("docs/json.md") for key in (*item["fates"], *item["account"][0]))


def test_the_numbers_within_status_are_documented(real: Path, mrtrack: Run) -> None:
    assert (real / "records").is_dir()
    chapter = text_of("docs/json.md").split("## status")[1].split("\n## ")[0]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", chapter, re.MULTILINE))
    item = json.loads(mrtrack("status", "--json").out)["items"][0]
    for key, told in rows.items():
        within: Any = item[key]
        keys = set(within[0] if isinstance(within, list) else within if isinstance(within, dict) else ())
        assert keys == set(re.findall(r"`([\w-]+)`", told)) - {"null"}, key


def test_a_record_in_json_has_the_derived_beside_each_action(real: Path, mrtrack: Run) -> None:
    assert (real / "records").is_dir()
    document = json.loads(mrtrack("show", "unece-2021:1.1", "--json").out)
    assert document["kind"] == "records"
    assert set(document["items"][0]["derived"]) == documented("actions")
    assert "`derived`" in text_of("docs/json.md")


def test_a_page_is_run_and_its_answers_written_anew(folder: Path) -> None:
    day, commands = "# 3 May 2026\n", "$ mrtrack check\nold\n$ git status --short\n"
    page = f"Say:\n\n```console\n{day}{commands}```\n\n```toml mrtrack.toml\n```\n"

    def mrtrack(arguments: Any) -> tuple[int, str]:
        return 0, f"{' '.join(arguments)}: done\n"

    anew = run_page(page, mrtrack)
    assert anew == page.replace("old\n", "check: done\n\n")
    assert (folder / "mrtrack.toml").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(("info", "code"), [("", 1), (" refused", 0), (" refused", 2)])
def test_a_refusal_that_a_page_does_not_mark_is_noticed(info: str, code: int) -> None:
    with pytest.raises(AssertionError, match="left with"):
        run_page(f"```console{info}\n$ mrtrack check\n```\n", lambda _: (code, ""))


def test_the_readme_sets_up_in_one_line_each() -> None:
    commands = re.findall(r"^```sh\n(.*)\n```$", text_of("README.md"), re.MULTILINE)
    assert [line.rpartition("/")[2] for line in commands] == ["mrtrack status", "pytest -n 2"]
    assert all(
        line.startswith("python3 -m venv .venv && .venv/bin/pip install --quiet ") for line in commands
    )
    windows = re.findall(r"^```powershell\n(.*?)```$", text_of("README.md"), re.MULTILINE | re.DOTALL)
    told = [re.sub(r"^py |(?<=; )\.venv\\Scripts\\", "", line) for line in windows[0].splitlines()]
    assert told == [
        re.sub(r"^python3 |(?<=&& )\.venv/bin/", "", line).replace(" &&", ";") for line in commands
    ]
