from __future__ import annotations

import pytest

from comity.record.decode import clean, decode, read_text
from comity.words import InputError

RUSSIAN = "Делегации встретились в Женеве. Министр сказал: «Мы готовы продолжать переговоры, если будет ответ»."
UKRAINIAN = "Делегації зустрілися у Женеві. Міністр сказав: «Ми готові продовжувати переговори, якщо буде відповідь»."
ENGLISH = "The minister said: “We won’t move – not now.” A café in Genève, naïve hopes, 12 £."
GERMAN = "Die Unterhändler können sich nicht über die Größe der Zone einigen; für heute ist Schluß."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN.replace("«", '"').replace("»", '"'), "koi8-r"),
        (UKRAINIAN, "cp1251"),
        (RUSSIAN.replace("«", '"').replace("»", '"'), "iso8859-5"),
        (RUSSIAN.replace("«", '"').replace("»", '"'), "cp866"),
        (ENGLISH, "cp1252"),
        (GERMAN, "cp1252"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16"),
        (RUSSIAN, "utf-16"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-32"),
        (
            "Οι αντιπροσωπείες συναντήθηκαν στη Γενεύη και συμφώνησαν να συνεχίσουν τις συνομιλίες αύριο το πρωί.",
            "cp1253",
        ),
    ],
)
def test_the_text_comes_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u", "cp1252", "utf-16-le"])
def test_a_guess_is_said(encoding: str) -> None:
    text = ENGLISH if encoding == "cp1252" else UKRAINIAN.replace("«", '"').replace("»", '"')
    assert "guessed" in decode(text.encode(encoding)).note


@pytest.mark.parametrize("text", ["Vote on “Plan B”", "It’s", "naïve", "Größe", "caf\xe9 d\xe9j\xe0 vu"])
def test_short_western_texts(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text


def test_plain_utf8_needs_no_note() -> None:
    assert decode(RUSSIAN.encode()).note == ""


def test_declared_encoding_is_believed_where_it_fits() -> None:
    word = "Größe"
    assert decode(word.encode("cp1250"), declared="windows-1250").text == word
    assert decode(RUSSIAN.encode("cp1251"), declared="utf-8").text == RUSSIAN  # it does not fit
    assert decode("“So”".encode("cp1252"), declared="iso-8859-1").text == "“So”"
    assert decode(b"yes", declared="no-such-encoding").text == "yes"


def test_lines_in_another_encoding_are_named() -> None:
    data = b"Caf\xc3\xa9 talks.\n" + "“Nothing is agreed”, he said.\n".encode("cp1252") + "Größe.\n".encode()
    decoded = decode(data)
    assert decoded.text == "Café talks.\n“Nothing is agreed”, he said.\nGröße.\n"
    assert decoded.note == "mixed encodings: line 2 read as cp1252, the rest as utf-8"


def test_one_line_in_two_encodings_is_refused_with_its_place() -> None:
    data = b"One.\n" + "Größe für alle: Straße, ".encode() + "Größe".encode("cp1252") + b"\n"
    with pytest.raises(InputError, match=r"a\.txt, line 2: UTF-8 mixed with another encoding .*\(byte 35\)"):
        decode(data, name="a.txt")


def test_a_file_cut_inside_a_character() -> None:
    decoded = decode("Переговоры".encode()[:-1])
    assert decoded.text == "Переговор\ufffd"
    assert "end is missing" in decoded.note


def test_utf16_cut_in_half() -> None:
    assert decode("Talks".encode("utf-16")[:-1]).text == "Talk\ufffd"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 8,
        b"\x00\x01\x02\x03" * 100,
        b"text and then\x00a null",
        bytes((i * 7919 + 13) % 256 for i in range(4096)),
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^a\.bin"):
        decode(data, name="a.bin")


def test_line_ends_are_those_of_read_text() -> None:
    assert read_text(b"a\r\nb\rc\n\r\n").text == "a\nb\nc\n\n"
    assert decode(b"a\r\nb").text == "a\r\nb"
    assert read_text("a\u2028b\x85c".encode()).text == "a\u2028b\x85c"


def test_clean_keeps_length() -> None:
    text = "a\x00b\ud800c😀"
    assert clean(text) == "a\ufffdb\ufffdc😀"
    assert len(clean(text)) == len(text)
