"""The parse put right around the rolls of `rolls`: whose verb it is, who stands beside whom.

Only relations between a roll's words and its verb are set. A sentence whose words would no longer make one tree is left
as it was parsed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from comity.reading import syntax
from comity.reading.floor_leads import headed, leads
from comity.reading.floor_names import Name
from comity.reading.floor_turns import floor, goes_on, row, turns
from comity.reading.lexicon import lexicon
from comity.reading.name_hyphens import prefixed
from comity.reading.rehang import apply, one_tree, settle
from comity.reading.rolls import Aside, Group, Roll, find_rolls

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLAUSAL = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl", "parataxis", "acl", "pcomp", "xcomp", "csubj"})
_TAKEN_FOR = frozenset({"NN", "NNS", "JJ"})
_ALIA = frozenset({"inter", "alia"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_ARGUMENT = frozenset({"amod", "compound", "nmod", "nsubj", "nsubjpass", "dobj", "appos", "npadvmod", "poss", "dep"})


def regroup(doc: Doc) -> Doc:
    """`doc` with the relations of its rolls set; the same `doc` where none is found.

    >>> from comity.reading.parse import parse
    >>> doc = parse("On definitions, NORWAY, for the GROUP, JAPAN and CANADA said the text was clear.")
    >>> [t.text for t in doc if t.dep_ in ("nsubj", "conj") and t.head.i <= 12][:3]
    ['NORWAY', 'JAPAN', 'CANADA']
    """
    settle(doc, prefixed(doc))
    edits: dict[int, tuple[int, str]] = {}
    tags: dict[int, str] = {}
    rolls = list(find_rolls(doc))
    apply(doc, {}, _named(doc, rolls))
    for roll in rolls:
        edit = _Edits(doc, roll)
        own, names = edit.made() if not settled(doc, roll) else edit.placed()
        if own and one_tree(doc, roll.verb, {**edits, **own}):
            edits.update(own)
            tags.update(names)
    if edits:
        apply(doc, edits, tags)
    mains = [_main(doc, r).i for r in rolls]
    settle(doc, headed(doc, mains))
    led = list(leads(doc, rolls, mains))
    if rolls or led:
        settle(doc, turns(doc, rolls, mains))
        settle(doc, (edit for verb, end in led for edit in goes_on(verb, end)))
        doc.user_data["floor"] = floor(doc, rolls, mains) | {i: e for v, end in led for i, e in row(v, end).items()}
        doc.user_data["beside"] = frozenset(i for r in rolls for a in r.asides if a.kind == "with" for i in a.opener)
        doc.user_data["named"] = frozenset(i for r in rolls for n in r.names() for i in range(n.first, n.last + 1))
    return doc


def _named(doc: Doc, rolls: Sequence[Roll]) -> dict[int, str]:
    """The words in capitals of the names of rolls that the tagger took for common nouns or adjectives."""
    words = (doc[i] for roll in rolls for name in roll.names() for i in range(name.first, name.last + 1))
    return {w.i: "NNP" for w in words if sum(map(str.isupper, w.text)) > 1 and w.tag_ in _TAKEN_FOR}


def settled(doc: Doc, roll: Roll) -> bool:
    """True if the parse has it already: one actor, nothing beside it, and the verb is its own."""
    name = roll.group.names[0]
    subject = next((c for c in _main(doc, roll).lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return False
    if subject.i < name.first:  # the row began before
        return any(name.first <= c.i <= name.last for c in subject.conjuncts)
    alone = len(roll.group.names) == 1 and not roll.asides and not roll.group.stands
    return alone and subject.i <= name.last


def _main(doc: Doc, roll: Roll) -> Token:
    """The verb that has the subject: not its auxiliary."""
    verb = doc[roll.verb]
    return verb.head if verb.dep_ in ("aux", "auxpass") and verb.head.i > verb.i else verb


def _helped(doc: Doc, roll: Roll) -> bool:
    return any(doc[i].tag_ in ("MD", "VBD", "VBZ", "VBP") for i in roll.between)


class _Edits:
    """The relations that one roll wants: for each token its head and relation."""

    def __init__(self, doc: Doc, roll: Roll) -> None:
        self.doc, self.roll = doc, roll
        self.heads: dict[int, tuple[int, str]] = {}
        self.tags: dict[int, str] = {}
        first = roll.group.names[0].first
        self.region = frozenset(range(first, roll.verb)) - set(roll.between)

    def made(self) -> tuple[dict[int, tuple[int, str]], dict[int, str]]:
        verb = _main(self.doc, self.roll)
        passive = any(c.dep_ == "auxpass" for c in verb.lefts)
        first = self._group(self.roll.group, verb.i, "nsubjpass" if passive else "nsubj")
        before: int | None = None
        for aside in self.roll.asides:
            before = self._aside(aside, first, before)
        for i in self.roll.between:
            token = self.doc[i]
            dep = "punct" if token.is_punct else "advmod" if token.tag_ == "RB" or token.lower_ in _ALIA else "aux"
            if token.head.i != verb.i:
                self.heads[i] = (verb.i, dep)
        for i in sorted(self.region - self.heads.keys()):
            if not self.doc[i].is_space and self.doc[i].head.i not in self.region:
                self.heads[i] = (first, "dep")
        for c in verb.lefts:
            if c.dep_ in ("nsubj", "nsubjpass") and c.i not in self.region and c.i != first:
                self.heads[c.i] = (verb.i, "dep")
        self._place(verb)
        return self.heads, self.tags

    def placed(self) -> tuple[dict[int, tuple[int, str]], dict[int, str]]:
        """Only the verb's own place, where the parse took it for a word of the noun after it; a name in one piece."""
        verb = _main(self.doc, self.roll)
        for i in self.roll.between:
            if self.doc[i].lower_ in _ALIA or self.doc[i].is_punct:
                self.heads[i] = (verb.i, "punct" if self.doc[i].is_punct else "advmod")
        for name in self.roll.group.names[:1]:
            inside = range(name.first, name.last + 1)
            if name.named and sum(self.doc[i].head.i not in inside for i in inside if not self.doc[i].is_space) > 1:
                self._name(name)
        if verb.i == self.roll.verb and verb.head.i > verb.i and verb.dep_ in _ARGUMENT:
            self._place(verb)
        elif verb.i == self.roll.verb and verb.tag_ == "VBN" and verb.dep_ == "ROOT" and not self.roll.between:
            self.heads[verb.i], self.tags[verb.i] = (verb.i, "ROOT"), "VBD"
        return self.heads, self.tags

    def _group(self, group: Group, head: int, dep: str) -> int:
        """Relations of a row of actors; the first one's head token."""
        first = previous = -1
        for k, name in enumerate(group.names):
            root = self._name(name)
            if k == 0:
                first, self.heads[root] = root, (head, dep)
            else:
                self.heads[root] = (previous, "conj")
                for i in group.joins[k - 1]:
                    self.heads[i] = (previous, "punct" if self.doc[i].is_punct else "cc")
            if k in group.stands:
                self._aside(group.stands[k], root, None)
            previous = root
        return first

    def _name(self, name: Name) -> int:
        """The head token of a name: the parse's, if it has one within; its words hang on it."""
        inside = range(name.first, name.last + 1)
        tops = [i for i in inside if self.doc[i].head.i not in inside or self.doc[i].head.i == i]
        tops = [i for i in tops if not self.doc[i].is_space]
        root = tops[0] if len(tops) == 1 and self._nominal(self.doc[tops[0]]) else name.head
        for i in inside:
            token = self.doc[i]
            if i != root and (i in tops or self._leads_to(token, root, inside)):
                dep = "det" if token.tag_ == "DT" else "punct" if token.is_punct or token.is_space else "compound"
                self.heads[i] = (root, dep)
        if name.named:
            for i in inside:
                if self.doc[i].text[:1].isupper() and not self._nominal(self.doc[i]) and self.doc[i].tag_ != "DT":
                    self.tags[i] = "NNP"
        end = name.last + 1
        while end < len(self.doc) and self.doc[end].is_space:
            end += 1
        if end < len(self.doc) and self.doc[end].text == "(":
            for i in range(end, self.roll.verb):
                if not end <= self.doc[i].head.i < self.roll.verb or self.doc[i].head.i == i:
                    self.heads[i] = (root, "punct" if self.doc[i].is_punct else "appos")
                if self.doc[i].text == ")":
                    break
        return root

    def _leads_to(self, token: Token, root: int, inside: range) -> bool:
        """True if `token`, chosen otherwise, would hold the new root: the parse had it above."""
        return any(token.i == a.i for a in self.doc[root].ancestors) and token.i in inside

    def _nominal(self, token: Token) -> bool:
        return token.tag_ in ("NN", "NNS", "NNP", "NNPS")

    def _aside(self, aside: Aside, actor: int, before: int | None) -> int | None:
        """Relations of what is told beside an actor; the participle, if one opens it."""
        for i in aside.joins:
            self.heads[i] = (actor, "punct" if self.doc[i].is_punct else "cc")
        opener = aside.opener
        if aside.kind == "by":
            verb, by = opener
            self.heads[verb] = (actor, "acl") if before is None else (before, "conj")
            self.tags[verb] = "VBN"
            self.heads[by] = (verb, "agent")
            self._group(aside.group, by, "pobj")
            return verb
        last, dep = actor, "prep"
        for i in opener:
            participle = self.doc[i].lower_ in ("speaking", "joined", "representing")
            noun = self.doc[i].lower_ == "behalf"
            self.heads[i] = (last, "acl" if participle else "pobj" if noun else dep)
            last = i
        self._group(aside.group, last, "dobj" if self.doc[last].lower_ == "representing" else "pobj")
        return before

    def _place(self, verb: Token) -> None:
        """The verb's own place, where the parse hung it on its roll or took it for a word of the noun after it."""
        above = verb.head
        if verb.tag_ in ("VBN", "JJ") and verb.i == self.roll.verb and not _helped(self.doc, self.roll):
            self.tags[verb.i] = "VBD"
        whole = next((c for c in verb.rights if not c.is_space), None)
        if whole is not None and whole.dep_ == "npadvmod" and lexicon().verb(syntax.lemma(verb), "object"):
            self.heads[whole.i] = (verb.i, "dobj")  # "preferred two years"
        noun = None
        if above.i > verb.i and verb.dep_ in _ARGUMENT:
            noun = above
            while noun.dep_ in ("poss", "compound", "amod", "nmod") and noun.head.i > noun.i:
                noun = noun.head  # "highlighted parties' difficulties"
            above = noun.head
            clause = noun.tag_ in _FINITE or any(c.tag_ == "MD" for c in noun.lefts)
            self.heads[noun.i] = (verb.i, "ccomp" if clause else "dobj")
        if above.i in self.region:
            top = above
            while top.head.i in self.region and top.head.i != top.i:
                top = top.head
            outer = top.head
            if outer.i in (top.i, verb.i):
                self.heads[verb.i] = (verb.i, "ROOT")
            elif outer.i > verb.i and outer.tag_ == "VBG":  # ", noting …" taken for the verb
                root = outer.head.i == outer.i
                self.heads[verb.i] = (verb.i, "ROOT") if root else (outer.head.i, outer.dep_)
                self.heads[outer.i] = (verb.i, "advcl")
            else:
                self.heads[verb.i] = self._joined(outer)
        elif noun is not None and above.i > verb.i and above.i != noun.i and self._nominal(above):
            root = above.head.i == above.i  # "noted Article 4 (transfer)": the noun beside taken for the head of all
            self.heads[above.i] = (noun.i, "appos")
            self.heads[verb.i] = (verb.i, "ROOT") if root else (above.head.i, above.dep_)
            self.heads |= {c.i: (verb.i, c.dep_) for c in above.rights if c.dep_ in ("advcl", "cc", "conj", "punct")}
        elif noun is not None:
            root = noun.head.i == noun.i
            dep = noun.dep_ if noun.dep_ in _CLAUSAL else "dep"
            self.heads[verb.i] = (verb.i, "ROOT") if root else (above.i, dep)
        elif above.i < verb.i and verb.dep_ in _ARGUMENT - {"dep"}:
            self.heads[verb.i] = self._joined(above.head)
        first = self.roll.group.names[0].first
        for token in verb.sent:
            if token.i in self.region or token.i == verb.i or token.i in self.heads or token.i in self.roll.between:
                continue
            beyond = token.head.i > verb.i and token.i < first and token.dep_ != "ROOT"
            if token.head.i in self.region:
                self.heads[token.i] = (verb.i, token.dep_ if token.dep_ != "ROOT" else "dep")
            elif beyond and self.heads.get(token.head.i, (-1, ""))[0] == verb.i:
                self.heads[token.i] = (verb.i, token.dep_)

    def _joined(self, outer: Token) -> tuple[int, str]:
        """Where a verb belongs that opens a clause of its own after a conjunction."""
        opens = self.doc[self.roll.opens].lower_ if self.roll.opens >= 0 else ""
        if opens in ("while", "whereas", "although", "though", "because", "since", "as"):
            return outer.i, "advcl"
        if opens == "that":
            return outer.i, "ccomp"
        return outer.i, "conj"
