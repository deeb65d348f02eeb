"""What is protected leaves by no door unless it is asked for: its words are searched for in all that comes out."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

Run = Callable[..., Any]

SECRET = ("Zanzarelle", "quicksilver", "Oberholt")
"""Words of protected material only: a text, a title, a note on a decision, a paragraph."""


@pytest.fixture
def guarded(case: Path, folder: Path, comity: Run) -> Path:
    """A case with a protected document, and protected decisions on public ones."""
    private = folder / "zanzarelle-memo.txt"
    private.write_text(
        "Zanzarelle said on Thursday that Tamland would accept 13 months of guaranteed flow if the quicksilver is "
        "moved. Orsenne demands the quicksilver.",
        encoding="utf-8",
    )
    ran = comity(
        "add", case, private, "--kind", "private", "--label", "protected", "--published", "2031-03-05",
        "--source", "Oberholt", "-q",
    )  # fmt: skip
    assert ran.code == 0
    agenda = (folder / "talks.toml").read_text(encoding="utf-8")
    agenda = agenda.replace('name = "Tamland"\n', 'name = "Tamland"\ninterests = "quicksilver"\nbatna = "Oberholt"\n')
    (folder / "mine.toml").write_text(agenda + '\n[[source]]\nsource = "Harbour Post"\ngrade = "Zanzarelle"\n')
    assert comity("note", case, "moves", "Ask Zanzarelle first.", "--label", "protected", "-q").code == 0
    assert comity("note", case, "moves", "A public thought.", "-q").code == 0
    rows = [
        json.loads(x) for x in comity("export", case, "statements", "--handling", "protected", "-q").out.splitlines()
    ]
    secret = next(r["id"] for r in rows if "quicksilver" in r["quote"])
    note = "Oberholt told us"
    assert comity("review", case, "--accept", secret, "--note", note, "-q").code == 0
    return case


def leaks(content: bytes) -> list[str]:
    """The protected words in a file, looked for in its bytes, its members and its pages."""
    texts = [content.decode("utf-8", "replace"), content.decode("utf-16", "replace")]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    if content.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        texts += [page.extract_text() for page in reader.pages] + [str(reader.metadata)]
    return [word for word in SECRET for text in texts if word.casefold() in text.casefold()]


EXPORTS = ("documents", "statements", "positions", "tensions", "events", "decisions", "readings", "ledger", "agenda")


def everything(case: Path, folder: Path, comity: Run, handling: str | None) -> dict[str, bytes]:
    """All that the desk can write of a case."""
    level = ("--handling", handling) if handling else ()
    out: dict[str, bytes] = {}
    for format_ in ("term", "html", "md", "json", "docx", "pdf"):
        path = folder / f"leak.{format_}"
        ran = comity("brief", case, "--format", format_, "-o", path, "--ics", folder / "leak.ics", *level)
        assert ran.code == 0, ran.err
        out[f"brief {format_}"] = path.read_bytes()
        out[f"said {format_}"] = ran.err.encode()
    out["ics"] = (folder / "leak.ics").read_bytes()
    for what in EXPORTS:
        for format_ in ("table", "json", "jsonl", "csv"):
            ran = comity("export", case, what, "--format", format_, *level)
            out[f"{what} {format_}"] = (ran.out + ran.err).encode()
    ran = comity("mail", case, folder / "leak.comity", "--replace", *level)
    assert ran.code == 0
    out["mail"] = (folder / "leak.comity").read_bytes()
    out["mail said"] = ran.err.encode()
    return out


def test_no_protected_word_leaves_unless_asked(guarded: Path, folder: Path, comity: Run) -> None:
    for name, content in everything(guarded, folder, comity, None).items():
        assert leaks(content) == [], name


def test_internal_is_not_protected_either(guarded: Path, folder: Path, comity: Run) -> None:
    for name, content in everything(guarded, folder, comity, "internal").items():
        assert leaks(content) == [], name


def test_what_a_person_put_into_the_agenda_is_not_public(guarded: Path, folder: Path, comity: Run) -> None:
    for what in ("ledger", "agenda"):
        assert comity("agenda", "set", guarded, "mine.toml", "-q").code == 0
        assert leaks(comity("export", guarded, what, "--format", "json", "-q").out.encode()) == []
        assert leaks(comity("export", guarded, what, "--format", "json", "--handling", "internal", "-q").out.encode())


def test_a_note_on_a_public_document_can_be_protected(guarded: Path, folder: Path, comity: Run) -> None:
    first = json.loads(comity("export", guarded, "statements", "-q").out.splitlines()[0])["id"]
    ran = comity("review", guarded, "--accept", first, "--note", "Oberholt says so", "--label", "protected", "-q")
    assert ran.code == 0
    assert leaks(comity("export", guarded, "decisions", "-q").out.encode()) == []


def test_asked_for_it_is_there(guarded: Path, folder: Path, comity: Run) -> None:
    out = everything(guarded, folder, comity, "protected")
    for name in ("brief html", "brief md", "brief docx", "documents jsonl", "statements csv", "decisions json", "mail"):
        assert leaks(out[name]), name
    assert b"Handling: protected" in out["brief html"]
    assert b"PROTECTED" in out["brief md"]


def test_a_mailed_case_has_no_trace_in_its_unused_pages(guarded: Path, folder: Path, comity: Run) -> None:
    assert comity("mail", guarded, "public.comity", "-q").code == 0
    assert comity("search", "public.comity", "quicksilver").out == "nothing found\n"
    assert "1 document" not in comity("show", "public.comity", "-q").out
