"""The clause language: a text file that a lawyer can read, as clauses with quotations, formulas and plain words.

`load_accord` reads a file; what it refuses, it refuses with file and line. `open_clauses` adds scenarios, pictures and
what two versions need to be compared. docs/accord/clauses.md is the reference.
"""

from comity.accord.clauses.file import ClauseFile, open_clauses
from comity.accord.clauses.loading import load_accord, parse_accord, signature_of
from comity.accord.clauses.redline import redline, redline_html, redline_lines
from comity.accord.clauses.roadmap import Link, Roadmap, roadmap
from comity.accord.clauses.scenarios import Outcome, Scenario
from comity.accord.clauses.zones import zones_at

__all__ = [
    "ClauseFile",
    "Link",
    "Outcome",
    "Roadmap",
    "Scenario",
    "load_accord",
    "open_clauses",
    "parse_accord",
    "redline",
    "redline_html",
    "redline_lines",
    "roadmap",
    "signature_of",
    "zones_at",
]
