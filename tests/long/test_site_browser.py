"""The site in a real browser, with the judges of accessibility and of HTML."""

import functools
import os
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from apart import judged, node_package
from benchmarks.corpus import build
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

from conftest import RECORDS, ROOT
from hostile import hostile

pytestmark = pytest.mark.long
CHROMIUM = Path("/usr/bin/chromium")
OFFLINE = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
SILENT = ("--disable-background-networking", "--disable-component-update", "--disable-sync")
VIOLATIONS = """axe.run({preload: false, resultTypes: ["violations"]}).then(told =>
  told.violations.map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 200))]))"""
NARROWEST_NAME = """Math.min(1e4, ...[...document.querySelectorAll(
  ".stack th[scope=row], .bars th[scope=row]")].map(name => name.clientWidth))"""
PICTURES = ROOT / ".screenshots"
KINDS = {
    "front": "index.html",
    "actions": "actions.html",
    "evaluations": "evaluations.html",
    "evaluation": "evaluations/unossc-2020.html",
    "hostile": "evaluations/hostile-2021.html",
    "units": "units.html",
    "unit": "units/director-and-deputy-directors.html",
    "years": "years.html",
    "year": "years/2021.html",
}


def _lacking(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        _lacking("chromium is not installed")
    with sync_playwright() as program:
        started = program.chromium.launch(executable_path=CHROMIUM, args=[*OFFLINE, *SILENT])
        yield started
        started.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the real records, of made-up ones and of a hostile one."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(RECORDS, folder / "records")
    build(folder / "records", 4)
    (folder / "records" / "hostile-2021.yaml").write_text(hostile(), encoding="utf-8")
    told = judged(sys.executable, "-m", "mrtrack", "-C", folder, "site", "out", MRTRACK_TODAY="2026-11-22")
    assert told == ""
    return folder / "out"


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core."""
    place = node_package(tmp_path_factory.mktemp("axe"), "axe-core")
    return (place / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


class Watched:
    """A page whose complaints and requests are kept."""

    def __init__(self, browser: Browser, site: Path, **options: Any) -> None:
        self.page: Page = browser.new_context(**options).new_page()
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self.page.on("console", lambda told: self.complaints.append(told.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on(
            "request",
            lambda asked: None if asked.url.startswith(site.as_uri()) else self.strangers.append(asked.url),
        )

    def _dialog(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_kind_of_page_opens_from_disk_quietly_fits_its_width_and_can_be_read_by_all(
    browser: Browser, site: Path, axe: str, width: int, colours: str
) -> None:
    PICTURES.mkdir(exist_ok=True)
    found: dict[str, Any] = {}
    for kind, path in KINDS.items():
        watched = Watched(
            browser, site, viewport={"width": width, "height": 900}, color_scheme=colours, bypass_csp=True
        )
        page = watched.page
        page.goto((site / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (kind, width)
        assert page.evaluate(NARROWEST_NAME) > 100, (kind, width)
        page.screenshot(path=PICTURES / f"{kind}-{width}-{colours}.png")
        assert (watched.complaints, watched.strangers) == ([], [])
        if kind != "hostile" or (width, colours) == (390, "dark"):
            page.evaluate(axe)
            violations = page.evaluate(VIOLATIONS)
            if violations:
                found[kind] = violations
        page.context.close()
    assert found == {}


def test_nothing_of_the_site_runs_or_asks_but_its_own_script(browser: Browser, site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        if path.parent.name == "units" and path.name not in {Path(one).name for one in KINDS.values()}:
            continue
        watched = Watched(browser, site)
        watched.page.goto(path.as_uri())
        assert (watched.complaints, watched.strangers) == ([], []), path
        watched.page.context.close()


def test_filters_search_and_sorting_are_kept_in_the_address(browser: Browser, site: Path) -> None:
    page = Watched(browser, site).page
    page.goto((site / "actions.html").as_uri())
    found = page.locator("#_found")
    expect(found).to_contain_text(re.compile(r"^(\d+) of \1 actions$"))
    page.select_option("#_status", "completed")
    page.fill("#_q", "annual work")
    page.locator("#_q").press("End")
    page.keyboard.type(" plan")
    expect(page).to_have_url(re.compile(r"#q=annual\+work\+plan&status=completed$"))
    few = found.inner_text()
    assert 0 < page.locator("#_table tbody tr").count() < 20
    page.click("th[data-key=due] button")
    first = page.locator("#_table tbody tr").first.inner_text()
    shared = page.url
    page.go_back()
    expect(page.locator("th[data-key=due]")).to_have_attribute("aria-sort", "ascending")
    page.go_back()
    expect(page.locator("#_q")).to_have_value("")
    expect(page.locator("#_status")).to_have_value("completed")
    page.go_back()
    expect(page.locator("#_status")).to_have_value("")
    page.go_forward()
    expect(page.locator("#_status")).to_have_value("completed")
    other = Watched(browser, site).page
    other.goto(shared)
    expect(other.locator("#_found")).to_have_text(few)
    assert other.locator("#_table tbody tr").first.inner_text() == first
    other.click("button[type=reset]")
    expect(other.locator("#_found")).to_contain_text(re.compile(r"^(\d+) of \1 actions$"))


def test_the_table_sorts_both_ways_turns_pages_and_finds_without_accents(
    browser: Browser, site: Path
) -> None:
    page = Watched(browser, site).page
    page.goto((site / "actions.html").as_uri() + "#show=overdue&sort=-lead")
    leads = page.locator("#_table tbody tr .c-lead a:visible").all_inner_texts()
    assert leads == sorted(
        leads,
        key=lambda name: [int(part) if part.isdigit() else part.lower() for part in re.split(r"(\d+)", name)],
        reverse=True,
    )
    page.goto((site / "actions.html").as_uri())
    before = page.locator("#_table tbody tr").first.inner_text()
    page.click("#_pages [data-step='1']")
    expect(page).to_have_url(re.compile("page=2"))
    assert page.locator("#_table tbody tr").first.inner_text() != before
    page.fill("#_q", "ÚNOSSC-2020:1.1")
    assert page.locator("#_table tbody tr").count() == 1


def test_the_site_works_on_a_server_too(browser: Browser, site: Path) -> None:
    handler = functools.partial(Silent, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        watched = Watched(browser, site)
        watched.page.goto(f"http://127.0.0.1:{server.server_port}/actions.html#q=planning")
        expect(watched.page.locator("#_found")).to_contain_text("actions")
        assert watched.complaints == []
        server.shutdown()


class Silent(SimpleHTTPRequestHandler):
    """A server that tells nobody what was asked."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own signature
        """Say nothing."""


def test_the_pages_are_html_without_a_fault(site: Path, tmp_path: Path) -> None:
    if shutil.which("java") is None:
        _lacking("java is not installed")
    jar = node_package(tmp_path / "vnu", "vnu-jar") / "node_modules/vnu-jar/build/dist/vnu.jar"
    pages = [site / path for path in KINDS.values()]
    assert judged("java", "-jar", jar, "--errors-only", *pages) == ""
