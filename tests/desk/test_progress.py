"""Progress is for a person in front of a terminal."""

from __future__ import annotations

import io

import pytest

from comity.desk.progress import bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_no_bar_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with bar("Reading", quiet=False) as tick:
        assert tick is None
    monkeypatch.setattr("sys.stderr", Terminal())
    with bar("Reading", quiet=True) as tick:
        assert tick is None


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with bar("Reading", quiet=False) as tick:
        assert tick is not None
        for done in range(1, 31):
            tick(done, 30)
    assert "Reading" in screen.getvalue()
    assert "30/30" in screen.getvalue()
