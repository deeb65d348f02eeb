"""Documents: added once, in any order, never changed, shown as people corrected them."""

from __future__ import annotations

import itertools
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from comity.case import Case, current
from comity.case import documents as documents_module
from comity.words import CaseError, DecisionKind, Document, DocumentKind, Found, Handling, InputError


def test_what_goes_in_comes_out(case):
    given = Document(
        id="minutes-12345678",
        text="Line one.\r\nLine two.\u2028Три.",
        published=date(2031, 3, 4),
        source="Harbour Wire",
        title="Minutes",
        url="https://example.org/1",
        language="en",
        kind=DocumentKind.NOTE,
        handling=Handling.INTERNAL,
        supersedes="older",
        name="minutes.txt",
        found=(Found("published", "head"), Found("source", "given")),
    )
    assert case.add([given]).new == ("minutes-12345678",)
    assert case.documents() == (given,)
    assert case.document("min") == given


def test_adding_twice_changes_nothing(case, make_document):
    given = [make_document("a"), make_document("b", "Other words.")]
    first = case.add(given)
    before = "".join(case.dump(projections=True))
    second = case.add(given)
    assert (len(first.new), first.known) == (2, ())
    assert (second.new, second.known) == ((), first.new)
    assert "".join(case.dump(projections=True)) == before


def test_the_same_publication_twice_in_one_batch(case, make_document):
    added = case.add([make_document("a"), make_document("a")])
    assert (len(added.new), len(added.known)) == (1, 1)


def test_canonical_order_is_by_date_then_id_and_undated_last(case, make_document):
    case.add(
        [
            make_document("z", "Zed.", published=None),
            make_document("b", "Bee.", published=date(2031, 3, 9)),
            make_document("a", published=None),
            make_document("c", published=date(2031, 3, 1)),
            make_document("a", published=date(2031, 3, 9)),
        ]
    )
    assert [(d.id[0], d.published and d.published.day) for d in case.documents()] == [
        ("c", 1), ("a", 9), ("b", 9), ("a", None), ("z", None),
    ]  # fmt: skip


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_order_of_import_does_not_show(tmp_path, make_document, order):
    """Not even where one publication comes in under two names and labels, and where two share an id."""
    a = make_document("a", "One text.", source=None)
    copy = replace(make_document("copy-of-a", "One text.", source=None), handling=Handling.PROTECTED, name="0.txt")
    clash = make_document("c", "Clash.").renamed(a.id)
    later = replace(make_document("later", "New text."), supersedes=copy.id)
    given = [a, copy, clash, later]
    dumps = []
    for n, each in enumerate((given, [given[i] for i in order])):
        with Case.create(tmp_path / f"{n}.comity") as case:
            for document in each:
                case.add([document])
            dumps.append("".join(case.dump(projections=True)))
            shown = {d.id: d for d in case.documents()}
            assert case.check() == ()
    assert dumps[0] == dumps[1]
    assert len(shown) == 3
    (one,) = [d for d in shown.values() if d.text == "One text."]
    assert one.handling is Handling.PROTECTED
    assert one.id == f"a-{one.identity[:16]}"
    assert shown[later.id].supersedes == one.id


def test_a_document_is_found_by_every_name_that_it_came_under(case, make_document):
    b, a = make_document("b", "Same.", source=None), make_document("a", "Same.", source=None)
    case.add([b])
    assert case.document("b").id == b.id
    case.add([a])
    assert case.document("a").id == case.document(b.id).id == a.id


def test_unknown_and_ambiguous_ids(case, make_document):
    case.add([make_document("talk-one", "One."), make_document("talk-two", "Two.")])
    assert case.document("talk-o").text == "One."
    for wanted, says in (("talk", "several documents"), ("nothing", "no document 'nothing'"), ("", "no document")):
        with pytest.raises(InputError, match=says):
            case.document(wanted)
    with pytest.raises(InputError, match="no document"):
        case.document("talk-%")


def test_as_of_and_handling(case, make_document):
    case.add([
        make_document("a", published=date(2031, 3, 1)),
        make_document("b", published=date(2031, 3, 5), handling=Handling.INTERNAL),
        make_document("c", published=None, handling=Handling.PROTECTED),
    ])  # fmt: skip

    def names(**asked) -> str:
        return "".join(d.id[0] for d in case.documents(**asked))

    assert names() == "abc"
    assert names(as_of=date(2031, 3, 5)) == "ab"
    assert names(as_of=date(2031, 3, 4)) == "a"
    assert names(handling=Handling.INTERNAL) == "ab"
    assert names(handling=Handling.PUBLIC) == "a"
    later = datetime(2032, 1, 1, tzinfo=UTC)
    for asked in ({}, {"as_of": date(2031, 3, 5)}, {"handling": Handling.PUBLIC}):
        assert case.documents(**asked) == case.documents(**asked, known_at=later)


def test_known_at_asks_about_recording(case, make_document, make_decision, clock):
    case.add([make_document("a", "First.")])
    before_correction = clock()
    case.decide(make_decision(DecisionKind.DOCUMENT, case.document("a").id, "source", "Coast Courier"))
    before_second = clock()
    case.add([make_document("b", "Second.")])
    assert [(d.text, d.source) for d in case.documents(known_at=before_correction)] == [("First.", "Harbour Wire")]
    assert [(d.text, d.source) for d in case.documents(known_at=before_second)] == [("First.", "Coast Courier")]
    assert case.documents(known_at=clock()) == case.documents()
    with pytest.raises(InputError, match="time zone"):
        case.documents(known_at=datetime(2031, 1, 1))


def test_corrections_are_applied_and_undone(case, make_document, make_decision):
    case.add([make_document("a"), make_document("b", "Other.")])
    id_ = case.document("a").id
    wanted = {
        "published": "2031-04-01", "source": "Coast Courier", "title": "New", "url": "https://example.org",
        "language": "uk", "handling": "protected", "supersedes": case.document("b").id,
    }  # fmt: skip
    made = [case.decide(make_decision(DecisionKind.DOCUMENT, id_, *item)) for item in wanted.items()]
    shown = case.document(id_)
    assert {name: str(getattr(shown, name)) for name in wanted} == wanted
    assert {f.place for f in shown.found} == {"given"}
    again = case.decide(make_decision(DecisionKind.DOCUMENT, id_, "source", ""))
    assert case.document(id_).source is None
    case.undo(again.id, "bo")
    assert case.document(id_).source == "Coast Courier"
    for each in made:
        case.undo(each.id, "bo")
    assert case.document(id_) == replace(make_document("a"), id=id_)
    assert case.add([make_document("a")]).known == (id_,)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("text", "new words", "cannot be corrected"),
        ("published", "31 Feb", "YYYY-MM-DD"),
        ("handling", "secret", "public, internal, protected"),
        ("supersedes", "nobody", "no other document"),
    ],
)
def test_corrections_that_do_not_fit(case, make_document, make_decision, field, value, says):
    case.add([make_document("a")])
    with pytest.raises(InputError, match=says):
        case.decide(make_decision(DecisionKind.DOCUMENT, case.document("a").id, field, value))
    assert case.decisions() == ()


def test_documents_never_change_and_never_go(case, make_document):
    case.add([make_document("a")])
    raw = case._connection
    for sql in (
        "UPDATE document SET text = 'x'",
        "DELETE FROM document",
        "UPDATE sighting SET handling = 'public'",
        "DELETE FROM sighting",
        "INSERT OR REPLACE INTO document SELECT key, identity, text_sha256, published, source, title, url, kind,"
        " recorded, 'x' FROM document",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            raw.execute(sql)
    assert case.documents()[0].text == make_document("a").text


def test_the_documented_way_to_expunge_a_document(case, make_document, make_reading, make_decision):
    """docs/case-file.md: first the row of `expunged`, then the rows themselves, in one transaction."""
    secret = make_document("a", "Protected words. The buffer zone stays.")
    case.add([secret, make_document("b")])
    case.put_readings([(make_reading(secret), "")])
    case.decide(make_decision(DecisionKind.ACCEPT, f"{secret.id}:0-9:author"))
    raw = case._connection
    ((key,),) = raw.execute("SELECT document FROM catalogue WHERE id = ?", (secret.id,))
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO expunged VALUES ('document', ?, 'ada', '2031')", (key,))
    raw.execute("INSERT INTO expunged SELECT 'decision', key, 'ada', '2031' FROM decision WHERE document = ?", (key,))
    for table, column in (("catalogue", "document"), ("reading", "document"), ("decision", "document"),
                          ("sighting", "document"), ("document", "key")):  # fmt: skip
        raw.execute(f"DELETE FROM {table} WHERE {column} = ?", (key,))
    raw.execute("COMMIT")
    case.refold()
    raw.execute("VACUUM")
    assert [d.id[0] for d in case.documents()] == ["b"]
    assert case.check() == ()
    assert b"Protected words" not in case.path.read_bytes()
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        raw.execute("DELETE FROM document")
    with pytest.raises(sqlite3.IntegrityError, match="stays on record"):
        raw.execute("DELETE FROM expunged")


def test_half_a_character_is_refused_and_the_rest_goes_in(case, make_document):
    broken = replace(make_document("broken"), text="Talks \ud83d resumed")
    odd_name = replace(make_document("odd", "Odd."), name="odd\udce9.txt")
    added = case.add([make_document("a"), broken, odd_name, make_document("b", "More.")])
    assert len(added.new) == 2
    fault, fault_of_name = added.refused
    assert "odd?.txt, file name: half of a character (U+DCE9)" in str(fault_of_name)
    assert "broken.txt, text: half of a character (U+D83D) at character 6" in str(fault)


def test_texts_at_the_edges(case):
    given = [
        Document(f"t{n}", text)
        for n, text in enumerate(["", "\x00", "a\x00b", "\ufeff", "\r\n", "\U0001f1fa\U0001f1e6", "e\u0301", "\u202e"])
    ]
    case.add(given)
    assert {d.id: d.text for d in case.documents()} == {d.id: d.text for d in given}


def test_an_error_in_what_is_added_keeps_the_batches_before(case, make_document, monkeypatch):
    monkeypatch.setattr(documents_module, "BATCH_DOCUMENTS", 2)

    def given():
        for n in range(5):
            if n == 5 - 1:
                raise KeyboardInterrupt
            yield make_document(f"d{n}", f"Text {n}.")

    with pytest.raises(KeyboardInterrupt):
        case.add(given())
    assert case.count() == 4
    assert case.check() == ()
    assert len(case.add([make_document(f"d{n}", f"Text {n}.") for n in range(5)]).new) == 1


def test_an_error_in_the_middle_of_a_batch_leaves_nothing_of_it(case, make_document, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    case.add([make_document("before", "Before.")])
    before = "".join(case.dump(projections=True))
    monkeypatch.setattr(documents_module, "index_text", interrupted)
    with pytest.raises(KeyboardInterrupt):
        case.add([make_document("a"), make_document("b", "Other.")])
    assert "".join(case.dump(projections=True)) == before
    assert case.check() == ()


def test_current_leaves_out_what_was_superseded_by_what_is_there():
    old, new = Document("old", "x"), Document("new", "y", supersedes="old")
    assert current([old, new]) == (new,)
    assert current([old]) == (old,)
    assert current([replace(old, supersedes="old")]) != ()


def test_a_closed_case_says_so(path, make_document):
    case = Case.create(path)
    case.close()
    with pytest.raises(CaseError, match="closed"):
        case.count()
