"""Who and what a text names: people, bodies, states, places, outlets, and the parties they stand for.

Known forms first (those of the agenda, then general gazetteers), then what capitals, titles, first names and grammar
tell of names that no list has, then people and groups without a name. No statistical model of names is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.reading.name_forms import Known, known_forms, slug
from comity.reading.name_groups import Described, described, is_envoys
from comity.reading.name_links import Card, Register, link, settled
from comity.reading.name_members import with_members
from comity.reading.name_owners import with_peoples
from comity.reading.name_sides import with_sides
from comity.reading.name_spans import MODIFIERS, Span, body_before, known_hits, name_spans, stands_for
from comity.reading.name_states import with_seats, with_states
from comity.reading.name_view import View, view
from comity.reading.roles import ROLES
from comity.reading.segments import post_of
from comity.reading.truecase import truecase
from comity.words import Agenda, Entity, Mention, Segment
from comity.words.offices import holds_office

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_entities", "slug", "truecase"]


def find_entities(
    doc: Doc, agenda: Agenda | None, segments: tuple[Segment, ...] = (), document_source: str | None = None
) -> tuple[tuple[Entity, ...], tuple[Mention, ...]]:
    """Entities of `doc` in the order met, and every place that names or describes one, in order of the text.

    Parameters
    ----------
    agenda
        Its names and aliases come before all other lists, and its ids and names are used for what they name.
    segments
        Where letter case tells nothing (headings) and where posts' residues stand.
    document_source
        The outlet of the document, known as an outlet if the text names it.

    Names of people carry the titles before them ("Foreign Minister Aldo Merikanto" is one mention). Sources without a
    name are entities of their own, of type "person", never one with a named person.
    """
    v = view(doc, segments)
    forms = with_seats(known_forms(agenda, document_source), v)
    forms = with_members(with_peoples(with_states(forms, v), v), v)
    hits = known_hits(v, forms)
    register = Register(forms)
    spans = settled(v, with_sides(v, name_spans(v, forms), hits), register)
    mentions = link(v, spans, register)
    mentions += _short_forms(v, spans, register)
    mentions += _posts(v, segments, register)
    _appositions(v, spans, mentions, register, hits)
    taken = bytearray(len(v.tokens))
    people = bytearray(len(v.tokens))
    owners: dict[int, str | None] = {}
    for span, mention in zip(spans, mentions, strict=False):
        taken[span.start : span.end] = b"\x01" * (span.end - span.start)
        card = register.cards[mention.entity]
        if card.type == "person":
            people[span.start : span.end] = b"\x01" * (span.end - span.start)
        if span.end < len(v.tokens) and v.lower[span.end] in ("'s", "'"):
            owners[span.end] = card.party or (card.name if card.type in ("state", "body", "group") else None)
    nameless = described(v, hits, taken, people, owners)
    mentions += _descriptions(v, nameless, register)
    _spoken_for(v, nameless, mentions, register)
    found = {m.entity for m in mentions}
    entities = tuple(card.entity() for card in register.cards.values() if card.id in found)
    return entities, tuple(sorted(set(mentions), key=lambda m: (m.start, -m.end, m.entity)))


def _short_forms(v: View, spans: list[Span], register: Register) -> list[Mention]:
    """Names found elsewhere in the text, where capitals alone did not show them: headings, heads of sentences."""
    covered = bytearray(len(v.tokens))
    for span in spans:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    out = []
    for i in range(len(v.tokens)):
        if covered[i] or not v.capital[i] or len(v.words[i]) < 3 or not v.words[i].isalpha():
            continue
        card = register.surname(v.words[i])
        if card is None and not v.loose[i]:
            card = register.named(v.words[i])
        subject = v.tokens[i].dep_ in ("nsubj", "nsubjpass", "poss")
        if card is None or (v.initial[i] and v.loose[i] and v.tokens[i].pos_ != "PROPN" and not subject):
            continue
        start = i
        if i and not covered[i - 1] and v.capital[i - 1] and card.given and v.lower[i - 1].startswith(card.given[:3]):
            start = i - 1
        out.append(Mention(v.starts[start], v.end(i), card.id, "name"))
    return out


def _posts(v: View, segments: tuple[Segment, ...], register: Register) -> list[Mention]:
    """Name and handle of whoever posted what is embedded."""
    out = []
    for post in post_of(v.source, segments):
        if post.name_span is None or post.handle_span is None:
            continue
        hit = register.forms.at(v.text, post.name_span[0])
        if hit is not None and hit[0] == post.name_span[1]:
            card = register.known(hit[1])
        else:
            card = register.other(post.name, "outlet")
            out.append(Mention(*post.name_span, card.id, "name"))
        card.forms.append(post.handle)
        out.append(Mention(*post.handle_span, card.id, "name"))
    return out


def _appositions(
    v: View, spans: list[Span], mentions: list[Mention], register: Register, hits: dict[int, tuple[int, Known]]
) -> None:
    """The party and role that follow a name: "Aldo Merikanto, Norway's foreign minister, said ..."."""
    for span, mention in zip(spans, mentions, strict=False):
        card = register.cards[mention.entity]
        if (
            card.type != "person"
            or (card.party and card.role)
            or span.end + 2 >= len(v.tokens)
            or v.words[span.end] != ","
        ):
            continue
        party, role = _apposed(v, span.end + 1, hits)
        if role or party:
            card.party, card.role = card.party or party, card.role or role


def _apposed(v: View, start: int, hits: dict[int, tuple[int, Known]]) -> tuple[str | None, str]:
    party: Known | None = None
    role, office, told = "", False, start
    if (
        start in hits
        and hits[start][1].type == "state"
        and hits[start][0] < len(v.words)
        and v.words[hits[start][0]] == ","
    ):
        return hits[start][1].party, ""  # "Aldo Merikanto, Norway, said"
    for j in range(start, min(len(v.tokens), start + 10)):
        if v.words[j] in (",", ".", ";", "—", "(") or v.tokens[j].tag_ in ("VBD", "VBZ", "MD"):
            break
        place = v.lower[j - 1] in ("in", "at", "near", "to")  # "an official in Lisk"
        if j in hits and hits[j][1].type in ("state", "body", "group") and not (place or _within(v, hits[j][0])):
            party = party or hits[j][1]
        if role and v.lower[j] in ROLES and v.lower[j - 1] == role:
            role = f"{role} {v.lower[j]}"  # "its chief negotiator"
        if not role and v.lower[j] in ROLES:
            role = v.lower[j]
            office = holds_office(v.lower[start : j + 1])
            told = next((k for k in range(j, start, -1) if v.capital[k - 1]), j)
    if not role:
        return None, ""
    if party is None and office:
        return body_before(v, told, hits), role
    return stands_for(party, office) if party else None, role


def _within(v: View, end: int) -> bool:
    """True if a longer name goes on at token `end`: Belvara of "Belvara People's Front"."""
    return end < len(v.words) and v.capital[end] and v.words[end].isalpha() and v.lower[end] not in ROLES | MODIFIERS


def _spoken_for(v: View, found: list[Described], mentions: list[Mention], register: Register) -> None:
    """Gives "a spokesman for the rebels" the rebels as party."""
    at = {m.start: m.entity for m in mentions} | {m.end: m.entity for m in mentions}
    for d in found:
        card = register.cards.get(at.get(v.starts[d.start], ""))
        whose = register.cards.get(at.get(v.end(d.whose), "")) if d.whose >= 0 else None
        if card is None or whose is None or card is whose or card.party or card.type != "person":
            continue
        if not holds_office(v.lower[d.start : d.head + 1]):
            continue  # a critic of the government does not speak for it
        speaks = v.lower[d.head].startswith("spokes")
        if whose.type in ("state", "body", "group") or speaks or whose.party:
            card.party = whose.party or whose.name


def _descriptions(v: View, found: list[Described], register: Register) -> list[Mention]:
    out: list[Mention] = []
    groups: dict[tuple[str, str], Card] = {}
    sources: dict[str, Card] = {}
    text: Card | None = None
    for d in found:
        start, end = v.starts[d.start], v.end(d.end - 1)
        if d.type == "other":
            if text is None:
                text = register.other(d.name, "other")
                text.role = "text under negotiation"
            card = text
        elif d.type == "group":
            kind = "envoys" if is_envoys(d.name) else v.tokens[d.head].lemma_.lower()
            if kind == "ministry":  # a state has several, and each speaks for itself
                kind = " ".join(v.lower[max(d.start, d.head - 1) : d.head + 1])
            key = (d.party or "", kind if d.party else d.name.lower())
            card = groups.get(key) or register.other(d.name, "group", d.party)
            groups[key] = card
        elif d.definite:
            continue  # "the official": left to the resolution of descriptions
        else:
            key_name = d.name.lower()
            again = v.lower[d.start] == "another"
            card = (
                sources[key_name]
                if key_name in sources and not again
                else Card(register._new_id(d.name), d.name, "person", d.party, v.lower[d.head])
            )
            sources[key_name] = card
            register.cards[card.id] = card
        surface = v.source[start:end]
        if surface not in card.forms:
            card.forms.append(surface)
        out.append(Mention(start, end, card.id, "description"))
    return out
