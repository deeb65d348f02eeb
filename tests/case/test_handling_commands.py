"""Sealing and expunging from the command line."""

from __future__ import annotations

import pytest

from comity.case import Case
from comity.desk.cli import main
from comity.words import Handling


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMITY_CODER", "ada")
    monkeypatch.delenv("COMITY_PASSPHRASE", raising=False)

    def comity(*args):
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out + printed.err

    return comity


@pytest.fixture
def made(tmp_path, make_document):
    with Case.create(tmp_path / "talks.comity", 'title = "T"\n', coder="ada") as case:
        case.add([make_document(), make_document("memo", "Marchpane told us all.", handling=Handling.PROTECTED)])
    return tmp_path / "talks.comity"


def test_seal_and_unseal(run, made, tmp_path, monkeypatch):
    assert run("seal", made) == (2, "comity: no passphrase; set COMITY_PASSPHRASE, or give --passphrase-file\n")
    (tmp_path / "secret.txt").write_text("correct horse battery\n")
    code, said = run("seal", made, "--passphrase-file", "secret.txt")
    assert (code, said) == (0, f"{made}.sealed: 1 documents, 0 decisions\n")
    assert b"Marchpane" not in made.read_bytes()
    assert run("search", made, "marchpane")[1] == "nothing found\n"
    monkeypatch.setenv("COMITY_PASSPHRASE", "correct horse bakery")
    code, said = run("unseal", made)
    assert (code, "passphrase is wrong" in said) == (2, True)
    monkeypatch.setenv("COMITY_PASSPHRASE", "correct horse battery")
    assert run("unseal", made)[0] == 0
    assert b"Marchpane" in made.read_bytes()


def test_expunge_asks_first(run, made):
    code, said = run("expunge", made, "--naming", "marchpane")
    assert code == 0
    assert "nothing was removed" in said
    assert "document memo-" in said
    assert b"Marchpane" in made.read_bytes()
    code, said = run("expunge", made, "--naming", "marchpane", "--yes")
    assert (code, said.splitlines()[0]) == (0, "removed: 1 documents, 0 decisions, 0 versions of the agenda")
    assert b"marchpane" not in made.read_bytes().lower()
    assert "nothing in the case" in run("expunge", made, "--naming", "marchpane")[1]
    assert run("expunge", made)[0] == 2
    assert run("expunge", made, "no-such")[0] == 2
    assert run("expunge", made, "--decision", "ab")[0] == 2
