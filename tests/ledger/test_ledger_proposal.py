"""An agenda proposed from readings alone: parties, who speaks for them, issues; the same in any order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.ledger import agenda_toml, build, parse_agenda, propose_agenda
from comity.ledger.polities import polities, spoken_for
from comity.words import Agenda, Authority, Entity, Reading


@pytest.fixture
def record(talks):
    """Two reports by a reader without an agenda: names as the text has them, no issues."""
    for name, outlet in (("r1", "Lake Post"), ("r2", "Hill Times")):
        talks.report(name, 3, source=outlet)
        talks.says(name, "Ana Holt", "demand", "Aldermark must have half of the herring catch", None,
                   holder="Aldermark", topics=("herring catch",))  # fmt: skip
        talks.says(name, "Okar", "reject", "Brennia will not share the herring catch", None, holder="Brennia",
                   topics=("herring catch",))  # fmt: skip
        talks.says(name, "Ben Okar", "offer", "Brennia would release the crew", None, holder="Brennia",
                   topics=("crew",))  # fmt: skip
        talks.says(name, "a diplomat", "assert", "The Aldermarkish envoy, Siv Lund, met them", None, topics=("envoy",))
    entities = (
        Entity("aldermark", "Aldermark", "other"),
        Entity("brennia", "Brennia", "state", aliases=("Brennia City",)),
        Entity("ana_holt", "Ana Holt", "person", party="Aldermark", role="president"),
        Entity("ben_okar", "Ben Okar", "person", aliases=("Okar",), party="Brennia", role="spokesman"),
        Entity("siv_lund", "Siv Lund", "person", role="envoy"),
    )
    return [replace(r, entities=entities) for r in talks.readings], talks.documents


def test_parties_actors_and_issues(record) -> None:
    readings, documents = record
    agenda = propose_agenda(readings, documents)
    assert agenda.proposed
    assert [(p.id, p.aliases) for p in agenda.parties] == [
        ("aldermark", ("Aldermarkish",)),
        ("brennia", ("Brennia City",)),
    ]
    actors = {a.name: (a.party, a.authority, a.kind) for a in agenda.actors}
    assert actors["Ana Holt"] == ("aldermark", Authority.PRINCIPAL, "person")
    assert actors["Ben Okar"] == ("brennia", Authority.SPOKESPERSON, "person")
    assert actors["Siv Lund"] == ("aldermark", Authority.ENVOY, "person")
    assert actors["a diplomat"][1] is Authority.OFFICIAL_UNNAMED
    assert actors["Lake Post"] == (None, Authority.OTHER, "outlet")
    assert "Okar" not in actors
    assert [i.id for i in agenda.issues] == ["herring_catch", "crew", "process", "prospects"]
    assert [i.kind for i in agenda.issues[-2:]] == ["process", "prospects"]


def test_what_is_proposed_can_be_written_edited_and_used(record) -> None:
    readings, documents = record
    agenda = parse_agenda(agenda_toml(propose_agenda(readings, documents)))
    issue = agenda.issues[0].id
    coded = [replace(r, statements=tuple(replace(s, issue=issue) for s in r.statements)) for r in readings]
    ledger = build(coded, agenda, documents=documents)
    assert {(p.party, p.issue) for p in ledger.positions} == {("aldermark", issue), ("brennia", issue)}


def test_order_changes_nothing(record) -> None:
    readings, documents = record
    assert propose_agenda(readings, documents) == propose_agenda({r.document: r for r in readings[::-1]}, documents)


def test_nothing_to_propose_is_no_failure() -> None:
    agenda = propose_agenda([], {})
    assert agenda.parties == ()
    assert [i.id for i in agenda.issues] == ["process", "prospects"]
    assert isinstance(parse_agenda(agenda_toml(agenda)), Agenda)
    assert propose_agenda([Reading("d", None, "hand", "")], {}).proposed


def test_two_who_share_an_alias_keep_none_of_it(record) -> None:
    readings, documents = record
    both = (Entity("a", "Aldermark", "state", aliases=("the Union",)), Entity("b", "Brennia", "state", ("the Union",)))
    agenda = propose_agenda([replace(r, entities=r.entities + both) for r in readings], documents)
    assert all("the Union" not in p.aliases for p in agenda.parties)
    assert parse_agenda(agenda_toml(agenda)) == agenda


def test_the_shape_of_words_tells_polities() -> None:
    texts = ["Vessin and its Vessinian minister, Lo Pan, met Qarr. Qarr's envoy Ida Moss left."]
    assert polities(["Vessin", "Qarr", "Lo Pan"], texts) == {"Vessin": {"Vessinian"}}
    found = spoken_for({"Vessin": {"Vessinian"}, "Qarr": set()}, texts)
    assert {name: dict(counts) for name, counts in found.items()} == {
        "lo pan": {"Vessin": 1},
        "ida mos": {"Qarr": 1},
    }


@pytest.mark.parametrize(
    ("role", "authority"),
    [
        ("fisheries minister", Authority.ENVOY),
        ("prime minister", Authority.PRINCIPAL),
        ("foreign ministry spokeswoman", Authority.SPOKESPERSON),
        ("former president", Authority.OTHER),
        ("farmer", Authority.OTHER),
    ],
)
def test_with_what_authority_a_role_speaks(talks, role: str, authority: Authority) -> None:
    talks.report("r1", 3)
    talks.says("r1", "Ana Holt", "demand", "Aldermark must have half of the catch", None, holder="Aldermark")
    entities = (
        Entity("aldermark", "Aldermark", "state"),
        Entity("ana_holt", "Ana Holt", "person", party="Aldermark", role=role),
    )
    agenda = propose_agenda([replace(r, entities=entities) for r in talks.readings], talks.documents)
    assert next(a.authority for a in agenda.actors if a.name == "Ana Holt") is authority
