"""Labels: a letter for each document, a number for each statement, and what a label opens."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from comity.desk.parts.phrases import period, speaker_name
from comity.desk.parts.values import Citation, Source
from comity.words import AUTHOR, Document, Ledger, LedgerEvent, Mode, RelationKind, Review, Span, Statement


@lru_cache(maxsize=1 << 16)
def letter(index: int) -> str:
    """A, B … Z, AA, AB …

    >>> letter(0), letter(25), letter(26), letter(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place(letters: str) -> int | None:
    """Where the document stands that goes by these letters, from 0; None if they are none.

    >>> place("A"), place("Z"), place("AA"), place("AAA"), place("a1")
    (0, 25, 26, 702, None)
    """
    number = 0
    for each in letters:
        if not "A" <= each <= "Z":
            return None
        number = number * 26 + ord(each) - 64
    return number - 1 if number else None


def in_order(documents: Iterable[Document]) -> list[Document]:
    """By date of publication (undated last), then by id: the same whatever the order of import."""
    return sorted(documents, key=lambda d: (d.published or date.max, d.id))


def letters_of(documents: Sequence[Document]) -> dict[str, str]:
    """Document id to its letter."""
    return {document.id: letter(i) for i, document in enumerate(in_order(documents))}


def labels_of(statements: Iterable[Statement], letters: Mapping[str, str]) -> dict[str, str]:
    """Statement id to label: the document's letter and the number in the statement's id.

    A statement whose id has no number of its own (one that a person wrote) is numbered after the others.
    """
    labels: dict[str, str] = {}
    taken: dict[str, int] = {}
    later = []
    for statement in sorted(statements, key=lambda s: (s.document, s.passage.start, s.passage.end, s.id)):
        number = statement.id.rpartition("#")[2]
        if statement.document not in letters:
            continue
        if number.isascii() and number.isdigit():
            labels[statement.id] = f"{letters[statement.document]}{int(number):02}"
            taken[statement.document] = max(taken.get(statement.document, 0), int(number))
        else:
            later.append(statement)
    for statement in later:
        taken[statement.document] = taken.get(statement.document, 0) + 1
        labels[statement.id] = f"{letters[statement.document]}{taken[statement.document]:02}"
    return labels


def event_labels(events: Sequence[LedgerEvent], letters: Mapping[str, str]) -> dict[int, str]:
    """Index of an event to the label of its own passage, for the events that no statement tells."""
    labels: dict[int, str] = {}
    counts: dict[str, int] = {}
    for i, told in enumerate(events):
        where = next((d for d in told.documents if d in letters), None)
        if where is not None and told.event.spans and not told.statements:
            counts[where] = counts.get(where, 0) + 1
            labels[i] = f"{letters[where]}e{counts[where]}"
    return labels


def citations(
    ledger: Ledger,
    documents: Sequence[Document],
    labels: Mapping[str, str],
    reviews: Mapping[str, Review],
    letters: Mapping[str, str] | None = None,
    wanted: Container[str] | None = None,
) -> tuple[Citation, ...]:
    """Every statement of the ledger, and every event that no statement tells, as something a label opens; with
    `wanted`, those of these labels, and `documents` need be no others than theirs."""
    letters = letters_of(documents) if letters is None else letters
    texts = {d.id: d.text for d in documents}
    twins: dict[str, set[str]] = {}
    for relation in ledger.relations:
        if relation.kind is RelationKind.SAME_UTTERANCE:
            for one in relation.statements:
                twins.setdefault(one, set()).update(set(relation.statements) - {one})
    for statement in ledger.statements:
        if statement.same_utterance_as:
            twins.setdefault(statement.id, set()).add(statement.same_utterance_as)
            twins.setdefault(statement.same_utterance_as, set()).add(statement.id)
    found = [
        Citation(
            label=labels[s.id],
            letter=letters[s.document],
            start=s.passage.start,
            end=s.passage.end,
            quote=s.passage.quote,
            statement=s.id,
            speaker=speaker_name(s.speaker),
            holder=s.holder,
            chain=tuple(speaker_name(name) for name in s.chain),
            mode=s.mode,
            act=s.act,
            certainty=s.certainty,
            issue=s.issue,
            said=period(s.said.earliest, s.said.latest),
            condition=tuple(texts[s.document][a:b] for a, b in s.condition),
            condition_spans=s.condition,
            review=reviews.get(s.id, Review.UNREVIEWED),
            confidence=s.confidence,
            same_as=tuple(sorted(labels[t] for t in twins.get(s.id, ()) if t in labels)),
        )
        for s in ledger.statements
        if s.id in labels and (wanted is None or labels[s.id] in wanted)
    ]
    for i, label in event_labels(ledger.events, letters).items():
        if wanted is not None and label not in wanted:
            continue
        event, document = ledger.events[i].event, next(d for d in ledger.events[i].documents if d in letters)
        start, end = _hull(event.spans, len(texts[document]))
        if start < end:
            found.append(
                Citation(
                    label=label,
                    letter=letters[document],
                    start=start,
                    end=end,
                    quote=texts[document][start:end],
                    statement=None,
                    speaker=speaker_name(AUTHOR),
                    holder=None,
                    chain=(speaker_name(AUTHOR),),
                    mode=None,
                    act=None,
                    certainty=None,
                    issue=None,
                    said=period(event.earliest, event.latest),
                )
            )
    return tuple(sorted(found, key=lambda c: (len(c.letter), c.letter, c.start, -c.end, c.label)))


def _hull(spans: Sequence[Span], length: int) -> Span:
    """The first stretch of an event's spans: they are in order of the text, and a far one is another mention."""
    start, end = spans[0]
    return max(0, start), min(end, length)


def sources(
    ledger: Ledger, documents: Sequence[Document], letters: Mapping[str, str] | None = None
) -> tuple[Source, ...]:
    """The documents with their letters and how their statements are reported."""
    letters = letters_of(documents) if letters is None else letters
    told: dict[str, list[Statement]] = {}
    for statement in ledger.statements:
        told.setdefault(statement.document, []).append(statement)
    originals = {m: g.original for g in ledger.duplicates for m in g.members if m != g.original}
    gone = {d.supersedes for d in documents if d.supersedes}
    found = []
    for document in in_order(documents):
        of_it = told.get(document.id, [])
        own = [s for s in of_it if s.mode in (Mode.AUTHOR, Mode.REPORTED_STANCE)]
        found.append(
            Source(
                letter=letters[document.id],
                document=document.id,
                outlet=document.source,
                title=document.title,
                published=document.published,
                url=document.url,
                kind=document.kind,
                handling=document.handling,
                statements=len(of_it),
                attributed=len(of_it) - len(own),
                quoted=sum(s.mode in (Mode.DIRECT, Mode.MIXED) for s in of_it),
                reporters=len(own),
                stances=sum(s.mode is Mode.REPORTED_STANCE for s in of_it),
                reprint_of=letters.get(originals.get(document.id, "")),
                superseded=document.id in gone or document.identity in gone,
            )
        )
    return tuple(found)
