"""Discourse Network Analyzer databases: nothing lost, figures of the program, and a way into a case and out of one."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from comity.case import Case
from comity.desk.flow import unseen
from comity.desk.interchange import dna, dna_made
from comity.desk.interchange.codings import Coding, ordered
from comity.desk.interchange.converting import convert
from comity.desk.interchange.offsets import Unit
from comity.ledger import build, parse_agenda
from comity.study import Aggregation, ConceptBy, Normalisation, one_mode, two_mode, uses_of
from comity.words import (
    Act,
    Actor,
    Agenda,
    Coder,
    Document,
    Handling,
    InputError,
    Issue,
    Mode,
    Option,
    Party,
    Review,
    Statement,
)

TEXT = "🕊 Varga said: “No toll.” 🕊 Orsenne offers tolls."
DOCUMENTS = (
    Document("harbour", TEXT, date(2031, 3, 6), "Harbour Post", "A toll", "https://harbour.example/1"),
    Document("bare", "Tashq wants tolls, too."),
)
AGENDA = Agenda(
    parties=(Party("orsenne", "Orsenne", ("the Orsennese",)), Party("tashq", "Tashq")),
    actors=(Actor("varga", "Ilse Varga", (), "orsenne"),),
    issues=(Issue("tolls", "Tolls", options=(Option("none", "No tolls at all"),)),),
)


def coding(document: int, quote: str, speaker: str, act: Act, coder: Coder, n: int, **more: object) -> Coding:
    of = DOCUMENTS[document]
    start = of.text.index(quote)
    passage = of.passage(start, start + len(quote))
    return Coding(Statement(f"{of.id}#{n}", passage, Mode.MIXED, speaker, act, **more), coder, Review.WRITTEN)  # type: ignore[arg-type]


CODINGS = ordered(
    [
        coding(0, "No toll", "Ilse Varga", Act.REJECT, Coder("ada"), 1, holder="Orsenne", issue="tolls", option="none"),
        coding(0, "No toll", "Ilse Varga", Act.REJECT, Coder("r 1", "reader"), 1, holder="Orsenne", issue="tolls"),
        coding(0, "offers tolls", "author", Act.OFFER, Coder("bo"), 2, holder="Orsenne", issue="tolls"),
        coding(1, "wants tolls", "T" * 300, Act.DEMAND, Coder("ada"), 1, holder="Tashq", issue="tolls"),
    ]
)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    dna.write(dna_made.made(CODINGS, DOCUMENTS, AGENDA), tmp_path / "ours.dna")
    return tmp_path / "ours.dna"


def test_codings_go_out_and_come_back(ours: Path) -> None:
    read = dna.read(ours)
    documents = dna_made.documents_of(read)
    assert [(d.id, d.text, d.published, d.source, d.title, d.url) for d in documents.values()] == [
        (d.id, d.text, d.published, d.source, d.title, d.url) for d in DOCUMENTS
    ]
    assert ordered(dna_made.codings_of(read, documents)) == CODINGS


def test_offsets_are_those_of_java(ours: Path) -> None:
    with closing(sqlite3.connect(ours)) as raw:
        rows = raw.execute("SELECT d.Text, s.Start, s.Stop FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId")
        quotes = {t.encode("utf-16-le")[2 * a : 2 * b].decode("utf-16-le") for t, a, b in rows}
    assert quotes == {"No toll", "offers tolls", "wants tolls"}


def test_the_same_codings_make_the_same_file(ours: Path, tmp_path: Path) -> None:
    dna.write(dna_made.made(reversed(CODINGS), DOCUMENTS, AGENDA), tmp_path / "again.dna")
    assert (tmp_path / "again.dna").read_bytes() == ours.read_bytes()


def test_what_was_coded_in_the_program(ours: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(ours)) as raw, raw:
        raw.execute("UPDATE DATALONGTEXT SET Value = ''")  # as if it had been coded there
        raw.execute("UPDATE ENTITIES SET Value = 'Tolls for ever' WHERE Value = 'Tolls'")
    read = dna.read(ours)
    found = dna_made.codings_of(read, dna_made.documents_of(read))
    assert [c.statement.issue for c in found] == ["tolls_for_ever"] * 4
    assert {c.coder for c in found} == {Coder("ada"), Coder("bo"), Coder("r 1")}
    assert [c.statement.act for c in found].count(Act.REJECT) == 2
    agenda = dna_made.agenda_of(read)
    assert [p.name for p in agenda.parties] == ["Orsenne", "Tashq"]
    assert next(a for a in agenda.actors if a.name == "Ilse Varga").party == "orsenne"


def test_names_that_are_alike_keep_apart(ours: Path) -> None:
    with closing(sqlite3.connect(ours)) as raw, raw:
        raw.execute("UPDATE DATALONGTEXT SET Value = ''")
        raw.execute("UPDATE ENTITIES SET Value = 'ORSENNE!' WHERE Value = 'Tashq'")
        raw.execute("UPDATE ENTITIES SET Value = 'orsenne' WHERE Value = 'Ilse Varga'")
    agenda = dna_made.agenda_of(dna.read(ours))
    ids = [*(p.id for p in agenda.parties), *(a.id for a in agenda.actors)]
    assert len(set(ids)) == len(ids)
    assert {"orsenne", "orsenne_2", "orsenne_3"} <= set(ids)


def test_half_a_case_is_none(ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise InputError("no")

    monkeypatch.setattr("comity.desk.interchange.of_case.bring_in", fails)
    with pytest.raises(InputError):
        convert(str(ours), str(tmp_path / "x.comity"), Handling.PUBLIC, Unit.CODE_POINTS, unseen)
    assert not (tmp_path / "x.comity").exists()


def test_a_statement_moved_in_the_program_is_what_stands_there_now(ours: Path) -> None:
    with closing(sqlite3.connect(ours)) as raw, raw:
        raw.execute("UPDATE STATEMENTS SET Stop = Stop - 5")
    read = dna.read(ours)
    assert all(c.statement.mode is Mode.INDIRECT for c in dna_made.codings_of(read, dna_made.documents_of(read)))


def test_networks_of_a_database(ours: Path) -> None:
    uses = dna.read(ours).uses()
    assert two_mode(uses).rows == ("Orsenne", "Tashq")
    assert two_mode(uses, Aggregation.SUBTRACT).values == ((-1,), (1,))
    with pytest.raises(InputError, match="no variable 'colour'"):
        dna.read(ours).uses(concept="colour")


def test_what_is_no_database_is_told(tmp_path: Path, ours: Path) -> None:
    (tmp_path / "text.dna").write_text("x")
    with closing(sqlite3.connect(tmp_path / "other.dna")) as raw:
        raw.execute("CREATE TABLE x (y)")
    hostile = tmp_path / "hostile.dna"
    hostile.write_bytes(ours.read_bytes())
    with closing(sqlite3.connect(hostile)) as raw:
        raw.execute("CREATE VIEW documents2 AS SELECT 1")
    split = tmp_path / "split.dna"
    split.write_bytes(ours.read_bytes())
    with closing(sqlite3.connect(split)) as raw, raw:
        raw.execute("UPDATE STATEMENTS SET Start = 1 WHERE DocumentId = 1")
    for name, told in (
        ("text.dna", "not a DNA"),
        ("other.dna", "has no table"),
        ("none.dna", "cannot be read"),
        ("hostile.dna", "neither"),
    ):
        with pytest.raises(InputError, match=told):
            dna.read(tmp_path / name)
    with pytest.raises(InputError, match="splits"):
        dna.read(split).statements()


SAMPLE = Path(__file__).parents[2].parent / "shared" / "data" / "dna" / "sample.dna"


@pytest.mark.data
@pytest.mark.skipif(not SAMPLE.exists(), reason="needs ../shared/data/dna/sample.dna")
def test_the_sample_database_is_written_back_table_by_table(tmp_path: Path) -> None:
    dna.write(dna.read(SAMPLE), tmp_path / "back.dna")

    def whole(path: Path) -> tuple[object, object]:
        with closing(sqlite3.connect(path)) as raw:
            made = raw.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
            tables = [name for type_, name, _, _ in made if type_ == "table"]
            types = lambda rows: [[(type(c), c) for c in row] for row in rows]  # noqa: E731
            return made, {name: types(raw.execute(f"SELECT * FROM {name}")) for name in tables}

    assert whole(tmp_path / "back.dna") == whole(SAMPLE)
    with closing(sqlite3.connect(tmp_path / "back.dna")) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.data
@pytest.mark.skipif(not SAMPLE.exists(), reason="needs ../shared/data/dna/sample.dna")
def test_the_sample_database_as_a_case(tmp_path: Path) -> None:
    convert(str(SAMPLE), str(tmp_path / "sample.comity"), Handling.PUBLIC, Unit.CODE_POINTS, unseen)
    with Case.open(tmp_path / "sample.comity") as case:
        documents, decisions = {d.id: d for d in case.documents()}, case.decisions()
        agenda = parse_agenda(case.agenda() or "")
    assert (len(documents), len(decisions)) == (7, 40)
    assert {d.coder for d in decisions} == {"Coder 1"}
    assert all(d.passage and d.passage.holds_in(documents[d.passage.document]) for d in decisions)
    made = build([], agenda, documents=documents, decisions=decisions)
    # seven organizations and six concepts, as the program counts them
    assert two_mode(uses_of(made, concepts=ConceptBy.ISSUE).uses).total == 40


@pytest.mark.data
@pytest.mark.skipif(not SAMPLE.exists(), reason="needs ../shared/data/dna/sample.dna")
def test_the_sample_database_in_our_words() -> None:
    read = dna.read(SAMPLE)
    documents = dna_made.documents_of(read)
    codings = dna_made.codings_of(read, documents)
    assert (len(documents), len(codings)) == (7, 40)
    assert all(c.statement.passage.holds_in(documents[n]) for c in codings for n in documents
               if documents[n].id == c.statement.document)  # fmt: skip
    uses = read.uses()
    network = two_mode(uses)
    assert (len(network.rows), len(network.columns), network.total) == (7, 6, 40)
    assert one_mode(uses, Aggregation.IGNORE).total == 276
    assert one_mode(uses, normalisation=Normalisation.AVERAGE).total == pytest.approx(25.8024, abs=0.00005)
    assert one_mode(read.uses(actor="person"), Aggregation.IGNORE).total == 276
    again = dna_made.made(codings, list(documents.values()), dna_made.agenda_of(read))
    assert [c.handling for c in dna_made.codings_of(again, dna_made.documents_of(again))] == [Handling.PUBLIC] * 40
    assert one_mode(again.uses()).total == one_mode(uses).total


def _made(path: Path) -> dict[str, object]:
    """What SQLite itself says of each table: columns, what is unique, what refers to what."""
    with closing(sqlite3.connect(path)) as raw:
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: {
                "columns": raw.execute(f"PRAGMA table_xinfo({name})").fetchall(),
                "unique": sorted(
                    tuple(row[2] for row in raw.execute(f"PRAGMA index_info({index[1]})"))
                    for index in raw.execute(f"PRAGMA index_list({name})") if index[2]
                ),
                "refers": sorted(row[2:] for row in raw.execute(f"PRAGMA foreign_key_list({name})")),
            }
            for name in sorted(names)
        }  # fmt: skip


WRONG = (
    "UPDATE CODERS SET Red = 256", "UPDATE CODERS SET FontSize = 0", "UPDATE CODERS SET PopupWidth = 99",
    "UPDATE CODERS SET PermissionEditRegex = 2", f"UPDATE CODERS SET Name = '{'x' * 191}'",
    "UPDATE CODERS SET Refresh = 10000", f"UPDATE DOCUMENTS SET Title = '{'x' * 191}'",
    f"UPDATE DOCUMENTS SET Section = '{'x' * 191}'", "UPDATE VARIABLES SET DataType = 'colour'",
    "UPDATE STATEMENTS SET Start = -1", "UPDATE STATEMENTS SET Stop = Start", "UPDATE ENTITIES SET Blue = -1",
    "UPDATE ENTITIES SET ChildOf = 0", f"UPDATE ENTITIES SET Value = '{'x' * 191}'",
    f"UPDATE ATTRIBUTEVALUES SET AttributeValue = '{'x' * 191}'", "UPDATE CODERRELATIONS SET Coder = OtherCoder",
    "UPDATE CODERRELATIONS SET viewDocuments = 2", "INSERT INTO VARIABLELINKS VALUES (1, 1, 1)",
    "INSERT INTO REGEXES VALUES ('x', 0, 0, 300)", "UPDATE STATEMENTTYPES SET Green = 256",
)  # fmt: skip


@pytest.mark.data
@pytest.mark.skipif(not SAMPLE.exists(), reason="needs ../shared/data/dna/sample.dna")
def test_ours_is_made_as_the_programs_own(ours: Path) -> None:
    assert _made(ours) == _made(SAMPLE)
    with closing(sqlite3.connect(SAMPLE)) as theirs, closing(sqlite3.connect(ours)) as raw:
        for pragma in ("application_id", "user_version", "encoding", "page_size", "journal_mode", "auto_vacuum"):
            assert raw.execute(f"PRAGMA {pragma}").fetchall() == theirs.execute(f"PRAGMA {pragma}").fetchall()
        for made in (raw, theirs):
            for sql in WRONG:
                with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
                    made.execute(sql)
                made.rollback()
        assert [p for p, _ in theirs.execute("SELECT * FROM SETTINGS ORDER BY 1")] == [
            p for p, _ in raw.execute("SELECT * FROM SETTINGS ORDER BY 1")
        ]
        program = theirs.execute("SELECT Variable, DataType FROM VARIABLES WHERE StatementTypeId = 1").fetchall()
        assert set(program) <= set(raw.execute("SELECT Variable, DataType FROM VARIABLES").fetchall())
        whole = "SELECT count(*) FROM ENTITIES e JOIN ATTRIBUTEVARIABLES a USING (VariableId)"
        for made in (theirs, raw):  # a value of each attribute for each entity
            assert made.execute(whole).fetchall() == made.execute("SELECT count(*) FROM ATTRIBUTEVALUES").fetchall()


def test_every_statement_has_a_value_of_every_variable(ours: Path) -> None:
    with closing(sqlite3.connect(ours)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        ((statements,),) = raw.execute("SELECT count(*) FROM STATEMENTS")
        for table, kind in (("SHORTTEXT", "short text"), ("LONGTEXT", "long text"), ("BOOLEAN", "boolean")):
            ((variables,),) = raw.execute("SELECT count(*) FROM VARIABLES WHERE DataType = ?", (kind,))
            assert raw.execute(f"SELECT count(*) FROM DATA{table}").fetchone() == (statements * variables,)
        wrong = (
            "SELECT count(*) FROM DATASHORTTEXT d JOIN ENTITIES e ON e.ID = d.Entity WHERE e.VariableId != d.VariableId"
        )
        assert raw.execute(wrong).fetchone() == (0,)


@pytest.mark.data
@pytest.mark.skipif(not SAMPLE.exists(), reason="needs ../shared/data/dna/sample.dna")
def test_passwords_are_kept_as_the_program_keeps_them(ours: Path) -> None:
    for path, password in ((SAMPLE, "sample"), (ours, dna_made.PASSWORD)):
        with closing(sqlite3.connect(path)) as raw:
            kept = base64.b64decode(raw.execute("SELECT Password FROM CODERS WHERE ID = 1").fetchone()[0])
        digest = kept[:16] + password.encode()
        for _ in range(100_000):
            digest = hashlib.sha256(digest).digest()
        assert kept[16:] == digest
