"""The table of rules in ``docs/ledger.md``, made from the rules' own words: ``python -m bench.ledger_rules``."""

from __future__ import annotations

from pathlib import Path

import comity.ledger  # registers every rule
from comity.ledger import rules

PAGE = Path(__file__).parents[1] / "docs" / "ledger.md"
BEGIN, END = "<!-- rules: begin -->", "<!-- rules: end -->"
_HEADINGS = {
    "counting": "What counts, and how statements are compared",
    "position": "Positions",
    "outlook": "Outlooks",
    "status": "Statuses, in order of trial",
    "tension": "Tensions",
    "relation": "What is not a contradiction",
    "fact": "Facts",
    "channel": "Channels",
    "term": "Terms",
    "change": "Changes, in order of trial",
}


def table() -> str:
    """Every rule of the package with its name and text, as Markdown."""
    parts = []
    for kind, heading in _HEADINGS.items():
        rows = [f"- **`{r.name}`**: {' '.join(r.text.split())}" for r in rules(kind) if _ours(r.function.__module__)]
        parts.append(f"### {heading}\n\n" + "\n".join(rows))
    return "\n\n".join(parts)


def _ours(module: str) -> bool:
    return module.startswith(comity.ledger.__name__)


def page(text: str) -> str:
    """`text` with the table between the two marks brought up to date."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf8")), encoding="utf8")
    print(f"{PAGE.name}: {len(rules())} rules")
