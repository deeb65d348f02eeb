"""What every picture's specification goes through: data inside, nothing named by chance, one look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from comity.desk.pictures.marks import config
from comity.desk.pictures.values import Spec
from comity.desk.report.clean import clean, isolated

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_SHOWN = {"label", "group", "tip", "text"}


class _Kept(str):
    """Stands for rows while a chart is put together: altair copies and checks every value that it is given, which takes
    a second for some thousand rows."""

    rows: list[dict[str, Any]]


def data(rows: Sequence[dict[str, Any]]) -> Any:
    """Rows as inline data. Control characters of documents do not go into a picture, and what is shown as text
    cannot turn its surroundings around."""
    kept = _Kept("rows")
    kept.rows = [{name: _harmless(name, value) for name, value in row.items()} for row in rows]
    return alt.InlineData(values=kept)


def _harmless(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return isolated(value) if name in _SHOWN else clean(value)


def as_dict(chart: Any) -> Spec:
    """The chart as a specification: the same for the same picture in any process, with its data inside."""
    with alt.data_transformers.enable("default", max_rows=None, consolidate_datasets=False):
        spec: Spec = _with_rows(chart.to_dict(validate=False))  # tests check it against the schema
    spec["config"] = config()
    spec["$schema"] = SCHEMA
    return spec


def _with_rows(part: Any) -> Any:
    """A part of a specification with its rows in their places."""
    if isinstance(part, _Kept):
        return part.rows
    if isinstance(part, dict):
        return {name: _with_rows(value) for name, value in part.items()}
    return [_with_rows(value) for value in part] if isinstance(part, list) else part
