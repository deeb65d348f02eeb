"""Names of one or two words that are of groups and bodies, not of people, as the text itself shows.

Nothing in "Harrakat" tells that it is a movement. "Harrakat leader Omar Said", "Harrakat, which holds the north",
"the militant group Harrakat" and "talks between Belvara and Harrakat" do.
"""

from __future__ import annotations

from dataclasses import replace

from comity.reading.gazetteer import first_names
from comity.reading.name_forms import Known
from comity.reading.name_spans import MODIFIERS, Span
from comity.reading.name_view import HUMAN, View
from comity.words import fold_name
from comity.words.offices import APART

_LED_WORDS = """
    leader co-leader chief commander official negotiator boss ceo member chairman chairwoman president founder
"""
_LED = frozenset(_LED_WORDS.split())
"""Those whom a body has, but hardly ever a person: "Holt's envoy" and "Holt aide" are said as well."""
_MEN_WORDS = """
    fighters militants rebels guerrillas insurgents members leaders leadership commanders negotiators forces gunmen
    troops lawmakers delegates delegation mps militiamen combatants activists
"""
_MEN = frozenset(_MEN_WORDS.split())
_KIND_WORDS = """
    group movement union party militia faction organisation organization company firm operator federation association
    alliance coalition bloc guerrilla army militants rebels insurgents guerrillas cartel gang front maker carrier
    manufacturer supplier watchdog charity agency body outfit
"""
_KINDS = frozenset(_KIND_WORDS.split())
"""Nouns that tell beside a name what kind of side it is."""
_AFTER_KIND = frozenset({",", "of", "for", "in", "that", "which", "representing", "backed", "based", "behind", "-"})
_UNSURE = frozenset({"", "other", "person", "modifier"})
_NEAR = 5
_PEOPLE_AT_LEAST = 2
_HE_WITHIN = 25
_HE = frozenset({"he", "she", "his", "her", "him", "who"})


def with_sides(v: View, spans: list[Span], hits: dict[int, tuple[int, Known]]) -> list[Span]:
    """`spans` where the names of groups and bodies are told as such, at each of their places."""
    persons = {fold_name(w) for s in spans if s.type == "person" and s.role for w in v.words[s.core : s.end]}
    persons |= {fold_name(v.words[s.end - 1]) for s in spans if s.end - s.core > 1 and _given(v, s)}
    unsure = [s for s in spans if s.known is None and s.type in _UNSURE and not s.role and not _given(v, s)]
    shown = {_name(v, s) for s in unsure if _shown(v, s, hits)}
    shown = (shown | _unintroduced(v, spans, unsure)) - persons
    if not shown:
        return spans
    sides = {id(s) for s in unsure if _name(v, s) in shown}
    return [replace(s, type="group", start=s.core) if id(s) in sides else s for s in spans]


def _name(v: View, span: Span) -> str:
    return fold_name(v.text[v.starts[span.core] : v.end(span.end - 1)])


def _given(v: View, span: Span) -> bool:
    return span.end - span.core > 1 and fold_name(v.words[span.core]) in first_names()


def _shown(v: View, span: Span, hits: dict[int, tuple[int, Known]]) -> bool:
    """True if what stands beside this name tells that it is no person's."""
    end = span.end
    after = v.lower[end] if end < len(v.words) else ""
    if span.end - span.core == 1 and any(c.isupper() for c in v.words[span.core][1:]) and v.words[span.core].isalpha():
        return not v.words[span.core].startswith(("Mc", "Mac", "De", "Di", "La", "Le", "O'"))
    if after == "," and v.lower[end + 1 : end + 2] == ["which"]:
        return True
    if after == "," and _explained(v, end + 1):
        return True
    if _leads(v, end + 1 if after in ("'s", "'") else end):
        return True
    if _many(v, span):
        return True
    return _kind_before(v, span) or _between(v, span, hits) or _with_article(v, span, hits)


def _explained(v: View, k: int) -> bool:
    """True of "the", "a" and a noun for a body up to the next mark: "Harrakat, a militant group"."""
    if v.lower[k : k + 1] not in (["the"], ["a"], ["an"], ["one"]):
        return False
    for j in range(k + 1, min(k + _NEAR, len(v.words))):
        if not v.words[j].isalpha() and v.words[j] not in ("-", "'s", "'"):
            return False
        if v.lower[j] in _KINDS and v.tokens[j].dep_ != "compound":
            return j + 1 < len(v.words) and v.lower[j + 1] in _AFTER_KIND
    return False


def _leads(v: View, k: int) -> bool:
    """True if from token `k` on somebody is told by an office: "leader Omar Said", "bureau member Omar Said"."""
    for j in range(k, min(k + _NEAR, len(v.words) - 1)):
        word = v.lower[j]
        if word in _MEN and j == k and v.tokens[j].tag_.startswith("N"):
            return True
        if word in _LED and v.tokens[j].tag_.startswith("N"):
            if word in ("chief", "co") and v.lower[j + 1] in ("negotiator", "-", "of", "executive"):
                continue
            return v.capital[j + 1] or v.words[j + 1] == ","
        if word not in MODIFIERS | APART and word not in ("-", "co") and v.tokens[j].tag_ not in ("JJ", "NN"):
            return False
        if v.capital[j] or not (word.isalpha() or word == "-"):
            return False
    return False


def _many(v: View, span: Span) -> bool:
    """True of a plural name that says or wants something: "the Greens said"."""
    last = v.tokens[span.end - 1]
    plural = last.tag_ == "NNPS" or (last.tag_ == "NNP" and last.text.endswith("s") and v.lower[span.core - 1] == "the")
    if not plural or span.core == 0 or v.lower[span.core - 1] != "the":
        return False
    return last.dep_ in ("nsubj", "nsubjpass", "poss") and (last.dep_ == "poss" or last.head.lemma_ in HUMAN)


def _with_article(v: View, span: Span, hits: dict[int, tuple[int, Known]]) -> bool:
    """True of a name with "the" before it that says or wants something: "the far-left KLf", "the Belvaran Dawn"."""
    last, k = v.tokens[span.end - 1], span.core
    if last.dep_ not in ("nsubj", "nsubjpass") or last.head.lemma_ not in HUMAN:
        return False
    while k and not v.initial[k] and (v.tokens[k - 1].tag_ == "JJ" or v.words[k - 1] == "-" or _ends(hits, k)):
        k = _ends(hits, k) or k - 1
        if span.core - k > _NEAR:
            return False
    return k > 0 and v.lower[k - 1] == "the" and v.tokens[k - 1].head == last


def _ends(hits: dict[int, tuple[int, Known]], k: int) -> int:
    """Where a known form begins that ends before token `k`; 0 if none does."""
    return next((j for j in range(max(0, k - 4), k) if j in hits and hits[j][0] == k), 0)


def _unintroduced(v: View, spans: list[Span], unsure: list[Span]) -> set[str]:
    """Single names that never come with a first name or title, in a text that introduces its people by these.

    A report names people in full at first. Not those of whom "he" or "she" is said in the same sentence or the next.
    """
    introduced = [s for s in spans if s.type == "person" and s.end - s.core > 1 and (s.role or _given(v, s))]
    if len(introduced) < _PEOPLE_AT_LEAST:
        return set()
    says: set[str] = set()
    human: set[str] = set()
    for s in unsure:
        if s.end - s.core != 1 or s.type == "modifier" or not v.loose[s.core]:
            continue
        token = v.tokens[s.core]
        if token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ in HUMAN:
            says.add(_name(v, s))
        if not _HE.isdisjoint(v.lower[s.end : s.end + _HE_WITHIN]):
            human.add(_name(v, s))
    whole = {fold_name(w) for s in spans if s.end - s.core > 1 and s.type == "person" for w in v.name(s.core, s.end)}
    return says - human - whole


def _kind_before(v: View, span: Span) -> bool:
    """True of the name after "the militant group", "union", "rebels of"."""
    k = span.core - 1
    return k >= 0 and v.lower[k] in _KINDS and not v.capital[k] and "\n" not in v.text[v.end(k) : v.starts[k + 1]]


def _between(v: View, span: Span, hits: dict[int, tuple[int, Known]]) -> bool:
    """True of "between Belvara and Harrakat", "between Harrakat and Belvara": who stands against a state is a side."""
    k, end = span.core, span.end
    if v.lower[k - 1 : k] == ["and"]:
        state = next((j for j in range(max(0, k - 5), k - 1) if j in hits and hits[j][0] == k - 1), None)
        return state is not None and hits[state][1].type == "state" and v.lower[state - 1 : state] == ["between"]
    if v.lower[k - 1 : k] == ["between"] and v.lower[end : end + 1] == ["and"]:
        return end + 1 in hits and hits[end + 1][1].type == "state"
    return False
