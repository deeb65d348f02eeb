"""What a drafter should look at although the file can be used: vague words, clauses that pull apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from comity.accord.clauses.names import act_expressions
from comity.accord.clauses.tree import AccordTree, ClauseTree, Happens, Variable
from comity.words import Accord, Standing

_VAGUE = re.compile(
    r"""\b(?:
        in\ good\ faith | best\ efforts? | best\ endeavou?rs? | strive | endeavou?r | in\ principle | spirit\ of
      | all\ (?:necessary|appropriate|feasible|possible)\ (?:measures|steps)
      | as\ (?:soon|far|quickly)\ as\ (?:possible|practicable)
      | (?:where|when|if|as)\ (?:appropriate|necessary|possible|feasible)
      | to\ the\ (?:greatest\ |fullest\ )?extent\ (?:possible|practicable)
      | without\ (?:undue\ )?delay | in\ a\ timely\ manner | promptly | gradual(?:ly)? | immediate(?:ly)?
      | reasonabl[ey] | adequate(?:ly)? | sufficient(?:ly)? | effective(?:ly)? | meaningful(?:ly)?
      | intensif(?:y|ied) | facilitate[ds]?
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def vague_words(accord: Accord) -> tuple[tuple[str, str], ...]:
    """(clause id, words) for words in the quotations of clauses that no report can measure. English only.

    >>> from comity.words import Cited, Clause, Modality
    >>> said = Cited("a", "The Parties act promptly and in good faith")
    >>> clause = Clause("1", "One", Modality.OBLIGATION, Standing.AGREED, (said,))
    >>> vague_words(Accord("A", "Etc/UTC", (), (), (clause,)))
    (('1', 'promptly'), ('1', 'in good faith'))
    """
    found = dict[tuple[str, str], None]()
    for clause in accord.clauses:
        for cited in clause.cited:
            for match in _VAGUE.finditer(" ".join(cited.quote.split())):
                found[clause.id, match[0].lower()] = None
    return tuple(found)


def opposed(tree: AccordTree) -> Iterator[tuple[str, str, str]]:
    """(duty, prohibition, event): an agreed clause obliges somebody to what another forbids without exception."""
    agreed = [c for c in tree.clauses if c.standing is Standing.AGREED]
    for one, two in combinations(agreed, 2):
        for duty, ban in ((one, two), (two, one)):
            if ban.exceptions or ban.unless or ban.must_not == ():
                continue
            for act in act_expressions(duty.must):
                for forbidden in act_expressions(ban.must_not):
                    if _may_be_same(act, duty, forbidden, ban):
                        yield duty.id, ban.id, act.event


def _may_be_same(act: Happens, duty: ClauseTree, forbidden: Happens, ban: ClauseTree) -> bool:
    if act.event != forbidden.event:
        return False
    ours, theirs = ({v.name: v for v in c.variables} for c in (duty, ban))
    return all(
        _overlap(a.value if a.kind != "any" else "", ours, b.value if b.kind != "any" else "", theirs)
        for a, b in zip(act.args, forbidden.args, strict=True)
    )


def _overlap(a: str, ours: dict[str, Variable], b: str, theirs: dict[str, Variable]) -> bool:
    first = set(ours[a].among) if a in ours else {a} - {""}
    second = set(theirs[b].among) if b in theirs else {b} - {""}
    return not first or not second or bool(first & second)
