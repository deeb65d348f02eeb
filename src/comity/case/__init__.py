"""case: where is it kept?

One SQLite file that can be mailed: documents (never change), readings (a cache), decisions (appended, human), the
agenda, and projections folded from them. No other room but the desk opens it. See docs/case-file.md.
"""

from comity.case.agendas import AgendaVersion
from comity.case.case import Case
from comity.case.copies import Mailed
from comity.case.documents import Added, current
from comity.case.effective import effective
from comity.case.expunge import Expunged, Found
from comity.case.handling_sealed import Sealed
from comity.case.kept import Kept
from comity.case.receipts import Receipt, secret
from comity.case.revision import Revision
from comity.case.search import Hit, Results

__all__ = [
    "Added",
    "AgendaVersion",
    "Case",
    "Expunged",
    "Found",
    "Hit",
    "Kept",
    "Mailed",
    "Receipt",
    "Results",
    "Revision",
    "Sealed",
    "current",
    "effective",
    "secret",
]
