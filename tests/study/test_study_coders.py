"""What each coder gave each unit, where they differ, who is heard: worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from comity.study import (
    ActorBy,
    ConceptBy,
    agreement,
    coded,
    disputes,
    is_adjudication,
    is_unnamed,
    stance_of,
    uses_of,
    voices,
)
from comity.words import (
    Act,
    Actor,
    Agenda,
    Authority,
    Decision,
    DecisionKind,
    Document,
    InputError,
    Issue,
    Ledger,
    Mode,
    Option,
    Party,
    Polarity,
    Reading,
    Said,
    Statement,
    dumps,
    statement_to_json,
    target_of,
)

TEXT = "No toll will stand, Varga said. Tashq wants a toll. The mission stays, an official said."
OF = Document("d", TEXT, date(2031, 3, 4), "Post")


def say(quote: str, speaker: str, act: Act, n: int, **more: object) -> Statement:
    start = TEXT.index(quote)
    return Statement(f"d#{n}", OF.passage(start, start + len(quote)), Mode.INDIRECT, speaker, act, **more)  # type: ignore[arg-type]


READ = (
    say("No toll will stand", "Varga", Act.REJECT, 1, holder="Orsenne", issue="tolls", option="any"),
    say("Tashq wants a toll", "author", Act.DEMAND, 2, holder="Tashq", issue="tolls", option="any"),
    say("The mission stays", "official", Act.ANNOUNCE, 3, issue="mission", polarity=Polarity.PRO),
)
READINGS = [Reading("d", None, "reader 1", OF.digest, READ), Reading("d", None, "reader 2", OF.digest, READ[:2])]


def decide(
    number: int, coder: str, kind: DecisionKind, of: Statement, field: str = "", value: str = "", note: str = ""
):
    at = datetime(2031, 3, 5, 12, number, tzinfo=UTC)
    target = target_of(of.passage, of.speaker)
    return Decision(str(number), coder, at, kind, target, field, value, note, passage=of.passage)


def wrote(number: int, coder: str, what: Statement) -> Decision:
    return decide(number, coder, DecisionKind.CODE, what, value=dumps(statement_to_json(what)))


def given(units, n: int, coder: str):
    unit = next(u for u in units if u.id == f"d#{n}")
    return unit.codings.get(coder, "not coded")


def test_decisions_on_proposals() -> None:
    made = coded(
        READINGS,
        [
            decide(1, "ada", DecisionKind.ACCEPT, READ[0]),
            decide(2, "ada", DecisionKind.CORRECT, READ[1], "act", "offer"),
            decide(3, "bo", DecisionKind.REJECT, READ[1]),
            decide(4, "bo", DecisionKind.ACCEPT, READ[2], note="adjudication: settled"),
            decide(5, "bo", DecisionKind.REJECT, READ[0]),
            Decision("6", "bo", datetime(2031, 3, 6, tzinfo=UTC), DecisionKind.RETRACT, "5"),
        ],
    )
    assert [(c.id, c.kind) for c in made.coders] == [
        ("ada", "person"), ("bo", "person"), ("reader 1", "reader"), ("reader 2", "reader"),
    ]  # fmt: skip
    assert given(made.units, 1, "ada") == READ[0]
    assert given(made.units, 2, "ada").act is Act.OFFER
    assert given(made.units, 2, "bo") is None
    assert given(made.units, 1, "bo") == "not coded"  # undone
    assert given(made.units, 3, "bo") == "not coded"  # an adjudication is nobody's coding
    assert given(made.units, 3, "reader 2") is None  # it read the document and saw none
    fields = {f.field: f for f in agreement(made, replicates=0).fields}
    assert fields["statement"].alpha.units == 3
    found = {(d.unit.id, d.field) for d in disputes(made)}
    assert found == {("d#2", "statement"), ("d#3", "statement")}
    assert disputes(made, coders=["ada", "reader 1"])[0].values == (("ada", "offer"), ("reader 1", "demand"))


def test_who_writes_codes_the_whole_document() -> None:
    mine = say("toll will stand", "Varga", Act.REJECT, 9)
    made = coded(READINGS[:1], [wrote(1, "ada", mine)])
    assert given(made.units, 1, "ada").passage.quote == "toll will stand"
    assert given(made.units, 2, "ada") is None
    both = coded(READINGS[:1], [wrote(1, "ada", mine), decide(2, "ada", DecisionKind.ACCEPT, READ[1])])
    assert given(both.units, 3, "ada") == "not coded"  # ada worked on proposals


def test_what_one_wrote_another_can_judge() -> None:
    mine = say("an official said", "author", Act.ASSERT, 9)
    made = coded(READINGS[:1], [wrote(1, "ada", mine), decide(2, "bo", DecisionKind.CORRECT, mine, "act", "announce")])
    unit = next(u for u in made.units if u.id == "d#9")
    assert (unit.codings["ada"].act, unit.codings["bo"].act) == (Act.ASSERT, Act.ANNOUNCE)  # type: ignore[union-attr]
    assert unit.codings["reader 1"] is None
    assert unit.targets == (target_of(mine.passage, mine.speaker),)


def test_names_that_are_not_there() -> None:
    made = coded(READINGS, [])
    with pytest.raises(InputError, match="no coder"):
        agreement(made, coders=["cy"])
    with pytest.raises(InputError, match="no field"):
        agreement(made, fields=["colour"], replicates=0)
    assert is_adjudication(decide(1, "a", DecisionKind.ACCEPT, READ[0], note="adjudication"))
    assert not is_adjudication(decide(1, "a", DecisionKind.ACCEPT, READ[0], note="adjudications are hard"))


AGENDA = Agenda(
    parties=(Party("orsenne", "Orsenne"), Party("tashq", "Tashq")),
    actors=(
        Actor("varga", "Varga", party="orsenne"),
        Actor("someone", "Senior Official", party="tashq", authority=Authority.OFFICIAL_UNNAMED),
    ),
    issues=(Issue("tolls", "Tolls", options=(Option("any", "Any toll"),)), Issue("mission", "Mission")),
)
LEDGER = Ledger(AGENDA, None, READ)


def test_uses() -> None:
    taken = uses_of(LEDGER, documents={"d": OF})
    assert [(u.actor, u.concept, u.stance, u.on) for u in taken.uses] == [
        ("orsenne", "tolls/any", 0, OF.published), ("tashq", "tolls/any", 1, OF.published),
    ]  # fmt: skip
    assert taken.left_out == 1
    by_issue = uses_of(LEDGER, ActorBy.SPEAKER, ConceptBy.ISSUE)
    assert [(u.actor, u.concept) for u in by_issue.uses] == [("Varga", "tolls"), ("official", "mission")]
    assert [stance_of(s) for s in READ] == [0, 1, 1]
    assert stance_of(say("an official said", "author", Act.ASSERT, 4)) is None
    said = say("The mission stays", "Varga", Act.OFFER, 5, issue="mission", said=Said(date(2031, 3, 1), None))
    assert uses_of(Ledger(AGENDA, None, (said,)), concepts=ConceptBy.ISSUE).uses[0].on == date(2031, 3, 1)


@pytest.mark.parametrize(
    ("name", "unnamed"),
    [
        ("official", True), ("senior official", True), ("people close to the talks", True), ("aide to Varga", True),
        ("Senior Official", True), ("Varga", False), ("Tashq", False), ("author", False), ("van der Berg", False),
        ("Ministry of Water", False),
    ],
)  # fmt: skip
def test_who_is_unnamed(name: str, unnamed: bool) -> None:
    assert is_unnamed(LEDGER, name) is unnamed


def test_voices() -> None:
    found = {v.name: v for v in voices(LEDGER, {"d": OF})}
    assert [v.statements for v in found.values()] == [1, 0, 1, 1]
    assert (found["others"].unnamed, found["others"].speakers) == (1, 0)
    assert (found["Orsenne"].speakers, found["Orsenne"].outlets) == (1, 1)
    assert sum(v.share for v in found.values()) == pytest.approx(1)
