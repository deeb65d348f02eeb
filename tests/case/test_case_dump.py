"""A case made from a dump equals the one that was dumped, whatever is in its texts; quotes hold on the way."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.case import Case, effective
from comity.words import (
    Act,
    CaseError,
    Decision,
    DecisionKind,
    Document,
    DocumentKind,
    Found,
    Handling,
    InputError,
    Mode,
    Reading,
    Statement,
)

AT = datetime(2031, 3, 1, tzinfo=UTC)
LIVELY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            list("aZ \r\n\t\"'“”«»\\{}\x00\u0085\u2028\u2029\ufeff\u200f\u202eא😀👩\u200d🏽e\u0301\u0323ö")
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=80,
)
MAYBE = st.none() | LIVELY


@st.composite
def documents(draw) -> Document:
    text = draw(LIVELY)
    return Document(
        id=draw(st.text("abc-#:é", min_size=1, max_size=6)),
        text=text,
        published=draw(st.none() | st.dates()),
        source=draw(MAYBE),
        title=draw(MAYBE),
        url=draw(MAYBE),
        language=draw(st.sampled_from([None, "en", "uk"])),
        kind=draw(st.sampled_from(DocumentKind)),
        handling=draw(st.sampled_from(Handling)),
        supersedes=draw(st.none() | st.text("abc-", min_size=1, max_size=3)),
        name=draw(LIVELY),
        found=draw(st.lists(st.builds(Found, LIVELY, LIVELY), max_size=2).map(tuple)),
    )


def coded(document: Document, draw) -> tuple[Reading, Decision]:
    start = draw(st.integers(0, len(document.text) - 1))
    passage = document.passage(start, draw(st.integers(start + 1, len(document.text))))
    statement = Statement(f"{document.id}#1", passage, Mode.DIRECT, draw(LIVELY), Act.DEMAND, content=(passage.span,))
    reading = Reading(document.id, document.published, "reader-1", document.digest, (statement,))
    target = f"{document.id}:{passage.start}-{passage.end}:{statement.speaker}"
    label = draw(st.sampled_from(Handling))
    kind = draw(st.sampled_from([DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.CORRECT]))
    return reading, Decision("", "ada", AT, kind, target, "act", draw(LIVELY), draw(LIVELY), label, passage)


@given(data=st.data(), given_documents=st.lists(documents(), min_size=1, max_size=5))
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=30)
def test_round_trip(tmp_path_factory, data, given_documents):
    folder = Path(tmp_path_factory.mktemp("round"))
    with Case.create(folder / "one.comity", 'title = "é"\r\n', coder="ada") as case:
        case.add(given_documents)
        for document in case.documents():
            reading, decision = coded(document, data.draw)
            case.put_readings([(reading, case.agenda_hash)])
            made = case.decide(decision)
            if data.draw(st.booleans()):
                case.undo(made.id, "bo")
        _quotes_hold(case)
        dumped = "".join(case.dump())
        whole = "".join(case.dump(projections=True))
        texts = {d.id: d.text for d in case.documents()}
        public = [d.id for d in case.documents(handling=Handling.PUBLIC)]
        assert {d.text for d in given_documents} == set(texts.values())
        case.mail(folder / "mailed.comity", handling=Handling.PROTECTED)
        case.mail(folder / "public.comity")
    with Case.load_dump(folder / "two.comity", _lines(dumped)) as again:
        assert "".join(again.dump()) == dumped
        assert "".join(again.dump(projections=True)) == whole
        assert {d.id: d.text for d in again.documents()} == texts
        _quotes_hold(again)
        assert again.check() == ()
    with Case.open(folder / "mailed.comity") as mailed:
        assert "".join(mailed.dump(projections=True)) == whole
    with Case.open(folder / "public.comity") as mailed:
        assert len(mailed.documents()) == len(public)
        assert all(d.handling is Handling.PUBLIC for d in mailed.documents())
        _quotes_hold(mailed)
        assert mailed.check() == ()


def _lines(dumped: str) -> list[str]:
    """Split at line feeds only: U+2028 and its like stand inside texts."""
    return [line + "\n" for line in dumped.split("\n")[:-1]]


def _quotes_hold(case: Case) -> None:
    for document in case.documents():
        assert document.digest == Document("x", document.text).digest
    for id_, reading in case.readings("reader-1", case.agenda_hash).items():
        assert all(s.passage.holds_in(case.document(id_)) for s in reading.statements)
    for decision in case.decisions():
        if decision.passage:
            assert decision.passage.holds_in(case.document(decision.passage.document))


@pytest.fixture
def dumped(case, make_document, make_reading, make_decision) -> list[str]:
    d = make_document()
    case.add([d, make_document("b", "Other words.")])
    case.set_agenda('title = "x"', "ada")
    case.put_readings([(make_reading(d), case.agenda_hash)])
    case.decide(make_decision(DecisionKind.ACCEPT, f"{d.id}:41-62:Ilva Maren", passage=d.passage(41, 62)))
    return list(case.dump())


def test_a_dump_is_json_lines_without_any_clock_time(dumped):
    kinds = [next(iter(json.loads(line))) for line in dumped]
    assert kinds == ["comity_case", "document", "document", "agenda", "decision", "reading"]
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in dumped)
    for line in dumped:
        assert "recorded" not in line
        assert '"at"' not in line
        assert "2031-03-01T" not in line


def test_two_cases_made_at_different_times_have_the_same_dump(
    dumped, tmp_path, make_document, make_reading, make_decision
):
    with Case.create(tmp_path / "later.comity", 'title = "x"', coder="ada") as later:
        d = make_document()
        later.add([make_document("b", "Other words.")])
        later.add([d])
        later.put_readings([(make_reading(d), later.agenda_hash)])
        at = date(2040, 1, 1)
        made = make_decision(DecisionKind.ACCEPT, f"{d.id}:41-62:Ilva Maren", passage=d.passage(41, 62))
        later.decide(
            Decision("", "ada", datetime(at.year, 1, 1, tzinfo=UTC), made.kind, made.target, passage=made.passage)
        )
        assert list(later.dump()) == dumped


def test_retractions_survive(case, make_decision, tmp_path):
    first = case.decide(make_decision(DecisionKind.SAME, "A", value="B"))
    case.decide(make_decision(DecisionKind.SAME, "A", value="B"))
    case.undo(first.id, "bo")
    with Case.load_dump(tmp_path / "again.comity", case.dump()) as again:
        assert [d.id for d in effective(again.decisions())] == [d.id for d in effective(case.decisions())]


def test_tombstones_survive_and_free_nothing(case, make_document, tmp_path):
    case.add([make_document()])
    case._connection.execute("INSERT INTO expunged VALUES ('document', 99, 'ada', '2031')")
    dumped = list(case.dump())
    with Case.load_dump(tmp_path / "again.comity", dumped) as again:
        assert list(again.dump()) == dumped
        assert again._connection.execute("SELECT key FROM expunged").fetchone()[0] < 0


@pytest.mark.parametrize(
    ("line", "change", "says"),
    [
        (1, lambda s: s.replace("1", "9"), "format 9"),
        (1, lambda s: "", "first line"),
        (3, lambda s: s.replace("Aldermark", "Elsewhere"), "changed since"),
        (2, lambda s: s.replace("Other words", "Other wurds"), "changed since"),
        (3, lambda s: s[:40], "not a line of a dump"),
        (3, lambda s: "[]", "not a line of a dump"),
        (3, lambda s: '{"x": 1}', "no kind of line"),
        (5, lambda s: s.replace("accept", "reject"), "changed since"),
        (5, lambda s: s.replace('"nth":1,"document":"', '"nth":1,"document":"0'), "identity"),
        (6, lambda s: s.replace("Ilva", "Olva"), "changed since"),
        (6, lambda s: s.replace('"reader"', '"raeder"'), "not a line of a dump"),
    ],
)
def test_a_dump_that_was_changed_is_told_by_its_line_and_leaves_nothing(dumped, tmp_path, line, change, says):
    dumped[line - 1] = change(dumped[line - 1])
    if not dumped[line - 1]:
        del dumped[line - 1]
    target = tmp_path / "new" / "again.comity"
    target.parent.mkdir()
    with pytest.raises(InputError, match=says) as told:
        Case.load_dump(target, dumped)
    assert f"line {line}" in str(told.value)
    assert list(target.parent.iterdir()) == []


def test_a_dump_is_not_loaded_over_a_file(dumped, path):
    with pytest.raises(CaseError, match="already exists"):
        Case.load_dump(path, dumped)
    with pytest.raises(InputError, match="empty"):
        Case.load_dump(path.with_name("other.comity"), [])
