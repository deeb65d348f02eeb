"""A clause in plain words, made from its parts: what the formula says, for who does not read formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from comity.accord.clauses.tree import (
    AccordTree,
    Act,
    AndExpr,
    Arg,
    Breach,
    ClauseTree,
    Counted,
    DefinitionTree,
    Expr,
    Happens,
    InForce,
    NoneSince,
    NotExpr,
    OnDate,
    OrExpr,
    Same,
    Timing,
    Variable,
)


def shown_date(day: date) -> str:
    """A date as a lawyer writes it.

    >>> shown_date(date(2015, 2, 15))
    '15 February 2015'
    """
    return f"{day.day} {day:%B} {day.year}"


def some_days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def joined(parts: Sequence[str], word: str = "and") -> str:
    """A list in words.

    >>> joined(["a", "b", "c"], "or")
    'a, b or c'
    """
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


class Paraphrase:
    """Words for the expressions and clauses of one accord."""

    def __init__(self, tree: AccordTree) -> None:
        self.tree = tree
        self.names = dict((*tree.parties, *tree.bodies))
        self.names |= {z.id: z.name for z in tree.zones}
        self.events = {e.name: e for e in tree.events}
        self.definitions = {d.name: d for d in tree.definitions}
        self.variables: dict[str, Variable] = {}

    def arg(self, arg: Arg, sort: str) -> str:
        if arg.kind == "any":
            return f"any {sort}"
        if arg.value in self.variables:
            variable = self.variables[arg.value]
            if variable.other_than:
                return f"the other {variable.sort}"
            return f"the {variable.name.replace('_', ' ')}"
        return self.names.get(arg.value, arg.value)

    def event(self, happens: Happens) -> str:
        kind = self.events.get(happens.event)
        if kind is None:
            params = self.definitions[happens.event].params
            shown = [self.arg(a, s) for a, (_, s) in zip(happens.args, params, strict=True)]
            return f"“{happens.event.replace('_', ' ')}”" + (f" ({', '.join(shown)})" if shown else "")
        words = {
            name: self.arg(arg, sort) for arg, (name, sort) in zip(
                happens.args, [a for a in kind.arguments if a[0] != "count"], strict=True
            )
        }  # fmt: skip
        if kind.reads:
            return re.sub(r"\{(\w+)\}", lambda m: words.get(str(m[1]), "some"), kind.reads)
        name = happens.event.replace("_", " ")
        return name + (f" ({', '.join(words.values())})" if words else "")

    def expr(self, expr: Expr) -> str:
        """An expression in words."""
        match expr:
            case Happens(when="ever"):
                return f"{self.event(expr)} (then or before)"
            case Happens(when="within", days=days):
                return f"{self.event(expr)} (on the day or in the {some_days(days)} before)"
            case Happens(when="ago", days=days):
                return f"{self.event(expr)} (at least {some_days(days)} before)"
            case Happens():
                return self.event(expr)
            case NoneSince(avoided, start):
                return f"{self.event(start)}, and since then not: {self.event(avoided)}"
            case Counted(least, happening, days, sources):
                kind = self.events[happening.event]
                counted = "counted in all" if any(a == "count" for a, _ in kind.arguments) else "reports"
                told = f" by at least {sources} different sources" if sources > 1 else ""
                what = f"at least {least} of “{self.event(happening)}” ({counted}){told}"
                return f"within {some_days(days)} there are {what}"
            case Breach(clause):
                return f"clause {clause} is breached"
            case InForce():
                return "the accord comes into force"
            case OnDate(day):
                return f"the day is {shown_date(day)}"
            case Same(name, value, negated):
                sort = self.variables[name].sort if name in self.variables else name
                return f"the {name} is {'not ' if negated else ''}{self.arg(value, sort)}"
            case NotExpr(part):
                return f"it is not so that {self.expr(part)}"
            case AndExpr(parts):
                return joined([self.expr(p) for p in parts])
            case OrExpr(parts):
                return "either " + joined([self.expr(p) for p in parts], "or")
        raise AssertionError(f"no words for {expr}")

    def counted(self, timing: Timing) -> bool | None:
        return timing.edge == "counted" if timing.edge else self.tree.last_counted

    def timing(self, timing: Timing | None, since: str = "") -> str:
        """A deadline in words, with its last day as a date where that is known."""
        if timing is None:
            return ""
        found = self._timing(timing, since)
        return f"{found} (assumed: nobody stated it)" if timing.assumed else found

    def _timing(self, timing: Timing, since: str) -> str:
        if timing.every is not None:
            return f"in every {some_days(timing.every)}"
        if timing.last is not None:
            if timing.first == timing.last:
                return f"on {shown_date(timing.last)}"
            if timing.months:
                plural = "month" if timing.months == 1 else "months"
                return f"within {timing.months} {plural}, {shown_date(timing.last)} being the last day"
            begin = f"from {shown_date(timing.first)} " if timing.first else ""
            return (
                f"{begin}until {shown_date(timing.last)} at the latest"
                if not begin
                else (f"{begin}to {shown_date(timing.last)}")
            )
        assert timing.high is not None
        last = timing.high - (1 if timing.relative and self.counted(timing) is False else 0)
        if timing.low == last and last:
            return f"on day {last} after {since or 'that day'}"
        if timing.low:
            return f"from day {timing.low} to day {last} after {since or 'that day'}"
        if last == 0:
            return "on the same day"
        known = ""
        if since == "the accord comes into force" and self.tree.starts:
            known = f", that is by {shown_date(self.tree.starts + timedelta(days=last))}"
        return f"not later than {some_days(last)} after {since or 'that day'}{known}"

    def deadline(self, clause: ClauseTree) -> str:
        """The deadlines of a clause in words, in the order of its steps."""
        start = "the accord comes into force" if clause.when is None and clause.in_step is None else ""
        acts = (*clause.must, *clause.must_not, *clause.may)
        shown = [self.timing(act.timing, "the step before" if act.chained else start) for act in acts]
        return "; ".join(words for words in shown if words)

    def who(self, clause: ClauseTree) -> str:
        """The variables in words: "For each party (A, B) and each zone"."""
        shown = list[str]()
        for v in clause.variables:
            if v.other_than:
                shown.append(f"the other {v.sort}")
                continue
            label = v.name.replace("_", " ") + ("" if v.name == v.sort else f" (a {v.sort})")
            members = f" ({joined([self.names.get(i, i) for i in v.among])})" if 0 < len(v.among) <= 4 else ""
            shown.append(f"each {label}{members}")
        return f"for {joined(shown)}: " if shown else ""

    def clause(self, clause: ClauseTree) -> str:
        """The whole clause in a few sentences."""
        self.variables = {v.name: v for v in clause.variables}
        holder = joined([self.names[h] for h in clause.holder])
        if clause.why_not:
            duty = f" {sentence(f'{holder} would be bound')}" if holder else ""
            return f"This clause cannot be monitored: {clause.why_not.rstrip('.')}.{duty}"
        text = [sentence(self.who(clause) + self._core(clause))]
        for expr in clause.conditions:
            text.append(sentence(f"this holds only if {self.expr(expr)}"))
        for expr in clause.exceptions:
            text.append(sentence(f"except where {self.expr(expr)}"))
        for expr, timing in zip(clause.unless, clause.unless_timing, strict=True):
            limit = self.timing(timing) if timing else "before the time is up"
            text.append(sentence(f"it falls away if, {limit}, {self.expr(expr)}"))
        if clause.suspended:
            begin, end = clause.suspended
            again = ", and its time then begins anew" if clause.must else ""
            text.append(sentence(f"it is suspended from the day when {self.expr(begin)} until {self.expr(end)}{again}"))
        for expr in clause.terminated:
            text.append(sentence(f"it ends when {self.expr(expr)}"))
        text += self._frame(clause, holder)
        self.variables = {}
        return " ".join(text)

    def _core(self, clause: ClauseTree) -> str:
        trigger = clause.in_step or clause.when
        since = self.expr(trigger) if trigger is not None else "the accord comes into force"
        if clause.must:
            steps = self._steps(clause.must, since)
            if clause.in_step is not None:
                return f"whenever {since}, in step with it this must happen, before or after: {steps}"
            if clause.must[0].timing and clause.must[0].timing.every is not None:
                return f"{f'once {since}, ' if trigger is not None else ''}this must happen: {steps}"
            return f"{'when' if trigger is not None else 'once'} {since}, this must happen: {steps}"
        if clause.must_not:
            (act,) = clause.must_not
            shown = self._choices(act)
            if act.timing:
                return f"when {since}, this must not happen {self.timing(act.timing)}: {shown}"
            state = f"once {since}, " if trigger is not None else ""
            return f"{state}on no day in force may this happen: {shown}"
        (act,) = clause.may
        shown = f"this may happen: {self._choices(act)}"
        if clause.when is not None:
            shown += f", but only when {since}" + (
                f", {self.timing(act.timing)}" if act.timing else " (then or before)"
            )
        if clause.only:
            shown += "; only if " + joined([self.expr(e) for e in clause.only])
        return shown

    def _choices(self, act: Act) -> str:
        return joined([self.event(c) for c in act.choices], "or")

    def _steps(self, acts: Sequence[Act], since: str) -> str:
        shown = list[str]()
        known = since if since == "the accord comes into force" else ""
        for i, act in enumerate(acts):
            time = self.timing(act.timing, "the step before" if act.chained else known)
            link = "" if not i else "and then " if act.chained else "and "
            shown.append(f"{link}{self._choices(act)}, {time}" if time else f"{link}{self._choices(act)}")
        return "; ".join(shown)

    def _frame(self, clause: ClauseTree, holder: str) -> list[str]:
        text = list[str]()
        if holder:
            duty = "has the power" if clause.may else "is bound"
            toward = f" towards {joined([self.names[c] for c in clause.counterpart])}" if clause.counterpart else ""
            text.append(sentence(f"who {duty}: {holder}{toward}"))
        if clause.first_day:
            text.append(sentence(f"from {shown_date(clause.first_day)}"))
        if last := clause.last_day or self.tree.ends:
            text.append(sentence(f"until {shown_date(last)}"))
        if clause.verifier:
            text.append(sentence(f"verified by {joined([self.names[v] for v in clause.verifier])}"))
        return text

    def definition(self, definition: DefinitionTree) -> str:
        """What a defined word means."""
        self.variables = {p: Variable(p, s) for p, s in definition.params}
        words = sentence(f"“{definition.name.replace('_', ' ')}” means: {self.expr(definition.means)}")
        self.variables = {}
        return words
