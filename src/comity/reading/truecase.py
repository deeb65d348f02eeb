"""Text in capitals as mixed case, letter for letter, so that models made for mixed case can read it."""

from __future__ import annotations


def truecase(text: str) -> str:
    """`text` of the same length; unchanged unless it is (nearly) all in capitals.

    >>> truecase("Talks resumed.")
    'Talks resumed.'
    """
    letters = [c for c in text if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.85 * len(letters):
        return text
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return ". ".join(part[:1].upper() + part[1:] for part in lowered.split(". "))
