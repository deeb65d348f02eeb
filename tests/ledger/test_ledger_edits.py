"""What people decided: applied to statements, marked, undone, and never seen before it was recorded."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from comity.words import Decision, DecisionKind, InputError, Review, dumps, statement_to_json, target_of

DAY = datetime(2030, 6, 1, 12, tzinfo=UTC)


def decision(number: int, kind: str, target: str, **more: str) -> Decision:
    return Decision(f"d{number}", "someone", DAY.replace(minute=number), DecisionKind(kind), target, **more)


@pytest.fixture
def target(talks) -> str:
    talks.report("r1", 3)
    talks.says("r1", "Ben Okar", "demand", "Brennia wants half of the herring")
    s = talks.statements["r1"][0]
    return target_of(s.passage, s.speaker)


def test_accepted_corrected_rejected(talks, at, target) -> None:
    assert at(talks.ledger(), "brenn", "quota").review is Review.UNREVIEWED
    accept = decision(1, "accept", target)
    assert at(talks.ledger(decisions=[accept]), "brenn", "quota").review is Review.ACCEPTED
    correct = decision(2, "correct", target, field="issue", value="crew")
    moved = talks.ledger(decisions=[correct, accept])
    assert at(moved, "brenn", "quota") is None
    assert at(moved, "brenn", "crew").review is Review.CORRECTED
    assert moved.reviews == (("r1#1", Review.CORRECTED),)
    reject = decision(3, "reject", target)
    assert talks.ledger(decisions=[accept, correct, reject]).statements == ()


def test_a_rejected_statement_is_nowhere(talks, target) -> None:
    talks.says("r1", "Ana Holt", "reject", "Aldermark refuses to give half of the herring")
    talks.event("r1", "meeting", "planned", ("Ana Holt", "Ben Okar"), earliest=9, latest=9)
    assert '"r1#1"' in dumps(talks.ledger())
    assert '"r1#1"' not in dumps(talks.ledger(decisions=[decision(1, "reject", target)]))


def test_a_retraction_undoes_and_its_own_retraction_restores(talks, target) -> None:
    rows = [decision(1, "reject", target), decision(2, "retract", "d1")]
    assert len(talks.ledger(decisions=rows).statements) == 1
    rows.append(decision(3, "retract", "d2"))
    assert talks.ledger(decisions=rows).statements == ()


def test_known_at_ignores_later_decisions_and_as_of_ignores_when_they_were_made(talks, target) -> None:
    rows = [decision(1, "reject", target)]
    assert len(talks.ledger(decisions=rows, known_at=date(2030, 5, 31)).statements) == 1
    assert talks.ledger(decisions=rows, known_at=date(2030, 6, 1)).statements == ()
    assert talks.ledger(decisions=rows, as_of=date(2030, 5, 4)).statements == ()


def test_a_statement_that_a_person_wrote(talks, at, target) -> None:
    old = talks.statements["r1"][0]
    new = replace(old, id="mine", speaker="Siv Lund")
    row = decision(1, "code", target_of(new.passage, "Siv Lund"), value=json.dumps(statement_to_json(new)))
    ledger = talks.ledger(decisions=[row])
    assert [s.id for s in ledger.statements] == ["mine", "r1#1"]
    assert dict(ledger.reviews) == {"mine": Review.WRITTEN}
    assert at(ledger, "brenn", "quota").review is Review.UNREVIEWED  # the machine's one is still unreviewed


def test_a_written_statement_replaces_the_machines_on_the_same_words(talks, target) -> None:
    old = talks.statements["r1"][0]
    new = replace(old, issue="crew")
    ledger = talks.ledger(decisions=[decision(1, "code", target, value=json.dumps(statement_to_json(new)))])
    assert [(s.id, s.issue) for s in ledger.statements] == [("r1#1", "crew")]


def test_two_names_judged_to_be_one(talks, at) -> None:
    talks.report("r1", 3)
    talks.says("r1", "B. Ocar", "demand", "Brennia wants half of the herring")
    assert talks.ledger().positions == ()
    same = decision(1, "same", "B. Ocar", value="Ben Okar")
    ledger = talks.ledger(decisions=[same])
    assert ledger.statements[0].speaker == "Ben Okar"
    assert at(ledger, "brenn", "quota") is not None
    apart = decision(2, "different", "Ben Okar", value="B. Ocar")
    assert talks.ledger(decisions=[same, apart]).positions == ()


def test_a_corrected_date_of_publication_counts(talks, target) -> None:
    row = decision(1, "document", "r1", field="published", value="2030-05-20")
    assert talks.ledger(decisions=[row], as_of=date(2030, 5, 10)).statements == ()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("act", "shout", "d1, act: 'shout' does not fit"),
        ("colour", "red", "d1: no field 'colour' to correct"),
        ("said", "tomorrow", "d1, said: 'tomorrow' does not fit"),
        ("speaker", "", "d1, speaker: '' does not fit"),
    ],
)
def test_a_decision_that_does_not_fit_is_said(talks, target, field: str, value: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        talks.ledger(decisions=[decision(1, "correct", target, field=field, value=value)])
    assert str(error.value).startswith(message)


def test_two_readings_of_one_document_are_refused(talks, target) -> None:
    from comity.ledger import build

    with pytest.raises(InputError, match="two readings of one document"):
        build([*talks.readings, *talks.readings], talks.agenda, documents=talks.documents)
