"""A clause file drafted from a ledger's terms, for a person to edit: proposed clauses, each with its quotation.

Nothing is concluded from the words but who is named in them and a number of days; everything that no term states is
assumed in the open or left unstated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from comity.accord.clauses.names import usable
from comity.words import NOT_STATED, Agenda, InputError, Ledger, Party, Statement, Term, fold_name

_ASSUMED_DAYS = 30
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "sixty": 60, "ninety": 90,
}  # fmt: skip
_WITHIN = re.compile(r"\bwithin (?P<number>\d{1,3}|[a-z]+) (?P<unit>day|week)s?\b", re.IGNORECASE)


def draft_accord(ledger: Ledger, title: str = "") -> str:
    """The text of a clause file with one proposed clause for each promise or demand among the ledger's terms.

    Raises InputError if the ledger has no terms or fewer than two parties.
    """
    agenda = ledger.agenda
    if not ledger.terms:
        raise InputError("no promise and no demand is reported", hint="see `comity brief`")
    if len(agenda.parties) < 2:
        raise InputError("fewer than two parties are known", hint="give an agenda")
    statements = {s.id: s for s in ledger.statements}
    terms = [(t, statements[t.statements[0]]) for t in ledger.terms if t.statements and t.statements[0] in statements]
    documents = list(dict.fromkeys(s.passage.document for _, s in terms))
    events = _Events()
    clauses = [_clause(n, term, said, agenda, events) for n, (term, said) in enumerate(terms, start=1)]
    head = [
        "# Drafted from reports; edit freely. Every clause rests on one reported sentence.",
        "# The time zone, the deadlines marked as assumed, and that duties begin with the deal are nobody's words.",
        "",
        f'accord "{_plain(title or agenda.title or "Clauses under discussion")}"',
        *(f"  text {source_name(d)}: kept elsewhere" for d in documents),
        "  version: as reported",
        "  timezone: Etc/UTC",
        "  in force on: deal_in_force()",
        "  last day: counted",
        "  parties: " + ",\n    ".join(f'{p.id} "{_plain(p.name)}"' for p in agenda.parties),
    ]
    return "\n".join([*head, "", *events.blocks(), *clauses])


class _Events:
    """Event kinds by their words; the same words are the same event."""

    def __init__(self) -> None:
        self.names = {"a deal comes into force": "deal_in_force"}

    def name(self, words: str) -> str:
        words = _plain(words)
        if words not in self.names:
            plain = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
            letters = re.sub(r"[^a-z0-9 ]", "", plain).split()
            stem = "_".join(letters[:5]) or "event"
            stem = stem if usable(stem) else f"e_{stem}"
            taken = set(self.names.values())
            name = next(n for n in (stem, *(f"{stem}_{i}" for i in range(2, len(taken) + 3))) if n not in taken)
            self.names[words] = name
        return self.names[words]

    def blocks(self) -> list[str]:
        return [f'event {name} ()\n  reads: "{words}"\n' for words, name in self.names.items()]


def _clause(number: int, term: Term, said: Statement, agenda: Agenda, events: _Events) -> str:
    proposer = agenda.party_of(said.holder) or agenda.party_of(said.speaker)
    issue = next((i.name for i in agenda.issues if i.id == term.issue), "")
    source = said.passage.document
    lines = [
        f'clause {number} "{_plain(issue or term.summary)}"',
        f"  standing: proposed{f' by {proposer}' if proposer else ''}",
        f'  quote {source_name(source)}: "{" ".join(said.passage.quote.split())}"',
    ]
    if holder := _named(term.obligor, agenda.parties):
        lines.append(f"  holder: {', '.join(holder)}")
    if counterpart := [p for p in _named(term.beneficiary, agenda.parties) if p not in holder]:
        lines.append(f"  counterpart: {', '.join(counterpart)}")
    act = next(w for w in (term.act, term.response, term.summary) if w != NOT_STATED)
    assumed = list[str]()
    if term.gate != NOT_STATED:
        done = term.trigger if term.trigger != NOT_STATED else act
        lines += [f"  may: {events.name(done)}()", f"  only after: {events.name(term.gate)}()"]
    else:
        if term.trigger != NOT_STATED:
            lines.append(f"  when: {events.name(term.trigger)}()")
        else:
            assumed.append("trigger")
        lines.append(f"  must: {events.name(act)}() {_deadline(said.passage.quote)}")
    if verifier := _named(term.verifier, agenda.parties):
        lines.append(f"  verified by: {', '.join(verifier)}")
    if assumed:
        lines.append(f"  assumed: {', '.join(assumed)}")
    lines += [f"  statement: {i}" for i in term.statements]
    if term.rule.endswith("wanted"):
        lines.append("  note: demanded; nobody is reported to have promised it")
    return "\n".join(lines) + "\n"


def _deadline(words: str) -> str:
    """The number of days that the sentence states, or an assumed one.

    >>> _deadline("obliges both to act within thirty days of a breach"), _deadline("will withdraw")
    ('within 30 days', 'assumed within 30 days')
    """
    match = _WITHIN.search(words)
    if match:
        number = match["number"].lower()
        days = int(number) if number.isdigit() else _NUMBERS.get(number)
        if days:
            return f"within {days} {match['unit'].lower()}{'s' if days > 1 else ''}"
    return f"assumed within {_ASSUMED_DAYS} days"


def _named(words: str, parties: Sequence[Party]) -> list[str]:
    """Ids of the parties that the words name, in the order of the agenda."""
    if words == NOT_STATED:
        return []
    text = f" {_worded(words)} "
    found = list[str]()
    for party in parties:
        if any(f" {_worded(name)} " in text for name in (party.name, *party.aliases)):
            found.append(party.id)
    return found


def _worded(text: str) -> str:
    return re.sub(r"[^\w.]+", " ", fold_name(text)).strip()


def _plain(words: str) -> str:
    """Words that may stand between quotation marks on one line."""
    return " ".join(re.sub(r'["“”{}]', "", words).split()) or "not stated"


def source_name(document: str) -> str:
    """The name of a document as a clause file's header and quotations give it."""
    return re.sub(r"[^\w.-]", "-", document)
