import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.model.decisions import decision_in, decision_word, leading_decision
from mrtrack.model.words import Decision

WORDS = {
    Decision.ACCEPTED: (
        "Agree",
        "Agreed.",
        "ACCEPTED",
        "Fully accepted",
        "Accepted with comments",
        "Concur",
        "Recommendation accepted",
        "Accepté",
        "Acceptée",
        "D’accord",
        "Aceptada",
        "Aceptado",
        "De acuerdo",
    ),
    Decision.PARTIALLY_ACCEPTED: (
        "Partially Accepted",
        "Partially Agree.",
        "Accepted in part",
        "Partial acceptance",
        "Agree with conditions",
        "Not fully accepted",
        "Partiellement acceptée",
        "Acceptée en partie",
        "Parcialmente aceptada",
    ),
    Decision.REJECTED: (
        "Rejected",
        "Not accepted",
        "Do not agree",
        "Disagree",
        "Non-concur",
        "Rejetée",
        "Non acceptée",
        "Rechazada",
        "No aceptada",
    ),
}
SENTENCES = {
    Decision.ACCEPTED: (
        "The office accepts the recommendation.",
        "The management agrees with the recommendation. Wells are dug.",
        "The unit fully agrees with this recommendation and acts on it.",
        "Management concurs.",
        "The recommendation is accepted.",
        "The recommendation is noted and accepted.",
        "The office welcomes and accepts recommendation no. 3.",
        "Management has accepted the recommendation",
        "Recommendation 3.1 is accepted",
        "This recommendation is accepted by the water office and carried out",
        "The office accepts the panel's final recommendation",
        "We agree.",
        "The office finds this useful. It accepts the recommendation.",
        "Agreed. The office will dig wells.",
        "Agreed.The office will dig wells.",
        "Agreed – the office will dig wells",
        "Accepted: wells are dug",
        "La direction accepte la recommandation.",
        "Nous acceptons cette recommandation",
        "Le bureau est d'accord avec la recommandation",
        "La recommandation est acceptée.",
        "La Oficina acepta la recomendación.",
        "Se acepta la recomendación",
        "Estamos de acuerdo con la recomendación",
    ),
    Decision.PARTIALLY_ACCEPTED: (
        "We partially accept recommendation no. 3.",
        "The recommendation is partially accepted.",
        "The recommendation is not fully accepted.",
        "The office accepts the recommendation in part.",
        "The office accepts the recommendation, with some reservations",
        "Agreed. Management partially accepts this recommendation.",
        "Le bureau est partiellement d'accord avec cette recommandation",
        "La Oficina acepta parcialmente la recomendación.",
    ),
    Decision.REJECTED: (
        "Management does not accept this recommendation.",
        "Management doesn’t agree with this recommendation.",
        "Management does not agree.",
        "The office cannot accept this recommendation",
        "The office rejects the recommendation.",
        "The recommendation is not accepted.",
        "Le bureau n'accepte pas.",
        "Le bureau n’accepte pas la recommandation",
        "La direction n'est pas d'accord avec la recommandation",
        "La Oficina no acepta la recomendación",
        "La Oficina no está de acuerdo con la recomendación.",
    ),
}
NONE_STATED = (
    "",
    "The office finds this recommendation relevant.",
    "The office takes note of the recommendation.",
    "Management notes the recommendation",
    "Management appreciates the recommendation.",
    "The office has agreed with the ministry to dig wells",
    "The agreed plan is followed.",
    "Accepted standards are used.",
    "Agree, agree in part, or disagree with recommendation, and why",
    "If management accepts the recommendation, it acts.",
    "The office will decide whether it accepts the recommendation",
    "Accepted in principle",
    "The recommendation is accepted in principle",
    "The board accepted the recommendations of the audit",
    "The office agrees that wells are needed",
    "The office does not reject the recommendation.",
    "Not all recommendations are accepted.",
    "One of the recommendations was accepted",
    "The accepted recommendation is carried out.",
    "Partners accepted the recommendation",
    "Agreed. Management does not accept this recommendation.",
    "Noted",
    "Yes",
    "Approved",
)


def pairs(words: dict[Decision, tuple[str, ...]]) -> list[tuple[str, Decision]]:
    """Each text with the decision it states."""
    return [(text, decision) for decision, texts in words.items() for text in texts]


@pytest.mark.parametrize(("text", "decision"), pairs(WORDS))
def test_a_cell_that_names_a_decision_is_understood(text: str, decision: Decision) -> None:
    assert decision_word(text) == decision
    assert decision_in(text) == decision


@pytest.mark.parametrize(("text", "decision"), pairs(SENTENCES))
def test_a_response_states_its_decision_in_its_first_sentences(text: str, decision: Decision) -> None:
    assert decision_in(text) == decision


@pytest.mark.parametrize("text", NONE_STATED)
def test_words_that_decide_nothing_are_no_decision(text: str) -> None:
    assert decision_in(text) is None
    assert decision_word(text) is None


def test_prose_is_no_word_for_a_decision() -> None:
    assert decision_word("The office accepts the recommendation. Wells are dug.") is None
    assert decision_word("Agreed" + " indeed" * 100) is None


def test_a_decision_far_down_in_the_text_is_not_taken() -> None:
    assert decision_in("One. Two. Three. The office accepts the recommendation.") is None
    assert decision_in("word " * 1000 + "accepts the recommendation") is None
    endless = "The office accepts the recommendation and so " + "on and on " * 145
    assert (decision_in(endless), decision_in(endless + "on and on")) == (Decision.ACCEPTED, None)


def test_an_organisation_s_own_words_go_first() -> None:
    aliases = {"Noted with thanks": Decision.ACCEPTED, "agree in principle": Decision.PARTIALLY_ACCEPTED}
    assert decision_word("noted  WITH thanks.", aliases) == Decision.ACCEPTED
    assert decision_in("Agree in principle. Wells are dug.", aliases) == Decision.PARTIALLY_ACCEPTED
    assert leading_decision("Noted with thanks. Wells are dug.", aliases) == len("Noted with thanks.")


@pytest.mark.parametrize(
    ("text", "leading"),
    [
        ("Agreed. The office will dig wells.", "Agreed."),
        ("Agreed.The office will dig wells.", "Agreed."),
        ("  Agreed - wells are dug", "  Agreed -"),
        ("Partially agree: wells are dug", "Partially agree:"),
        ("Agreed\nWells are dug", "Agreed"),
        ("The office accepts the recommendation. Wells are dug.", "The office accepts the recommendation."),
        ("Agreed.", "Agreed."),
        ("The office accepts the recommendation and digs wells. Soon.", ""),
        ("Wells are dug. Agreed.", ""),
        ("", ""),
    ],
)
def test_the_decision_glued_to_prose_can_be_cut_off(text: str, leading: str) -> None:
    assert leading_decision(text) == len(leading)


@given(st.text())
def test_the_sentence_cut_off_states_the_decision_itself(text: str) -> None:
    for glued in (text, f"Agreed. {text}", f"{text} not accepted"):
        cut = leading_decision(glued)
        assert 0 <= cut <= len(glued)
        assert not cut or decision_in(glued[:cut])


@pytest.mark.parametrize("part", ["agree ", "not ", "the recommendation ", "\n", ". ", "a"])
def test_long_noise_decides_nothing(part: str) -> None:
    noise = part * (100_000 // len(part))
    assert (decision_in(noise), decision_word(noise), leading_decision(noise)) == (None, None, 0)


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("Not accepted, because the budget is small.", Decision.REJECTED),
        ("Non acceptée, car les fonds manquent.", Decision.REJECTED),
        ("Rejected because of its costs.", Decision.REJECTED),
        ("Partially accepted, since funds are short.", Decision.PARTIALLY_ACCEPTED),
        ("No aceptada, porque no hay fondos.", Decision.REJECTED),
        ("Accepted, and work has begun.", Decision.ACCEPTED),
        ("Accepted, but only in part.", None),
        ("Accepted, but not now.", None),
        ("Agreed standards, such as these, help.", None),
    ],
)
def test_a_decision_before_its_reason_is_read_unless_the_reason_takes_it_back(
    text: str, decision: Decision | None
) -> None:
    assert decision_in(text) is decision
