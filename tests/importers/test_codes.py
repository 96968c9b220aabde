import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.importers.vocabulary.codes import amount_in, countries_in, country_code
from mrtrack.model.countries import COUNTRIES


def named(text: str) -> list[tuple[str, str | None]]:
    """The names of a printed list, with their codes."""
    return [(text[start:end], code) for start, end, code in countries_in(text)]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("ARGENTINA", "ARG"),
        ("arg", "ARG"),
        ("GLOBAL", "GLOBAL"),
        ("Regional", "REGIONAL"),
        ("Viet Nam", "VNM"),
        ("Vietnam", "VNM"),
        ("Cote d'Ivoire", "CIV"),
        ("CÔTE D’IVOIRE", "CIV"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Tanzania, United Republic of", "TZA"),
        ("Lao PDR", "LAO"),
        ("DR Congo", "COD"),
        ("Congo, Dem. Rep.", "COD"),
        ("Democratic Republic of Congo", "COD"),
        ("Congo", "COG"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Syria", "SYR"),
        ("Republic of Moldova", "MDA"),
        ("Palestine", "PSE"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Macedonia", "MKD"),
        ("Swaziland", "SWZ"),
        ("Cape Verde", "CPV"),
        ("Czech Republic", "CZE"),
        ("Bosnia & Herzegovina", "BIH"),
        ("St. Lucia", "LCA"),
        ("The Gambia", "GMB"),
        ("Guinea-Bissau", "GNB"),
    ],
)
def test_a_country_is_known_by_its_usual_names(printed: str, code: str) -> None:
    assert country_code(printed) == code


@pytest.mark.parametrize("printed", ["Kosovo", "Kenyan", "Korea", "Africa", "", ".", "Kenya " * 99])
def test_a_name_that_is_no_country_s_has_no_code(printed: str) -> None:
    assert country_code(printed) is None


@given(st.sampled_from(sorted(COUNTRIES)))
def test_every_country_is_known_by_its_code_and_its_name(code: str) -> None:
    for printed in (code, code.lower(), COUNTRIES[code], COUNTRIES[code].upper()):
        assert country_code(printed) == code
        assert named(f"Kenya; {printed}") == [("Kenya", "KEN"), (printed, code)]


def test_a_list_of_countries_is_split_and_names_with_commas_stay_whole() -> None:
    text = (
        "Kenya, Congo, Dem. Rep., Chad;\nAtlantis , Hong Kong SAR, China,, Bonaire, Sint Eustatius and Saba"
    )
    assert named(text) == [
        ("Kenya", "KEN"),
        ("Congo, Dem. Rep.", "COD"),
        ("Chad", "TCD"),
        ("Atlantis", None),
        ("Hong Kong SAR, China", "HKG"),
        ("Bonaire, Sint Eustatius and Saba", "BES"),
    ]
    assert named(" ") == []


def test_two_known_countries_joined_by_a_word_are_two() -> None:
    assert named("Kenya and Uganda / Chad") == [("Kenya", "KEN"), ("Uganda", "UGA"), ("Chad", "TCD")]
    assert named("Trinidad and Tobago") == [("Trinidad and Tobago", "TTO")]
    assert named("Africa and Kenya") == [("Africa and Kenya", None)]


@pytest.mark.parametrize(
    ("printed", "amount", "currency"),
    [
        ("30,000", "30000", None),
        ("30000", "30000", None),
        ("US $ 28,000.50", "28000.50", "USD"),
        ("US$28,000", "28000", "USD"),
        ("USD 5000", "5000", "USD"),
        ("5,000 EUR", "5000", "EUR"),
        ("€ 12.50", "12.50", "EUR"),
        ("£7", "7", "GBP"),
        ("$ 5,000", "5000", None),
        ("1 200 000", "1200000", None),
        ("1\u00a0200\u202f000 €", "1200000", "EUR"),
        ("1'200'000 CHF", "1200000", "CHF"),
        ("1.200.000", "1200000", None),
        ("1.200,50 EUR", "1200.50", "EUR"),
        ("30,50", "30.50", None),
        ("0", "0", None),
    ],
)
def test_an_amount_is_read_with_the_currency_that_is_printed(
    printed: str, amount: str, currency: str | None
) -> None:
    assert amount_in(printed) == (amount, currency)


@pytest.mark.parametrize(
    "printed",
    [
        "€ 5.000",
        "5.000",
        "",
        "N/A",
        "-5",
        "3,00,000",
        "30,000 and 5",
        "about 5",
        "5 XYZ",
        "USD 5 EUR",
        "9" * 16,
    ],
)
def test_what_could_be_two_amounts_or_none_is_not_read(printed: str) -> None:
    assert amount_in(printed) is None


@given(st.integers(0, 10**12), st.sampled_from([",", " ", "'", "_"]))
def test_every_amount_is_read_whatever_parts_its_thousands(amount: int, mark: str) -> None:
    assert amount_in(f"{amount:,}".replace(",", "" if mark == "_" else mark)) == (str(amount), None)


@given(st.text("ABab ,;&/\nKenya"))
def test_the_names_of_a_list_stand_apart_and_leave_only_separators(text: str) -> None:
    end_of_last = 0
    for start, end, _ in countries_in(text):
        assert not text[end_of_last:start].strip(" ,;&/\nandety")
        assert text[start:end] == text[start:end].strip()
        end_of_last = end
    assert not text[end_of_last:].strip(" ,;&/\nandety")


@pytest.mark.parametrize("part", ["Kenya, ", "Kenya and ", ",", "a", " "])
def test_long_noise_names_no_amount_and_no_more_countries_than_it_has_words(part: str) -> None:
    noise = part * (100_000 // len(part))
    assert amount_in(noise) is None
    assert len(countries_in(noise)) <= len(noise.split())
