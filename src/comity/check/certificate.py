"""Is what a certificate says so? Digests, the slice of the log, the verdict, and the steps of its explanation."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from comity.check.formula import Reader, negation, reach
from comity.check.truth import Some, Told, Truth
from comity.words import Accord, Incident, in_force, substance, to_json

MOST = 20_000
"""Cases looked at before the checker says that it cannot decide."""
FILLED = {"count", "source", "id"}


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
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        return Result((f"not a certificate that can be checked: {error!r}",))


def _check(c: dict[str, Any], accord: Accord, log: Sequence[Incident]) -> Result:
    bad = list[str]()
    if c["seal"] != digest({key: part for key, part in c.items() if key != "seal"}):
        bad.append("the seal is broken: a field was altered after it was made")
    if c["accord"] != digest(substance(accord)):
        bad.append("it speaks of another accord")
    clause = next((x for x in accord.clauses if x.id == c["clause"]), None)
    if clause is None or clause.logic is None or clause.standing != "agreed" or to_json(clause.logic) != c["logic"]:
        return Result((*bad, f"the accord has no agreed clause {c['clause']!r} with these formulas"))
    known = in_force(log, datetime.fromisoformat(c["as_of"]))
    world = World(accord, known, c)
    if c["slice"]["incidents"] != [to_json(i) for i in world.near]:
        bad.append("the slice is not what the log held on that date: an incident is missing, added or altered")
    if c["slice"]["digest"] != digest(c["slice"]["incidents"]):
        bad.append("the digest of the slice is wrong")
    found = world.verdict()
    if found != c["verdict"]:
        bad.append(f"the verdict is {found or 'not decided within the cases allowed'}, not {c['verdict']}")
    return Result(tuple(bad), tuple(world.wrong_steps(c["proof"])))


class World:
    """The days a clause looks at for one binding, and what the log held for them."""

    def __init__(self, accord: Accord, known: Sequence[Incident], c: dict[str, Any]) -> None:
        logic, self.values = accord.clause(c["clause"]).logic, dict(c["binding"])
        assert logic is not None
        applies, holds = (Reader(text).read() for text in (logic.applies, logic.holds))
        self.breach, day = ("and", applies, negation(holds)), date.fromisoformat(c["day"]).toordinal()
        self.until = datetime.fromisoformat(c["as_of"]).astimezone(ZoneInfo(accord.timezone)).date().toordinal()
        first = accord.starts or min((i.earliest for i in known), default=date.fromordinal(self.until))
        back, ahead = reach(self.breach)
        self.first, self.end = int(max(first.toordinal(), day - back)), int(day + ahead)
        self.day, self.n = day - self.first, self.end - self.first + 1
        self.begins = accord.starts is not None and accord.starts.toordinal() == self.first
        self.texts = re.findall(r'"([^"]*)"', logic.applies + logic.holds)
        self.hints = [w["choices"] for w in c["worlds"]]
        self.kinds = {e.name: e.arguments for e in accord.events if e.name in logic.scope}
        watch = [i for i in known if i.kind == "coverage" and dict(i.arguments).get("of", "") in ("", *self.kinds)]
        self.told = [i for i in known if i.kind in self.kinds and self.inside(i)]
        self.near = sorted([*watch, *self.told], key=lambda i: i.id)
        self.watched = {k: [i for i in watch if dict(i.arguments).get("of", "") in ("", k)] for k in self.kinds}
        self.open = {k: {d for d in range(self.n) if not self.seen(k, d + self.first)} for k in self.kinds}

    def inside(self, i: Incident) -> bool:
        return i.latest.toordinal() >= self.first and i.earliest.toordinal() <= self.end

    def seen(self, kind: str, day: int) -> bool:
        spans = ((i.earliest.toordinal(), i.latest.toordinal()) for i in self.watched[kind])
        return day <= self.until and any(start <= day <= end for start, end in spans)

    def truth(self, incidents: Sequence[Incident]) -> Truth:
        told: dict[str, list[Told]] = {kind: [] for kind in self.kinds}
        for i in incidents:
            if i.high >= 1:
                s, e = i.earliest.toordinal() - self.first, i.latest.toordinal() - self.first
                told[i.kind].append(Told(self.row(i), s, e, i.low >= 1 and s >= 0 and e < self.n))
        return Truth(told, self.kinds, self.open, self.n, self.begins)

    def row(self, i: Incident) -> tuple[Any, ...]:
        low, told = max(i.low, 1), dict(i.arguments)
        count = low if low >= i.high else Some((i.id, "count"), low, i.high, True)
        filled = {"count": count, "source": i.source, "id": i.id}
        return tuple(filled[n] if n in FILLED else told.get(n) or Some((i.id, n)) for n in self.kinds[i.kind])

    def verdict(self) -> str:
        """The verdict, or nothing if it takes too many cases."""
        found = set[bool | None]()
        for n, (value, left) in enumerate(self.cases(self.told, [self.chosen(hint) for hint in self.hints])):
            found |= {value} if value is not None or not left else set()
            if None in found or (len(found) == 2 and not any(self.open.values())):
                break
            if n > MOST:
                return ""
        if None in found:
            up = self.end > self.until or any(self.watched[k] for k in self.kinds if self.open[k])
            return "pending" if up else "not_verifiable"
        return "disputed" if len(found) == 2 else "breached" if True in found else "complied"

    def chosen(self, hint: dict[str, Any]) -> list[Incident]:
        """The incidents with days, counts and names as a completion has them, as far as the reports allow them."""
        return [choose(i, hint[i.id]) if i.id in hint else i for i in self.told]

    def cases(self, incidents: list[Incident], hints: list[list[Incident]]) -> Iterator[tuple[bool | None, bool]]:
        """Values of cases, and whether they can be cut further: first some that may help, then all there are."""
        value = self.truth(incidents).value(self.breach, self.day, self.values)
        cuts = [(n, parts) for n, i in enumerate(incidents) if len(parts := self.cut(i)) > 1] if value is None else []
        yield value, bool(cuts)
        for hint in hints if cuts else ():
            yield self.truth(hint).value(self.breach, self.day, self.values), any(len(self.cut(i)) > 1 for i in hint)
        for n, parts in cuts[:1]:
            for part in parts:
                yield from self.cases([*incidents[:n], part, *incidents[n + 1 :]], [])

    def cut(self, i: Incident) -> list[Incident]:
        s, e = i.earliest.toordinal(), i.latest.toordinal()
        if i.high < 1:
            return [i]
        if s < e:
            if e < self.first or s > self.end:
                return [i]
            middle = next((d for d in (self.first, self.end + 1) if s < d <= e), (s + e + 1) // 2)
            return [replace(i, latest=date.fromordinal(middle - 1)), replace(i, earliest=date.fromordinal(middle))]
        if i.low != i.high:
            middle = 1 if i.low < 1 else (i.low + i.high) // 2 + 1
            return [replace(i, high=middle - 1), replace(i, low=middle)]
        slot = next((n for n in self.kinds[i.kind] if n not in FILLED and not dict(i.arguments).get(n)), "")
        names = {*self.values.values(), *self.texts, f"another ({i.id})"}
        names |= {v for o in self.near for _, v in o.arguments}
        return [replace(i, arguments=(*i.arguments, (slot, v))) for v in sorted(names)] if slot else [i]

    def wrong_steps(self, node: dict[str, Any]) -> Iterator[str]:
        """Steps of an explanation that do not hold on the slice, or rest on incidents that are not in it."""
        f, truth = Reader(node["formula"]).read(), self.truth(self.told)
        days = [date.fromisoformat(d).toordinal() - self.first for d in node.get("between", [node.get("on")])]
        right = node["value"] in (None, truth.value(f, days[0], {}))  # "not known" claims nothing
        if "between" in node:
            right = any(days[0] <= s and e <= days[1] for s, e, _ in truth.wide(f, {}))
        if not right or not set(node.get("by", ())) <= {i.id for i in self.near}:
            yield f"does not hold: {node['formula']} on {node.get('on') or node.get('between')}"
        for child in node.get("so", ()):
            yield from self.wrong_steps(child)


def choose(i: Incident, c: dict[str, Any]) -> Incident:
    day, count, told = date.fromisoformat(c["day"]), c["count"], tuple(c["arguments"].items())
    if i.earliest <= day <= i.latest and i.low <= count <= i.high and set(i.arguments) <= set(told):
        return replace(i, earliest=day, latest=day, low=count, high=count, arguments=told)
    return i
