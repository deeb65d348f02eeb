"""study: do coders agree, and who aligns with whom?

Krippendorff's α with intervals and overlap of spans; what each coder (person or reader version) gave each statement,
and where they differ; two-mode and one-mode networks with the normalisations of Discourse Network Analyzer and plain
ones; shares of voice. Pure functions; imports `words` and `ledger` only.
"""

from comity.study.agreement import Alpha, Scale, alpha
from comity.study.coders import (
    ADJUDICATION,
    FIELDS,
    STATEMENT,
    Agreement,
    Coded,
    Dispute,
    FieldAgreement,
    PairAgreement,
    Unit,
    agreement,
    coded,
    disputes,
    is_adjudication,
    value_of,
)
from comity.study.networks import ONE_MODE, TWO_MODE, Aggregation, Mode, Network, Normalisation, one_mode, two_mode
from comity.study.spans import SpanAgreement, span_agreement
from comity.study.uses import (
    ActorBy,
    ConceptBy,
    Duplicates,
    Taken,
    Use,
    Window,
    stance_of,
    uses_of,
    windows,
    without_duplicates,
)
from comity.study.voices import CellSources, Voice, cell_sources, is_unnamed, voices

__all__ = [
    "ADJUDICATION",
    "FIELDS",
    "ONE_MODE",
    "STATEMENT",
    "TWO_MODE",
    "ActorBy",
    "Aggregation",
    "Agreement",
    "Alpha",
    "CellSources",
    "Coded",
    "ConceptBy",
    "Dispute",
    "Duplicates",
    "FieldAgreement",
    "Mode",
    "Network",
    "Normalisation",
    "PairAgreement",
    "Scale",
    "SpanAgreement",
    "Taken",
    "Unit",
    "Use",
    "Voice",
    "Window",
    "agreement",
    "alpha",
    "cell_sources",
    "coded",
    "disputes",
    "is_adjudication",
    "is_unnamed",
    "one_mode",
    "span_agreement",
    "stance_of",
    "two_mode",
    "uses_of",
    "value_of",
    "voices",
    "windows",
    "without_duplicates",
]
