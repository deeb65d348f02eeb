"""ledger: who stands where, since when, on whose word?

Pure functions of readings, agenda, documents, decisions and date. What several documents are needed for is here:
positions, statuses, changes, tensions, one utterance told twice, channels, terms. Every result names its rule.
"""

from comity.ledger.agenda_file import load_agenda, parse_agenda
from comity.ledger.agenda_text import agenda_toml
from comity.ledger.build import VERSION, build
from comity.ledger.changes import changes
from comity.ledger.daybook import Daybook, Matrix, NotFolded, Page
from comity.ledger.events import dates_ahead
from comity.ledger.proposal import propose_agenda
from comity.ledger.quantities import gaps
from comity.ledger.rulebook import Rule, rules
from comity.ledger.tensions import tension_key

__all__ = [
    "VERSION",
    "Daybook",
    "Matrix",
    "NotFolded",
    "Page",
    "Rule",
    "agenda_toml",
    "build",
    "changes",
    "dates_ahead",
    "gaps",
    "load_agenda",
    "parse_agenda",
    "propose_agenda",
    "rules",
    "tension_key",
]
