"""Certificates: every generated verdict accepted; of re-sealed mutants the false ones rejected, the true ones accepted.

usage: python -m bench.certificates [--count N] [--seed N]

Draws small accords and logs with uncertain, late and corrected reports, makes a verdict with its certificate and gives
it to `comity.check` with the whole log. Then one thing is changed (the verdict, an incident dropped, added or altered,
the day, the clause), the slice is taken and the digests are made anew, and the mutant is given to the checker with the
log changed alike. Whether a mutant is still true is decided by every completion of the log with the textbook
semantics (`bench.random_accords.verdict`), which shares no code with the checker. A second mutant changes the slice
alone and not the log: that is never true.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bench.random_accords import Sample, day, incident, logics, moment, sample, verdict
from comity.accord.certificate import certificate, sealed
from comity.accord.incidents import end_of
from comity.accord.verdicts import Case, Decision
from comity.accord.verdicts.findings import known_of
from comity.check import check
from comity.words import Clause, Compliance, Incident, Modality, Standing, in_force

QUICK = ("--count", "150")
CHANGES = ("verdict", "dropped", "added", "altered", "day", "clause")


def rough(draw: random.Random, incidents: Sequence[Incident], until: int) -> tuple[Incident, ...]:
    """A raw log of which `incidents` are what is in force at the end of day `until`: late, corrected, withdrawn."""
    raw = list[Incident]()
    for i in incidents:
        wrong = replace(i, earliest=i.earliest - timedelta(1), low=0, high=max(i.high, 2))
        if draw.random() < 0.2:  # first told wrongly, then corrected
            raw.append(replace(wrong, known_since=i.known_since - timedelta(hours=1)))
            raw.append(replace(i, id=f"{i.id}-corrected", corrects=i.id))
        else:
            raw.append(i)
        if draw.random() < 0.1:  # corrected or withdrawn only after the as-of date
            late = moment(until + 2)
            raw.append(
                replace(wrong, id=f"{i.id}-late", corrects=raw[-1].id, known_since=late, withdrawn=draw.random() < 0.5)
            )
    if draw.random() < 0.2 and incidents:
        gone = replace(draw.choice(list(incidents)), id="gone")
        raw += [gone, replace(gone, id="gone-withdrawn", corrects="gone", withdrawn=True)]
    draw.shuffle(raw)
    return tuple(raw)


def case_of(s: Sample, log: Sequence[Incident]) -> Case:
    assert s.clause.logic is not None
    known = known_of(s.accord, in_force(log, end_of(s.until, "UTC")), s.until)
    return Case(s.clause.logic, dict(s.binding), s.day, known)


def drawn(draw: random.Random, number: int) -> tuple[Sample, tuple[Incident, ...], Case, Decision]:
    """A sample whose clause is called for (or, one time in six, not), with a raw log and its verdict."""
    while True:
        s = sample(draw, number)
        log = rough(draw, s.incidents, (s.until - day(0)).days)
        case = case_of(s, log)
        if draw.random() < 0.84 and case.called_for() is False:
            continue
        decision = case.decide()
        if decision.settled:
            other = Clause("other", "Another", Modality.OBLIGATION, Standing.AGREED, (), logic=_other(draw, s))
            return replace(s, accord=replace(s.accord, clauses=(s.clause, other))), log, case_of(s, log), decision


def _other(draw: random.Random, s: Sample) -> Any:
    while True:
        logic = logics(draw)
        if s.clause.logic is not None and logic.parameters == s.clause.logic.parameters:
            return logic


def truth(s: Sample, case: Case) -> Compliance | None:
    """The verdict by going through everything."""
    found = verdict(s, (case.last_day - s.day).days)
    if found is Compliance.PENDING and case.last_day <= s.until:
        watched = {dict(i.arguments)["of"] for i in s.incidents if i.kind == "coverage"}
        if not watched & {k for k in case.kinds if case.open[k]}:
            return Compliance.NOT_VERIFIABLE
    return found


def mutated(
    draw: random.Random, s: Sample, change: str, log: Sequence[Incident]
) -> tuple[Sample, tuple[Incident, ...]]:
    """The sample and the raw log with one change to what the certificate speaks of (the verdict is changed later)."""
    told = [i for i in s.incidents if i.kind != "coverage"]
    until = (s.until - day(0)).days
    incidents = list(s.incidents)
    if change == "day":
        s = replace(s, day=s.day + timedelta(draw.choice([-2, -1, 1, 2])))
        return (s if s.day >= day(0) else replace(s, day=day(1))), tuple(log)
    if change == "clause":
        return replace(s, clause=s.accord.clause("other")), tuple(log)
    if change == "dropped":
        incidents.remove(draw.choice(incidents))
    elif change == "added":
        scope = s.clause.logic.scope if s.clause.logic else ()
        incidents.append(replace(incident(draw, 90, scope, until), known_since=moment(until)))
    elif change == "altered" and told:
        old = draw.choice(told)
        how = draw.choice(["moved", "low", "vague", "told"])
        shift = timedelta(draw.choice([-2, -1, 1, 2]))
        new = {
            "moved": replace(old, earliest=old.earliest + shift, latest=old.latest + shift),
            "low": replace(old, low=0, high=max(old.high, 1))
            if old.low
            else replace(old, low=1, high=max(old.high, 1)),
            "vague": replace(old, latest=old.latest + timedelta(1)),
            "told": replace(
                old, arguments=tuple((n, {"a": "b", "b": "a", "N": "S", "S": "N"}[v]) for n, v in old.arguments)
            ),
        }[how]
        incidents[incidents.index(old)] = new
    return replace(s, incidents=tuple(incidents)), rough(draw, incidents, until)


def run(count: int, seed: int, shown: int = 5) -> Counter[str]:
    """Counts by outcome; everything that ought not to be is counted under a name that starts with "WRONG"."""
    draw, counts, mutants, number = random.Random(seed), Counter[str](), 0, -1
    while mutants < count:
        number += 1
        s, log, case, decision = drawn(draw, number)
        as_of = end_of(s.until, "UTC")
        made = certificate(s.accord, s.clause, case, as_of, decision)
        result = check(made, s.accord, log)
        counts[f"generated, {decision.verdict.value}"] += 1
        counts["generated, accepted"] += not result.problems
        counts["WRONG: a generated verdict rejected"] += bool(result.problems)
        counts["WRONG: a step of an explanation refused"] += bool(result.remarks)

        change, claimed = CHANGES[number % len(CHANGES)], decision.verdict
        if change == "verdict":
            claimed = draw.choice([v for v in Compliance if v is not claimed])
        for _ in range(12):  # until what is open is little enough to go through
            t, new_log = mutated(draw, s, change, log)
            new_case = case_of(t, new_log)
            if (real := truth(t, new_case)) is not None:
                break
            if change == "verdict":
                change = "altered"
        else:
            counts["mutants left out: too much is open to go through"] += 1
            continue
        mutants += 1
        made_anew = certificate(t.accord, t.clause, new_case, as_of, replace(decision, verdict=claimed))
        mutant = sealed({**made_anew, "proof": made["proof"]})
        result = check(mutant, t.accord, new_log)
        kind, outcome = "true" if real is claimed else "false", "rejected" if result.problems else "accepted"
        counts[f"mutants ({change}), {kind}"] += 1
        counts[f"mutants, {kind}, {outcome}"] += 1
        if (outcome == "accepted") != (kind == "true"):
            counts[f"WRONG: a mutant that is {kind} was {outcome}"] += 1
            if shown > 0:
                shown -= 1
                print(change, claimed, real, result, t.clause.logic, t.binding, t.day, t.until)
                for i in t.incidents:
                    print("   ", i.id, i.kind, i.earliest, i.latest, i.arguments, i.low, i.high)
        counts["slices changed alone, rejected"] += (away := _slice_changed(draw, made, s, log))
        counts["WRONG: a slice changed alone was accepted"] += not away
    return counts


def _slice_changed(draw: random.Random, made: dict[str, Any], s: Sample, log: Sequence[Incident]) -> bool:
    """Whether a certificate whose slice is not the log's any more is rejected."""
    incidents = [dict(i) for i in made["slice"]["incidents"]]
    how = draw.choice(["dropped", "altered", "added"]) if incidents else "added"
    if how == "dropped":
        incidents.pop(draw.randrange(len(incidents)))
    elif how == "altered":
        one = draw.choice(incidents)
        one[draw.choice(["quote", "source", "reliability"])] = "something else"
    else:
        incidents.append({**(incidents[0] if incidents else {"kind": "act"}), "id": "forged"})
    return bool(check(sealed({**made, "slice": {"incidents": incidents, "digest": ""}}), s.accord, log).problems)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.certificates", description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=10_000, help="how many mutants, each of a verdict of its own")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    start = time.perf_counter()
    counts = run(given.count, given.seed)
    for name, number in sorted(counts.items()):
        if number or name.startswith("WRONG"):
            print(f"{number:8}  {name}")
    print(f"{time.perf_counter() - start:8.0f}  seconds")
    return any(number for name, number in counts.items() if name.startswith("WRONG"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
