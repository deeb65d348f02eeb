"""Writes docs/bargaining/results.md, the fields of every deal result: python -m bench.bargaining_results"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from pathlib import Path

from comity.bargaining import actors, blocks, pareto
from comity.bargaining.conflict import analysis
from comity.bargaining.method import Method
from comity.bargaining.uncertain import acceptability, draws, frequencies, shares

PAGE = Path(__file__).parents[1] / "docs" / "bargaining" / "results.md"
QUESTIONS = (
    ("blockers", (blocks.Blockers, blocks.Blocker, blocks.Stand, blocks.Unheard)),
    ("openings", (blocks.Openings, blocks.Opening, blocks.PartyBlock)),
    ("frontier", (pareto.Frontier, pareto.FrontierPoint)),
    ("solutions", (pareto.Solution,)),
    ("compare", (pareto.Comparison, pareto.Trade, pareto.Swap)),
    (
        "stability",
        (analysis.Stability, analysis.StateStability, analysis.Move, analysis.Reached, analysis.Improvement),
    ),
    ("stability --draws", (frequencies.Holding, frequencies.HoldingState, shares.Frequency)),
    ("doubt", (acceptability.Doubt, acceptability.PackageFrequency, acceptability.Asking, draws.Unknown)),
    ("actors", (actors.Actors, actors.Baseline, actors.Backtest)),
)
HEAD = """# What stands in the JSON

`comity deal QUESTION MODEL --format json` prints one object (`solutions` a list of them), the same for the same input
on any machine. Parties, issues, options and statements are named by their ids; a package lists option ids in the order
of the model's issues. `null` stands for what does not apply or is not known. This page is made from the code by
`python -m bench.bargaining_results`.

"""


def described(value: type) -> str:
    """A value's section: its docstring, then its fields with their types."""
    text = " ".join(inspect.cleandoc(value.__doc__ or "").split("\n"))
    text = re.sub(r" {2,}", " ", text)
    fields = [f"| `{field.name}` | {_kind(str(field.type))} |" for field in dataclasses.fields(value)]
    return "\n".join([f"### {value.__name__}", "", text, "", "| Field | Holds |", "|---|---|", *fields, ""])


def _kind(kind: str) -> str:
    """A type in words.

    >>> _kind("tuple[tuple[str, int], ...] | None")
    'list of (text, whole number), or null'
    """
    kind = kind.strip()
    if kind.endswith(" | None"):
        return f"{_kind(kind.removesuffix(' | None'))}, or null"
    if kind.startswith("tuple[") and kind.endswith(", ...]"):
        return f"list of {_kind(kind[6:-6])}"
    if kind.startswith("tuple[") and kind.endswith("]"):
        return f"({', '.join(_kind(part) for part in _parts(kind[6:-1]))})"
    plain = {"str": "text", "int": "whole number", "float": "number", "bool": "true or false"}
    return plain.get(kind, f"`{kind}`")


def _parts(text: str) -> list[str]:
    """Split at commas outside of brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign == "[") - (sign == "]")
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def page() -> str:
    """The whole page."""
    sections = [f"## comity deal {name}\n\n" + "\n".join(map(described, values)) for name, values in QUESTIONS]
    return HEAD + "\n".join(sections) + "\n## In all of them\n\n" + described(Method).rstrip("\n") + "\n"


def main() -> int:
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(PAGE.parents[2])}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
