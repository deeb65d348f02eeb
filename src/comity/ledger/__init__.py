"""ledger: who stands where, since when, on whose word?

Pure functions of readings, agenda, documents, decisions and date. What several documents are needed for is here:
positions, statuses, changes, tensions, one utterance told twice, channels, terms. Every result names its rule.
"""

from comity.ledger.agenda_file import load_agenda, parse_agenda
from comity.ledger.agenda_text import agenda_toml

__all__ = ["agenda_toml", "load_agenda", "parse_agenda"]
