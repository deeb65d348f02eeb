"""Decisions: appended, never lost, undone by retraction, undone again."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.case import Case, effective
from comity.case.effective import admitted
from comity.words import Decision, DecisionKind, Handling, InputError, Passage

AT = datetime(2031, 3, 1, tzinfo=UTC)


@pytest.fixture
def doc(case, make_document):
    made = make_document()
    case.add([made])
    return made


def test_decisions_come_back_in_order_with_all_that_was_said(case, doc, make_decision):
    passage = doc.passage(41, 62)
    given_decisions = [
        make_decision(DecisionKind.ACCEPT, f"{doc.id}:41-62:Ilva Maren", passage=passage, note="sure\nquite"),
        make_decision(DecisionKind.CORRECT, f"{doc.id}:41-62:Ilva Maren", "act", "demand", handling=Handling.INTERNAL),
        make_decision(DecisionKind.TENSION, "any key at all", value="explained"),
        make_decision(DecisionKind.SAME, "Ilva Maren", value="I. Maren"),
        make_decision(DecisionKind.PARAGRAPH, "", "bottom line", "Our own «words» 🕊️\u2028."),
    ]
    made = [case.decide(d) for d in given_decisions]
    assert case.decisions() == tuple(made)
    assert [replace(d, id="") for d in made] == given_decisions
    assert len({d.id for d in made}) == 5


def test_ids_do_not_depend_on_what_others_decided_in_between(tmp_path, doc, make_decision):
    one, two = (make_decision(DecisionKind.SAME, "A", value=v) for v in "xy")
    ids = []
    for n, each in enumerate(([one, one, two], [two, one, one])):
        with Case.create(tmp_path / f"{n}.comity") as other:
            ids.append(sorted(other.decide(d).id for d in each))
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 3


def test_the_time_given_is_kept_and_known_at_asks_about_recording(case, make_decision, clock):
    local = datetime(2031, 3, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    first = case.decide(replace(make_decision(DecisionKind.SAME, "A", value="B"), at=local))
    between = clock()
    second = case.decide(make_decision(DecisionKind.SAME, "A", value="C"))
    assert (first.at, first.at.utcoffset()) == (local, timedelta(0))
    assert case.decisions(known_at=between) == (first,)
    assert case.decisions() == (first, second)
    with pytest.raises(InputError, match="time zone"):
        case.decide(replace(make_decision(DecisionKind.SAME, "A", value="B"), at=datetime(2031, 1, 1)))


def test_undo_and_undo_of_undo(case, make_decision):
    made = case.decide(make_decision(DecisionKind.SAME, "A", value="B"))
    undone = case.undo(made.id, "bo", "on second thoughts")
    assert effective(case.decisions()) == ()
    again = case.undo(undone.id, "ada")
    assert effective(case.decisions()) == (made,)
    case.undo(again.id, "bo")
    assert effective(case.decisions()) == ()
    assert len(case.decisions()) == 4
    assert [d.coder for d in case.decisions()] == ["ada", "bo", "ada", "bo"]


def test_decisions_never_change_and_never_go(case, make_decision):
    case.decide(make_decision(DecisionKind.SAME, "A", value="B"))
    for sql in ("UPDATE decision SET value = 'C'", "DELETE FROM decision",
                "INSERT OR REPLACE INTO decision SELECT * FROM decision"):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            case._connection.execute(sql)


@pytest.mark.parametrize(
    ("kind", "target", "more", "says"),
    [
        (DecisionKind.RETRACT, "nothing", {}, "no decision 'nothing'"),
        (DecisionKind.DOCUMENT, "nobody", {"field": "source"}, "no document 'nobody'"),
        (DecisionKind.ACCEPT, "nobody:1-4:A", {}, "no document 'nobody'"),
        (DecisionKind.REJECT, "just words", {}, "no document"),
        (DecisionKind.SAME, "A", {"coder": ""}, "without a coder"),
        (DecisionKind.SAME, "A", {"passage": Passage("nobody", 0, 1, "x")}, "no document 'nobody'"),
        (DecisionKind.SAME, "\ud83d", {}, "half of a character"),
    ],
)
def test_decisions_that_cannot_stand(case, make_decision, kind, target, more, says):
    with pytest.raises(InputError, match=says):
        case.decide(make_decision(kind, target, **more))
    assert case.decisions() == ()


def test_a_decision_on_words_that_do_not_stand_there(case, doc, make_decision):
    for passage in (Passage(doc.id, 3, 9, "wrong!"), Passage(doc.id, 0, 10_000, doc.text), Passage(doc.id, 4, 4, "")):
        with pytest.raises(InputError, match="do not stand"):
            case.decide(make_decision(DecisionKind.ACCEPT, f"{doc.id}:3-9:A", passage=passage))
    with pytest.raises(InputError, match="outside the text"):
        case.decide(make_decision(DecisionKind.ACCEPT, f"{doc.id}:3-9999:A"))


def test_decisions_follow_a_document_that_gets_another_id(case, make_document, make_decision):
    """A copy under a name that sorts earlier comes in later; ids must not depend on which came first."""
    b, a = make_document("b", "Same words.", source=None), make_document("a", "Same words.", source=None)
    case.add([b])
    target = f"{b.id}:0-4:author"
    case.decide(make_decision(DecisionKind.ACCEPT, target, passage=b.passage(0, 4)))
    case.decide(make_decision(DecisionKind.CODE, target, value=json.dumps({"id": f"{b.id}#9", "x": "é"})))
    case.decide(make_decision(DecisionKind.DOCUMENT, b.id, "title", "T"))
    case.add([a])
    accepted, coded, titled = case.decisions()
    assert (accepted.target, accepted.passage) == (f"{a.id}:0-4:author", a.passage(0, 4))
    assert json.loads(coded.value) == {"id": f"{a.id}#9", "x": "é"}
    assert titled.target == a.id
    assert case.document(a.id).title == "T"
    case.decide(make_decision(DecisionKind.ACCEPT, target))  # under its old id still understood
    assert case.decisions()[-1].target == f"{a.id}:0-4:author"
    assert case.check() == ()


def test_what_is_on_a_hidden_document_is_hidden(case, make_document, make_decision):
    secret, open_ = make_document("s", "Secret.", handling=Handling.PROTECTED), make_document("o", "Open.")
    case.add([secret, open_])
    case.decide(make_decision(DecisionKind.ACCEPT, f"{secret.id}:0-6:author"))
    shown = case.decide(make_decision(DecisionKind.ACCEPT, f"{open_.id}:0-4:author"))
    case.decide(make_decision(DecisionKind.ACCEPT, f"{open_.id}:0-4:author", handling=Handling.INTERNAL))
    assert case.decisions(handling=Handling.PUBLIC) == (shown,)
    assert len(case.decisions(handling=Handling.INTERNAL)) == 2


# the pure functions

EDITS = st.lists(st.tuples(st.integers(-1, 20), st.booleans()), max_size=20)


def chain(edits) -> list[Decision]:
    """Decisions; each either stands for itself (-1) or retracts an earlier one."""
    made: list[Decision] = []
    for n, (back, private) in enumerate(edits):
        kind, target = (DecisionKind.RETRACT, str(back)) if 0 <= back < n else (DecisionKind.SAME, "A")
        label = Handling.PROTECTED if private else Handling.PUBLIC
        made.append(Decision(str(n), "ada", AT, kind, target, handling=label))
    return made


def stands(d: Decision, among: list[Decision]) -> bool:
    """The definition, word for word: no retraction of it stands."""
    return not any(r.kind is DecisionKind.RETRACT and r.target == d.id and stands(r, among) for r in among)


@settings(deadline=None)
@given(EDITS)
def test_effective_is_what_no_standing_retraction_undoes(edits):
    made = chain(edits)
    assert list(effective(made)) == [d for d in made if d.kind is not DecisionKind.RETRACT and stands(d, made)]


@settings(deadline=None)
@given(EDITS)
def test_leaving_out_what_is_hidden_changes_nothing_else(edits):
    made = chain(edits)

    def hidden(d: Decision) -> bool:
        return d.handling is Handling.PROTECTED

    told = admitted(made, hidden)
    assert not any(hidden(d) for d in told)
    assert effective(told) == tuple(d for d in effective(made) if not hidden(d))
    assert admitted(made, lambda d: False) == tuple(made)
