"""Bytes to text: byte order marks, UTF-8, then the few encodings that press texts come in.

The candidates are few on purpose. A detector with a hundred encodings finds one for any bytes; here a text that
fits none is refused, and one that took a guess says so.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from charset_normalizer import from_bytes

from comity.words import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is a prefix of it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CYRILLIC = ("cp1251", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic")
_OTHERS = ["cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"]
_FREQUENT = frozenset("оеаинтсрвлкмдпуяіьыгзбчйжцї")  # about 98 of 100 letters of Russian and Ukrainian
_PUNCTUATION = frozenset("‘’“”„‚«»–—…•·\xa0€£§°©®™´¨†‡‰‹›¿¡²³½¼¾")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 200_000


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding it was read in, and what a person should know of it (empty for plain UTF-8)."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes, *, name: str | None = None, declared: str | None = None) -> Decoded:
    """The text that `data` stands for, line ends as they are.

    Parameters
    ----------
    data
        The bytes of a text. A byte order mark at its start is not part of the text.
    name
        For error messages.
    declared
        Encoding that the format states (an HTML or mail header); believed where the bytes fit it.

    Raises
    ------
    InputError
        If the bytes are no text, or a text in no encoding that can be told, naming the line and byte.

    >>> decode("«Переговоры»".encode("cp1251")).encoding
    'cp1251'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, name)
    wide = _wide(data)
    if wide:
        return Decoded(data.decode(wide), wide, f"read as {wide} (guessed: no byte order mark)")
    if b"\x00" in data:
        raise _binary(name)
    if declared and (stated := _stated(data, declared)):
        return stated
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        _refuse_binary(data, name)
        return _not_utf8(data, error, name)


def read_text(data: bytes, *, name: str | None = None, declared: str | None = None) -> Decoded:
    """Like `decode`, with line ends as `pathlib.Path.read_text` gives them: CRLF and lone CR become LF."""
    decoded = decode(data, name=name, declared=declared)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in decoded.text else decoded.text
    return Decoded(text, decoded.encoding, decoded.note)


def clean(text: str) -> str:
    """`text` of the same length without what no text may hold: NUL and lone surrogates become U+FFFD.

    >>> clean("a" + chr(0) + chr(0xD83D) + "b")
    'a\ufffd\ufffdb'
    """
    return _NO_TEXT.sub("\ufffd", text)


_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def _marked(body: bytes, encoding: str, name: str | None) -> Decoded:
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end >= len(body) and body[: error.start]:
            return _cut(body, error, encoding)
        raise _undecodable(
            body, error.start, f"not {encoding.upper()}, though its byte order mark says so", name
        ) from None
    if "\x00" in text:
        raise _binary(name)
    return Decoded(text, encoding, "" if encoding == "utf-8" else f"read as {encoding}")


def _cut(data: bytes, error: UnicodeDecodeError, encoding: str) -> Decoded:
    """A file that ends inside a character: everything before it is good."""
    text = data[: error.start].decode(encoding) + "\ufffd"
    return Decoded(text, encoding, "the file ends in the middle of a character: its end is missing")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte takes few values (0 in Latin, 4 in Cyrillic script)."""
    sample = data[: min(len(data), 4096) & ~1]
    if len(data) % 2 or len(sample) < 4 or b"\x00" not in sample:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        low = sample[0::2] if encoding == "utf-16-le" else sample[1::2]
        small = sum(byte in (0, 4, 0x20) for byte in high) / len(high)
        if small > 0.9 and 0 in high and low.count(0) < len(low) / 20 and len(set(low)) > len(set(high)):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if not _CONTROL.search(text):
                return encoding
    return None


def _refuse_binary(data: bytes, name: str | None) -> None:
    """Bytes that are no UTF-8 and hold many control characters are no text in another encoding either."""
    sample = data[:_SAMPLE]
    controls = len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", sample))
    if controls > 8 and controls > len(sample) / 50:
        raise _binary(name)


def _binary(name: str | None) -> InputError:
    return InputError("binary data, not text", file=name, hint="export it as text, HTML, PDF or DOCX")


def _stated(data: bytes, declared: str) -> Decoded | None:
    try:
        encoding = codecs.lookup(declared.strip().strip("\"'")).name
        if encoding in ("ascii", "iso8859-1"):
            encoding = "cp1252"  # what is meant by both on the web (WHATWG Encoding)
        return Decoded(data.decode(encoding), encoding)
    except (LookupError, ValueError):
        return None


def _not_utf8(data: bytes, error: UnicodeDecodeError, name: str | None) -> Decoded:
    if error.end >= len(data) and error.reason == "unexpected end of data" and error.start > 0:
        return _cut(data, error, "utf-8")
    lines = data.splitlines(keepends=True)
    valid = [_is_utf8(line) for line in lines]
    other = [line for line, good in zip(lines, valid, strict=True) if not good]
    mixed = any(good and not line.isascii() for line, good in zip(lines, valid, strict=True))
    within = _also_utf8(other)
    encoding = None if within else guess(b"".join(other) if mixed else data)
    if encoding is None:
        known = mixed or within
        what = "UTF-8 mixed with another encoding" if known else "neither UTF-8 nor an encoding that can be told"
        raise _undecodable(data, error.start, what, name)
    if not mixed:
        return Decoded(data.decode(encoding), encoding, f"read as {encoding} (guessed)")
    text = "".join(line.decode("utf-8" if good else encoding) for line, good in zip(lines, valid, strict=True))
    numbers = [number for number, good in enumerate(valid, start=1) if not good]
    shown = ", ".join(map(str, numbers[:5])) + (" …" if len(numbers) > 5 else "")
    return Decoded(text, "utf-8", f"mixed encodings: line {shown} read as {encoding}, the rest as utf-8")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _also_utf8(lines: list[bytes]) -> bool:
    """True if a line mixes UTF-8 and something else, so that no one encoding is right for it."""
    for line in lines:
        good = len(re.findall(rb"[\xc3-\xd1][\x80-\xbf]|[\xe2-\xef][\x80-\xbf]{2}", line))
        if good and good * 2 >= len(re.findall(rb"[\x80-\xff]+", line)):
            return True
    return False


def guess(data: bytes) -> str | None:
    """The single-byte or East Asian encoding that `data` is most likely in, or None if none is likely."""
    scores = {name: score for name in _CYRILLIC if (score := _cyrillic_score(data, name)) is not None}
    best = max(scores, key=lambda name: (scores[name], -_CYRILLIC.index(name)), default=None)
    western = _western_share(data)
    if best and scores[best] > 0.8:
        return best
    if western > 0.9:
        return "cp1252"
    found = from_bytes(data[:_SAMPLE], cp_isolation=_OTHERS, threshold=0.2).best()
    if found is not None and _strict(data, found.encoding) is not None:
        return str(found.encoding)
    return "cp1252" if western > 0.7 else None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _cyrillic_score(data: bytes, encoding: str) -> float | None:
    """Share of letters beyond ASCII that are frequent Cyrillic letters in a place where their case makes sense."""
    text = _strict(data, encoding)
    if text is None:
        return None
    text = text[:_SAMPLE]
    wide = [c for c in text if c > "\x7f" and c not in _PUNCTUATION]
    letters = [c for c in wide if unicodedata.category(c)[0] == "L"]
    if len(letters) < 4 or len(letters) < 0.9 * len(wide):
        return None
    if len(re.findall(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]", text)) > len(letters) / 20:
        return None  # one Cyrillic letter inside a Latin word: an accented one, really
    words = re.findall(r"[\u0400-\u04ff]+", text)
    cased = sum(len(w) for w in words if w.islower() or w.istitle() or (w.isupper() and len(words) > 3))
    inside = sum(len(w) for w in words if len(w) > 1)
    frequent = sum(c.lower() in _FREQUENT for c in letters)
    upper = sum(c.isupper() for c in letters)
    case = 1.0 if upper <= len(letters) / 2 or text.upper() == text else 0.5
    return case * (frequent / len(letters)) * (min(cased, inside + len(words)) / len(letters))


def _western_share(data: bytes) -> float:
    """Share of bytes beyond ASCII that cp1252 makes punctuation, or a letter inside or at the start of a Latin word."""
    text = _strict(data, "cp1252")
    if text is None:
        return 0.0
    text = text[:_SAMPLE]
    wide = [m.start() for m in re.finditer(r"[^\x00-\x7f]", text)]
    if not wide:
        return 1.0
    good = 0
    for i in wide:
        around = text[max(0, i - 1) : i] + text[i + 1 : i + 2]
        fits = text[i].isalpha() and any(c.isascii() and c.isalpha() for c in around)
        good += text[i] in _PUNCTUATION or fits
    return good / len(wide)


def _undecodable(data: bytes, offset: int, what: str, name: str | None) -> InputError:
    line = data.count(b"\n", 0, offset) + 1
    return InputError(f"{what} (byte {offset})", file=name, line=line, hint="save it again as UTF-8")
