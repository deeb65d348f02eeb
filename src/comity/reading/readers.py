"""The readers there are. Apart from what reads, so that asking which readings are kept loads no reader."""

from __future__ import annotations

READERS = {"rules": "comity-rules/0.7", "model": "comity-model/0.7"}
"""The readers, with the names and versions under which their readings are kept."""
DEFAULT = "rules"
READER = READERS[DEFAULT]
"""Name and version of the default reader. A new version is a new coder: readings of an older one are made again."""
