"""What was promised and what was reported about it: clauses, incidents, verdicts.

A clause says what it means as two formulas over days (`Logic`): for every day and every binding of the parameters for
which `applies` is true, `holds` has to be true. Time in formulas counts calendar days of the accord's time zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from comity.words.standing import Review
from comity.words.text import Handling, Passage


class Standing(StrEnum):
    """How far a clause has come in the talks."""

    PROPOSED = "proposed"  # known by a report or a draft: it gets scenarios, never a verdict
    BRACKETED = "bracketed"  # in the text, not accepted by all
    AGREED = "agreed"


class Modality(StrEnum):
    """What a clause does."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    POWER = "power"  # somebody may do what changes the duties of others
    CONDITION = "condition"  # something has to have happened before something else (a gate)
    DEFINITION = "definition"


class Compliance(StrEnum):
    """The verdict on a clause for one binding, as known on a day. Never a guess."""

    COMPLIED = "complied"
    BREACHED = "breached"
    DISPUTED = "disputed"  # the reports allow both
    PENDING = "pending"  # time is not up, or the reports that could tell are not in
    NOT_VERIFIABLE = "not_verifiable"  # nobody watches, or the words cannot be monitored


@dataclass(frozen=True)
class Cited:
    """Words of an agreed text, a draft or a report. Invariant: they occur in the text that `source` names."""

    source: str
    quote: str
    start: int | None = None
    """Code point at which the quotation begins, as far as known."""


@dataclass(frozen=True)
class EventKind:
    """A kind of thing that can be reported, with the names of its arguments ("shelling", ("party", "zone")).

    Three argument names are filled in from the incident itself and stand last: `count` (the only whole number; between
    `Incident.low` and `Incident.high`), `source` and `id`. All other arguments are strings. `text` reads
    "{party} shells {zone}".
    """

    name: str
    arguments: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Logic:
    """What a clause means: formulas in the language of `comity.accord.formula`, as text, time in days.

    `parameters` are the free variables of `applies`; `holds` has no others. `scope` lists the event kinds that the
    formulas read: the slice of a log that a verdict speaks of is every incident of these kinds.

    A log has one time-point for every calendar day from `Accord.starts` on, its time the ordinal of the date
    (`date.toordinal`), so that an interval ``[0,14]`` is fourteen days. The predicate `begins()`, which no incident
    reports and no `scope` lists, is true on `Accord.starts` alone.
    """

    applies: str
    holds: str
    parameters: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clause:
    """One promise of a text. A slot that nobody stated stays empty and is named in `unstated`.

    `logic` is None where the clause cannot be monitored; `why_not` then says why ("in good faith" names no act).
    """

    id: str
    title: str
    modality: Modality
    standing: Standing
    cited: tuple[Cited, ...]
    holder: tuple[str, ...] = ()
    counterpart: tuple[str, ...] = ()
    act: str = ""
    trigger: str = ""
    deadline: str = ""
    exceptions: tuple[str, ...] = ()
    verifier: tuple[str, ...] = ()
    proposer: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    """Ids of clauses that must be done before this one."""
    inferred: tuple[str, ...] = ()
    """Names of the slots that a person or the machine inferred and no text states."""
    unstated: tuple[str, ...] = ()
    logic: Logic | None = None
    why_not: str = ""
    statements: tuple[str, ...] = ()
    """Ids of the ledger's statements that a proposed clause rests on."""
    paraphrase: str = ""
    """The whole clause in plain words, made from its parts."""
    window: tuple[int, int] | None = None
    """First and last day on which the act counts, in days after a day on which the clause applies."""
    due: date | None = None
    """The last day, where the text names a date."""
    line: int | None = None
    """Where the clause stands in its file."""


@dataclass(frozen=True)
class Zone:
    """A named area: `geometry` is a GeoJSON geometry as text, or empty where only the name is known."""

    id: str
    name: str
    geometry: str = ""


@dataclass(frozen=True)
class Accord:
    """A text as clauses. `timezone` is an IANA name; `starts` the first day in force, `ends` the last, if any."""

    title: str
    timezone: str
    parties: tuple[str, ...]
    events: tuple[EventKind, ...]
    clauses: tuple[Clause, ...]
    zones: tuple[Zone, ...] = ()
    starts: date | None = None
    ends: date | None = None
    verifiers: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    """(id, name as shown) of parties and bodies."""
    bodies: tuple[str, ...] = ()
    """Ids of those who act in it and are no party (verifiers are among them)."""
    version: str = ""
    begins_on: str = ""
    """Where no date is known: the event kind that puts the accord in force. Formulas then read it for `begins()`."""

    def clause(self, clause_id: str) -> Clause:
        """The clause with this id; KeyError if there is none."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise KeyError(clause_id)


def substance(accord: Accord) -> dict[str, object]:
    """What verdicts on an accord depend on, as plain JSON: its days, events, and each clause's words and formulas.

    Paraphrases, zones' shapes and the names shown are left out: certificates outlive a change in how we word things.
    """
    return {
        "title": accord.title,
        "timezone": accord.timezone,
        "starts": str(accord.starts),
        "events": [[event.name, *event.arguments] for event in accord.events],
        "clauses": [
            [clause.id, clause.standing.value, [c.quote for c in clause.cited]]
            + ([logic.applies, logic.holds, [*logic.parameters], [*logic.scope]] if (logic := clause.logic) else [])
            for clause in accord.clauses
        ],
    }


@dataclass(frozen=True)
class Incident:
    """A dated report of something that bears on a clause.

    It happened on some day from `earliest` to `latest` (equal: on that day), and is known since `known_since`: two
    different dates. `low` and `high` bound a count. A later report with `corrects` set replaces the one it names from
    its own `known_since` on; `withdrawn` then means that nothing takes its place. `arguments` are (name, value) in the
    order of the event kind. `attributed` is who the source says did it; `attribution` is what a person confirmed. A
    report of kind "coverage" says that its source watched for the kind its argument `of` names (absent: for all) on
    every day from `earliest` to `latest`.
    """

    id: str
    kind: str
    earliest: date
    latest: date
    known_since: datetime
    source: str
    arguments: tuple[tuple[str, str], ...] = ()
    low: int = 1
    high: int = 1
    reliability: str = ""
    attributed: str = ""
    attribution: str = ""
    verified_by: str = ""
    corrects: str = ""
    withdrawn: bool = False
    passage: Passage | None = None
    quote: str = ""
    longitude: float | None = None
    latitude: float | None = None
    review: Review = Review.UNREVIEWED
    handling: Handling = Handling.PUBLIC


def in_force(incidents: Iterable[Incident], as_of: datetime | None = None) -> tuple[Incident, ...]:
    """The incidents as they were known at `as_of` (None: at the end), by id: corrected, and without those withdrawn.

    Each keeps the id of the first report of its chain of corrections, so that it stays one incident; `corrects` then
    names the report that gives it its present form, and is empty where it was never corrected. What was not known yet
    has no part, not even as a link between two that were. The order in which reports are given is of no account.
    Raises ValueError for corrections that go in a circle.

    >>> from datetime import UTC, timedelta
    >>> day, at = date(2031, 3, 1), datetime(2031, 3, 3, tzinfo=UTC)
    >>> first = Incident("a", "fire", day, date(2031, 3, 2), at, "Post")
    >>> later = replace(first, id="b", latest=day, corrects="a", known_since=at + timedelta(2))
    >>> [i.latest.day for i in in_force([later, first], at)], [i.latest.day for i in in_force([later, first])]
    ([2], [1])
    """
    by_id = {i.id: i for i in incidents if as_of is None or i.known_since <= as_of}
    chains: dict[str, list[Incident]] = defaultdict(list)
    for incident in by_id.values():
        root, seen = incident.id, set[str]()
        while root in by_id and by_id[root].corrects:
            if root in seen:
                raise ValueError(f"the corrections of {root!r} go in a circle")
            seen.add(root)
            root = by_id[root].corrects
        chains[root].append(incident)
    found = list[Incident]()
    for root in sorted(chains):
        corrected = {i.corrects for i in chains[root]}
        newest = max((i for i in chains[root] if i.id not in corrected), key=lambda i: (i.known_since, i.id))
        if not newest.withdrawn:
            found.append(newest if newest.id == root else replace(newest, id=root, corrects=newest.id))
    return tuple(found)


@dataclass(frozen=True)
class Finding:
    """The verdict on one clause for one binding on one day, as known on another.

    `monitoring` is what the reports say, `verification` who confirmed it, `attribution` who did it on whose word:
    three fields, never merged. `incidents` are the ids it rests on; `would_change` says what further report would.
    """

    clause: str
    binding: tuple[tuple[str, str], ...]
    valid_on: date
    as_of: datetime | None
    verdict: Compliance
    why: str
    incidents: tuple[str, ...] = ()
    monitoring: str = ""
    verification: str = ""
    attribution: str = ""
    would_change: str = ""
    review: Review = Review.UNREVIEWED
