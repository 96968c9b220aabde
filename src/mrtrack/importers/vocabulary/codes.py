"""Codes for what documents print in words: countries, and amounts of money."""

import re
from collections.abc import Iterator, Mapping

from mrtrack.model.countries import COUNTRIES, REGIONAL_CODES
from mrtrack.model.plain import plain

_ALSO = """
ARE UAE; BHS Bahamas the; BIH Bosnia, Bosnia Herzegovina; BOL Plurinational State of Bolivia, Bolivia
Plurinational State of, Bolivia Plurinational State; BRN Brunei; CAF CAR; CIV Ivory Coast, Republic of Cote
d'Ivoire; COD DR Congo, DRC, D R Congo, Congo Democratic Republic, Congo Democratic Republic of, Congo DR,
DR of the Congo, Congo Democratic Republic of the, Congo the Democratic Republic of the, Democratic Republic
of Congo, Congo Kinshasa, DR of Congo; COG Republic of the Congo, Republic of Congo, Congo Republic, Congo
Republic of, Congo Republic of the, Congo Brazzaville; CPV Cape Verde; CZE Czech Republic; EGY Egypt Arab
Republic, Arab Republic of Egypt; FLK Falkland Islands; FSM Federated States of Micronesia, Micronesia
Federated States of, Micronesia Fed Sts; GBR UK, Great Britain, United Kingdom of Great Britain and Northern
Ireland; GMB Gambia the, Republic of the Gambia; HKG Hong Kong SAR, Hong Kong SAR China, Hong Kong China;
IRN Islamic Republic of Iran, Iran Islamic Republic of, Iran Islamic Republic; KGZ Kyrgyz Republic; KNA
Saint Kitts Nevis; KOR South Korea, Korea Republic of, Korea Republic, Korea South; LAO Lao, Lao PDR, Lao
People's Democratic Republic, Lao P D R; LBY Libyan Arab Jamahiriya, State of Libya; MAC Macau, Macao SAR,
Macao SAR China; MDA Republic of Moldova, Moldova Republic of; MKD Macedonia, FYROM, FYR Macedonia,
Macedonia FYR, Republic of North Macedonia, the former Yugoslav Republic of Macedonia, Macedonia the former
Yugoslav Republic of; MMR Burma; NLD Netherlands the, Kingdom of the Netherlands; PRK North Korea, DPRK, DPR
Korea, DPR of Korea, Korea Democratic People's Republic of, Korea Democratic People's Republic, Democratic
People's Republic Korea; PSE Palestine, Palestine State of, Occupied Palestinian Territory, Occupied
Palestinian Territories, Palestinian Territory, Palestinian Territories, Palestinian Territory Occupied,
West Bank and Gaza; RUS Russia; SSD Republic of South Sudan; STP Sao Tome; SVK Slovak Republic; SWZ
Swaziland, Kingdom of Eswatini; SYR Syria, Syrian Arab Republic the; TLS East Timor, Timor Leste; TUR
Turkey, Republic of Turkiye; TWN Taiwan Province of China, Taiwan China; TZA United Republic of Tanzania,
Tanzania United Republic of, Tanzania United Republic; USA United States, US, U S A, United States of
America the; VAT Vatican, Vatican City; VEN Bolivarian Republic of Venezuela, Venezuela Bolivarian Republic
of, Venezuela Republica Bolivariana de, Venezuela RB; VNM Vietnam; YEM Republic of Yemen, Yemen Republic,
Yemen Republic of; ZAF Republic of South Africa
"""
_SHORT = {"st": "saint", "dem": "democratic", "rep": "republic", "&": "and"}


_SEPARATOR = re.compile(r"[,;\n\t|]")
_AND = re.compile(r"\s(?:and|et|y|&)\s|\s?/\s?")
_MOST_PARTS = 3

_AMOUNT = re.compile(
    r"(?P<before>[^0-9.,'+-]*?)\s*(?P<number>[0-9](?:[0-9.,' \u00a0\u202f]*[0-9])?)\s*(?P<after>[^0-9.,'+-]*)"
)
_NUMBERS = (
    re.compile(
        r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:[ '][0-9]{3})+|[0-9]{1,15})"
        r"(?:\.(?P<cents>[0-9]{1,2}))?"
    ),
    re.compile(r"(?P<whole>[0-9]{1,3}(?:[. '][0-9]{3})+|[0-9]{1,15}),(?P<cents>[0-9]{2})"),
    re.compile(r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3}){2,})(?P<cents>)"),
)
_CURRENCY_CODES = """
AED ARS AUD BDT BOB BRL CAD CHF CLP CNY COP CRC CZK DKK DOP EGP ETB EUR GBP GHS GTQ HKD HNL HUF IDR ILS INR JOD
JPY KES KRW KZT LKR MAD MXN MYR NGN NIO NOK NPR NZD PEN PHP PKR PLN PYG RON RSD RUB RWF SAR SEK SGD THB TND TRY
TZS UAH UGX USD UYU UZS VND XAF XOF XPF ZAR ZMW
"""
_CURRENCY_SIGNS = """
US$ USD; $US USD; USD$ USD; \u20ac EUR; EURO EUR; EUROS EUR; \u00a3 GBP; C$ CAD; CA$ CAD; A$ AUD; NZ$ NZD
"""
_CURRENCIES: Mapping[str, str | None] = {
    **{code: code for code in _CURRENCY_CODES.split()},
    **{sign.split()[0]: sign.split()[1] for sign in _CURRENCY_SIGNS.split(";")},
    "$": None,
}


def country_code(text: str) -> str | None:
    """The ISO 3166 alpha-3 code, GLOBAL or REGIONAL, that a name or a code stands for; None where unknown.

    Names are those of the United Nations and other common ones in English, in any case.
    """
    return _CODES.get(_key(text)) if len(text) < 100 else None


def countries_in(text: str) -> tuple[tuple[int, int, str | None], ...]:
    """Where each name of a printed list of countries stands, and its code; None for a name that is not known.

    A name that has a comma of its own (“Congo, Dem. Rep.”) stays whole.
    """
    return tuple(_countries(text))


def amount_in(text: str) -> tuple[str, str | None] | None:
    """The amount that a text consists of, as record text, and its currency where that is printed.

    None where the text says more, or could mean two amounts (“5.000”).
    """
    printed = text.strip() if len(text) < 60 else ""
    found = _AMOUNT.fullmatch(printed)
    if not found:
        return None
    number = next(filter(None, (form.fullmatch(plain(found["number"])) for form in _NUMBERS)), None)
    marks = ["".join(mark.split()).upper() for mark in (found["before"], found["after"]) if mark.strip()]
    if number is None or len(marks) > 1 or not _CURRENCIES.keys() >= set(marks):
        return None
    whole = re.sub("[^0-9]", "", number["whole"])
    amount = f"{whole}.{number['cents']}" if number["cents"] else whole
    return amount, _CURRENCIES[marks[0]] if marks else None


def _countries(text: str) -> Iterator[tuple[int, int, str | None]]:
    parts = _parts(text)
    at = 0
    while at < len(parts):
        for size in range(min(_MOST_PARTS, len(parts) - at), 0, -1):
            start, end = parts[at][0], parts[at + size - 1][1]
            code = country_code(text[start:end])
            if code or size == 1:
                break
        at += size
        yield from _several(text, start, end) if code is None else ((start, end, code),)


def _parts(text: str) -> list[tuple[int, int]]:
    """The stretches between separators, without the white space around them; empty ones left out."""
    ends = [match.start() for match in _SEPARATOR.finditer(text)] + [len(text)]
    return list(_stretches(text, [0, *(end + 1 for end in ends[:-1])], ends))


def _stretches(text: str, starts: list[int], ends: list[int]) -> Iterator[tuple[int, int]]:
    for start, end in zip(starts, ends, strict=True):
        inner = text[start:end]
        if inner.strip():
            yield start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())


def _several(text: str, start: int, end: int) -> Iterator[tuple[int, int, str | None]]:
    """The names joined by “and” where all are known; else the stretch as one that is not."""
    found = list(_AND.finditer(text[start:end]))
    starts = [start, *(start + match.end() for match in found)]
    ends = [*(start + match.start() for match in found), end]
    names = [(*span, country_code(text[slice(*span)])) for span in _stretches(text, starts, ends)]
    yield from names if all(code for *_, code in names) else [(start, end, None)]


def _key(text: str) -> str:
    words = re.sub(r"[-,()/]+", " ", re.sub(r"[.']", "", plain(text)))
    return " ".join(_SHORT.get(word, word) for word in words.replace("&", " & ").split()).removeprefix("the ")


_CODES = {
    **{_key(name): code for code, name in COUNTRIES.items()},
    **{
        _key(name): entry.strip()[:3]
        for entry in _ALSO.replace("\n", " ").split(";")
        for name in entry.strip()[4:].split(",")
        if name.strip()
    },
    **{code.casefold(): code for code in COUNTRIES},
    **{code.casefold(): code for code in REGIONAL_CODES},
}
