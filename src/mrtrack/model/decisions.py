"""The decision that management states on a recommendation, in its usual words; where it states none, there is none."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from mrtrack.model.plain import plain
from mrtrack.model.spellings import joined
from mrtrack.model.words import Decision

Aliases = Mapping[str, Decision]
_NO_ALIASES: Aliases = MappingProxyType({})

_READ = 1500
_SENTENCES = 3
_END = re.compile(r"(?<!\b[Nn]o)[.!?;:]+(?=\s|$|[^\W\d_a-z])|\s[-\u2013\u2014](?=\s)|\n(?=\s*(?:[^\sa-z]|$))")


def _any(phrases: str) -> str:
    """A pattern for any of the phrases between semicolons."""
    return f"(?:{'|'.join(' '.join(phrase.split()) for phrase in phrases.split(';'))})"


_HOW_FAR = """
    fully; entirely; wholly; completely; totally; partially; partly; in part; in full; in principle;
    pleinement; entierement; totalement; partiellement; en partie; en principe;
    totalmente; plenamente; parcialmente; en parte; en principio
"""
_RESERVES = _any("comments?; observations?; conditions?; reservations?; modifications?; clarifications?")
_WITH_WHAT = _any(
    rf"""
    (?:with|subject to) (?:(?:some|minor|certain|the following) )?{_RESERVES}; sous conditions?; sous reserves?;
    avec (?:des )?(?:commentaires|reserves); con (?:comentarios|observaciones|condiciones|reservas)
    """
)
_BETWEEN = rf"""{_HOW_FAR};
    generally; broadly; also; therefore; hereby; well; only; conditionally; noted and; duly noted and;
    not; pas; non; ne; no
"""
_SLOT = rf"(?:{_any(_BETWEEN)} )*"
_TAIL = rf"(?:,? (?:{_any(_HOW_FAR)}|pas|{_WITH_WHAT}))*"
_NUMBERED = r"(?: (?:no\.? ?)?[0-9]{1,3}(?:[.-][0-9a-z]{1,3}){0,3})?"
_WHICH = _any(
    """
    the; this; these; that; all; both; said; above; present; evaluation; evaluators?; evaluators'; [a-z]{1,20}'s;
    audit; overall; main; proposed; final; safety; specific; following; la; cette; ces; les; ladite; presentes?;
    estas?; las; dicha
    """
)
_OBJECT = rf"(?:{_WHICH} ){{0,4}}(?:recommendations?|recommandations?|recomendacion(?:es)?)\b{_NUMBERED}"
_VERB = _any(
    rf"""
    accept(?:s|ed)?; agree[ds]?(?: with| to)?; disagree[ds]?(?: with)?; concur(?:s|red)?(?: with)?; endorse[ds]?;
    reject(?:s|ed)?; accept(?:ent|e|ons); rejet(?:te|tent|ons); refus(?:e|ent|ons); souscri(?:t|vent|vons)(?: pas)? a;
    (?:est|sommes|sont) (?:pas )?(?:{_any(_HOW_FAR)} )?(?:d'accord|en desaccord)(?: avec)?;
    acepta(?:n|mos)?; rechaza(?:n|mos)?; concuerdan? con;
    esta(?:n|mos)? (?:{_any(_HOW_FAR)} )?(?:de acuerdo|en desacuerdo)(?: con)?
    """
)
_WORD = _any(
    """
    agree[ds]?; accept(?:s|ed)?; acceptance; agreement; disagree[ds]?; concur(?:s|red)?; non[- ]?concur(?:s|red)?;
    endorsed; reject(?:s|ed)?; rejection; acceptee?s?; (?:pas )?d'accord; en desaccord; rejetee?s?; refusee?s?;
    aceptad[oa]s?; de acuerdo; en desacuerdo; rechazad[oa]s?
    """
)
_DECIDED = _any(
    """
    accepted; agreed; endorsed; rejected; acceptees?; rejetees?; refusees?; aceptadas?; rechazadas?; acepta; rechaza
    """
)
_STEMS = (
    *(
        "agree",
        "accept",
        "concu",
        "endors",
        "reject",
        "rejet",
        "refus",
        "souscri",
        "accord",
        "acuerd",
        "acept",
    ),
    "rechaz",
)
"""What stands in every word and verb of a decision above: a sentence with none of them is not searched further."""
_IS = _any(
    "is; are; was; were; has been; have been; est; sont; a ete; es; son; fue; ha sido; han sido; quedan?; se"
)
_WHOLE = (
    rf"(?:do not |does not |partial |total |full )?{_SLOT}{_WORD}{_TAIL}(?: with {_OBJECT})?"
    rf"|{_OBJECT} {_SLOT}{_WORD}{_TAIL}"
)
_ACTIVE = (
    rf"(?:^|(?<=[ ,(']))(?:n')?{_SLOT}{_VERB} {_SLOT}{_OBJECT}{_TAIL}"
    rf"|(?<=[a-z),] )(?:n')?{_SLOT}(?:agrees|concurs|disagrees|accepts|acepta){_TAIL}$"
    r"|(?:do|does|did) not (?:fully )?(?:agree|accept|concur)$"
    r"|(?<= )n'accepte(?:nt)? pas$"
    r"|(?:we|i) (?:do not |partially |partly |fully )?(?:agree|disagree|concur)$"
)
_PASSIVE = rf"{_OBJECT} (?:n')?(?:no )?{_IS} {_SLOT}{_DECIDED}\b(?: by (?:the )?management)?{_TAIL}"
"""These three are compiled when they are first asked for, and kept by `re`: that takes a while."""
_NOT_A_FACT = _any(
    """
    if; when; once; whether; unless; until; should; would; could; will; may; might; can; shall; which; who; because;
    since; after; before; why; or; to; had; si; lorsque; quand; dont; cuando; que; partners; partenaires; socios
    """
)
_NO_STATEMENT = re.compile(
    rf"\b{_NOT_A_FACT}\b|\b(?:the|an?|this|these|those|all|any|not|of|previously|already)\s*$"
)
_OF_ANOTHER = re.compile(
    r" (?:of|from|made by|de|du|des|del) (?!(?:the |this |l'|la )?(?:evaluat|review|midterm|mid-term|mte))"
)
_IN_PART = _any(
    """
    partial; partially; partly; in part; partiellement; en partie; parcialmente; en parte; conditionally;
    conditions?; condiciones; reservations?; reserves?; reservas
    """
)
_PARTIAL = re.compile(rf"\b{_IN_PART}\b")
_IN_FULL = _any(
    "fully; entirely; wholly; completely; totally; pleinement; entierement; totalement; totalmente; plenamente"
)
_FULL = re.compile(rf"\b{_IN_FULL}\b")
_NEGATED = re.compile(r"\b(?:not|cannot|non|no|ne|pas)\b(?! only\b)(?!\.? ?[0-9])|\bn'(?=[a-z])")
_REFUSING = re.compile(r"\b(?:disagree|reject|rejet|refus|rechaz|en desac)")
_IN_PRINCIPLE = re.compile(r"\b(?:in principle|en principe|en principio|except)\b")
_BEFORE_VERB = re.compile(r"\b(?:(?:do|does|did|is|are|can|could) not|cannot|no|ne) (?:\w+ )?$")
_RESERVED = re.compile(
    r",? (?:only )?(?:partially|partly|in part|with (?:\w+ )?reservations?|partiellement|parcialmente)\b"
)

_REASON = re.compile(
    r"\s*[,;:(\u2013\u2014]\s|\s+(?=(?:because|since|due to|owing to|for lack of|car|faute de|puisque|en raison|"
    r"porque|por falta|debido|dado que|ya que)\b)",
    re.IGNORECASE,
)


def decision_in(text: str, aliases: Aliases = _NO_ALIASES) -> Decision | None:
    """The decision that the first sentences of a response state; None where they state none, or two.

    A sentence states one where it is nothing but the word for it, or where somebody accepts, or does not, the
    recommendation itself. `aliases` are an organisation's own words.
    """
    found = {decision for sentence, _ in _sentences(text) if (decision := _stated(sentence, aliases)[0])}
    if found == {Decision.ACCEPTED, Decision.PARTIALLY_ACCEPTED}:
        return Decision.PARTIALLY_ACCEPTED
    return found.pop() if len(found) == 1 else None


def decision_word(text: str, aliases: Aliases = _NO_ALIASES) -> Decision | None:
    """The decision that a cell or a label's value names, where it holds nothing else."""
    own = {joined(alias): decision for alias, decision in aliases.items()}
    if (mine := own.get(joined(text.strip(" .")))) is not None:
        return mine
    words = _words(text)
    return _judged(words) if len(text) < 200 and re.fullmatch(_WHOLE, words) else None


def leading_decision(text: str, aliases: Aliases = _NO_ALIASES) -> int:
    """How long the sentence at the beginning is that states the decision and no more; 0 where there is none."""
    for sentence, end in _sentences(text):
        decision, whole = _stated(sentence, aliases)
        return end if decision and whole else 0
    return 0


def _sentences(text: str) -> Iterator[tuple[str, int]]:
    """The first sentences, and where each ends in the text, its full stop included."""
    head = text[:_READ]
    start = given = 0
    for match in _END.finditer(head):
        if head[start : match.start()].strip():
            yield head[start : match.start()], match.start() + len(match[0].rstrip())
            given += 1
        if given == _SENTENCES:
            return
        start = match.end()
    if head[start:].strip() and len(text) <= _READ:
        yield head[start:], len(text.rstrip())


def _stated(sentence: str, aliases: Aliases) -> tuple[Decision | None, bool]:
    """The decision that a sentence states, and whether it says nothing else."""
    if not aliases and not any(map(_words(sentence).__contains__, _STEMS)):
        return None, False
    word = decision_word(sentence, aliases)
    if word:
        return word, True
    reasoned = _before_its_reason(sentence, aliases)
    if reasoned:
        return reasoned, False
    words = _words(sentence)
    found = re.search(_ACTIVE, words) or re.search(_PASSIVE, words)
    if not found:
        return None, False
    before, after = words[: found.start()], words[found.end() :]
    if _NO_STATEMENT.search(before) or _OF_ANOTHER.match(after) or _IN_PRINCIPLE.search(after):
        return None, False
    negation = _BEFORE_VERB.search(before)
    reserved = _RESERVED.match(after)
    judged = _judged((negation[0] if negation else "") + found[0] + (reserved[0] if reserved else ""))
    return judged, not after.strip(" ,") and len(before) <= 60


def _before_its_reason(sentence: str, aliases: Aliases) -> Decision | None:
    """The decision that a sentence begins with, where the rest gives the reason and takes nothing back."""
    reason = _REASON.search(sentence[:_READ])
    word = decision_word(sentence[: reason.start()], aliases) if reason else None
    if reason is None or word is None:
        return None
    rest = _words(sentence[reason.end() :])
    doubtful = _PARTIAL.search(rest) or _IN_PRINCIPLE.search(rest)
    if word is Decision.ACCEPTED:
        doubtful = doubtful or _NEGATED.search(rest)
    return None if doubtful else word


def _judged(words: str) -> Decision | None:
    negated, partial = bool(_NEGATED.search(words)), bool(_PARTIAL.search(words))
    refusing = bool(_REFUSING.search(words))
    if _IN_PRINCIPLE.search(words) or (negated and (refusing or partial)):
        return None
    if partial or (negated and _FULL.search(words)):
        return Decision.PARTIALLY_ACCEPTED
    return Decision.REJECTED if negated or refusing else Decision.ACCEPTED


def _words(text: str) -> str:
    return (
        plain(text.replace("n\u2019t", " not").replace("n't", " not"))
        .strip(" .,;:!-*\u2022\"'")
        .replace("- ", " ")
    )
