"""Option statements: what a party wants to be true of a state, in words that a machine can check.

Grammar, loosest binding first (the same signs in words: ``iff``, ``if``, ``or``, ``and``, ``not``)::

    statement := implied ["<->" implied]
    implied   := either ["->" either | "if" either]      (a -> b: b holds wherever a does; b if a: the same)
    either    := both {"|" both}
    both      := plain {"&" plain}
    plain     := "!" plain | "(" statement ")" | issue ["=" option | "!=" option]

A name with signs or spaces stands in double quotes. An issue alone means its option ``yes``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from comity.words import InputError, NegotiationModel

Truth = NDArray[np.bool_]
Holds = Callable[[int, int], Truth]
"""For issue and option index, where the option is picked."""

_TOKEN = re.compile(r'\s*(<->|->|!=|[()!&|=]|"(?:[^"\\]|\\.)*"|[^\s()!&|="<>-]+(?:-(?!>)[^\s()!&|="<>-]*)*)')
_WORDS = {"iff": "<->", "or": "|", "and": "&", "not": "!", "if": "if"}


def truth(model: NegotiationModel, text: str, holds: Holds) -> Truth:
    """Where the option statement `text` holds.

    Raises
    ------
    InputError
        It is no statement, or names an issue or option that the model does not have.
    """
    return _Reader(model, text, holds).all()


class _Reader:
    def __init__(self, model: NegotiationModel, text: str, holds: Holds) -> None:
        self.model, self.text, self.holds = model, text, holds
        self.tokens = self._split()
        self.at = 0

    def _split(self) -> list[str]:
        tokens, at = [], 0
        text = self.text.rstrip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                self.fail(f"cannot be read from {text[at : at + 12]!r} on")
            tokens.append(_WORDS.get(match.group(1), match.group(1)))
            at = match.end()
        return tokens

    def fail(self, what: str) -> NoReturn:
        raise InputError(
            f"option statement {self.text!r} {what}", field="preference.priorities", hint='write "a & !b", "a=x -> b"'
        )

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> bool:
        if self.peek() in wanted:
            self.at += 1
            return True
        return False

    def all(self) -> Truth:
        found = self.statement()
        if self.peek():
            self.fail(f"goes on with {self.peek()!r}")
        return found

    def statement(self) -> Truth:
        left = self.implied()
        while self.take("<->"):
            left = left == self.implied()
        return left

    def implied(self) -> Truth:
        left = self.either()
        if self.take("->"):
            return ~left | self.either()
        if self.take("if"):
            return left | ~self.either()
        return left

    def either(self) -> Truth:
        left = self.both()
        while self.take("|"):
            left = left | self.both()
        return left

    def both(self) -> Truth:
        left = self.plain()
        while self.take("&"):
            left = left & self.plain()
        return left

    def plain(self) -> Truth:
        if self.take("!"):
            return ~self.plain()
        if self.take("("):
            inner = self.statement()
            if not self.take(")"):
                self.fail("lacks a closing bracket")
            return inner
        issue = self.name("an issue")
        known = {item.id: i for i, item in enumerate(self.model.issues)}
        if issue not in known:
            self.fail(f"names no issue of the model: {issue!r}")
        index = known[issue]
        negated = self.peek() == "!="
        option = self.name("an option") if self.take("=", "!=") else "yes"
        options = {item.id: i for i, item in enumerate(self.model.issues[index].options)}
        if option not in options:
            self.fail(f"names no option of {issue!r}: {option!r}")
        found = self.holds(index, options[option])
        return ~found if negated else found

    def name(self, what: str) -> str:
        token = self.peek()
        if not token or token in {"<->", "->", "!=", "(", ")", "!", "&", "|", "=", "if"}:
            self.fail(f"lacks {what}" + (f" before {token!r}" if token else " at its end"))
        self.at += 1
        return re.sub(r"\\(.)", r"\1", token[1:-1]) if token.startswith('"') else token
