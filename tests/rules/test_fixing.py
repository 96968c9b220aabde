"""`check --fix`: what is safe is repaired in few lines, everything else stays byte for byte."""

import json
from pathlib import Path

import pytest

from mrtrack.model.settings import Settings
from mrtrack.rules.checking import check
from mrtrack.rules.fixing import Fixed, fixes
from mrtrack.source.reader import Reading, read

CASES = Path(__file__).parent / "cases"
USUAL = Settings()
UNITS = Settings.model_validate({"units": {"Communications": {"aliases": ["Comms", "Comms unit"]}}})
LAYOUT = {"S353", "S355", "S356", "S357", "F106", "F107"}
MARK = b"\xef\xbb\xbf"
BOREHOLES = """\
schema: 1
id: boreholes-2021
title: Review of the boreholes
recommendations:
  - id: "1"
    actions:
      - id: "1.1"
        text: |
          Survey the wells.
        responsible: Comms
        due: 2021-07
        history:
          - date: 2020-11-23
            due: 2021-07
"""


def record(text: str | bytes) -> Reading:
    content = text.encode() if isinstance(text, str) else text
    return read(content, "records/boreholes-2021.yaml")


def fixed(text: str | bytes, by: Settings = USUAL) -> Fixed:
    return fixes(record(text), by)


def changed(old: str, new: str) -> tuple[str, str]:
    assert old in BOREHOLES
    return BOREHOLES.replace(old, new), BOREHOLES


def codes(reading: Reading, by: Settings = USUAL) -> set[str]:
    return {problem.code for problem in check(reading, by)}


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        (BOREHOLES.replace('"1.1"', "1.1"), BOREHOLES),
        (BOREHOLES.replace('"1.1"', "1.10  # as printed"), BOREHOLES.replace('"1.1"', '"1.10"  # as printed')),
        (BOREHOLES.replace("Review of the boreholes", "2021"), BOREHOLES.replace("Review of the boreholes", '"2021"')),
        (BOREHOLES.replace("Comms", "no"), BOREHOLES.replace("Comms", '"no"')),
    ],
    ids=["an id", "an id with a comment", "a title", "a unit"],
)  # fmt: skip
def test_what_others_take_for_a_number_is_put_in_quotes(bad: str, good: str) -> None:
    assert fixed(bad).reading.text == good


@pytest.mark.parametrize(("number", "more"), [(7, ""), (8, ""), (9, " and 1 more"), (12, " and 4 more")])
def test_of_many_repairs_of_one_kind_eight_are_named(number: int, more: str) -> None:
    ids = [str(nth) for nth in range(1, number + 1)]
    items = "".join(f"  - id: {one}\n    title: Plan together\n" for one in ids)
    done = fixed(f"schema: 1\nid: boreholes-2021\nrecommendations:\n{items}")
    assert done.told == (f"put in quotes: {', '.join(ids[:8])}{more}",)


def test_a_list_in_brackets_gets_one_item_a_line() -> None:
    bad = BOREHOLES.replace(
        "title: Review", "partners: [Water board, 'Roads: north']  # as signed\ntitle: Review"
    )
    done = fixed(bad)
    assert 'partners:  # as signed\n  - Water board\n  - "Roads: north"\n' in done.reading.text
    assert done.told == (
        "written one a line instead of in brackets: partners",
        "keys put in their order: the record",
    )


def test_keys_in_braces_get_one_line_each() -> None:
    bad = BOREHOLES.replace(
        "recommendations:", "quality: {date: 2021-03, rating: satisfactory}\nrecommendations:"
    )
    good = BOREHOLES.replace(
        "recommendations:", "quality:\n  rating: satisfactory\n  date: 2021-03\nrecommendations:"
    )
    assert fixed(bad).reading.text == good


def test_brackets_with_a_comment_inside_stay_as_they_are() -> None:
    bad = BOREHOLES.replace(
        "recommendations:", "partners: [  # both\n  Water board, Roads]\nrecommendations:"
    )
    assert fixed(bad) == Fixed(record(bad), ())


def test_what_cannot_be_repaired_keeps_nothing_else_from_its_repair() -> None:
    lists = "partners: [  # both\n  Water board, Roads]\n"
    more = "addressed_to: [Water board, Roads]"
    bad = BOREHOLES.replace("recommendations:", f"{lists}recommendations:").replace(
        '  - id: "1"\n', f'  - id: "1"\n    {more}\n'
    )
    done = fixed(bad)
    assert done.told[0] == "written one a line instead of in brackets: 1 addressed_to"
    assert "    addressed_to:\n      - Water board\n      - Roads\n" in done.reading.text
    assert lists in done.reading.text


def test_a_record_that_is_all_braces_is_written_anew() -> None:
    bad = json.dumps({"schema": "1", "id": "boreholes-2021", "recommendations": [{"id": "1"}]})
    assert fixed(bad).reading.text == 'schema: 1\nid: boreholes-2021\nrecommendations:\n  - id: "1"\n'


def test_a_key_takes_its_lines_and_its_comments_to_its_place() -> None:
    bad = BOREHOLES.replace(
        """      - id: "1.1"
        text: |
          Survey the wells.
        responsible: Comms
        due: 2021-07
""",
        """      - due: 2021-07
        # whoever has the map
        responsible: Comms  # for now

        # as the board said
        text: |
          Survey the wells.
            # not a comment
          All of them.
          # below it
        id: "1.1"
""",
    )
    assert fixed(bad).reading.text == BOREHOLES.replace(
        """      - id: "1.1"
        text: |
          Survey the wells.
        responsible: Comms
        due: 2021-07
""",
        """      - id: "1.1"

        # as the board said
        text: |
          Survey the wells.
            # not a comment
          All of them.
          # below it
        # whoever has the map
        responsible: Comms  # for now
        due: 2021-07
""",
    )


def test_the_comment_above_a_first_key_goes_with_it_and_that_above_the_record_stays() -> None:
    head = "# Kept by the water board.\nid: boreholes-2021\nschema: 1\n"
    quality = "quality:\n  # by the office\n  date: 2021-03\n  rating: satisfactory\nrecommendations:"
    bad = BOREHOLES.replace("schema: 1\nid: boreholes-2021\n", head).replace("recommendations:", quality)
    after = fixed(bad).reading.text
    assert after.startswith("# Kept by the water board.\nschema: 1\nid: boreholes-2021\n")
    assert "quality:\n  rating: satisfactory\n  # by the office\n  date: 2021-03\nrecommendations:" in after


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("{currency: USD, amount: 30000}  # rough", "{amount: 30000, currency: USD}  # rough"),
        ("{currency: USD, # dollars\n  amount: 30000}", "{amount: 30000, # dollars\n  currency: USD}"),
        ('{ "currency": USD,\n  amount: 30000 }', '{ amount: 30000,\n  "currency": USD }'),
    ],
)
def test_keys_within_braces_are_exchanged_where_they_stand(bad: str, good: str) -> None:
    before = BOREHOLES.replace("recommendations:", f"budget: {bad}\nrecommendations:")
    assert fixed(before).reading.text == BOREHOLES.replace(
        "recommendations:", f"budget: {good}\nrecommendations:"
    )


def test_spaces_at_line_ends_go_and_those_inside_a_text_stay() -> None:
    text = "  Survey  \n\n          the wells. \n"
    bad = (
        BOREHOLES.replace("  Survey the wells.\n", text)
        .replace("text: |", "text: | ")
        .replace("Comms", "Comms \t")
    )
    done = fixed(bad)
    assert done.reading.text == BOREHOLES.replace("  Survey the wells.\n", text)
    assert done.told == ("spaces at the end of 2 lines are gone",)


def test_the_mark_and_the_line_ends_of_windows_go() -> None:
    done = fixed(MARK + BOREHOLES.replace("\n", "\r\n").encode())
    assert done.reading.content == BOREHOLES.encode()
    assert done.told == (
        "the byte order mark at the beginning is gone",
        "lines end with LF instead of CR LF",
    )


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("        due: 2022-01\n", "due is 2021-07, as the history says (was 2022-01)"),
        ("", "due is 2021-07, as the history says (was not written)"),
    ],
)
def test_the_present_is_written_from_the_history(bad: str, told: str) -> None:
    done = fixed(BOREHOLES.replace("        due: 2021-07\n", bad, 1))
    assert done.reading.text == BOREHOLES
    assert done.told == (f"boreholes-2021:1.1: {told}",)


def test_a_date_that_the_history_takes_away_is_taken_out() -> None:
    more = "          - date: 2021-02-01\n            due: null\n"
    done = fixed(BOREHOLES + more)
    assert done.reading.text == BOREHOLES.replace("        due: 2021-07\n", "", 1) + more


def test_the_present_stays_where_the_history_itself_is_in_doubt() -> None:
    more = "          - date: 2019-02-01\n            due: 2019-07\n"
    assert fixed(BOREHOLES + more) == Fixed(record(BOREHOLES + more), ())


def test_a_unit_gets_its_name_where_no_entry_names_the_lead() -> None:
    assert fixed(BOREHOLES, UNITS).reading.text == BOREHOLES.replace("Comms", "Communications")
    assert fixed(BOREHOLES, UNITS).told == (
        "boreholes-2021:1.1: responsible is “Communications” (was “Comms”)",
    )


def test_a_lead_that_the_history_names_stays_as_the_history_has_it() -> None:
    logged = BOREHOLES + "            responsible: Comms\n"
    assert fixed(logged, UNITS) == Fixed(record(logged), ())
    lax = Settings.model_validate(
        {**UNITS.model_dump(exclude_unset=True), "severity": {"present-differs-from-log": "off"}}
    )
    assert fixed(logged, lax) == Fixed(record(logged), ())


def test_no_unit_comes_to_stand_twice_among_those_that_help() -> None:
    helping = "        supported_by:\n          - {}\n          - {}\n        due: 2021-07\n"
    twice = BOREHOLES.replace("Comms", "Board").replace("        due: 2021-07\n", helping, 1)
    assert fixed(twice.format("Comms", "Communications"), UNITS).told == ()
    done = fixed(twice.format("Comms", "comms unit"), UNITS)
    assert done.reading.text == twice.format("Communications", "comms unit")


def test_what_was_accepted_or_switched_off_stays() -> None:
    bad = BOREHOLES.replace("schema: 1\nid: boreholes-2021\n", "id: boreholes-2021\nschema: 1\n")
    accepted = bad + "accepted:\n  - rule: key-order\n    reason: As the ministry prints it.\n"
    assert fixed(bad).reading.text == BOREHOLES
    assert fixed(accepted).told == ()
    assert fixed(bad, Settings.model_validate({"severity": {"key-order": "off"}})).told == ()


def test_a_record_that_cannot_be_read_keeps_every_byte() -> None:
    bad = MARK + BOREHOLES.replace("id: boreholes-2021", "id: {boreholes").encode()
    assert fixed(bad) == Fixed(record(bad), ())


@pytest.mark.parametrize(
    "folder", ["S353-unquoted-number", "S355-flow-list", "S356-flow-block", "S357-key-order",
               "A401-present-differs-from-log", "F106-byte-order-mark", "F107-line-ends"]
)  # fmt: skip
def test_the_bad_record_of_each_repairable_rule_is_repaired(folder: str) -> None:
    done = fixed((CASES / folder / "bad.yaml").read_bytes())
    assert done.told
    assert folder[:4] not in codes(done.reading)


@pytest.mark.parametrize("good", sorted(CASES.glob("*/good.yaml")), ids=lambda good: good.parent.name)
def test_a_good_record_keeps_every_byte(good: Path) -> None:
    before = read(good.read_bytes(), "records/water-2021.yaml")
    if codes(before) & {*LAYOUT, "A401"}:
        return
    assert fixes(before, USUAL) == Fixed(before, ())
