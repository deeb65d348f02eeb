"""What can go wrong, as a person is told it.

::

    ComityError            anything Comity raises on purpose
    ├── InputError         the input is at fault: says what, where (file, line, field) and what to do
    ├── CaseError          the case file cannot be used (foreign, corrupt, newer, locked)
    └── MissingExtraError  an optional dependency is needed for this

Each prints as one line. The command line turns them into exit code 2.
"""

from __future__ import annotations


class ComityError(Exception):
    """Raised for anything that a person can put right; `str()` is one line."""


class InputError(ComityError):
    """Raised when an input cannot be used.

    Parameters
    ----------
    what
        What is wrong, in plain words.
    file, line, field
        Where it is wrong, as far as known. Lines count from 1.
    hint
        What to do about it.

    >>> str(InputError("not a date: '31 Feb'", file="a.toml", line=3, field="published", hint="use YYYY-MM-DD"))
    "a.toml, line 3, published: not a date: '31 Feb'; use YYYY-MM-DD"
    """

    def __init__(
        self,
        what: str,
        *,
        file: str | None = None,
        line: int | None = None,
        field: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.what, self.file, self.line, self.field, self.hint = what, file, line, field, hint
        where = ", ".join(part for part in (file, f"line {line}" if line is not None else None, field) if part)
        message = f"{where}: {what}" if where else what
        super().__init__(" ".join(f"{message}; {hint}".split()) if hint else " ".join(message.split()))


class CaseError(ComityError):
    """Raised when a case file cannot be opened or written."""


class MissingExtraError(ComityError):
    """Raised when an optional dependency is not installed; names the extra to install."""
