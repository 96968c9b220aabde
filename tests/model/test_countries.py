import pycountry

from mrtrack.model.countries import COUNTRIES, REGIONAL_CODES


def test_the_codes_are_those_of_iso_3166() -> None:
    assert set(COUNTRIES) == {country.alpha_3 for country in pycountry.countries}


def test_every_code_has_a_short_name_of_its_own() -> None:
    names = list(COUNTRIES.values())
    assert all(name and name == name.strip() and len(name) < 45 for name in names)
    assert len(set(names)) == len(names)


def test_names_belong_to_their_codes() -> None:
    picked = {code: COUNTRIES[code] for code in ("ABW", "AUT", "AUS", "COD", "COG", "NER", "NGA", "ZWE")}
    assert picked == {
        "ABW": "Aruba",
        "AUT": "Austria",
        "AUS": "Australia",
        "COD": "Democratic Republic of the Congo",
        "COG": "Congo",
        "NER": "Niger",
        "NGA": "Nigeria",
        "ZWE": "Zimbabwe",
    }


def test_the_words_for_no_single_country_are_no_codes() -> None:
    assert set(REGIONAL_CODES) == {"GLOBAL", "REGIONAL"}
    assert not REGIONAL_CODES & set(COUNTRIES)
