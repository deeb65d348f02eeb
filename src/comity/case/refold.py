"""All projections folded anew from documents, readings, decisions and agenda."""

from __future__ import annotations

import sqlite3

from comity.case.catalogue import fold_catalogue
from comity.case.index import fold_index


def refold_all(connection: sqlite3.Connection) -> None:
    """Drops the projections of others, and folds catalogue and index anew. To be called in a transaction."""
    connection.execute("DELETE FROM projection")
    fold_catalogue(connection)
    fold_index(connection)
