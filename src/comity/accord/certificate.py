"""Certificates: a verdict with its derivation, the slice of the log it speaks of, and digests.

What is made here, `comity.check` accepts or refuses on its own. Absence is proved by the slice alone: it holds every
incident of the kinds that the clause reads, on the days that the clause looks at, and all that says who watched when.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from comity.accord.verdicts.case import ALLOWANCE, Case, Decision
from comity.accord.verdicts.world import COVERAGE
from comity.words import Accord, Clause, Incident, InputError, substance, to_json

FORMAT = "comity-certificate/2"
CERTIFIES = (
    "That the verdict follows from the incidents of the slice by the clause's formulas. "
    "Not that the reports are true, and not who did it."
)


def digest(value: Any) -> str:
    """SHA-256 of JSON with sorted keys and no spaces, in hex.

    >>> digest({"b": 1, "a": 2}) == digest({"a": 2, "b": 1})
    True
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def certificate(
    accord: Accord, clause: Clause, case: Case, as_of: datetime, decision: Decision | None = None
) -> dict[str, Any]:
    """The certificate of a case as plain JSON. `case.known` has to be the log as known at `as_of`.

    Raises InputError for a verdict that was not settled within the cases allowed, and for a name that a formula cannot
    write.
    """
    decision = decision or case.decide(ALLOWANCE)
    if not decision.settled:
        raise InputError(
            f"no certificate for clause {clause.id} on {case.day}: not settled within {decision.cases} cases",
            hint="the verdict stands as disputed or pending; narrow the uncertain incidents down",
        )
    if any('"' in value for i in case.near for _, value in i.arguments):
        raise InputError("a name with a double quote cannot stand in a certificate", hint="rename it in the incidents")
    incidents = [to_json(i) for i in slice_of(case)]
    made = {
        "format": FORMAT,
        "certifies": CERTIFIES,
        "accord": digest(substance(accord)),
        "title": accord.title,
        "clause": clause.id,
        "cited": to_json(clause.cited),
        "logic": to_json(case.logic),
        "binding": dict(case.binding),
        "day": case.day.isoformat(),
        "as_of": as_of.isoformat(),
        "verdict": decision.verdict.value,
        "slice": {"incidents": incidents, "digest": digest(incidents)},
        "proof": case.explanation(),
    }
    return made | {"seal": digest(made)}


def sealed(altered: dict[str, Any]) -> dict[str, Any]:
    """A certificate with its digests made anew: what somebody would do who wants to pass off an altered one."""
    part = altered["slice"] | {"digest": digest(altered["slice"]["incidents"])}
    made = {key: value for key, value in altered.items() if key != "seal"} | {"slice": part}
    return made | {"seal": digest(made)}


def slice_of(case: Case) -> list[Incident]:
    """Every incident of the clause's kinds on the days it looks at, and every report of who watched for them, by id."""
    scope = set(case.logic.scope)
    told = {i.id for i in case.near}
    return sorted(
        (
            i
            for i in case.known.incidents
            if i.id in told or (i.kind == COVERAGE and dict(i.arguments).get("of", "") in scope | {""})
        ),
        key=lambda i: i.id,
    )
