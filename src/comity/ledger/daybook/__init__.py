"""The daybook: what stood on every day, folded once, looked up ever after, right after every decision."""

from comity.ledger.daybook.daybook import Daybook
from comity.ledger.daybook.source import Source
from comity.ledger.daybook.values import Matrix, NotFolded, Page

__all__ = ["Daybook", "Matrix", "NotFolded", "Page", "Source"]
