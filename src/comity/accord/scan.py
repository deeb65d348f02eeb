"""A plain log as columns: MonPoly's format read with array operations, many events at once.

`scan` gives None for bytes that it does not understand (a comment, a decimal time, a number of twenty digits, a
fault); then `log` reads them token by token and says what is wrong where. So this module needs no messages.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.accord.syntax import Signature

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Relation:
    """All events of one predicate: time-points counted from 0, and a column of values an argument.

    A column of ints or floats holds the values; a column of strings holds places in `Scanned.strings`.
    """

    points: Ints
    columns: tuple[NDArray[np.int64] | NDArray[np.float64], ...]
    texts: tuple[bool, ...]
    """Which columns hold strings."""


@dataclass(frozen=True)
class Scanned:
    """Times of the time-points in seconds, events by predicate, and every string once."""

    times: Ints
    relations: dict[str, Relation]
    strings: list[str]


_AT, _OPEN, _SHUT, _COMMA, _WORD, _TIME = range(1, 7)
_SPACE, _QUOTE = 7, 8
_marks = bytearray(256)
for _kind, _characters in (
    (_AT, b"@"), (_OPEN, b"("), (_SHUT, b")"), (_COMMA, b","), (_SPACE, b" \t\r\n;"), (_QUOTE, b'"')
):  # fmt: skip
    for _character in _characters:
        _marks[_character] = _kind
_KINDS = bytes(_marks)

# What may follow what, outside a tuple (0) and inside (1); the depth is that before the second.
_follows = np.zeros((2, 8, 8), bool)
for _depth, _first, _seconds in (
    (0, _AT, (_TIME,)), (0, _TIME, (_AT, _WORD)), (0, _WORD, (_AT, _WORD, _OPEN)), (0, _SHUT, (_AT, _WORD, _OPEN)),
    (1, _OPEN, (_WORD, _SHUT)), (1, _WORD, (_COMMA, _SHUT)), (1, _COMMA, (_WORD,)),
):  # fmt: skip
    _follows[_depth, _first, list(_seconds)] = True
_FOLLOWS = _follows.ravel()


def scan(data: bytes, signature: Signature) -> Scanned | None:
    """The events of a log, or None if it is not plain.

    >>> from comity.accord.syntax import parse_signature
    >>> found = scan(b'@5 P(1,"a")(2,"b") @7', parse_signature("P(int,string)"))
    >>> found.times.tolist(), found.relations["P"].points.tolist(), found.relations["P"].columns[0].tolist()
    ([5, 7], [0, 0], [1, 2])
    """
    if b"#" in data or b"\0" in data:
        return None
    try:
        return _scan(data, signature)
    except UnicodeDecodeError:
        return None


def _scan(data: bytes, signature: Signature) -> Scanned | None:
    buffer = np.frombuffer(data, np.uint8)
    words = _words(data)
    if words is None:
        return None
    symbols, starts, lengths = words
    if not len(symbols):
        return Scanned(np.zeros(0, np.int64), {}, [])
    depth = np.cumsum((symbols == _OPEN).astype(np.int8) - (symbols == _SHUT).astype(np.int8), dtype=np.int8)
    at = np.flatnonzero(symbols == _AT)
    if symbols[0] != _AT or depth[-1] or at[-1] + 1 == len(symbols):
        return None
    times_at = at + 1
    if (symbols[times_at] != _WORD).any():
        return None
    symbols[times_at] = _TIME
    if depth.min() < 0 or depth.max() > 1:
        return None
    if not _FOLLOWS[depth[:-1].astype(np.int16) * 64 + symbols[:-1] * np.uint8(8) + symbols[1:]].all():
        return None
    times = integers(buffer, starts[times_at], lengths[times_at])
    if times is None or (times[1:] < times[:-1]).any():
        return None
    # Where names, tuples and values stand, and to which time-point, name and tuple they belong.
    word, inside = symbols == _WORD, depth == 1
    names, values, tuples = (
        np.flatnonzero(word & ~inside),
        np.flatnonzero(word & inside),
        np.flatnonzero(symbols == _OPEN),
    )
    name_codes, name_texts = coded(buffer, starts[names], lengths[names])
    if any(name not in signature.predicates for name in name_texts):
        return None
    tuple_names = name_codes[np.searchsorted(names, tuples) - 1]
    tuple_points = np.searchsorted(at, tuples) - 1
    counts = np.diff(np.append(np.searchsorted(values, tuples), len(values)))
    firsts = np.cumsum(counts) - counts
    strings = _Strings()
    relations: dict[str, Relation] = {}
    for code, name in enumerate(name_texts):
        types, mine = signature.predicates[name], np.flatnonzero(tuple_names == code)
        if (counts[mine] != len(types)).any():
            return None
        if not types:  # a bare name is the event of a predicate without arguments
            relations[name] = Relation(np.searchsorted(at, names[name_codes == code]) - 1, (), ())
            continue
        columns = list[NDArray[np.int64] | NDArray[np.float64]]()
        for k, kind in enumerate(types):
            places = values[firsts[mine] + k] if len(mine) else mine
            column = _column(buffer, starts[places], lengths[places], kind, strings)
            if column is None:
                return None
            columns.append(column)
        relations[name] = Relation(
            tuple_points[mine], tuple(columns), tuple(kind in ("string", "regexp") for kind in types)
        )
    return Scanned(times, relations, strings.texts)


def _words(data: bytes) -> tuple[Bytes, Ints, Ints] | None:
    """The symbols of a log in order, and for each where its word starts and how long it is (nonsense for others).

    None for quotes that do not pair.
    """
    marks = np.frombuffer(data.translate(_KINDS), np.uint8)
    places = np.flatnonzero(marks != 0)
    if not len(places):
        return None if data else (marks, places, places)
    kinds = marks[places]
    quotes = kinds == _QUOTE
    # Whether a mark is an opening quote or stands within quotes.
    quoted = np.logical_xor.accumulate(quotes)
    if quoted[-1] or places[0]:
        return None
    if (quoted & ~quotes).any():
        outside = np.flatnonzero(quotes | ~quoted)
        places, kinds, quotes, quoted = places[outside], kinds[outside], quotes[outside], quoted[outside]
    lengths = np.append(places[1:], len(data)) - places - 1
    word = (lengths > 0) | quoted
    if (word & quotes & ~quoted).any() or (word[:-1] & ~quoted[:-1] & quoted[1:]).any():
        return None
    both = np.empty((len(kinds), 2), np.uint8)
    np.multiply(kinds, kinds < _SPACE, out=both[:, 0])
    np.multiply(word, np.uint8(_WORD), out=both[:, 1], casting="unsafe")
    symbols = both.ravel()
    there = np.flatnonzero(symbols != 0)
    mark = there >> 1
    return symbols[there], places[mark] + 1, lengths[mark]


class _Strings:
    """Every string of a log once, over all columns."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.places: dict[str, int] = {}

    def place(self, text: str) -> int:
        found = self.places.get(text)
        if found is None:
            found = self.places[text] = len(self.texts)
            self.texts.append(text)
        return found


def _column(
    buffer: Bytes, starts: Ints, lengths: Ints, kind: str, strings: _Strings
) -> NDArray[np.int64] | NDArray[np.float64] | None:
    if kind == "int":
        return integers(buffer, starts, lengths)
    codes, texts = coded(buffer, starts, lengths)
    if kind == "float":
        try:
            return np.array([float(text) for text in texts])[codes] if texts else np.zeros(0)
        except ValueError:
            return None
    return np.array([strings.place(text) for text in texts], np.int64)[codes] if texts else np.zeros(0, np.int64)


def integers(buffer: Bytes, starts: Ints, lengths: Ints) -> Ints | None:
    """The whole numbers at these places, None if one is none or too long for 64 bits."""
    if not len(starts):
        return np.zeros(0, np.int64)
    negative = buffer[starts] == ord("-")
    starts, lengths = starts + negative, lengths - negative
    longest = int(lengths.max())
    if lengths.min() < 1 or longest > 18:
        return None
    ends = starts + lengths
    values, power = np.zeros(len(starts), np.int64), 1
    shortest = int(lengths.min())
    for k in range(1, longest + 1):
        if k <= shortest:
            digits = buffer[ends - k] - np.uint8(48)
        else:
            there = lengths >= k
            digits = np.where(there, buffer[np.where(there, ends - k, 0)] - np.uint8(48), np.uint8(0))
        if digits.max() > 9:
            return None
        values += digits * np.int64(power)
        power *= 10
    return np.where(negative, -values, values) if negative.any() else values


def coded(buffer: Bytes, starts: Ints, lengths: Ints) -> tuple[Ints, list[str]]:
    """A code for each text at these places, and the text of each code."""
    if not len(starts):
        return np.zeros(0, np.int64), []
    longest = int(lengths.max())
    codes: Ints | None = None
    # Eight bytes at a time as one number; what is alike in all of them is alike.
    padded = np.append(buffer, np.zeros(8, np.uint8))
    for k in range(0, max(longest, 1), 8):
        here = np.clip(lengths - k, 0, 8)
        key = _eight(padded, np.minimum(starts + k, len(buffer)), here)
        part = _alike(key)
        codes = part if codes is None else _alike((codes * (int(part.max()) + 1) + part).astype(np.uint64))
    assert codes is not None
    first = np.zeros(int(codes.max()) + 1, np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    raw = buffer.tobytes() if len(first) > 1000 else None
    texts = list[str]()
    for place in first.tolist():
        start, end = int(starts[place]), int(starts[place] + lengths[place])
        texts.append((raw[start:end] if raw else buffer[start:end].tobytes()).decode("utf8", "surrogatepass"))
    return codes, texts


_MASKS = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)


def _eight(padded: Bytes, starts: Ints, lengths: Ints) -> NDArray[np.uint64]:
    """The up to eight bytes from each place as one number, little end first."""
    words = np.lib.stride_tricks.as_strided(
        padded[:8].view(np.uint8), shape=(len(padded) - 7, 8), strides=(1, 1), writeable=False
    )
    taken = np.ascontiguousarray(words[starts]).view("<u8").ravel()
    masked: NDArray[np.uint64] = taken & _MASKS[lengths]
    return masked


_BITS = 16
_MIX = np.uint64(0x9E3779B97F4A7C15)


def _alike(keys: NDArray[np.uint64]) -> Ints:
    """Codes from 0 without a gap, equal where the keys are equal. Hashing where few keys differ, else sorting."""
    if len(keys) < 1 << 12:
        return np.unique(keys, return_inverse=True)[1].astype(np.int64)
    slots = ((keys * _MIX) >> np.uint64(64 - _BITS)).astype(np.int64)
    table = np.zeros(1 << _BITS, np.uint64)
    table[slots] = keys
    if (table[slots] == keys).all():
        used = np.zeros(1 << _BITS, np.int64)
        used[slots] = 1
        return (np.cumsum(used) - 1)[slots]
    return np.unique(keys, return_inverse=True)[1].astype(np.int64)
