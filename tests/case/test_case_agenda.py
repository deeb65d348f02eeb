"""The agenda's versions, and projections."""

from __future__ import annotations

import hashlib
import sqlite3

import pytest

from comity.case import Case
from comity.words import DecisionKind, InputError


def test_the_latest_agenda_counts_and_none_is_lost(case, clock):
    assert (case.agenda(), case.agenda_hash) == (None, "")
    assert case.set_agenda('title = "One"\n', "ada")
    between = clock()
    assert case.set_agenda('title = "Two" # Київ\n', "bo")
    assert not case.set_agenda('title = "Two" # Київ\n', "bo")
    assert case.agenda() == 'title = "Two" # Київ\n'
    assert case.agenda(known_at=between) == 'title = "One"\n'
    assert case.agenda_hash == hashlib.sha256(case.agenda().encode()).hexdigest()
    assert [(v.version, v.coder) for v in case.agenda_versions()] == [(1, "ada"), (2, "bo")]
    assert case.set_agenda('title = "One"\n', "ada")
    assert len(case.agenda_versions()) == 3


def test_an_agenda_that_cannot_be_set(case):
    with pytest.raises(InputError, match="not TOML"):
        case.set_agenda("[[", "ada")
    with pytest.raises(InputError, match="without a coder"):
        case.set_agenda("", "")
    assert case.agenda_versions() == ()


def test_versions_never_change_and_never_go(case):
    case.set_agenda("", "ada")
    for sql in ("UPDATE agenda SET toml = 'x'", "DELETE FROM agenda"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            case._connection.execute(sql)


def test_a_projection_holds_as_long_as_its_source(case):
    case.put_projection("ledger", "2031-03-05", "digest-1", b"\x00one")
    assert case.projection("ledger", "2031-03-05", "digest-1") == b"\x00one"
    assert case.projection("ledger", "2031-03-05", "digest-2") is None
    assert case.projection("ledger", "2031-03-06", "digest-1") is None
    case.put_projection("ledger", "2031-03-05", "digest-2", b"two")
    assert case.projection("ledger", "2031-03-05", "digest-1") is None
    case.put_projection("network", "", "digest-2", b"three")
    assert case.drop_projections("ledger") == 1
    assert case.projection("network", "", "digest-2") == b"three"
    assert case.drop_projections() == 1


def test_the_digest_changes_with_whatever_the_case_holds_and_only_then(
    case, make_document, make_reading, make_decision, tmp_path
):
    d = make_document()
    seen = [case.digest()]
    for change in (
        lambda: case.add([d]),
        lambda: case.put_readings([(make_reading(d), "")]),
        lambda: case.set_agenda("title = 'x'", "ada"),
        lambda: case.decide(make_decision(DecisionKind.SAME, "A", value="B")),
    ):
        change()
        seen.append(case.digest())
    assert len(set(seen)) == len(seen)
    case.add([d])
    case.put_projection("p", "", "", b"")
    case.refold()
    assert case.digest() == seen[-1]
    with Case.load_dump(tmp_path / "again.comity", list(case.dump())) as again:
        assert again.digest() == seen[-1]


def test_refolding_everything_gives_the_same_bytes(case, make_document, make_decision, path):
    """Built up over many steps, with copies, clashes and corrections: the same as folded in one go."""
    given = [make_document(f"d{n}", f"Talks {n} on the déjà-vu zone, Київ {n % 7}.", source=None) for n in range(30)]
    copies = [make_document(f"a{n}", given[n].text, source=None) for n in range(0, 30, 3)]
    clash = make_document("other", "Clash.").renamed(given[5].id)
    for batch in (given[:10], copies[:5], [clash], given[10:], copies[5:]):
        case.add(batch)
        some = case.documents()[len(batch) % 7]
        case.decide(make_decision(DecisionKind.DOCUMENT, some.id, "title", f"Title {len(batch)}"))
    case.undo(case.decisions()[1].id, "bo")
    before = "".join(case.dump(projections=True))
    found = case.search("talks deja*", limit=100)
    for table in ("catalogue", "sound"):
        case._connection.execute(f"DELETE FROM {table}")
    case.refold()
    assert "".join(case.dump(projections=True)) == before
    assert case.search("talks deja*", limit=100) == found
    assert case.check() == ()
