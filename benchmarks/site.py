"""`python -m benchmarks.site`: what a site of many evaluations costs, and how its table answers."""

import argparse
import gc
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.corpus import build
from benchmarks.results import Result, table

if TYPE_CHECKING:
    from mrtrack.reports.site.building import Site

_ENTRY = re.compile(r"^ {12}status: (?!no-longer).*$", re.MULTILINE)
CHROMIUM = "/usr/bin/chromium"
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
KEYSTROKES = """(rounds) => {
  const field = document.getElementById("_q");
  const rows = window.mrtrackActions.rows;
  const units = window.mrtrackActions.units;
  const words = rows.map((row) => (row[2] + " " + row[3] + " " + (row[4] < 0 ? "" : units[row[4]][0])).toLowerCase());
  const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
  const typed = [], bare = [];
  for (let round = 0; round < rounds; round++) {
    for (const asked of ["m", "me", "met", "meth", "metho", "method", "q", "zz"]) {
      let begun = performance.now();
      let found = 0;
      for (const text of words) if (text.includes(asked)) found++;
      bare.push(performance.now() - begun);
      begun = performance.now();
      field.value = asked;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      typed.push(performance.now() - begun);
    }
  }
  return [rows.length, median(typed), median(bare)];
}"""


def main() -> None:
    """Measure, and print a table."""
    told = argparse.ArgumentParser(prog="python -m benchmarks.site", description=__doc__)
    told.add_argument("--evaluations", type=int, default=1_000)
    told.add_argument("--folder", type=Path, help="where records and site are kept for another run")
    asked = told.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = (asked.folder or Path(passing)).resolve()
        records = folder / "site-records"
        if not records.exists():
            build(records / "records", asked.evaluations)
        results = [*_building(records, folder / "site"), _pages(records), *_keystrokes(folder / "site")]
    sys.stdout.write("\n".join(table(results)) + "\n")


def _building(records: Path, site: Path) -> Iterator[Result]:
    """A first build, and one after a change of one record, each as a process.

    The change is one of the evaluation itself, then one of an action, which more files tell of.
    """
    for left in (site, site.parent / "site-cache"):
        shutil.rmtree(left, ignore_errors=True)
    first = _run(records, site)
    record = next(iter(sorted((records / "records").rglob("*.yaml"))))
    before = record.read_text(encoding="utf-8")
    changed = {
        "an evaluation": before.replace("status: completed", "status: ongoing", 1),
        "an action": _ENTRY.sub("            status: no-longer-applicable", before, count=1),
    }
    for what, text in changed.items():
        record.write_text(text, encoding="utf-8")
        again = _run(records, site)
        record.write_text(before, encoding="utf-8")
        told = f"{again:.1f} s against {first:.1f} s"
        yield Result(
            f"a rebuild after a change of {what}, of a first build", again / first, "", "at most 0.1", told
        )
        _run(records, site)


def _run(records: Path, site: Path) -> float:
    """Seconds of CPU."""
    begun = _children()
    command = [sys.executable, "-m", "mrtrack", "-C", str(records), "site", str(site)]
    kept = {**os.environ, "MRTRACK_CACHE_DIR": str(site.parent / "site-cache")}
    subprocess.run(command, check=True, capture_output=True, env=kept)  # noqa: S603 - our own program
    return _children() - begun


def _children() -> float:
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def _pages(records: Path) -> Result:
    """All pages, against a page of the same layout with nothing in it."""
    site = _site(records)
    outputs = [output for output in site.outputs() if output.path.endswith(".html")]
    outputs[5].make()
    gc.freeze()
    begun = time.process_time()
    for output in outputs:
        output.make()
    each = (time.process_time() - begun) / len(outputs)
    empty = _empty(site)
    told = f"{each * 1000:.2f} ms against {empty * 1000:.2f} ms, {len(outputs):,} pages"
    return Result(
        "a page, against an empty one of the same layout", each / empty, "times", "at most 40", told
    )


def _empty(site: "Site") -> float:
    """Seconds for a page that is nothing but the layout."""
    from mrtrack.reports.locale import texts  # noqa: PLC0415 - loads what is measured
    from mrtrack.reports.site.pages import Pages  # noqa: PLC0415 - the same

    pages = Pages(site.folder, texts("en"))
    said = {"site": "x", "as_of": site.subject.as_of, "commit": "", "uncommitted": False, "unread": 0}
    rounds = []
    for _ in range(15):
        begun = time.process_time()
        for _ in range(100):
            pages.page("layout.html", home="en", root="../", stem="x", active="units", **said)
        rounds.append((time.process_time() - begun) / 100)
    return statistics.median(rounds)


def _site(records: Path) -> "Site":
    from mrtrack.cli import site as command  # noqa: PLC0415 - loads what is measured
    from mrtrack.cli.options import Asked, Format  # noqa: PLC0415 - the same
    from mrtrack.reports.site.building import Site  # noqa: PLC0415 - the same
    from mrtrack.store.shelf import Shelf  # noqa: PLC0415 - the same

    os.chdir(records)
    kind: dict[str, Any] = {
        "criteria": {},
        "view": None,
        "as_of": None,
        "at": None,
        "sort": None,
        "limit": None,
    }
    question = Asked(**kind, format=Format.TABLE, strict=False).open()
    subject = command._subject(question, Shelf(None))  # noqa: SLF001 - what is measured
    return Site(subject, records / "templates")


def _keystrokes(site: Path) -> Iterator[Result]:
    """A letter typed into the search of the table, against a bare loop over the same rows in the same page."""
    if not Path(CHROMIUM).exists():
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only here

    with sync_playwright() as program:
        browser = program.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page()
        page.goto((site / "actions.html").as_uri())
        rows, typed, bare = page.evaluate(KEYSTROKES, 9)
        browser.close()
    told = f"{typed:.1f} ms against {bare:.1f} ms, {rows:,} rows"
    yield Result("a keystroke, against a bare loop over the rows", typed / bare, "times", "at most 3", told)


if __name__ == "__main__":
    main()
