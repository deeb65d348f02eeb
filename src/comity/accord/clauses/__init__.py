"""The clause language: a text file that a lawyer can read, as clauses with quotations, formulas and plain words.

`load_accord` reads a file; what it refuses, it refuses with file and line. docs/accord/clauses.md is the reference.
"""

from comity.accord.clauses.loading import load_accord, parse_accord, signature_of
from comity.accord.clauses.zones import zones_at

__all__ = ["load_accord", "parse_accord", "signature_of", "zones_at"]
