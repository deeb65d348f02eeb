from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace

import pytest

from comity.record import Context, Extract, Format, Input, formats, load
from comity.record import formats as registry
from comity.words import ComityError, Document


def read_upper(source: Input, context: Context) -> Iterator[Extract]:
    yield Extract(source.data(context.limits).decode().upper(), source.name, source.stem, {"source": "Shouter"})


SHOUT = Format("shout", (".shout",), read_upper)


@pytest.fixture
def plug(monkeypatch):
    from importlib import import_module

    module = import_module("comity.record.formats")

    def plugged(value: object) -> None:
        point = SimpleNamespace(name="shout", value="pkg:SHOUT", load=lambda: value() if callable(value) else value)
        monkeypatch.setattr(module, "entry_points", lambda group: [point] if group == "comity.formats" else [])
        registry.cache_clear()

    yield plugged
    registry.cache_clear()


def test_a_plugged_format_is_read(tmp_path: Path, plug) -> None:
    plug(SHOUT)
    (tmp_path / "a.shout").write_text("talks.")
    (document,) = load([tmp_path])
    assert isinstance(document, Document)
    assert (document.text, document.source) == ("TALKS.", "Shouter")


def test_a_plug_in_that_cannot_be_loaded_is_named(plug) -> None:
    def broken() -> None:
        raise ImportError("no module named x")

    plug(broken)
    with pytest.raises(
        ComityError, match="format plug-in 'shout' cannot be loaded: no module named x; repair or uninstall"
    ):
        formats()


def test_a_plug_in_that_is_no_format_is_named(plug) -> None:
    plug("not a format")
    with pytest.raises(ComityError, match="format plug-in 'shout' is no Format"):
        formats()


def test_the_group_is_a_real_one() -> None:
    from importlib.metadata import entry_points

    assert not list(entry_points(group="comity.formats"))
    assert EntryPoint("x", "comity.record.formats.text:FORMAT", "comity.formats").load() in formats()
