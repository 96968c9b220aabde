import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.importers.vocabulary.withheld import withheld_in
from mrtrack.rules.people import _contacts


def parts(text: str) -> list[tuple[str, str]]:
    """The words that are withheld, and what they are."""
    return [(text[start:end], what) for start, end, what in withheld_in(text)]


@pytest.mark.parametrize(
    "printed",
    [
        "a.writer@example.org",
        "E-mail: a.writer@example.org",
        "<a_writer+1@mail.example.org>",
        "mailto:a.writer@example.org",
        "a.writer[at]example.org",
        "Courriel : é.auteur@example.org",
    ],
)
def test_an_e_mail_address_is_withheld_with_its_label(printed: str) -> None:
    assert parts(printed) == [(printed, "e-mail address")]
    assert parts(f"Write to {printed}, please") == [(printed, "e-mail address")]


@pytest.mark.parametrize(
    "printed",
    [
        "Tel. +1 202 555 0100",
        "Fax. +1 202 555 0101",
        "Tel: (202) 555-0100 ext. 12",
        "Phone no.: 202.555.0100",
        "Mobile +254 700 000000",
        "Tél. : 01 23 45 67 89",
        "Teléfono: 55 1234 5678",
        "Tel/Fax: 022 123 45 67",
        "+33 1 23 45 67 89",
        "+1 (202) 555-0100",
    ],
)
def test_a_telephone_number_is_withheld_with_its_label(printed: str) -> None:
    assert parts(printed) == [(printed, "telephone number")]
    assert parts(f"Call {printed}; thanks") == [(printed, "telephone number")]


@pytest.mark.parametrize(
    "printed",
    [
        "Budget: 30,000,000 and 1 200 000 USD",
        "2021/07/31, 27/09/2021, 2018-2021, 2020-07-15",
        "By mobile. 2021/07 Completed",
        "Atlas number 0012345678",
        "grew by +30 000",
        "phone 5 people about 100000 wells",
        "https://example.org/pages?id=123456789",
        "@home and a@b",
        "telephones 12345678",
        "",
    ],
)
def test_figures_dates_and_addresses_of_pages_are_not_withheld(printed: str) -> None:
    assert parts(printed) == []


def test_of_contacts_that_run_into_each_other_nothing_is_left() -> None:
    assert parts("tel. 123456a@b.org") == [("tel. 123456a@b.org", "telephone number")]


def test_several_contacts_stand_apart() -> None:
    text = "Tel. +1 202 555 0100 a@example.org; b@example.org"
    assert [what for _, what in parts(text)] == ["telephone number", "e-mail address", "e-mail address"]


SIGNS = st.sampled_from(
    ["tel", ". ", ": ", "+", "123456", "12 34", "a@b.org", "fax", " ", "(", "mail", "/", "é", "x"]
)


@given(st.one_of(st.text(), st.lists(SIGNS).map("".join)))
def test_contacts_are_found_in_order_and_apart(text: str) -> None:
    end_of_last = 0
    for start, end, _ in withheld_in(text):
        assert end_of_last <= start < end <= len(text)
        end_of_last = end


@given(st.lists(SIGNS.filter(lambda sign: sign != "/")).map("".join))
def test_what_check_would_object_to_is_withheld(text: str) -> None:
    kept = list(text)
    for start, end, _ in withheld_in(text):
        kept[start:end] = "\n" * (end - start)
    assert list(_contacts("".join(kept))) == []


@pytest.mark.parametrize("part", ["a", "a@", "1 ", "+1", "tel ", "tel: 1", "a.b@", "e-mail: ", "@a."])
def test_what_is_withheld_of_long_noise_lies_within_it(part: str) -> None:
    noise = part * (100_000 // len(part)) + " tel at] @ 123456"
    assert all(0 <= start < end <= len(noise) for start, end, _ in withheld_in(noise))
