"""The language of a text: as the format states it, else detected, offline and only where there is enough text.

Detection is py3langid (Barbaresi 2021, after langid.py: Lui and Baldwin 2012), which ships its model.
"""

from __future__ import annotations

import functools
import re
from typing import Any

_LETTERS = 60  # below this the detector is a guess
_SURE = 0.9
_SAMPLE = 1200  # more changes no answer and costs time


def tag(value: str) -> str | None:
    """The two- or three-letter code of a language tag: ``en-GB`` → ``en``; None if it is none.

    >>> tag("en_US"), tag("English (British)")
    ('en', None)
    """
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-]+)?(?:\.\S+)?", value.strip())
    return match[1].lower() if match else None


@functools.cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads its model: only when first needed

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str) -> str | None:
    """The language of `text`, or None where there is too little of it or the detector is not sure.

    >>> detect("The delegations will meet again on Monday. Neither side would say what had been offered so far, "
    ...        "and the mediator asked both of them for patience.")
    'en'
    """
    sample = text[:_SAMPLE]
    if (
        len(re.findall(r"[^\W\d_]", sample[: 4 * _LETTERS])) < _LETTERS
        and len(re.findall(r"[^\W\d_]", sample)) < _LETTERS
    ):
        return None
    code, sure = _identifier().classify(sample.lower() if sample.isupper() else sample)
    return str(code) if sure >= _SURE else None
