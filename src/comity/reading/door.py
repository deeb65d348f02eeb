"""The door of the room: one document in, one reading out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from comity.reading import events, model, names, pronouns, quantities, segments, times, turns
from comity.reading.again import again
from comity.reading.attribution import Attribution
from comity.reading.attributions import find_attributions
from comity.reading.bare_verbs import bare_verbs
from comity.reading.chances import sure_of
from comity.reading.drafts import Page
from comity.reading.going_on import going_on
from comity.reading.joining import join
from comity.reading.name_homes import at_home
from comity.reading.name_owners import with_parties
from comity.reading.no_person import bodies_told
from comity.reading.parse import parse
from comity.reading.quotes import Quote, find_quotes
from comity.reading.readers import DEFAULT, READERS
from comity.reading.reattach import reattach
from comity.reading.regroup import regroup
from comity.reading.statements import find_statements
from comity.words import Agenda, Document, InputError, Reading, Segment, SegmentKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

READABLE = frozenset({SegmentKind.BODY, SegmentKind.POST, SegmentKind.QUOTED_DOCUMENT})


def read(document: Document, agenda: Agenda | None = None, reader: str = DEFAULT) -> Reading:
    """What `document` says: statements, events, times, mentions, entities and segments. A pure function.

    Parameters
    ----------
    document
        One published text. Its `published` date resolves "on Sunday"; without one such times stay open.
    agenda
        Parties, actors and issues. Without one, issues are None and topics still tell what a statement is about; the
        model then also tells what somebody is reported to have talked or thought about without saying anything of it.
    reader
        "rules", or "model": attributions proposed by the trained model, framed by the rules.

    Raises
    ------
    InputError
        If there is no such reader.

    >>> text = "Talks resumed on Monday. The Norwegian minister said Norway would lift the ban if quotas were cut."
    >>> reading = read(Document(id="a", text=text))
    >>> [s.passage.quote for s in reading.statements if s.act.value == "offer"]
    ['Norway would lift the ban if quotas were cut']
    """
    if reader not in READERS:
        raise InputError(f"no reader is called {reader!r}", hint=f"choose one of {', '.join(READERS)}")
    text = document.text
    stretches = segments.segment(text)
    spoken = turns.find_turns(text, stretches, document.title)
    stretches = turns.split(text, stretches, spoken)
    doc = bare_verbs(reattach(regroup(parse(text, stretches))))
    entities, mentions = names.find_entities(doc, agenda, stretches, document.source)
    entities = bodies_told(doc, entities, mentions)
    entities, mentions = again(doc, entities, mentions, {p.id for p in agenda.parties} if agenda else ())
    mentions = pronouns.resolve(doc, entities, mentions)
    entities = with_parties(doc, at_home(doc, entities, mentions, people=False), mentions)
    entities = with_parties(doc, at_home(doc, entities, mentions), mentions)
    found_times = times.find_times(text, document.published, doc, stretches)
    amounts = quantities.find_quantities(doc, found_times)
    happenings = events.find_events(doc, found_times, mentions, entities, document.published)
    asked = [t for t in spoken if t.asks]
    readable = tuple(s for s in stretches if s.kind in READABLE and not any(t.start <= s.start < t.end for t in asked))
    quotes = tuple(q for s in readable for q in find_quotes(text, s.start, s.end))
    page = Page(
        document=document,
        agenda=agenda,
        doc=doc,
        segments=stretches,
        readable=readable,
        quotes=quotes,
        attributions=_attributions(doc, quotes, stretches, reader, topics=agenda is None),
        entities=entities,
        mentions=mentions,
        times=found_times,
        quantities=amounts,
        turns=spoken,
    )
    statements, skipped = find_statements(page)
    return Reading(
        document=document.id,
        published=document.published,
        reader=READERS[reader],
        text_sha256=document.digest,
        statements=sure_of(statements, text, page.attributions, found_times, document.published),
        events=happenings,
        times=found_times,
        mentions=mentions,
        entities=entities,
        segments=stretches,
        skipped=skipped,
    )


def _attributions(
    doc: Doc, quotes: Sequence[Quote], stretches: Sequence[Segment], reader: str, topics: bool
) -> tuple[Attribution, ...]:
    ruled = find_attributions(doc, quotes, stretches)
    if reader == "rules":
        return ruled
    return going_on(doc, join(doc, ruled, model.attribute(str(doc.user_data["text"])), topics=topics))
