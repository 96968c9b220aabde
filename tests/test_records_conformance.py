"""The two records we ship say what their source documents say, in words of our own."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Iterator

REPO = Path(__file__).resolve().parent.parent
SHARED = REPO.parent / "shared"
RECORDS = {
    "unossc-2020": "000_9affc7f0a352c595",
    "unece-2021": "004_3763bfb89c92fe9b",
}
PROSE = ("description", "text", "comment")
RUN = 8  # so many words in a row are a copy, fewer are the names of things

# The strategy goes by several spellings; whichever it is, it is one name and not eight words.
STRATEGY = re.compile(r"UN[- ](?:system[- ]?wide|wide(?: system)?) strategy on SSC and TrC", re.IGNORECASE)
QUOTED = re.compile(r"“([^”]*)”")
SUPPORT = re.compile(
    r",?\s+(?:with support(?:ed)? (?:of|by)|in collaboration with|supported by|support by|with)\s+"
)

Data = dict[str, Any]


# --- reading -------------------------------------------------------------------------------------


def shared(path: str) -> str:
    """The text of a file that lies beside the repository, not in it."""
    file = SHARED / path
    if not file.is_file():
        pytest.skip(f"{file} is not here: the source documents are not part of this repository")
    return file.read_text(encoding="utf-8")


def written(name: str) -> str:
    return (REPO / "records" / f"{name}.yaml").read_text(encoding="utf-8")


def load(name: str) -> Data:
    """A record with every scalar as text, read by ruamel and not by the reader under test."""
    loaded: Data = YAML(typ="base", pure=True).load(written(name))
    return loaded


@pytest.fixture
def unossc() -> Data:
    return load("unossc-2020")


@pytest.fixture
def unece() -> Data:
    return load("unece-2021")


@pytest.fixture
def unossc_facts() -> Data:
    facts: Data = json.loads(shared(f"expected/{RECORDS['unossc-2020']}.json"))
    return facts


@pytest.fixture
def unece_facts() -> Data:
    facts: Data = json.loads(shared(f"expected/{RECORDS['unece-2021']}.json"))
    return facts


@pytest.fixture
def unossc_source(unossc_facts: Data) -> str:
    return shared(f"seeds/{unossc_facts['source']}")


@pytest.fixture
def unece_source(unece_facts: Data) -> str:
    return shared(f"seeds/{unece_facts['source']}")


@pytest.fixture(params=list(RECORDS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def record(name: str) -> Data:
    return load(name)


@pytest.fixture
def source(name: str) -> str:
    return shared(f"seeds/{RECORDS[name]}.txt")


def actions_of(record: Data) -> dict[str, Data]:
    return {a["id"]: a for r in record["recommendations"] for a in r["actions"]}


def nodes(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every key of a record with its value, at any depth."""
    if isinstance(value, dict):
        for k, v in value.items():
            yield k, v
            yield from nodes(v, k)
    elif isinstance(value, list):
        for item in value:
            yield from nodes(item, key)


def prose_of(record: Data) -> list[str]:
    return [value for key, value in nodes(record) if key in PROSE]


# --- comparing -----------------------------------------------------------------------------------


def passage(text: str, starts: str, ends: str) -> str:
    """The part of a source that begins and ends with these words."""
    first = text.index(starts)
    return text[first : text.index(ends, first) + len(ends)]


def printed_comment(source: str, fact: Data) -> str:
    row = source[source.index(f"\n{fact['action']} {fact['text_starts']}") :]
    row = row[row.index("[Last Updated:") :]
    comment = passage(row, fact["comment_starts"], " History").removesuffix(" History")
    assert comment.endswith(fact["comment_ends"])
    return comment


def printed_response(source: str, recommendation: str) -> str:
    section = source[source.index(f"\n{recommendation}. Recommendation:") :]
    return passage(section, "Management Response:", "Key Actions:")


def printed_section(source: str, recommendation: str) -> str:
    return source[source.index(f"\nRecommendation {recommendation}:") :]


def numbers(text: str) -> set[int]:
    return {int(digits) for digits in re.findall(r"\d+", text)}


def acronyms(text: str) -> set[str]:
    return set(re.findall(r"\b[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b", text))


def promises(text: str) -> bool:
    return bool(re.search(r"\bwill\b", text))


def words(text: str) -> list[str]:
    flat = STRATEGY.sub("THE-STRATEGY", " ".join(text.split())).lower()
    return re.findall(r"\w+(?:[-/&+']\w+)*", flat.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def split_responsible(printed: str) -> tuple[str, list[str]]:
    """Lead and support of a printed responsible text: cut once, and what follows stays whole."""
    lead, *support = SUPPORT.split(printed, maxsplit=1)
    return lead, support


def assert_units(action: Data, printed: str) -> None:
    """Lead and support as printed; the printed words are kept wherever the two do not give them."""
    lead, support = split_responsible(printed)
    assert action["responsible"] == lead
    assert action.get("supported_by", []) == support
    said = ", supported by ".join([lead, *support])
    assert action.get("responsibility") == (None if said == printed else printed)


# --- UNOSSC, from an ERC page --------------------------------------------------------------------


def test_unossc_head_says_what_the_page_says(unossc: Data, unossc_facts: Data) -> None:
    fact = unossc_facts["evaluation"]
    assert unossc["title"] == fact["title"]
    assert unossc["plan"] == fact["evaluation_plan"]
    assert unossc["organisation"] in fact["evaluation_plan"]
    assert unossc["type"] == fact["type"]
    assert unossc["status"] == fact["status"].lower()
    assert unossc["completed"] == fact["completed"]
    assert unossc["planned_end"] == fact["planned_end"]
    assert unossc["funding"] == fact["source_of_funding"]
    assert unossc["countries"] == fact["countries"]


def test_unossc_money_is_in_dollars(unossc: Data, unossc_facts: Data) -> None:
    fact = unossc_facts["evaluation"]
    assert unossc["budget"] == {"amount": str(fact["budget_usd"]), "currency": "USD"}
    assert unossc["expenditure"] == {"amount": str(fact["expenditure_usd"]), "currency": "USD"}


def test_unossc_yes_and_no_are_true_and_false(unossc: Data, unossc_facts: Data) -> None:
    fact = unossc_facts["evaluation"]
    assert unossc["joint_programme"] == str(fact["joint_programme"]).lower()
    assert unossc["joint_evaluation"] == str(fact["joint_evaluation"]).lower()
    assert unossc["management_response"] == {"required": str(fact["management_response"]).lower()}
    assert fact["gef_evaluation"] is False
    assert "gef" not in unossc


def test_unossc_team_has_the_alpha_3_code_of_its_nationality(unossc: Data, unossc_facts: Data) -> None:
    codes = {"ARGENTINA": "ARG"}
    team = [m | {"nationality": codes[m["nationality"]]} for m in unossc_facts["evaluation"]["team"]]
    assert unossc["team"] == team


def test_unossc_leaves_out_what_the_page_leaves_empty(unossc: Data, unossc_facts: Data) -> None:
    fact = unossc_facts["evaluation"]
    empty = {
        "project_numbers": fact["atlas_project_number"],
        "stakeholders": fact["key_stakeholders"],
        "classification": fact["corporate_outcome"],
        "lessons": fact["lessons"],
        "findings": fact["findings"],
    }
    assert not any(empty.values())
    assert not empty.keys() & unossc.keys()
    assert "period" not in unossc


def test_unossc_recommendations_stand_in_order_with_their_responses(unossc: Data, unossc_facts: Data) -> None:
    assert [r["id"] for r in unossc["recommendations"]] == [f["id"] for f in unossc_facts["recommendations"]]
    for item, fact in zip(unossc["recommendations"], unossc_facts["recommendations"], strict=True):
        assert item["response"].get("decision") == fact["decision"]
        assert item["response"].get("date") == fact["response_added"]
        assert item["response"].get("updated") == fact["response_last_updated"]
        assert item["response"]["text"].strip()


def test_unossc_recommendations_carry_the_label_they_open_with(unossc: Data, unossc_source: str) -> None:
    for item in unossc["recommendations"]:
        number = re.escape(item["id"])
        start = rf"\n{number}\. Recommendation:\s+(?:Recommendation {number}\.\s+)?"
        assert re.search(start + re.escape(item["title"]) + r"[.:]\s", unossc_source), item["title"]


def test_unossc_actions_ascend_whatever_order_the_page_prints(unossc: Data, unossc_facts: Data) -> None:
    for item, fact in zip(unossc["recommendations"], unossc_facts["recommendations"], strict=True):
        ids = [a["id"] for a in item["actions"]]
        assert ids == sorted(fact["actions_in_printed_order"], key=lambda i: int(i.split(".")[1]))
        assert all(i.startswith(item["id"] + ".") for i in ids)


def test_unossc_actions_have_the_printed_status_and_due_date(unossc: Data, unossc_facts: Data) -> None:
    actions = actions_of(unossc)
    assert {(i, a["due"], a["status"]) for i, a in actions.items()} == {
        (f["action"], f["due"], f["status"]) for f in unossc_facts["actions"]
    }


def test_unossc_actions_name_the_printed_units(unossc: Data, unossc_facts: Data) -> None:
    actions = actions_of(unossc)
    for fact in unossc_facts["actions"]:
        assert_units(actions[fact["action"]], fact["responsible_as_printed"])


def test_unossc_histories_hold_the_two_stamps_and_nothing_unsaid(unossc: Data, unossc_facts: Data) -> None:
    actions = actions_of(unossc)
    for fact in unossc_facts["actions"]:
        added, updated = actions[fact["action"]]["history"]
        assert added == {"date": fact["added"]}
        assert list(updated) == ["date", "on", "status", "comment"]
        assert updated["date"] == fact["last_updated"]
        assert updated["on"] == f"until {fact['last_updated']}"
        assert updated["status"] == fact["status"]
        assert updated["comment"].strip()


def test_unossc_actions_and_comments_keep_every_number(
    unossc: Data, unossc_facts: Data, unossc_source: str
) -> None:
    actions = actions_of(unossc)
    for fact in unossc_facts["actions"]:
        action = actions[fact["action"]]
        row = unossc_source[unossc_source.index(f"\n{fact['action']} {fact['text_starts']}") :]
        text = passage(row, fact["text_starts"], fact["text_ends"])
        comment = printed_comment(unossc_source, fact)
        assert numbers(action["text"]) == numbers(text), fact["action"]
        assert numbers(action["history"][1]["comment"]) == numbers(comment), fact["action"]


def test_unossc_promises_stay_promises(unossc: Data, unossc_facts: Data, unossc_source: str) -> None:
    actions = actions_of(unossc)
    for fact in unossc_facts["actions"]:
        ours = actions[fact["action"]]["history"][1]["comment"]
        assert promises(ours) == promises(printed_comment(unossc_source, fact)), fact["action"]
    for item in unossc["recommendations"]:
        ours = item["response"]["text"]
        assert promises(ours) == promises(printed_response(unossc_source, item["id"])), item["id"]


def test_unossc_reports_nothing_done_where_the_page_only_promises(unossc: Data) -> None:
    comment = actions_of(unossc)["4.2"]["history"][1]["comment"]
    assert promises(comment)
    assert not re.search(r"\b(?:was|were|has|have|had|been|done|is|are)\b", comment)


@pytest.mark.parametrize("action", ["1.4", "4.3", "5.2", "6.1", "6.3", "7.3"])
def test_unossc_reports_both_what_is_done_and_what_goes_on(unossc: Data, action: str) -> None:
    comment = actions_of(unossc)[action]["history"][1]["comment"]
    assert re.search(r"\b(?:was|were|has|have)\s", comment)
    assert re.search(r"\bwill\s(?:be\s)?continue", comment)


def test_unossc_totals_are_those_of_the_page(unossc: Data, unossc_facts: Data) -> None:
    recommendations, actions = unossc["recommendations"], actions_of(unossc)
    status = Counter(a["status"] for a in actions.values())
    assert unossc_facts["totals"] == {
        "recommendations": len(recommendations),
        "responses": sum("response" in r for r in recommendations),
        "actions": len(actions),
        "completed": status["completed"],
        "initiated": status["initiated"],
        "earliest_due": min(a["due"] for a in actions.values()),
        "latest_due": max(a["due"] for a in actions.values()),
        "documents": sum(len(v) for k, v in nodes(unossc) if k == "documents"),
    }


# --- UNECE, from a management response document --------------------------------------------------


def test_unece_head_says_what_the_document_says(unece: Data, unece_facts: Data) -> None:
    fact = unece_facts["evaluation"]
    first, last = fact["review_period"]
    assert unece["title"] == fact["title"]
    assert unece["organisation"] == "UNECE"
    assert unece["period"] == {"from": str(first), "to": str(last)}
    assert unece["report_date"] == fact["report_date"]


def test_unece_response_names_who_prepared_and_who_approved_it(unece: Data, unece_facts: Data) -> None:
    people = ("prepared_by", "approved_by")
    assert unece["management_response"] == {k: unece_facts["evaluation"][k] for k in people}


def test_unece_leaves_out_what_the_document_does_not_state(unece: Data) -> None:
    unstated = {"status", "type", "plan", "completed", "countries", "team", "budget", "description"}
    assert not unstated & unece.keys()
    assert not any("title" in r for r in unece["recommendations"])


def test_unece_decisions_are_those_of_the_document(unece: Data, unece_facts: Data) -> None:
    assert [(r["id"], r["response"]["decision"]) for r in unece["recommendations"]] == [
        (f["id"], f["decision"].replace(" ", "-")) for f in unece_facts["recommendations"]
    ]


def test_unece_answers_in_our_words_and_without_a_date(unece: Data, unece_facts: Data) -> None:
    for item, fact in zip(unece["recommendations"], unece_facts["recommendations"], strict=True):
        assert list(item["response"]) == ["decision", "text"]
        answer = item["response"]["text"].strip()
        assert answer
        assert answer != fact["response"]
        assert ("in part" in answer) == ("partially" in fact["response"])


def test_unece_follow_up_blocks_are_one_action_each(unece: Data, unece_facts: Data) -> None:
    for item, fact in zip(unece["recommendations"], unece_facts["recommendations"], strict=True):
        (action,) = item["actions"]
        assert action["id"] == f"{fact['id']}.1"
        assert action["due"] == fact["due"]
        assert action.get("status") == fact["status"]
        assert len(re.split(r"\n\s*\n", action["text"].strip())) == fact["follow_up_paragraphs"]
        assert_units(action, fact["responsible_as_printed"])


def test_unece_actions_were_added_on_the_day_of_approval(unece: Data, unece_facts: Data) -> None:
    approved = unece_facts["evaluation"]["approved_by"]["date"]
    for action in actions_of(unece).values():
        assert action["history"] == [
            {"date": approved, "due": action["due"], "responsible": action["responsible"]}
        ]


def test_unece_texts_keep_every_number(unece: Data, unece_facts: Data, unece_source: str) -> None:
    for item, fact in zip(unece["recommendations"], unece_facts["recommendations"], strict=True):
        section = printed_section(unece_source, fact["id"])
        asked = passage(section, fact["text_starts"], fact["text_ends"])
        follow_up = passage(section, fact["follow_up_starts"], fact["follow_up_ends"])
        assert numbers(item["text"]) == numbers(asked), fact["id"]
        assert numbers(item["actions"][0]["text"]) == numbers(follow_up), fact["id"]


def test_unece_promises_stay_promises(unece: Data, unece_facts: Data, unece_source: str) -> None:
    for item, fact in zip(unece["recommendations"], unece_facts["recommendations"], strict=True):
        section = printed_section(unece_source, fact["id"])
        printed = passage(section, fact["follow_up_starts"], fact["follow_up_ends"])
        ours = item["actions"][0]["text"]
        assert promises(ours) == promises(printed), fact["id"]
        assert ("already" in ours) == ("already" in printed), fact["id"]


def test_unece_totals_are_those_of_the_document(unece: Data, unece_facts: Data) -> None:
    decisions = Counter(r["response"]["decision"] for r in unece["recommendations"])
    due = Counter(a["due"] for a in actions_of(unece).values())
    assert unece_facts["totals"] == {
        "recommendations": len(unece["recommendations"]),
        "accepted": decisions["accepted"],
        "partially_accepted": decisions["partially-accepted"],
        "due 2023-12-31": due["2023-12-31"],
        "due 2022-12-31": due["2022-12-31"],
    }


# --- both ----------------------------------------------------------------------------------------


def test_record_is_named_after_its_file(name: str, record: Data) -> None:
    assert record["id"] == name
    assert record["schema"] == "1"


def test_record_says_where_it_came_from_and_no_more(record: Data) -> None:
    assert [list(s) for s in record["sources"]] == [["title"]]


def test_record_invents_no_document_author_verdict_or_shared_action(record: Data) -> None:
    absent = {"documents", "by", "verdict", "serves", "retrieved", "url", "extra"}
    assert not absent & {key for key, _ in nodes(record)}


def test_record_has_no_empty_value(record: Data) -> None:
    assert all(value not in ("", "null", "~", [], {}) for _, value in nodes(record))


def test_record_withholds_signatures_addresses_and_telephone_numbers(name: str) -> None:
    text = written(name)
    for withheld in ("Algazerona", "Vn -", "@", "Tel.", "Fax", "781 42", "Signature"):
        assert withheld not in text


def test_prose_copies_no_run_of_eight_words(record: Data, source: str) -> None:
    theirs = runs(source)
    for text in prose_of(record):
        own = QUOTED.sub(" § ", text)
        copied = [" ".join(run) for part in own.split("§") for run in runs(part) & theirs]
        assert not copied, copied


def test_prose_quotes_only_what_the_source_puts_in_quotation_marks(record: Data, source: str) -> None:
    flat = " ".join(source.split())
    for text in prose_of(record):
        for quoted in QUOTED.findall(text):
            title = " ".join(quoted.split())
            assert re.search(f"[\u2018“]{re.escape(title)}[\u2019”]", flat), title


def test_prose_has_no_number_or_acronym_of_its_own(record: Data, source: str) -> None:
    for text in prose_of(record):
        assert numbers(text) <= numbers(source)
        assert acronyms(text) <= acronyms(source)
