"""Part of speech and lemma of words, by the model's own rules, from memory.

The rules of spaCy's attribute ruler and lemmatiser look at a word, its tag and its relation; run over each text they
take a third of its time. Here each such triple is asked once a process, many at a time, and words that no rule names
share the answer of their tag and relation.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Key = tuple[str, str, str]
"""A word as written, its tag and its relation."""
Mark = tuple[str, str]
"""Part of speech and lemma."""
_Kind = tuple[str, bool, str, str]
_Ruled = tuple[str, str, str]

_BE = frozenset({"is", "are", "was", "were", "'s", "'re", "’s", "’re"})
_APART = ("—", ":", "punct")
_MOST = 100_000
_MARKS: dict[Key, Mark] = {}
_RULED: dict[_Kind, _Ruled] = {}


def marks(nlp: Language, words: Sequence[str], tags: Sequence[str], deps: Sequence[str]) -> list[Mark]:
    """Part of speech and lemma of each word of one text, in order.

    Only the rule that makes a verb of "is" after "there" looks at two words; it is kept here.
    """
    keys = list(zip(words, tags, deps, strict=True))
    new = [key for key in dict.fromkeys(keys) if key not in _MARKS]
    if len(_MARKS) + len(new) > _MOST:
        _MARKS.clear()
        new = list(dict.fromkeys(keys))
    if new:
        _MARKS.update(zip(new, _asked(nlp, new), strict=True))
    out = [_MARKS[key] for key in keys]
    for i, dep in enumerate(deps[:-1]):
        if dep == "expl" and words[i + 1].lower() in _BE:
            out[i + 1] = ("VERB", out[i + 1][1])
    return out


def _asked(nlp: Language, keys: Sequence[Key]) -> list[Mark]:
    """The marks of words by the model's own rules."""
    from spacy.tokens import Doc as SpacyDoc

    named = _named(nlp)
    kinds = [named.kind(nlp, key) for key in keys]
    first = {kind: key for kind, key in zip(kinds, keys, strict=True) if kind not in _RULED}
    if first:
        _RULED.update(zip(first, _ruled(nlp, list(first.values())), strict=True))
    pos, morphs, lemmas = (list(column) for column in zip(*(_RULED[kind] for kind in kinds), strict=True))
    doc = SpacyDoc(nlp.vocab, words=[w for w, _, _ in keys], pos=pos, morphs=morphs, lemmas=lemmas)
    found: Doc = nlp.get_pipe("lemmatizer")(doc)
    return [(token.pos_, token.lemma_) for token in found]


def _ruled(nlp: Language, keys: Sequence[Key]) -> list[_Ruled]:
    """Part of speech, morphology and lemma ("" for none) as the ruler has them; dashes keep words from one another."""
    from spacy.tokens import Doc as SpacyDoc

    apart = [x for key in keys for x in (key, _APART)]
    words, tags, deps = (list(column) for column in zip(*apart, strict=True))
    doc = SpacyDoc(nlp.vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words))))
    found: Doc = nlp.get_pipe("attribute_ruler")(doc)
    return [(token.pos_, str(token.morph), token.lemma_) for token in found][::2]


@dataclass(frozen=True)
class _Named:
    """The words that rules of the ruler name. `all` is True if a rule asks for more than word, tag and relation."""

    words: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    all: bool

    def kind(self, nlp: Language, key: Key) -> _Kind:
        """What the ruler's answer depends on: the word only where a rule names it."""
        word, tag, dep = key
        if self.all:
            return word, False, tag, dep
        looks = nlp.vocab[word]
        lower = looks.lower_
        named = lower in self.words or any(p.search(lower) for p in self.patterns)
        return lower if named else "", looks.is_space, tag, dep


@functools.lru_cache(maxsize=1)
def _named(nlp: Language) -> _Named:
    ruler: Any = nlp.get_pipe("attribute_ruler")
    asked = [ask for rule in ruler.patterns for pattern in rule["patterns"] for ask in pattern]
    words: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    every = any(set(ask) - {"LOWER", "TAG", "DEP", "IS_SPACE"} for ask in asked)
    for value in (ask["LOWER"] for ask in asked if "LOWER" in ask):
        if isinstance(value, str):
            words.add(value)
        elif set(value) == {"IN"}:
            words.update(value["IN"])
        elif set(value) == {"REGEX"}:
            patterns.append(re.compile(value["REGEX"]))
        else:
            every = True
    return _Named(frozenset(words), tuple(patterns), every)
