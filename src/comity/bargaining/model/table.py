"""One table of a TOML or JSON file, read field by field so that every error names file and field."""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import Enum
from typing import Any, NoReturn, TypeVar

from comity.words import InputError

E = TypeVar("E", bound=Enum)


class Table:
    """A table with the path that leads to it. Getters raise `InputError`; `done` refuses fields nobody asked for."""

    def __init__(self, data: Any, file: str | None, path: str = "") -> None:
        self.file, self.path, self._asked = file, path, set[str]()
        if not isinstance(data, dict):
            raise InputError(f"expected a table, found {_show(data)}", file=file, field=path or None)
        self._data: dict[str, Any] = data

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def field(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def error(self, what: str, key: str = "", hint: str | None = None) -> NoReturn:
        field = self.field(key) if key else self.path
        raise InputError(what, file=self.file, field=field or None, hint=hint)

    def raw(self, key: str) -> Any:
        self._asked.add(key)
        return self._data.get(key)

    def keys(self) -> list[str]:
        """All keys, taken as asked for: for tables whose keys are ids."""
        self._asked.update(self._data)
        return list(self._data)

    def text(self, key: str, default: str | None = None) -> str:
        """A non-empty string; `default` where the field is absent (None: it must be there)."""
        value = self.raw(key)
        if value is None:
            if default is None:
                self.error(f"field {key!r} is missing")
            return default
        if not isinstance(value, str):
            self.error(f"expected text, found {_show(value)}", key)
        if not value.strip() and default is None:
            self.error("is empty", key, "give it some text")
        return value

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of non-empty strings without repetitions."""
        value = self.raw(key)
        if value is None:
            if required:
                self.error(f"field {key!r} is missing")
            return ()
        if not isinstance(value, list):
            self.error(f"expected a list of texts, found {_show(value)}", key)
        for item in value:
            if not isinstance(item, str) or not item.strip():
                self.error(f"expected text, found {_show(item)}", key)
        if len(set(value)) != len(value):
            twice = next(item for item in value if value.count(item) > 1)
            self.error(f"{twice!r} stands there twice", key)
        if required and not value:
            self.error("is empty", key)
        return tuple(value)

    def number(self, key: str) -> float | None:
        value = self.raw(key)
        return None if value is None else as_number(value, self.file, self.field(key))

    def flag(self, key: str) -> bool:
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            self.error(f"expected true or false, found {_show(value)}", key)
        return bool(value)

    def one_of(self, key: str, kind: type[E], default: E) -> E:
        value = self.raw(key)
        if value is None:
            return default
        try:
            return kind(value)
        except ValueError:
            self.error(f"{_show(value)} is none of {', '.join(str(member.value) for member in kind)}", key)

    def items(self, key: str) -> list[Any]:
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.error(f"expected a list, found {_show(value)}", key)
        return value

    def tables(self, key: str) -> Iterator[Table]:
        for i, item in enumerate(self.items(key)):
            yield Table(item, self.file, f"{self.field(key)}[{i}]")

    def table(self, key: str) -> Table | None:
        value = self.raw(key)
        return None if value is None else Table(value, self.file, self.field(key))

    def done(self) -> None:
        unknown = sorted(set(self._data) - self._asked)
        if unknown:
            self.error(f"unknown field {unknown[0]!r}", hint=f"known here are {', '.join(sorted(self._asked))}")


def as_number(value: Any, file: str | None, field: str) -> float:
    """`value` as a finite float. Integers beyond 2**53 are refused: they would lose digits."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"expected a number, found {_show(value)}", file=file, field=field)
    if isinstance(value, int) and abs(value) > 2**53:
        raise InputError(f"number too large: {value}", file=file, field=field, hint="keep within ±9007199254740992")
    if not math.isfinite(value):
        raise InputError(f"not a finite number: {value}", file=file, field=field)
    return float(value)


def as_interval(value: Any, file: str | None, field: str) -> tuple[float, float]:
    """A number, or a list of two numbers ``[low, high]``, as bounds."""
    if not isinstance(value, list):
        number = as_number(value, file, field)
        return number, number
    if len(value) != 2:
        raise InputError(f"expected [low, high], found {_show(value)}", file=file, field=field)
    low, high = (as_number(item, file, field) for item in value)
    if low > high:
        raise InputError(f"low {low:g} is above high {high:g}", file=file, field=field)
    return low, high


def _show(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
