"""Who may use the desk: one-time tokens in the printed address, exchanged for a cookie that names a session."""

from __future__ import annotations

import hmac
import secrets
import threading
from dataclasses import dataclass, field

MOST_TOKENS = 16
"""Addresses that may wait to be opened at once; a further one makes the oldest void."""


@dataclass
class Session:
    """One browser: its key (in the cookie), the token that its unsafe requests carry, and who decides in it.

    `skipped` are statements that its review passes over for now, `done` the decisions made in its review, oldest first.
    """

    coder: str
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    skipped: dict[str, None] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)


class Sessions:
    """The sessions of one server. Nothing of them is kept on disk: a new server knows none."""

    def __init__(self, coder: str) -> None:
        self._coder = coder
        self.cookie = f"comity-{secrets.token_hex(4)}"
        """Name of the cookie: browsers send the cookies of one port to every other port of this machine."""
        self._lock = threading.Lock()
        self._tokens: list[str] = []
        self._sessions: dict[str, Session] = {}

    def token(self) -> str:
        """A new one-time token."""
        made = secrets.token_urlsafe(24)
        with self._lock:
            self._tokens = [*self._tokens[1 - MOST_TOKENS :], made]
        return made

    def exchange(self, token: str) -> Session | None:
        """A new session for a token that is valid, which it then no longer is; else None."""
        given = token.encode("utf-8", "surrogatepass")
        with self._lock:
            for known in self._tokens:
                if hmac.compare_digest(known.encode(), given):
                    self._tokens.remove(known)
                    session = Session(self._coder)
                    self._sessions[session.key] = session
                    return session
        return None

    def find(self, key: str | None) -> Session | None:
        """The session that a cookie names, or None."""
        with self._lock:
            return self._sessions.get(key) if key else None


def same(one: str, other: str) -> bool:
    """True if two secrets are equal, in a time that tells nothing."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))
