from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

from comity.record import Failure, load
from comity.words import Document


def message() -> EmailMessage:
    made = EmailMessage()
    made["From"] = '"Harbour Times" <news@harbour.example>'
    made["To"] = "desk@example.org"
    made["Subject"] = "Talks – no deal"
    made["Date"] = "Tue, 04 Mar 2031 23:30:00 -0500"
    made["Message-ID"] = "<1@harbour.example>"
    made.set_content("The delegations met.\n\n> quoted\nЖенева.\n")
    return made


def save(tmp_path: Path, data: bytes, name: str = "a.eml") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_body_and_fields(tmp_path: Path, one) -> None:
    document = one(save(tmp_path, message().as_bytes()))
    assert document.text == "The delegations met.\n\n> quoted\nЖенева."
    assert (document.published, document.source, document.title) == (
        date(2031, 3, 4),
        "Harbour Times",
        "Talks – no deal",
    )


def test_known_by_its_content(tmp_path: Path, one) -> None:
    assert one(save(tmp_path, message().as_bytes(), "a.txt")).title == "Talks – no deal"


def test_labels_in_a_text_are_no_mail(tmp_path: Path, one) -> None:
    path = save(tmp_path, b"From: Harbour Times\nDate: 4 March 2031\nSubject: x\n\nTalks.\n", "a.txt")
    assert one(path).text.startswith("From:")


def test_html_only(tmp_path: Path, one) -> None:
    made = message()
    made.set_content("<p>The delegations met.</p><script>x()</script><p>No deal.</p>", subtype="html")
    assert one(save(tmp_path, made.as_bytes())).text == "The delegations met.\n\nNo deal."


def test_attachments_are_documents(tmp_path: Path, make_pdf) -> None:
    made = message()
    made.add_attachment(b"Attached text.", maintype="text", subtype="plain", filename="note.txt")
    made.add_attachment(
        make_pdf([["The delegations met in the old port."]]), maintype="application", subtype="pdf", filename="r.pdf"
    )
    made.add_attachment(b"\x89PNG....", maintype="image", subtype="png", filename="logo.png")
    made.add_attachment(
        b"\xd0\xcf\x11\xe0" + bytes(100), maintype="application", subtype="msword", filename="../old.doc"
    )
    inner = message()
    inner.replace_header("Subject", "Inner")
    made.add_attachment(inner)
    results = list(load([save(tmp_path, made.as_bytes())]))
    assert [(d.name, d.title) for d in results if isinstance(d, Document)] == [
        ("a.eml", "Talks – no deal"), ("a.eml!note.txt", None), ("a.eml!r.pdf", None), ("a.eml!message-5.eml", "Inner")
    ]  # fmt: skip
    assert [str(f).split(";")[0] for f in results if isinstance(f, Failure)] == [
        "a.eml!old.doc: an old Office file (.doc, .xls, .msg), not a text"
    ]


def test_a_wrong_charset_is_overruled(tmp_path: Path, one) -> None:
    raw = b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    text = "Делегации встретились в порту, сказал министр."
    assert one(save(tmp_path, raw + text.encode("cp1251"))).text == text


def test_broken_headers_do_not_stop_a_batch(tmp_path: Path) -> None:
    raw = b"From: =?utf-8?b?!!!?= <a@@b>\r\nDate: yesterday\r\nSubject: =?x?q?\r\nMessage-ID: <\r\n\r\nTalks.\r\n"
    (document,) = load([save(tmp_path, raw)])
    assert isinstance(document, Document)
    assert (document.text, document.published) == ("Talks.", None)


def test_empty_and_headless(tmp_path: Path, failed) -> None:
    made = message()
    made.set_content("\n")
    assert "no text of its own" in failed(save(tmp_path, made.as_bytes()))
    assert "it has no headers" in failed(save(tmp_path, b"just words", "b.eml"))


def test_mails_nested_too_deep(tmp_path: Path) -> None:
    made = message()
    for _ in range(8):
        outer = message()
        outer.add_attachment(made)
        made = outer
    results = list(load([save(tmp_path, made.as_bytes())]))
    assert sum(isinstance(r, Document) for r in results) == 4
    assert sum("nested more than 3" in str(r) for r in results if isinstance(r, Failure)) == 1


def test_a_page_saved_in_one_file(tmp_path: Path, one) -> None:
    body = "".join(
        f"<p>Paragraph {i}: the delegations met in the old port and spoke for hours about it.</p>" for i in range(5)
    )
    page = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://h.example/talks\r\n"
        "Subject: Talks\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="xx"\r\n\r\n--xx\r\n'
        "Content-Type: text/html\r\n\r\n"
        f"<html><head><title>No deal</title></head><body><article>{body}</article></body></html>\r\n--xx\r\n"
        "Content-Type: image/png\r\n\r\nxx\r\n--xx--\r\n"
    )
    document = one(save(tmp_path, page.encode(), "a.mhtml"))
    assert (document.url, document.title) == ("https://h.example/talks", "No deal")
    assert "Paragraph 4" in document.text
