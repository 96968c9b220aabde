"""The words by which English, French and Spanish tell of what was done, and of what will be; see `rules.tense`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property


@dataclass(frozen=True, eq=False)
class Language:
    """The words of one language; each pattern, for `compiled`, is searched in the small letters of one clause.

    `stop` are small words that tell the language. `will` puts something off; `hints` are words, parted by single
    spaces, without one of which it cannot (none where endings put off). `finite` are whole verbs of the
    past, `bare` the participles and simple pasts that may also describe something. `joint` is where another
    clause begins within a sentence. A clause that begins with `unless` tells of nothing done; after `aside`,
    a bare participle describes something else; `undone` takes back what the clause says; `that` tells of
    something other than the work, before what is put off.
    """

    stop: frozenset[str]
    will: str
    finite: str
    bare: str
    joint: str
    unless: str
    aside: str
    undone: str
    that: str
    hints: tuple[str, ...] = ()

    @cached_property
    def hints_by_word(self) -> Mapping[str, tuple[str, ...]]:
        """The hints by the words that stand in them, but for those that stand everywhere."""
        words = {word for hint in self.hints for word in hint.split() if word != "to"}
        return {word: tuple(hint for hint in self.hints if word in hint.split()) for word in words}

    @cached_property
    def hinting(self) -> frozenset[str]:
        """The words of the hints, but for those that stand everywhere."""
        return frozenset(self.hints_by_word)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a language, for small letters; compiled when it is first asked for, as that takes a while."""
    return re.compile(pattern)


def _any(text: str) -> str:
    """A pattern for any of the words, or phrases, between semicolons."""
    phrases = (r"\s+".join(phrase.split()) for phrase in text.split(";"))
    return f"(?:{'|'.join(phrase for phrase in phrases if phrase)})"


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _up_to(most: int, word: str) -> str:
    return rf"(?:{word}\s+){{0,{most}}}?"


_PUT_OFF = _any(
    """
    planned; expected; scheduled; intended; foreseen; envisaged; envisioned; anticipated; recommended; proposed;
    suggested; requested; required; needed; postponed; delayed; deferred; supposed; projected; pending
    """
)
_DESCRIBING = _any(
    """
    based; united; related; limited; dedicated; interested; concerned; associated; experienced; skilled; qualified;
    unprecedented; aged; mentioned; detailed; need; indeed; speed; feed; seed; weed; exceed; proceed;
    succeed; hundred; embed; shed; sacred; naked; wicked
    """
)
_REGULAR = rf"(?!{_PUT_OFF}\b)[\w-]{{2,}}ed\b"
_IRREGULAR = _any(
    """
    done; held; built; rebuilt; made; sent; taken; begun; written; rewritten; drawn; undertaken; brought; sought;
    chosen; shown; won; kept; paid; taught; spent; met; bought; dealt; overseen; understood; drafted
    """
)
_ONLY_AFTER_HAS = _any(
    "put; set; led; found; given; run; seen; left; lost; grown; gone; become; cut; laid; got; known; come"
)
_SIMPLE = _any(
    """
    gave; took; began; wrote; drew; undertook; chose; grew; went; became; spoke; ran; oversaw; drove; came; got; led;
    found; left
    """
)
_PARTICIPLE = rf"(?:{_REGULAR}|{_IRREGULAR}\b|{_ONLY_AFTER_HAS}\b)"
_ADVERB = _any(
    r"also; already; since; now; then; all; both; just; been; recently; thus; therefore; so far; fully; \w+ly"
)
_ADVERBS = rf"(?:{_ADVERB}\s+){{0,4}}"
_SOMETHING = _any(
    r"an?; the; its; their; our; his; her; this; these; all; several; some; many; two; three; [0-9]+; new; more; most"
)
_IN_BETWEEN = r"(?!(?:that|which|who|whom|to)\b)[\w\u2019'&/-]+"
_THAT_IS = r"(?:that|which|who|whom|whose)"

ENGLISH = Language(
    stop=_each("the of and to in will is for with was has have been be on by are as were"),
    will=(
        rf"""\b(?:will\b(?<!political\swill)(?<!good\swill)(?<!free\swill)(?<!the\swill)(?!\s+(?:not|never)\b)"""
        rf"""|shall\b(?!\s+not\b)|(?:is|are)\s+going\s+to\b|(?:is|are|remains?|yet|still)\s+to\s+be\b"""
        rf"""|to\b(?<!continue\sto)(?<!continues\sto)(?<!continued\sto)(?<!found\sto)(?<!proved\sto)(?<!known\sto)"""
        rf"""(?<!need\sto)(?<!needs\sto)(?<!has\sto)(?<!have\sto)\s+be\s+{_ADVERBS}{_PARTICIPLE}"""
        rf"""|(?:is|are)\s+{_ADVERBS}(?:planned|expected|scheduled|foreseen|envisaged|intended|due|about\s+to)\b"""
        r"""|planned\s+(?:to|for)\b|(?:plans|intends|aims|expects|hopes)\s+to\b|planning\s+to\b"""
        r"""|(?:we|they|teams|units|offices)\s+(?:plan|intend|aim|expect|hope)\s+to\b)|(?<=\w)[\u2019']ll\b"""
    ),
    finite=(
        rf"""\b(?:has|have|had|having)\s+{_ADVERBS}(?:{_PARTICIPLE}|(?<=been\s)\w+ing\b)"""
        rf"""|\b(?:was|were)\s+{_ADVERBS}{_PARTICIPLE}|\b(?:is|are)\s+{_ADVERBS}(?!{_DESCRIBING}\b){_PARTICIPLE}"""
        rf"""|\b(?:is|are|was|were|been)\s+{_ADVERBS}(?:complete|in\s+place|operational|available|online|live|ready)\b"""
        rf"""|\b(?:(?!{_DESCRIBING}\b){_REGULAR}|{_IRREGULAR}\b|{_SIMPLE}\b)\s+{_SOMETHING}\b"""
    ),
    bare=(rf"\b(?:(?!{_DESCRIBING}\b){_REGULAR}|{_IRREGULAR}\b|{_SIMPLE}\b)"),
    joint=(
        rf"""\s+(?=(?:and|but|while|whereas|although|though|yet|however|so|then)\s+{_up_to(6, _IN_BETWEEN)}"""
        rf"""(?:has|have|had|was|were|will|is|are|shall)\b)"""
        rf"""|\s+(?={_THAT_IS}\s+{_up_to(3, _IN_BETWEEN)}(?:will|shall)\b)"""
    ),
    unless=(
        r"""(?:and\s+|or\s+)?(?:once|until|unless|if|as\s+soon\s+as|whether|provided\s+that|subject\s+to|when|before"""
        r"""|in\s+case|pending)\b"""
    ),
    aside=(
        r"""(?:and\s+|or\s+)?(?:as|in\s+(?:line|accordance|keeping|compliance)\s+with|consistent\s+with|according\s+to"""
        r"""|pursuant\s+to|given|in\s+(?:the\s+)?(?:light|view)\s+of|(?:with)?in\s+the\s+(?:context|framework)\s+of)\b"""
    ),
    undone=(
        r"""\b(?:not|never|cannot)\b(?!\s+only\b)|n[\u2019']t\b|\b(?:has|have|is|are)\s+yet\s+to\b|\bbeing\s+\w+ed\b"""
        r"""|\bunable\s+to\b|\b(?:should|must|can|could|may|might|would)\s+(?:\w+\s+)?be\b"""
        r"""|\b(?:needs?|needed|has|have|had)\s+to\s+be\b|\bno\s+(?:\w+\s+){1,3}(?:was|were|has|have|had)\b"""
    ),
    that=(rf"\b{_THAT_IS}\s+{_up_to(2, _IN_BETWEEN)}(?:has|have|had|was|were|is|are)\s+{_ADVERBS}\w+"),
    hints=(
        *("will", "shall", "going to", "to be", "planned", "expected", "scheduled", "foreseen", "envisaged"),
        *(
            "intended",
            "due",
            "about to",
            "plans to",
            "intends to",
            "aims to",
            "expects to",
            "hopes to",
            "planning to",
        ),
        *("plan to", "intend to", "aim to", "expect to", "hope to", " ll"),
    ),
)

_PUT_OFF_FR = _any(
    """
    prévu; planifié; programmé; envisagé; proposé; recommandé; souhaité; demandé; reporté; différé; retardé; attendu
    """
)
_NOUNS_FR = _any(
    r"""
    \w*ités?; société; santé; communauté; côté; marché; clé; année; journée; durée; idée; entrée; armée; été; congé;
    degré; employé; liberté; pauvreté; volonté; difficulté; sûreté; propriété; variété; délégué; salarié; réfugié;
    résumé; lié; liée; basé; basée; concerné; concernée; limité; privé; privée
    """
)
_REGULAR_FR = rf"(?!{_PUT_OFF_FR}e?s?\b)\w{{2,}}ée?s?\b"
_IRREGULAR_FR = rf"""{
    _any(
        '''
    fait; établi; défini; fourni; accompli; conclu; soumis; transmis; remis; tenu; élargi; réuni; fini; abouti; mené
    '''
    )
}e?s?\b"""
_ONLY_AFTER_A = rf"""{
    _any(
        '''
    mis; pris; reçu; rendu; produit; conduit; écrit; ouvert; offert; élu; permis; entrepris; construit; choisi; rempli;
    poursuivi; inclus; lu; vu; eu; participé; contribué
    '''
    )
}e?s?\b"""
_PARTICIPLE_FR = rf"(?:{_REGULAR_FR}|{_IRREGULAR_FR}|{_ONLY_AFTER_A})"
_ADVERBS_FR = (
    r"(?:(?:déjà|été|aussi|bien|également|toujours|tous|toutes|depuis|ainsi|récemment|\w+ment)\s+){0,4}"
)
_FUTURE_FR = r"(?!environs\b)\w{2,}(?:[eidv]ra|ttra|[eidv]ront|ttront|[eidv]rons)\b"
_IN_BETWEEN_FR = r"(?!(?:qui|que|dont)\b)[\w\u2019'-]+"

FRENCH = Language(
    stop=_each("le la les des et une un du de est dans pour avec sera ont été au aux par sur qui ce cette"),
    will=(
        rf"""\b(?:sera|seront|serons|aura|auront|fera|feront|pourra|pourront)\b|\b{_FUTURE_FR}"""
        r"""|\b(?:va|vont|allons)\s+(?:\w+\s+)?\w+(?:er|ir|re)\b|\bprévoi(?:t|ent)\b|\breste(?:nt)?\s+à\b"""
        rf"""|\b(?:est|sont)\s+{_ADVERBS_FR}(?:prévue?s?|planifiée?s?|programmée?s?|envisagée?s?)\b"""
        r"""|\bprévue?s?\s+(?:de|pour|en)\b|\bcompte(?:nt)?\s+\w+(?:er|ir|re)\b"""
    ),
    finite=(
        rf"""\b(?:ai|a|avons|ont|avait|avaient|ayant|est|sont|était|étaient|fut|furent)\s+{_ADVERBS_FR}{_PARTICIPLE_FR}"""
        r"""|\b(?:est|sont)\s+(?:\w+\s+)?(?:en\s+place|disponibles?|opérationnel(?:le)?s?|en\s+ligne|en\s+vigueur)\b"""
    ),
    bare=(rf"\b(?:(?!{_NOUNS_FR}s?\b){_REGULAR_FR}|{_IRREGULAR_FR})"),
    joint=(
        rf"""\s+(?=(?:et|mais|tandis\s+que|alors\s+que|bien\s+que|puis)\s+{_up_to(6, _IN_BETWEEN_FR)}"""
        rf"""(?:a|ont|est|sont|sera|seront|va|vont|était|étaient|fut|furent|{_FUTURE_FR})\b)"""
        rf"""|\s+(?=qui\s+(?:sera|seront|{_FUTURE_FR})\b)"""
    ),
    unless=(
        r"""(?:et\s+|ou\s+)?(?:une\s+fois|dès\s+que|lorsqu|quand|si\b|jusqu|avant\b|sous\s+réserve|à\s+condition"""
        r"""|à\s+moins|en\s+attendant)"""
    ),
    aside=(
        r"""(?:et\s+)?(?:conformément|selon|comme|tel(?:le)?s?\s+que|dans\s+le\s+(?:cadre|contexte)|compte\s+tenu"""
        r"""|au\s+vu|à\s+la\s+lumière|en\s+application|en\s+vertu)\b"""
    ),
    undone=(
        r"""(?:\bne\b|\bn[\u2019'])(?s:.){0,40}?\b(?:pas|jamais|plus|aucune?)\b|\bpas\s+encore\b"""
        r"""|\b(?:doit|doivent|devrait|devraient|peut|peuvent|pourrait|pourraient)\s+(?:\w+\s+)?être\b"""
    ),
    that=(r"\b(?:qui|que|dont)\s+(?:\w+\s+){0,2}?(?:a|ont|avait|est|sont|était|étaient)\s+\w+(?:\s+\w+)?"),
)

_PUT_OFF_ES = _any(
    """
    previst; planificad; programad; recomendad; propuest; solicitad; pospuest; aplazad; requerid; esperad; contemplad;
    pendient
    """
)
_NOUNS_ES = _any(
    """
    estado; mercado; medida; vida; sentido; resultado; cuidado; partido; contenido; unido; unida; pasado; pasada; lado;
    grado; sido; debido; debida; década; entrada; salida; llegada; jornada; mirada; pedido; recorrido; significado;
    tratado; delegado; abogado; empleado; refugiado; privado; privada; adecuado; adecuada; avanzado; determinado;
    relacionado; relacionada; dedicado; basado; basada; limitado; limitada; rápido; rápida; válido; válida; sólido;
    sólida; líquido; segunda; mundo
    """
)
_REGULAR_ES = rf"(?!{_PUT_OFF_ES}\w*\b)\w{{2,}}(?:[aií]d[oa]s?)\b"
_IRREGULAR_ES = (
    rf"{_any('hech; escrit; puest; abiert; cubiert; suscrit; descrit; impres; dispuest; resuelt')}[oa]s?\b"
)
_PARTICIPLE_ES = rf"(?:{_REGULAR_ES}|{_IRREGULAR_ES})"
_ADVERBS_ES = r"(?:(?:ya|sido|también|todos|todas|recientemente|\w+mente)\s+){0,4}"
_PAST_ES = (
    rf"(?:(?!{_any('recomend; solicit; planific; previ; plante; program; sugiri')})\w{{2,}}(?:ó|aron|ieron|yeron|jeron)"
    rf"|{_any('hizo; tuvo; puso; dio; dieron; condujo; produjo; tradujo; obtuvo; dispuso; expuso; estuvo')})\b"
)
_FUTURE_ES = r"(?!(?:irán|terán|queremos)\b)\w+(?:rá|rán|[aeid]remos)\b"
_IN_BETWEEN_ES = r"(?!(?:que|cual)\b)[\w-]+"

SPANISH = Language(
    stop=_each("el los las y del de una un para se con por la en será ha han fue que al su"),
    will=(
        rf"""\b{_FUTURE_ES}|\b(?:sera|seran)\b|\b(?:va|van|vamos)\s+a\s+\w+r(?:se)?\b|\b(?:se\s+)?(?:prevé|prevén|planea)\b"""
        rf"""|\b(?:est[áa]n?|es|son)\s+{_ADVERBS_ES}(?:previst|planificad|programad)[oa]s?\b|\bpendientes?\s+de\b"""
    ),
    finite=(
        rf"""\b(?:ha|han|hemos|había|habían|haya|hayan|habiendo)\s+{_ADVERBS_ES}{_PARTICIPLE_ES}"""
        rf"""|\b(?:fue|fueron|es|son|est[áa]n?|quedó|quedaron)\s+{_ADVERBS_ES}(?!{_NOUNS_ES}s?\b){_PARTICIPLE_ES}"""
        rf"""|\b{_PAST_ES}"""
    ),
    bare=(rf"\b(?:(?!{_NOUNS_ES}s?\b){_REGULAR_ES}|{_IRREGULAR_ES})"),
    joint=(
        rf"""\s+(?=(?:y|e|pero|mientras|aunque|luego)\s+{_up_to(6, _IN_BETWEEN_ES)}"""
        rf"""(?:ha|han|fue|fueron|es|son|está|están|va|van|{_FUTURE_ES}|{_PAST_ES})\b)"""
        rf"""|\s+(?=(?:que|quien|quienes)\s+(?:se\s+)?{_FUTURE_ES})"""
    ),
    unless=(
        r"""(?:y\s+|o\s+)?(?:una\s+vez|cuando|si|hasta|tan\s+pronto|antes\s+de|siempre\s+que|en\s+cuanto"""
        r"""|a\s+menos|sujet[oa]\s+a)\b"""
    ),
    aside=(
        r"""(?:y\s+)?(?:según|conforme|de\s+(?:acuerdo|conformidad)\s+con|como|tal\s+como|en\s+línea\s+con"""
        r"""|en\s+el\s+(?:marco|contexto))\b"""
    ),
    undone=(
        r"""\b(?:no|nunca|tampoco)\b(?!\s+s[óo]lo\b)|\b(?:debe|deben|debería|deberían|puede|pueden|podría|podrían)"""
        r"""\s+(?:\w+\s+)?ser\b"""
    ),
    that=(
        r"\b(?:que|quien|quienes)\s+(?:se\s+|ya\s+)?(?:ha|han|había|fue|fueron|es|son|está|están)\s+\w+(?:\s+\w+)?"
    ),
)

LANGUAGES = (ENGLISH, FRENCH, SPANISH)
