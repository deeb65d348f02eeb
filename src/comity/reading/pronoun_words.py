"""Where in ``Doc.user_data`` it is told what pronouns stand for that no single entity is meant by."""

from __future__ import annotations

DESCRIBED = "described"
"""Key: pronouns that stand for a noun without an entity, token to token."""
SEVERAL = "several"
"""Key: words that stand for several named side by side, token to tokens."""
