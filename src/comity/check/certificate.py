"""Is what a certificate says so? Digests, the slice of the log, the verdict, and the steps of its explanation."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from comity.check.formula import Formula, reach, read
from comity.check.truth import Env, Told, Unknown, value
from comity.words import Accord, Incident, in_force, substance, to_json

MOST = 20_000  # cases looked at before the checker says that it cannot decide


@dataclass(frozen=True)
class Result:
    """`problems`: why it is rejected (none: accepted). `remarks`: steps of the explanation that do not hold."""

    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def digest(value: Any) -> str:
    """SHA-256 of JSON with sorted keys and no spaces."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def check(certificate: dict[str, Any], accord: Accord, log: Sequence[Incident]) -> Result:
    """Checks a certificate against the accord and the whole log it speaks of."""
    try:
        return _check(certificate, accord, log)
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        what = f"no field {error}" if isinstance(error, KeyError) else str(error).replace("\n", " ")
        return Result((f"not a certificate that can be checked: {what}",))


def _check(c: dict[str, Any], accord: Accord, log: Sequence[Incident]) -> Result:
    bad = list[str]()
    if c["seal"] != digest({key: part for key, part in c.items() if key != "seal"}):
        bad.append("the seal is broken: a field was altered after it was made")
    if c["accord"] != digest(substance(accord)) or c["title"] != accord.title:
        bad.append("it speaks of another accord")
    clause = next((x for x in accord.clauses if x.id == c["clause"]), None)
    words = [to_json(clause.logic), to_json(clause.cited), clause.standing] if clause else []
    if words != [c["logic"], c["cited"], "agreed"] or {*c["binding"]} != {*c["logic"]["parameters"]}:
        return Result((*bad, f"the accord has no agreed clause {c['clause']!r} with these words and formulas"))
    held = Slice(accord, c, log)
    if c["slice"]["incidents"] != [to_json(i) for i in held.incidents]:
        bad.append("the slice is not what the log held on that date: an incident is missing, added or altered")
    if c["slice"]["digest"] != digest(c["slice"]["incidents"]):
        bad.append("the digest of the slice is wrong")
    if (found := held.verdict()) != c["verdict"]:
        bad.append(f"the verdict is {found}, not {c['verdict']}")
    return Result(tuple(bad), tuple(_wrong(c["proof"], held)))


def _wrong(node: dict[str, Any], held: Slice) -> Iterator[str]:
    """Steps of an explanation that do not hold on the slice, or rest on incidents that are not in it."""
    f, claimed = read(node["formula"]), node["value"]  # None, "not known", claims nothing
    days = [(date.fromisoformat(day) - held.first).days for day in node.get("between", [node.get("on")])]
    if "between" in node:  # it holds on one of these days
        f = ("past", 0, days[-1] - days[0], None, f)
    if claimed is not None and any(true is not claimed for true in held.values(f, days[-1], {})):
        yield f"does not hold: {node['formula']} on {node.get('on') or node['between']}"
    if not set(node.get("by", ())) <= {i.id for i in held.incidents}:
        yield f"rests on what is not in the slice: {node['formula']}"
    for child in node.get("so", ()):
        yield from _wrong(child, held)


class Slice:
    """What the log held for a clause, a binding and a day. Days count from the first that the clause can look at."""

    def __init__(self, accord: Accord, c: dict[str, Any], log: Sequence[Incident]) -> None:
        self.binding, logic, on = c["binding"], c["logic"], date.fromisoformat(c["day"])
        self.breach = ("and", read(logic["applies"]), ("not", read(logic["holds"])))
        back, ahead = reach(self.breach)
        as_of = datetime.fromisoformat(c["as_of"])
        known = in_force(log, as_of)
        self.until = as_of.astimezone(ZoneInfo(accord.timezone)).date()
        starts = accord.starts or min((i.earliest for i in known), default=self.until)
        self.first = starts if back >= (on - starts).days else on - timedelta(back)
        self.last, self.day = on + timedelta(ahead), (on - self.first).days
        self.kinds = {event.name: event.arguments for event in accord.events if event.name in logic["scope"]}
        near = [i for i in known if i.kind in self.kinds and i.latest >= self.first and i.earliest <= self.last]
        watch = [(dict(i.arguments).get("of", ""), i) for i in known if i.kind == "coverage"]
        self.watched = {kind: [i for of, i in watch if of in ("", kind)] for kind in self.kinds}
        self.incidents = sorted([*near, *(i for of, i in watch if of in ("", *self.kinds))], key=lambda i: i.id)
        days = [self.first + timedelta(n) for n in range((self.last - self.first).days + 1)]
        self.open = {(kind, n) for kind in self.kinds for n, day in enumerate(days) if not self.closed(kind, day)}
        self.begins = self.first == accord.starts
        before, after = self.first - timedelta(1), self.last + timedelta(1)  # these stand for all days outside
        self.near = [replace(i, earliest=max(i.earliest, before), latest=min(i.latest, after)) for i in near]
        named = [*self.binding.values(), *re.findall(r'"([^"]*)"', logic["applies"] + logic["holds"])]
        self.names = sorted({*named, *(told for i in near for _, told in i.arguments if told)})

    def closed(self, kind: str, day: date) -> bool:
        """Whether no more reports of a kind can come for a day: somebody watched for it."""
        return day <= self.until and any(i.earliest <= day <= i.latest for i in self.watched[kind])

    def told(self, incidents: Sequence[Incident]) -> Told:
        """What incidents tell of each day, and that more may be reported where it may."""
        found = defaultdict[tuple[str, int], list[tuple[Sequence[Any], bool]]](list)
        for i in incidents:
            least = max(i.low, 1)
            count = least if least >= i.high else Unknown(least, i.high)
            told: dict[str, Any] = {**dict(i.arguments), "count": count, "source": i.source, "id": i.id}
            values = [told.get(name) or Unknown() for name in self.kinds[i.kind]]
            first, last = (i.earliest - self.first).days, (i.latest - self.first).days
            for day in range(max(first, 0), min(last, (self.last - self.first).days) + 1) if i.high >= 1 else ():
                found[i.kind, day].append((values, i.low >= 1 and first == last))
        for kind, day in self.open:
            more = [Unknown(1 if name == "count" else -math.inf, many=True) for name in self.kinds[kind]]
            found[kind, day].append((more, False))
        found["begins", 0] = [((), True)] if self.begins else []
        return found

    def values(self, f: Formula, day: int, env: Env) -> Iterator[bool | None]:
        """What `f` comes to in cases that together are all there are; None: it hangs on reports to come."""
        waiting = deque([self.near])
        for n in range(MOST):
            if not waiting:
                return
            incidents = waiting.pop() if n % 2 else waiting.popleft()  # cases unlike each other first
            true = value(f, day, env, self.told(incidents))
            open_ = [k for k, i in enumerate(incidents) if self.cut(i)] if true is None else []
            if not open_:
                yield true
            for part in self.cut(incidents[open_[0]]) if open_ else ():
                waiting.append([*incidents[: open_[0]], part, *incidents[open_[0] + 1 :]])
        raise ValueError(f"not decided within {MOST} cases")

    def cut(self, i: Incident) -> list[Incident]:
        """An incident in parts that together allow what it allows; none if nothing about it is open."""
        days = (i.latest - i.earliest).days
        if days and i.high >= 1:
            middle = i.earliest + timedelta((days + 1) // 2)
            return [replace(i, latest=middle - timedelta(1)), replace(i, earliest=middle)]
        if i.low < i.high:
            return [replace(i, high=(i.low + i.high) // 2), replace(i, low=(i.low + i.high) // 2 + 1)]
        told = {name for name, text in i.arguments if text} | {"count", "source", "id"}
        names = [name for name in self.kinds[i.kind] if name not in told and i.high >= 1]
        some = [*self.names, f"another ({i.id})"]
        return [replace(i, arguments=(*i.arguments, (names[0], who))) for who in some] if names else []

    def verdict(self) -> str:
        """As the cases have it; two that differ suffice, unless one that hangs on reports to come can turn up."""
        found = set[bool | None]()
        for true in self.values(self.breach, self.day, self.binding):
            found.add(true)
            if None in found or (len(found) == 2 and not self.open):
                break
        if None in found:
            awaited = self.last > self.until or any(self.watched[kind] for kind, _ in self.open)
            return "pending" if awaited else "not_verifiable"
        return "disputed" if len(found) == 2 else "breached" if True in found else "complied"
