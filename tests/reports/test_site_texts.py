from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from mrtrack.model.dates import parse_date
from mrtrack.model.setting_values import LANGUAGES
from mrtrack.reports.locale import CATALOGUES, texts

ROOT = Path(__file__).parents[2]
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "marked": None, "_": None}
OTHERS = [language for language in LANGUAGES if language != "en"]


def said() -> set[str | tuple[str, ...]]:
    """Every text that templates and modules of the site show."""
    places = [("python", path) for path in (ROOT / "src/mrtrack/reports/site").glob("*.py")]
    places += [("jinja2.ext:babel_extract", path) for path in (ROOT / "templates/site").glob("*.html")]
    return {found for method, path in places for found in _texts(method, path)}


def _texts(method: str, path: Path) -> Iterator[str | tuple[str, ...]]:
    for _, text, _, _ in extract_from_file(method, str(path), keywords=KEYWORDS):
        yield text


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_no_translation_is_left_over(language: str) -> None:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    wanted = said()
    assert len(wanted) > 150
    assert {message.id for message in catalogue if message.id} == wanted
    for message in catalogue:
        if message.id:
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(strings), message.id
            assert not message.fuzzy
            assert [str(error) for error in message.check(catalogue)] == []


def test_dates_and_numbers_are_written_as_the_language_does() -> None:
    forms = ("2021", "2021-Q3", "2021-07", "2021-07-31")
    told = {language: [texts(language).when(parse_date(form)) for form in forms] for language in LANGUAGES}
    assert told["en"] == ["2021", "Q3 2021", "July 2021", "31 July 2021"]
    assert told["fr"] == ["2021", "T3 2021", "juillet 2021", "31 juillet 2021"]
    assert told["es"] == ["2021", "T3 2021", "julio de 2021", "31 de julio de 2021"]
    assert texts("en").number(25_000) == "25,000"
    assert texts("fr").number(25_000) == "25\u00a0000"
    assert texts("en").percent(0, 0) == "–"
