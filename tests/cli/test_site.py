import io
import json
import os
import re
import sqlite3
import zipfile
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from conftest import Run, git
from hostile import WORD, bare, hostile, refused
from parsed import Page
from waterworks import begin


@pytest.fixture
def water(folder: Path) -> Path:
    return begin(folder)


def files(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@pytest.mark.usefixtures("water")
def test_every_evaluation_unit_and_year_has_its_page_with_its_downloads(mrtrack: Run) -> None:
    told = mrtrack("site", "out")
    assert told.code == 0, told.err
    assert "2 evaluations, 5 actions, as of 2026-11-22" in told.out
    made = files(Path("out"))
    for stem in (
        "evaluations/water-2021",
        "evaluations/harbour-2022",
        "units/director",
        "units/field-office",
        "years/2021",
        "years/2022",
        "actions",
    ):
        assert {f"{stem}.{ending}" for ending in ("html", "csv", "xlsx", "ics", "json")} <= made.keys()
    assert {"index.html", "evaluations.html", "units.html", "years.html"} <= made.keys()
    assert json.loads(made["evaluations/water-2021.json"])["items"][0]["id"] == "water-2021"
    assert len(json.loads(made["units/director.json"])["items"]) == 1


@pytest.mark.usefixtures("real")
def test_every_link_leads_to_a_page_and_every_recommendation_and_action_has_its_anchor(mrtrack: Run) -> None:
    assert mrtrack("site", "out").code == 0
    site = Path("out").resolve()
    pages = {path: Page(path) for path in site.rglob("*.html")}
    for path, page in pages.items():
        ids = page.all("id")
        assert len(ids) == len(set(ids)), path
        for link in [*page.all("href"), *page.all("src")]:
            if link.startswith("http"):
                continue
            place, _, anchor = link.partition("#")
            target = (path.parent / place).resolve() if place else path
            assert target.is_file(), (path, link)
            if anchor and target.name != "actions.html":
                assert anchor in pages[target].all("id"), (path, link)
    ids = pages[site / "evaluations" / "unossc-2020.html"].all("id")
    assert {"1", "7", "1.1", "7.4"} <= set(ids)


def test_each_page_says_the_day_and_the_commit_its_records_come_from(water: Path, mrtrack: Run) -> None:
    first = git("rev-parse", "HEAD").strip()[:10]
    (water.parent / "harbour-2022.yaml").write_text(
        (water.parent / "harbour-2022.yaml").read_text() + "\n# more\n"
    )
    git("commit", "--quiet", "--all", "--message", "more")
    second = git("rev-parse", "HEAD").strip()[:10]
    assert mrtrack("site", "out").code == 0
    for name, commit in (
        ("evaluations/water-2021", first),
        ("evaluations/harbour-2022", second),
        ("index", second),
        ("units/director", first),
    ):
        text = Page(Path(f"out/{name}.html")).text
        assert "As of 22 November 2026" in text
        assert commit in text
        assert "not committed" not in text
    water.write_text(water.read_text() + "\n# not yet\n")
    mrtrack("site", "out")
    assert "with changes that are not committed" in Page(Path("out/evaluations/water-2021.html")).text
    assert "not committed" not in Page(Path("out/evaluations/harbour-2022.html")).text


@pytest.mark.usefixtures("water")
def test_only_what_changed_is_made_anew_and_the_same_records_give_the_same_bytes(mrtrack: Run) -> None:
    mrtrack("site", "out")
    before = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*") if path.is_file()}
    assert "nothing has changed" in mrtrack("site", "out").out
    assert before == {path: path.stat().st_mtime_ns for path in Path("out").rglob("*") if path.is_file()}
    mrtrack("update", "harbour-2022:1.1", "initiated", "--comment", "Begun.", "--by", "M&E unit")
    told = mrtrack("site", "out").out
    again = {path: path.stat().st_mtime_ns for path in before}
    changed = {path.relative_to("out").as_posix() for path in before if again[path] != before[path]}
    assert "evaluations/harbour-2022.html" in changed
    assert "index.html" in changed
    assert not {name for name in changed if "water" in name or name.startswith(("units/", "years/2022"))}
    assert "unchanged" in told
    mrtrack("site", "fresh")
    assert files(Path("out")) == files(Path("fresh"))


@pytest.mark.usefixtures("water")
def test_what_is_kept_from_an_earlier_build_changes_no_byte_whatever_became_of_it(
    mrtrack: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mrtrack("site", "out")
    mrtrack("update", "harbour-2022:1.1", "initiated", "--comment", "Begun.", "--by", "M&E unit")
    mrtrack("site", "out")
    (shelf,) = Path(os.environ["MRTRACK_CACHE_DIR"]).rglob("site.sqlite")
    with closing(sqlite3.connect(shelf)) as database, database:
        database.execute("UPDATE kept SET content = substr(content, 1, length(content) - 9)")
    mrtrack("site", "cut")
    with closing(sqlite3.connect(shelf)) as database, database:
        database.execute("UPDATE kept SET content = x'00'")
    mrtrack("site", "odd")
    shelf.write_bytes(b"no database")
    mrtrack("site", "none")
    monkeypatch.setenv("MRTRACK_CACHE_DIR", str(tmp_path / "empty"))
    mrtrack("site", "fresh")
    fresh = files(Path("fresh"))
    assert all(files(Path(name)) == fresh for name in ("out", "cut", "odd", "none"))


def test_lists_of_actions_to_download_are_made_anew_only_where_one_of_their_actions_changed(
    water: Path, mrtrack: Run
) -> None:
    mrtrack("site", "out")
    before = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*.csv")}
    water.write_text(water.read_text().replace("planned_end: 2021-12", "planned_end: 2022-12"))
    mrtrack("site", "out")
    assert before == {path: path.stat().st_mtime_ns for path in before}
    water.write_text(water.read_text().replace("          Publish the plan.", "          Publish it."))
    mrtrack("site", "out")
    made = {path.relative_to("out").as_posix() for path in before if path.stat().st_mtime_ns != before[path]}
    assert made == {"actions.csv", "evaluations/water-2021.csv", "units/field-office.csv", "years/2022.csv"}


@pytest.mark.usefixtures("water")
def test_a_file_of_the_site_that_was_changed_without_growing_is_made_again(mrtrack: Run) -> None:
    mrtrack("site", "out")
    assert "nothing has changed" in mrtrack("site", "out").out
    whole = files(Path("out"))
    for name in ("index.html", "actions.json"):
        (Path("out") / name).write_bytes(whole[name][::-1])
    assert "written" in mrtrack("site", "out").out
    assert files(Path("out")) == whole


def test_nothing_is_taken_from_a_file_of_the_site_that_somebody_changed(water: Path, mrtrack: Run) -> None:
    mrtrack("site", "out")
    for path in Path("out").rglob("actions.*"):
        path.write_bytes(path.read_bytes()[::-1])
    water.write_text(water.read_text().replace("          Publish the plan.", "          Publish it."))
    mrtrack("site", "out")
    mrtrack("site", "fresh")
    assert files(Path("out")) == files(Path("fresh"))


@pytest.mark.usefixtures("real")
def test_the_front_page_ranks_only_units_that_have_something_left_to_do(mrtrack: Run) -> None:
    mrtrack("site", "out")
    front = Path("out/index.html").read_text(encoding="utf-8")
    ranked = front.partition("Units with the most overdue actions")[2].partition("</section>")[0]
    assert "Deputy-Executive Secretary" in ranked
    assert "All teams" not in ranked


def test_pages_of_records_that_are_gone_go_and_other_peoples_files_stay(water: Path, mrtrack: Run) -> None:
    mrtrack("site", "out")
    Path("out/CNAME").write_text("example.org", encoding="utf-8")
    (water.parent / "harbour-2022.yaml").unlink()
    assert "removed" in mrtrack("site", "out").out
    made = files(Path("out"))
    assert "CNAME" in made
    assert not [name for name in made if "harbour" in name]


@pytest.mark.usefixtures("water")
def test_a_page_that_was_damaged_is_made_again(mrtrack: Run) -> None:
    mrtrack("site", "out")
    whole = files(Path("out"))
    Path("out/index.html").write_text("half", encoding="utf-8")
    Path("out/years/2021.html").unlink()
    mrtrack("site", "out")
    assert files(Path("out")) == whole


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(water: Path, mrtrack: Run) -> None:
    Path("out").mkdir()
    Path("out/thesis.txt").write_text("mine", encoding="utf-8")
    told = mrtrack("site", "out")
    assert told.code == 1
    assert "not empty" in told.err
    assert files(Path("out")) == {"thesis.txt": b"mine"}
    assert mrtrack("site", ".").code == 1
    mrtrack("site", "good")
    Path("good/years/1999.html").write_text("mine", encoding="utf-8")
    water.write_text(water.read_text().replace("due: 2022-Q1", "due: 1999"))
    before = files(Path("good"))
    told = mrtrack("site", "good")
    assert told.code == 1
    assert "1999.html is in the way" in told.err
    assert files(Path("good")) == before


def test_a_manifest_that_leads_elsewhere_removes_nothing(water: Path, mrtrack: Run) -> None:
    mrtrack("site", "out")
    manifest = Path("out/.mrtrack-site.json")
    document = json.loads(manifest.read_text())
    document["files"]["../records/water-2021.yaml"] = ["x", ""]
    manifest.write_text(json.dumps(document))
    assert mrtrack("site", "out").code == 1
    assert water.is_file()


def test_a_record_that_cannot_be_read_stops_the_site_unless_partial(water: Path, mrtrack: Run) -> None:
    (water.parent / "broken.yaml").write_text("schema: [", encoding="utf-8")
    told = mrtrack("site", "out")
    assert told.code == 1
    assert "broken.yaml" in told.err
    assert not Path("out").exists()
    assert mrtrack("site", "out", "--partial").code == 0
    assert "1 record could not be read and is not counted" in Page(Path("out/index.html")).text


def test_what_is_not_to_be_published_is_nowhere_in_the_site(water: Path, mrtrack: Run) -> None:
    text = water.read_text().replace(
        "              The meeting was moved to follow the budget.\n",
        "              The meeting was moved to follow the budget.\n"
        "          - date: 2021-03-03\n            by: Secret unit\n            comment: |\n"
        "              A secret matter.\n            internal: true\n",
    )
    water.write_text(text)
    Path("mrtrack.toml").write_text(
        '[publish]\nomit = ["recommendations.actions.supported_by", "recommendations.actions.responsible"]\n'
    )
    assert mrtrack("check").code == 0
    assert mrtrack("site", "out").code == 0
    made = files(Path("out"))
    assert not [name for name in made if name.startswith("units/")]
    everything = b"".join(content for name, content in made.items() if not name.endswith(".xlsx"))
    assert b"secret matter" not in everything
    assert b"Secret unit" not in everything
    assert b"follow the budget" in everything


def test_an_organisation_chooses_its_language_and_its_own_words(water: Path, mrtrack: Run) -> None:
    harbour = water.parent / "harbour-2022.yaml"
    harbour.write_text(
        harbour.read_text().replace("recommendations:", "organisation: Puerto\nrecommendations:", 1)
    )
    Path("mrtrack.toml").write_text(
        '[publish]\nlanguage = "fr"\n[publish.languages]\nPuerto = "es"\n[labels.status]\ninitiated = "démarrée"\n'
    )
    assert mrtrack("site", "out").code == 0
    front, water_page, harbour_page = (
        Page(Path(f"out/{name}.html"))
        for name in ("index", "evaluations/water-2021", "evaluations/harbour-2022")
    )
    assert "Vue d’ensemble" in front.text
    assert "État au 22 novembre 2026" in water_page.text
    assert "démarrée" in water_page.text
    assert "Recomendación 1" in harbour_page.text
    assert [page.all("lang")[0] for page in (front, water_page, harbour_page)] == ["fr", "fr", "es"]


@pytest.mark.usefixtures("water")
def test_a_template_of_the_repository_goes_first_and_its_faults_are_named(mrtrack: Run) -> None:
    own = Path("templates/site")
    own.mkdir(parents=True)
    (own / "years.html").write_text(
        '{% extends "site/layout.html" %}{% block content %}<h1>Our years</h1>{% endblock %}'
    )
    assert mrtrack("site", "out").code == 0
    assert "Our years" in Page(Path("out/years.html")).text
    (own / "years.html").write_text("\n{{ nobody.knows }}")
    told = mrtrack("site", "out")
    assert told.code == 1
    assert "site/years.html, line 2: 'nobody' is undefined" in told.err
    (own / "years.html").write_text("{{ ''.__class__.__mro__ }}")
    assert mrtrack("site", "out").code == 1


@pytest.mark.usefixtures("water")
def test_the_site_of_a_past_day_and_commit_is_that_of_then(mrtrack: Run) -> None:
    assert mrtrack("site", "out", "--as-of", "2021-02-01", "--at", "HEAD").code == 0
    text = Page(Path("out/evaluations/water-2021.html")).text
    assert "As of 1 February 2021" in text
    assert "moved to follow the budget" not in text


def test_letters_that_turn_words_around_are_in_no_file_and_empty_lists_only_in_a_record_that_is_refused(
    folder: Path, mrtrack: Run
) -> None:
    records = folder / "records"
    records.mkdir()
    short = re.sub(r'(?s)(      - id: "1\.2".*?)(?=  - id: "2")', "", hostile()).replace(WORD, "word")
    for name, text in (("hostile", short), ("refused", refused()), ("bare", bare())):
        (records / f"{name}-2021.yaml").write_text(text, encoding="utf-8")
    told = mrtrack("site", "out")
    assert (told.code, Path("out").exists()) == (1, False)
    assert "refused-2021.yaml" in told.err
    assert mrtrack("site", "out", "--partial").code == 0
    made = files(Path("out"))
    for name, content in made.items():
        with zipfile.ZipFile(io.BytesIO(content)) if name.endswith(".xlsx") else nullcontext() as package:
            parts = [package.read(part) for part in package.namelist()] if package else [content]
        for text in (part.decode("utf-8") for part in parts):
            assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", text), name
            assert "Unseen" not in text, name
    page = Page(Path("out/evaluations/hostile-2021.html"))
    assert "\ufffdmarked\ufffd by" in page.text
    assert [tag for tag, found in page.tags if tag == "h1" and found == {"dir": "auto"}]
    assert "1 record could not be read" in page.text
    assert "evaluations/bare-2021.html" in made
    assert "evaluations/refused-2021.html" not in made


@pytest.mark.usefixtures("water")
def test_every_page_allows_no_outside_source(mrtrack: Run) -> None:
    mrtrack("site", "out")
    for path in Path("out").rglob("*.html"):
        policy = next(
            found["content"]
            for tag, found in Page(path).tags
            if found.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy is not None
        sources = {word for rule in policy.split("; ") for word in rule.split()[1:]}
        assert sources == {"'none'", "'self'"}
        assert "default-src 'none'" in policy


def test_a_repository_without_records_has_a_site_too(folder: Path, mrtrack: Run) -> None:
    (folder / "records").mkdir()
    told = mrtrack("site", "out")
    assert told.code == 0, told.err
    assert "The records are not committed." in Page(Path("out/index.html")).text


def test_a_build_that_was_broken_off_is_made_good_by_the_next_and_that_is_told(
    water: Path, mrtrack: Run
) -> None:
    assert water.exists()
    assert mrtrack("site", "out").code == 0
    made = files(Path("out"))
    manifest = Path("out/.mrtrack-site.json")
    told = json.loads(manifest.read_text(encoding="utf-8"))
    told["files"]["units/director.html"] = ["", ""]
    manifest.write_text(json.dumps(told), encoding="utf-8")
    Path("out/units/director.html").unlink()
    Path("out/units/.director.html.123.mrtrack-tmp").write_bytes(b"<html>")
    again = mrtrack("site", "out")
    assert (again.code, again.err) == (
        0,
        "The last build was broken off; what it left undone is made good.\n",
    )
    assert files(Path("out")) == made
    assert mrtrack("site", "out").err == ""
