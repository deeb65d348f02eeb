"""Readings: kept while document, reader and agenda are the same; never with a quote that does not stand there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from comity.words import CaseError, DecisionKind, InputError, dumps


def test_a_reading_comes_back_as_it_was(case, make_document, make_reading):
    d = make_document("a", "He said: “Нет, né 🕊️.”\r\nThe buffer zone stays.")
    case.add([d])
    kept = make_reading(d, quote="“Нет, né 🕊️.”\r\nThe")
    assert case.put_readings([(kept, "hash")]) == 1
    back = case.readings("reader-1", "hash")[d.id]
    assert back == kept
    assert dumps(back) == dumps(kept)
    assert all(s.passage.holds_in(case.document(d.id)) for s in back.statements)


def test_readings_are_keyed_by_reader_and_agenda(case, make_document, make_reading):
    a, b = make_document("a"), make_document("b", "The buffer zone stays. Or not.")
    case.add([a, b])
    case.put_readings([(make_reading(a), "x"), (make_reading(b, "reader-2"), "x")])
    assert list(case.readings("reader-1", "x")) == [a.id]
    assert list(case.readings("reader-2", "x")) == [b.id]
    assert case.readings("reader-1", "y") == {}
    assert case.unread("reader-1", "x") == (b.id,)
    assert set(case.unread("reader-1", "y")) == {a.id, b.id}
    assert case.drop_readings(keep_reader="reader-2") == 1
    assert case.drop_readings() == 1


def test_readings_of_some_documents_only(case, make_document, make_reading):
    given = [make_document(f"d{n}", f"{n}: The buffer zone stays.") for n in range(4)]
    case.add(given)
    case.put_readings([(make_reading(d), "") for d in given[:3]])
    assert list(case.readings("reader-1", "", of=[given[2].id, given[3].id])) == [given[2].id]


def test_readings_and_unread_come_in_canonical_order(case, make_document, make_reading):
    given = [make_document(f"d{n}", f"{n}: The buffer zone stays.", date(2031, 3, 9 - n)) for n in range(5)]
    given.append(make_document("a", "Undated: The buffer zone stays.", None))
    case.add(given)
    wanted = [d.id for d in case.documents()]
    assert list(case.unread("reader-1", "")) == wanted
    case.put_readings([(make_reading(d), "") for d in given])
    assert list(case.readings("reader-1", "")) == wanted
    assert wanted[-1].startswith("a-")


def test_a_new_reading_replaces_the_old(case, make_document, make_reading):
    d = make_document()
    case.add([d])
    case.put_readings([(make_reading(d), "")])
    case.put_readings([(replace(make_reading(d), statements=()), "")])
    assert case.readings("reader-1", "")[d.id].statements == ()


@pytest.mark.parametrize(("field", "value"), [("published", "2031-05-05"), ("source", "Coast Courier")])
def test_a_correction_makes_a_reading_out_of_date_and_undoing_it_brings_it_back(
    case, make_document, make_reading, make_decision, field, value
):
    d = make_document()
    case.add([d])
    case.put_readings([(make_reading(d), "")])
    made = case.decide(make_decision(DecisionKind.DOCUMENT, d.id, field, value))
    assert case.unread("reader-1", "") == (d.id,)
    assert case.readings("reader-1", "") == {}
    case.undo(made.id, "ada")
    assert case.unread("reader-1", "") == ()


def test_a_label_does_not_make_a_reading_out_of_date(case, make_document, make_reading, make_decision):
    d = make_document()
    case.add([d])
    case.put_readings([(make_reading(d), "")])
    case.decide(make_decision(DecisionKind.DOCUMENT, d.id, "handling", "protected"))
    assert case.unread("reader-1", "") == ()


def test_a_reading_made_before_a_correction_is_passed_over(case, make_document, make_reading, make_decision):
    d = make_document()
    case.add([d])
    late = make_reading(d)
    case.decide(make_decision(DecisionKind.DOCUMENT, d.id, "published", "2031-05-05"))
    assert case.put_readings([(late, "")]) == 0
    assert case.unread("reader-1", "") == (d.id,)


def test_a_reading_counts_for_the_document_as_it_was_read(case, make_document, make_reading, make_decision, clock):
    """Asked as of an earlier time of recording, a document may have had another source: then no kept reading fits."""
    d = make_document()
    case.add([d])
    before = clock()
    case.decide(make_decision(DecisionKind.DOCUMENT, d.id, "source", "Coast Courier"))
    (then,), (now,) = case.documents(known_at=before), case.documents()
    assert case.put_readings([(make_reading(then), "")], documents=[then]) == 0
    assert case.put_readings([(make_reading(now), "")], documents=[now]) == 1
    assert list(case.readings("reader-1", "", of=[now])) == list(case.readings("reader-1", "", of=[d.id])) == [d.id]
    assert case.readings("reader-1", "", of=[then]) == {}


def test_readings_that_do_not_fit_are_refused_and_none_is_kept(case, make_document, make_reading):
    d, e = make_document("a"), make_document("b", "The buffer zone stays. Elsewhere.")
    case.add([d, e])
    good = make_reading(e)
    (statement,) = make_reading(d).statements
    moved = replace(statement, passage=replace(statement.passage, start=3, end=24))
    for wrong, says in (
        (replace(make_reading(d), statements=(moved,)), "do not stand"),
        (replace(make_reading(d), text_sha256="0" * 64), "another text"),
        (replace(make_reading(d), document="nobody"), "no document of this case"),
    ):
        with pytest.raises(InputError, match=says):
            case.put_readings([(good, ""), (wrong, "")])
    assert case.readings("reader-1", "") == {}


def test_a_damaged_reading_is_told(case, make_document, make_reading):
    d = make_document()
    case.add([d])
    case.put_readings([(make_reading(d), "")])
    case._connection.execute("UPDATE reading SET body = x'789c'")
    with pytest.raises(CaseError, match="damaged"):
        case.readings("reader-1", "")
