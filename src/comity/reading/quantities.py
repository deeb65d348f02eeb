"""Numbers with their units: "12 months", "between six and eight weeks", "about 7,200 violations", "40 per cent"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.reading.numbers import CARDINALS, FRACTIONS, MULTIPLIERS, digits, words_to_number
from comity.words import Quantity, TimeMention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_UNITS = {
    "%": "per cent",
    "percent": "per cent",
    "percentage": "per cent",
    "kilometre": "km",
    "kilometer": "km",
    "kms": "km",
    "metre": "m",
    "meter": "m",
    "people": "person",
    "persons": "person",
    "$": "dollar",
    "us$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "hr": "hour",
    "hrs": "hour",
    "yr": "year",
    "yrs": "year",
    "mile": "mile",
}
"""Units written in several ways, by the one used here."""

_CURRENCY = frozenset({"$", "€", "£", "¥", "us$"})
_MEASURES = frozenset(
    {"ton", "tonne", "km", "m", "mile", "hectare", "acre", "barrel", "litre", "liter", "kg", "kilogram", "gram", "foot"}
    | {
        "dollar",
        "euro",
        "pound",
        "yen",
        "rouble",
        "ruble",
        "yuan",
        "franc",
        "mark",
        "cent",
        "megawatt",
        "gigawatt",
        "watt",
    }
    | {"degree", "inch", "yard", "kilowatt", "bushel", "quota", "per cent", "share", "mw", "gw", "gt", "mt", "ppm"}
)
_DURATIONS = frozenset(
    {"second", "minute", "hour", "day", "week", "month", "year", "decade", "century", "night", "quarter"}
)
_UP_TO = frozenset(
    {"up to", "at most", "no more than", "not more than", "less than", "fewer than", "under", "below", "within"}
)
_LABEL_WORDS = """
    article articles resolution no no. number paragraph annex chapter section page phase group room channel clause point
    decision flight highway route title protocol
"""
_LABELS = frozenset(_LABEL_WORDS.split())
_RANGE = frozenset({"to", "-", "–", "and", "or"})


@dataclass(frozen=True, slots=True)
class _Number:
    """A number found: tokens ``[start, end)`` and its worth."""

    start: int
    end: int
    value: float
    unit: str = ""


def find_quantities(doc: Doc, times: tuple[TimeMention, ...]) -> tuple[Quantity, ...]:
    """The quantities of `doc` in order of the text; dates, clock times and numbers in names are none.

    `low` and `high` differ where a range is given; "up to" and its like open it downward to 0. For "$3 billion" the
    unit is "dollar", for "two-thirds" it is "share" with a value between 0 and 1.
    """
    tokens = list(doc)
    opens = [_may_open(t) for t in tokens]
    measures = [_measure_named(t) for t in tokens]
    measure = ""
    dated = [(t.start, t.end) for t in times if t.type in ("DATE", "TIME", "SET")]
    out: list[Quantity] = []
    i = 0
    while i < len(tokens):
        named = measures[i]
        measure = measure if named is None else named
        found = _number(doc, i) if opens[i] else None
        if found is None or _in_any(doc[i].idx, dated) or _label(doc, found):
            i += 1 if found is None else found.end - found.start
            continue
        first, last = found, _range_end(doc, found)
        quantity, end = _with_unit(doc, first, last or first)
        if quantity is None:
            quantity = _elliptic(doc, first, last or first, out[-1] if out else None, measure)
        if quantity is not None and quantity.unit != "o'clock":
            out.append(quantity)
            measure = quantity.unit if quantity.unit in _MEASURES - _OTHER_SENSES else measure
        i = max(end, (last or first).end)
    return tuple(out)


def _in_any(offset: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _may_open(token: Token) -> bool:
    """True if a quantity can begin at `token`: figures, a number in words, a sign of money, a fraction."""
    word = token.lower_
    return word[0].isdecimal() or word in CARDINALS or word in _CURRENCY or word in _FRACTION_WORDS


def _number(doc: Doc, i: int) -> _Number | None:
    """The number that begins at token `i`, in figures, words or as a fraction."""
    token = doc[i]
    word = token.lower_
    if word in _CURRENCY and i + 1 < len(doc):
        amount = _number(doc, i + 1)
        if amount is None or amount.unit:
            return None
        return _Number(i, amount.end, amount.value, _UNITS[word])
    words: list[str] = []
    j = i
    while j < len(doc):
        piece = doc[j].lower_
        numeric = digits(piece) is not None or piece in CARDINALS or (piece in MULTIPLIERS and bool(words))
        linked = piece in ("-", "and") and words and j + 1 < len(doc) and _joins(doc, j, words[-1])
        if numeric and (not words or not _fresh(words[-1], piece)):
            words.append(piece)
        elif not linked:
            break
        j += 1
    if not words:
        return _fraction_word(doc, i)
    end = j
    value = words_to_number(words)
    if value is None:
        return None
    if end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].lower_ in FRACTIONS and value < 100:
        return _Number(i, end + 2, value * FRACTIONS[doc[end + 1].lower_], "share")
    if end < len(doc) and doc[end].lower_ in ("thirds", "quarters", "fifths", "tenths") and value < 10:
        return _Number(i, end + 1, value * FRACTIONS[doc[end].lower_], "share")
    if words == ["one"] and not _counted_one(doc, end):
        return None
    return _Number(i, end, value)


def _joins(doc: Doc, j: int, before: str) -> bool:
    """True if "-" or "and" at `j` stands within one number: "twenty-five", "two hundred and five"."""
    following = doc[j + 1].lower_
    if doc[j].text == "-":
        return before in CARDINALS and CARDINALS[before] >= 20 and following in CARDINALS
    return before in MULTIPLIERS and following in CARDINALS


def _fresh(before: str, piece: str) -> bool:
    """True if `piece` begins a new number: figures after figures, "two three"."""
    if piece in MULTIPLIERS:
        return False
    if digits(piece) is not None:
        return before not in MULTIPLIERS
    return before not in MULTIPLIERS and not (CARDINALS.get(before, 0) >= 20 and CARDINALS[piece] < 10)


_FRACTION_WORDS = frozenset({"half", "third", "quarter"})


def _fraction_word(doc: Doc, i: int) -> _Number | None:
    """Half of, a third of, a quarter of."""
    word = doc[i].lower_
    if word == "half" and i + 1 < len(doc) and doc[i + 1].lower_ in ("of", "the"):
        return _Number(i, i + 1, 0.5, "share")
    if (
        word in ("third", "quarter")
        and i
        and doc[i - 1].lower_ == "a"
        and i + 1 < len(doc)
        and doc[i + 1].lower_ == "of"
    ):
        return _Number(i, i + 1, FRACTIONS[word], "share")
    return None


def _counted_one(doc: Doc, end: int) -> bool:
    k = end + 1 if end < len(doc) and doc[end].text == "-" else end
    return k < len(doc) and _unit_of(doc[k]) in _MEASURES | _DURATIONS


def _label(doc: Doc, found: _Number) -> bool:
    """True for numbers that name rather than count: Article 5, Group of 77, G-7."""
    before = doc[found.start - 1] if found.start else None
    if before is None:
        return False
    if before.lower_ in _LABELS or (before.text == "-" and found.start > 1 and doc[found.start - 2].pos_ == "PROPN"):
        return True
    return (
        before.lower_ == "of"
        and found.start > 1
        and doc[found.start - 2].lower_ in _LABELS
        and doc[found.start - 2].text[0].isupper()
    )


def _range_end(doc: Doc, first: _Number) -> _Number | None:
    """The second number of "six to eight", "between 6 and 8", "12-18"."""
    if first.end + 1 >= len(doc) or doc[first.end].lower_ not in _RANGE:
        return None
    link = doc[first.end].lower_
    if link == "and" and not (first.start and doc[first.start - 1].lower_ == "between"):
        return None
    second = _number(doc, first.end + 1)
    if (
        second is None
        or second.value <= first.value
        or (second.unit and second.unit != first.unit and second.unit != "share")
    ):
        return None
    if link in ("-", "–") and doc[first.end].whitespace_ and doc[first.end - 1].whitespace_:
        return None
    return second


def _with_unit(doc: Doc, first: _Number, last: _Number) -> tuple[Quantity | None, int]:
    scale = 1.0
    words = {doc[k].lower_ for k in range(last.start, last.end)} & set(MULTIPLIERS)
    if last is not first and first.value < 1000 and words:  # "three to four million"
        scale = max(MULTIPLIERS[w] for w in words)
        scale = scale if first.value * scale <= last.value else 1.0
    low, high = first.value * scale, last.value
    unit, end, noun = first.unit or last.unit, last.end, None
    if not unit:
        unit, end, noun = _unit_after(doc, last.end)
    if not unit:
        return None, last.end
    if last is first and _lead(doc, first.start) in _UP_TO:
        low = 0.0
    of = _counted(doc, unit, end, noun)
    if unit == "share" and not of and end < len(doc) and doc[end].lower_ in ("the", "its", "their"):  # half the fleet
        of = _phrase(doc[end].head) if doc[end].head.pos_ == "NOUN" else ""
    start = doc[first.start].idx
    return Quantity(low, high, unit, (start, doc[end - 1].idx + len(doc[end - 1])), of), end


def _measure_named(token: Token) -> str | None:
    """The measure that `token` names, the unit of bare numbers after it; "" where a paragraph ends, else None."""
    if token.is_space:
        return "" if "\n\n" in token.text else None
    unit = _unit_of(token)
    return unit if unit in _MEASURES and unit not in _OTHER_SENSES else None


_OTHER_SENSES = frozenset({"share", "mark", "foot", "yard", "degree", "quota", "m", "cent"})
_CONTRAST = frozenset({"against", "instead", "not", "versus", "rather", "or", "from", "to"})


def _elliptic(doc: Doc, first: _Number, last: _Number, before: Quantity | None, measure: str) -> Quantity | None:
    """A bare number whose unit was said before: "66,000 tonnes ... has offered 42,000", "12 months instead of 18"."""
    if last.end < len(doc) and doc[last.end].pos_ in ("NOUN", "PROPN", "ADJ", "NUM"):
        return None
    unit, of = "", ""
    if before is not None and doc[first.start].idx - before.span[1] < 40:
        near = {t.lower_ for t in doc[max(0, first.start - 5) : first.start]}
        named = doc[first.start - 1].pos_ == "PROPN" if first.start else False  # "A seeks 16 months and B 14"
        if (near & _CONTRAST or (named and "and" in near)) and before.unit in _MEASURES | _DURATIONS and before.low:
            unit, of = before.unit, before.of
    if not unit and measure and first.value >= 100 and not _year_like(doc[first.start]):
        unit = measure
    if not unit and doc[last.end : last.end + 1].text == "to":  # "from 60,000 to 55,000 tonnes"
        second = _number(doc, last.end + 1)
        unit = _unit_after(doc, second.end)[0] if second is not None else ""
        unit = unit if unit in _MEASURES | _DURATIONS else ""
    if not unit:
        return None
    start, end = doc[first.start].idx, doc[last.end - 1].idx + len(doc[last.end - 1])
    return Quantity(first.value, last.value, unit, (start, end), of)


def _year_like(token: Token) -> bool:
    return len(token.text) == 4 and token.text.isdigit() and 1900 <= int(token.text) <= 2100


def _lead(doc: Doc, start: int) -> str:
    words = [doc[k].lower_ for k in range(max(0, start - 3), start)]
    for size in (3, 2, 1):
        lead = " ".join(words[-size:])
        if lead in _UP_TO:
            return lead
    return ""


def _unit_of(token: Token) -> str:
    lemma = token.lemma_.lower()
    return _UNITS.get(token.lower_) or _UNITS.get(lemma) or lemma


def _unit_after(doc: Doc, end: int) -> tuple[str, int, Token | None]:
    """The unit after a number, the token after it, and the noun it counts."""
    k = end
    if k < len(doc) and doc[k].text == "-" and k + 1 < len(doc):  # 12-month, 20-point
        noun = doc[k + 1]
        return (_unit_of(noun), k + 2, noun) if noun.is_alpha else ("", end, None)
    if k < len(doc) and doc[k].lower_ == "per" and k + 1 < len(doc) and doc[k + 1].lower_ == "cent":
        return "per cent", k + 2, None
    for step in range(5):
        if k + step >= len(doc):
            break
        token = doc[k + step]
        unit = _unit_of(token)
        if unit in _MEASURES | _DURATIONS:
            return unit, k + step + 1, token
        if token.tag_ in ("NNS", "NNPS", "NN") and not (token.dep_ == "compound" and k + step + 1 < len(doc)):
            return unit, k + step + 1, token
        if token.tag_ not in (
            "JJ",
            "NN",
            "NNP",
            "VBN",
            "VBG",
            "JJR",
            "JJS",
            "HYPH",
            "POS",
            "NNS",
        ) and token.text not in ("-", "'"):
            break
    return "", end, None


def _counted(doc: Doc, unit: str, end: int, noun: Token | None) -> str:
    """What is counted: cod in "tonnes of cod", ceasefire in "12-month ceasefire", else the noun itself."""
    if end < len(doc) and doc[end].lower_ == "of" and (noun is None or unit in _MEASURES | _DURATIONS):
        for child in doc[end].children:
            if child.dep_ == "pobj":
                return _phrase(child)
    if noun is None:
        return ""
    if noun.i > 0 and doc[noun.i - 1].text == "-":
        head = noun.head
        return (
            _phrase(head, noun.i) if head.pos_ in ("NOUN", "PROPN") and head.i > noun.i and head.i - noun.i < 5 else ""
        )
    return "" if unit in _MEASURES | _DURATIONS else _phrase(noun)


def _phrase(noun: Token, after: int = -1) -> str:
    """The noun with what stands before it (after token `after`), lower-case, the noun in the singular."""
    words = [
        t.lower_
        for t in noun.lefts
        if t.i > after and t.dep_ in ("compound", "amod") and t.pos_ in ("NOUN", "ADJ", "PROPN")
    ]
    return " ".join([*words, noun.lemma_.lower()])
