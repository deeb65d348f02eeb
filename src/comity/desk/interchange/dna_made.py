"""A DNA database made from codings, and codings taken from one.

What both know goes both ways: documents, who said it, for whom, about what, for or against, where, and who coded it.
The rest of a statement (act, certainty, conditions, …) has variables of its own beside the program's four, so that it
can be seen there, too, and comes back.
"""

from __future__ import annotations

import base64
import calendar
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from comity.desk.interchange.codings import Coding, ordered
from comity.desk.interchange.dna import TYPE, Dna, DnaDocument, DnaStatement, Table
from comity.desk.interchange.dna_tables import CODER_RIGHTS, LONGEST, TABLES, sql_of
from comity.desk.interchange.offsets import Offsets, Unit
from comity.words import (
    AUTHOR,
    Act,
    Actor,
    Agenda,
    Coder,
    Document,
    DocumentKind,
    Found,
    Handling,
    InputError,
    Issue,
    Mode,
    Party,
    Polarity,
    Review,
    Statement,
    fold,
    from_json,
    statement_from_json,
    statement_to_json,
)

PASSWORD = "comity"
"""The password of the first coder, Admin, in a database made here: change it after opening."""

_SHORT = ("person", "organization", "concept", "option", "act", "certainty", "mode")


class _Book:
    """Rows on their way into the tables; every table numbers its own."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TABLES}
        self.entities: dict[tuple[int, str], int] = {}

    def add(self, table: str, *values: Any) -> int:
        number = len(self.rows[table]) + 1
        self.rows[table].append((number, *values))
        return number

    def entity(self, variable: int, name: str) -> int:
        """The number of a name in a variable; a name that is too long is cut, and told apart if need be."""
        if (variable, name) not in self.entities:
            cut = name if len(name) <= LONGEST else f"{name[: LONGEST - 10]}… {_short_hash(name)}"
            self.entities[variable, name] = self.add("ENTITIES", variable, cut, 0, 0, 0, None)
        return self.entities[variable, name]

    def dna(self) -> Dna:
        tables = []
        for name, columns in TABLES.items():
            tables.append(Table(name, sql_of(name), tuple(columns), tuple(self.rows[name])))
        return Dna(tuple(tables))


def made(codings: Iterable[Coding], documents: Sequence[Document], agenda: Agenda) -> Dna:
    """A database that Discourse Network Analyzer 3 opens: coder Admin (password `PASSWORD`) and one for each coder.

    ``organization`` is the party or holder, ``person`` the speaker, ``concept`` the issue's name; ``agreement`` is no
    for what is refused or worded as against, and yes for all else: DNA has no "neither". The whole statement stands in
    ``comity`` as JSON.
    """
    book = _Book()
    book.rows["SETTINGS"] += [("date", "2022-06-10"), ("version", "3.0.7")]
    given = ordered(codings)
    coders = {AUTHOR: _coder(book, "Admin")}
    for name in sorted({c.coder.id for c in given}):
        coders[name] = _coder(book, name[:LONGEST])
    type_ = book.add("STATEMENTTYPES", TYPE, 239, 208, 51)
    kinds = {**dict.fromkeys(_SHORT, "short text"), "agreement": "boolean", "comity": "long text"}
    variables = {name: book.add("VARIABLES", name, kind, type_) for name, kind in kinds.items()}
    for name in _SHORT:
        book.entity(variables[name], "")
    told = _people(book, variables, agenda)
    keys = {d.id: _document(book, d, coders[AUTHOR]) for d in documents}
    at = {d.id: Offsets(d.text, Unit.UTF_16) for d in documents}
    issues = {i.id: i for i in agenda.issues}
    for coding in given:
        s = coding.statement
        start, stop = at[s.document].outside(s.passage.span)
        number = book.add("STATEMENTS", type_, keys[s.document], start, stop, coders[coding.coder.id])
        issue = issues.get(s.issue or "")
        option = next((o.name for o in issue.options if o.id == s.option), s.option) if issue else s.option
        values = {
            "person": "" if s.speaker == AUTHOR else s.speaker,
            "organization": _organization(s, agenda),
            "concept": issue.name if issue else s.issue or "",
            "option": option or "",
            "act": s.act.value,
            "certainty": s.certainty.value,
            "mode": s.mode.value,
        }
        for name, value in values.items():
            book.add("DATASHORTTEXT", number, variables[name], book.entity(variables[name], value))
        book.add("DATABOOLEAN", number, variables["agreement"], int(not _against(s)))
        whole = {
            "document": s.document, "statement": statement_to_json(s), "coder": [coding.coder.id, coding.coder.kind],
            "review": coding.review.value, "handling": coding.handling.value, "note": coding.note,
        }  # fmt: skip
        book.add("DATALONGTEXT", number, variables["comity"], json.dumps(whole, ensure_ascii=False))
    _attributes(book, variables, told)
    return book.dna()


def _against(statement: Statement) -> bool:
    return statement.act is Act.REJECT or statement.polarity is Polarity.CON


def _organization(statement: Statement, agenda: Agenda) -> str:
    party = agenda.party_of(statement.holder) or agenda.party_of(statement.speaker)
    return agenda.party(party).name if party else statement.holder or ""


def _coder(book: _Book, name: str) -> int:
    number = len(book.rows["CODERS"])
    colour = hashlib.sha256(name.encode("utf-8", "replace")).digest()[:3]
    others = [row[0] for row in book.rows["CODERS"]]
    made_ = book.add("CODERS", name, *colour, 0, 14, _password(name), 300, 0, 0, 1, *([1] * len(CODER_RIGHTS)))
    for other in others:
        book.add("CODERRELATIONS", made_, other, 1, 1, 1, 1)
        book.add("CODERRELATIONS", other, made_, 1, 1, 1, 1)
    assert made_ == number + 1
    return made_


def _password(name: str) -> str:
    """`PASSWORD` as the program stores one: salt and SHA-256, 100,000 times. The salt is made from the coder's name, so
    that the same case gives the same file: this password protects nothing."""
    salt = hashlib.sha256(f"comity {name}".encode("utf-8", "replace")).digest()[:16]
    digest = hashlib.sha256(salt + PASSWORD.encode()).digest()
    for _ in range(99_999):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


def _people(book: _Book, variables: dict[str, int], agenda: Agenda) -> dict[tuple[int, str], str]:
    """Parties and actors as entities; what the agenda says of each, by number and name of the attribute."""
    told: dict[tuple[int, str], str] = {}
    for p in agenda.parties:
        entity = book.entity(variables["organization"], p.name)
        told |= {(entity, "Type"): " ".join(p.roles), (entity, "Alias"): "; ".join(p.aliases)}
    for a in agenda.actors:
        entity = book.entity(variables["person"], a.name)
        party = next((p.name for p in agenda.parties if p.id == a.party), "")
        told |= {(entity, "Type"): party, (entity, "Alias"): "; ".join(a.aliases)}
    return told


def _attributes(book: _Book, variables: dict[str, int], told: Mapping[tuple[int, str], str]) -> None:
    """The program's own attributes for its own variables: every entity has a value of each, an empty one at least."""
    for name in ("person", "organization", "concept"):
        for attribute in ("Type", "Alias", "Notes"):
            number = book.add("ATTRIBUTEVARIABLES", variables[name], attribute)
            for (variable, _), entity in list(book.entities.items()):
                if variable == variables[name]:
                    book.add("ATTRIBUTEVALUES", entity, number, told.get((entity, attribute), "")[:LONGEST])


def _document(book: _Book, document: Document, coder: int) -> int:
    title = (document.title or document.id)[:LONGEST]
    seconds = calendar.timegm(document.published.timetuple()) if document.published else 0
    source, section = (document.source or "")[:LONGEST], document.kind.value
    notes = json.dumps({"id": document.id, "url": document.url}, ensure_ascii=False)
    return book.add("DOCUMENTS", title, document.text, coder, "", source, section, notes, "", seconds)


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:6]


def documents_of(dna: Dna) -> dict[int, Document]:
    """The documents of a database by their number there. One without a date (second 0) has none here, either."""
    return {d.id: _our_document(d) for d in dna.documents()}


def _our_document(d: DnaDocument) -> Document:
    if not d.text:
        raise InputError(f"document {d.id} has no text")
    ours = _json(d.notes, '{"id": ')
    found = tuple(Found(name, "metadata") for name, v in (("title", d.title), ("published", d.date)) if v)
    id_ = str(ours["id"]) if ours else f"{(_slug(d.title) or 'document')[:60]}-{d.id}"
    title = None if ours and d.title == id_ else d.title
    url = ours.get("url") if ours else None
    kind = DocumentKind(d.section) if ours and d.section in list(DocumentKind) else DocumentKind.REPORT
    return Document(id_, d.text, d.date, d.source or None, title or None, url, kind=kind, name=f"{d.id}", found=found)


def _json(text: object, start: str) -> dict[str, Any] | None:
    """What we wrote into a field that is free there; None if it is something else."""
    if not isinstance(text, str) or not text.startswith(start):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def codings_of(dna: Dna, documents: dict[int, Document]) -> tuple[Coding, ...]:
    """The statements of the default type as codings. `documents` by their number there, as they are called here.

    One that was written here comes back as it was, with its new document. Of any other: ``person`` is the speaker
    (without one, the organization), ``organization`` the holder, ``concept`` the issue; ``agreement`` says for or
    against. How it was reported DNA does not say: it is taken as told in the reporter's words.
    """
    found = []
    issues = _ids(str(s.values.get("concept", "")) for s in dna.statements(TYPE))
    for s in dna.statements(TYPE):
        document = documents[s.document]
        ours = _ours(s, document)
        found.append(ours or Coding(_plain(s, document, issues), Coder(s.coder or "unnamed")))
    return tuple(found)


def _ours(s: DnaStatement, document: Document) -> Coding | None:
    data = _json(s.values.get("comity"), '{"document": ')
    if data is None:
        return None
    plain = data["statement"] | {"id": document.id + str(data["statement"]["id"]).removeprefix(data["document"])}
    statement = statement_from_json(plain, document.id)
    if statement.passage.span != s.span or not statement.passage.holds_in(
        document
    ):  # moved in the program: what stands there now is another passage
        return None
    name, kind = data["coder"]
    review, handling = from_json(Review, data["review"]), from_json(Handling, data["handling"])
    return Coding(statement, Coder(name, kind), review, handling, data["note"])


def _plain(s: DnaStatement, document: Document, issues: Mapping[str, str]) -> Statement:
    values = {name: str(value) for name, value in s.values.items() if not isinstance(value, bool)}
    speaker = values.get("person") or values.get("organization") or AUTHOR
    agreement = s.values.get("agreement")
    return Statement(
        f"{document.id}#{s.id}",
        document.passage(*s.span),
        Mode.INDIRECT,
        speaker,
        Act.ACCEPT if agreement in (True, None) else Act.REJECT,
        holder=values.get("organization") or None,
        chain=(AUTHOR,) if speaker == AUTHOR else (AUTHOR, speaker),
        issue=issues.get(values.get("concept", "")),
        polarity=None if agreement is None else Polarity.PRO if agreement else Polarity.CON,
        content=(s.span,),
    )


def agenda_of(dna: Dna, title: str = "") -> Agenda:
    """Organizations as parties, persons as actors of the organization they most often speak for, concepts as issues."""
    spoke: dict[str, list[str]] = {}
    organizations: dict[str, None] = {}
    concepts: dict[str, None] = {}
    for s in dna.statements(TYPE):
        person, organization = str(s.values.get("person", "")), str(s.values.get("organization", ""))
        if organization:
            organizations[organization] = None
        if person:
            spoke.setdefault(person, []).append(organization)
        if concept := str(s.values.get("concept", "")):
            concepts[concept] = None
    names = _ids((*organizations, *spoke))
    parties = tuple(Party(names[name], name) for name in sorted(organizations))
    actors = []
    for person, said in sorted(spoke.items()):
        if person not in organizations:  # one that speaks for itself is a party and needs no actor
            party = max(sorted(set(said)), key=said.count)
            actors.append(Actor(names[person], person, party=names[party] if party else None))
    ids = _ids(concepts)
    return Agenda(title, parties, tuple(actors), tuple(Issue(ids[c], c, keywords=(c,)) for c in sorted(concepts)))


def _ids(names: Iterable[str]) -> dict[str, str]:
    """A short id for each name, told apart where two are alike; the same for the same names in any order.

    >>> _ids(["A b", "a B", "—"])
    {'A b': 'a_b', 'a B': 'a_b_2', '—': 'x'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted({name for name in names if name}):
        stem = _slug(name) or "x"
        id_, number = stem, 1
        while id_ in taken:
            number += 1
            id_ = f"{stem}_{number}"
        taken.add(id_)
        found[name] = id_
    return found


def _slug(text: str) -> str:
    """A short id from a name.

    >>> _slug("CO2 legislation should not hurt the economy!")
    'co2_legislation_should_not_hurt_the_economy'
    """
    kept = "".join(c if c.isalnum() else "_" for c in fold(text))
    return "_".join(part for part in kept.split("_") if part)[:80]
