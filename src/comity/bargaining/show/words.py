"""Results in words, for the terminal: lines of text, nothing that a page could not show as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from comity.bargaining.actors import Actors
from comity.bargaining.blocks import Blockers, Opening, Openings, Stand, Unheard, roadmap
from comity.bargaining.conflict import Stability
from comity.bargaining.method import Method
from comity.bargaining.pareto import Comparison, Frontier, FrontierPoint, Solution
from comity.bargaining.uncertain import Doubt, Holding
from comity.words import NegotiationModel, Package

Sentences = Mapping[str, str]
"""Quotes of statements by their ids, where a ledger is at hand."""

_CONCEPTS = {"nash": "Nash", "gmr": "GMR", "smr": "SMR", "seq": "SEQ", "sim": "SIM"}


class Teller:
    """Puts results of one model into words; `sentences` gives the quotes of cited statements."""

    def __init__(self, model: NegotiationModel, sentences: Sentences | None = None) -> None:
        self.model, self.sentences = model, sentences or {}
        self.parties = {party.id: party.name for party in model.parties}
        self.issues = {issue.id: issue for issue in model.issues}

    def blockers(self, result: Blockers) -> Iterator[str]:
        asked = "" if result.reporter else " without what rests on a reporter's account"
        if result.possible and result.package is not None:
            yield f"Stated positions leave a package{asked}:"
            yield from self.package(result.package)
            yield from self.unheard(result.unheard)
        else:
            count = len(result.blockers)
            yield f"No package satisfies every stated position{asked}. {count} blocker{'s' * (count != 1)}:"
        for n, blocker in enumerate(result.blockers, 1):
            names = ", ".join(self.issue(issue) for issue in blocker.issues)
            yield ""
            yield f"{n}. {names}" + (" (rests on a reporter's account)" if blocker.on_reporter else "")
            for stand in blocker.stands:
                yield from self.stand(stand)
        if not result.complete:
            yield "There may be more blockers than these."
        yield from _method(result.method)

    def openings(self, result: Openings) -> Iterator[str]:
        if result.least == 0:
            yield "Nothing has to be given up: stated positions leave a package."
        else:
            yield f"At least {result.least} stated position{'s' * (result.least != 1)} would have to be given up."
            yield "Within a number the order means nothing."
        for n, opening in enumerate(result.openings, 1):
            yield ""
            yield f"{n}. gives up {opening.number}" + (" (rests on a reporter's account)" * opening.on_reporter)
            yield from self.opening(opening)
        yield ""
        yield "Party by party, in the model's order:"
        for block in result.blocks:
            yield ""
            yield f"{self.parties[block.party]}"
            if block.gives:
                yield "  positions of its own in the openings above:"
                for stand in block.gives:
                    yield f"    {stand.text} ({stand.firmness.value})"
            else:
                yield "  no position of its own is in the openings above"
            if not block.searched:
                yield "  whether it could open a deal alone was not found out in time"
            elif block.alone is None:
                yield "  cannot open a deal alone"
            else:
                names = "; ".join(stand.text for stand in block.alone.gives) or "nothing"
                yield f"  could open a deal alone by giving up: {names}"
                yield from self.unheard(block.alone.unheard, "    ")
        if not result.complete:
            yield ""
            yield "There are more openings than these" + ("." if result.proved else ", perhaps smaller ones.")
        yield from _method(result.method)

    def opening(self, opening: Opening) -> Iterator[str]:
        about = {issue for stand in opening.gives for issue in stand.issues}
        for stand in opening.gives:
            yield from self.stand(stand)
        if about:
            yield "   then possible:"
            yield from self.package(opening.package, about)
        for line in waits(self.model, opening.package):
            yield f"   {line}"
        yield from self.unheard(opening.unheard)
        for flag in opening.flags:
            yield f"   legal point: {flag.text} ({flag.citation})"

    def stand(self, stand: Stand) -> Iterator[str]:
        marks = [stand.kind, stand.firmness.value]
        marks += ["on a reporter's account"] if stand.on_reporter else []
        yield f"   {stand.text} [{', '.join(marks)}]"
        for cited in stand.statements:
            quote = self.sentences.get(cited) or (stand.quote if cited == stand.statements[0] else "")
            yield f"      {cited}" + (f": “{quote}”" if quote else "")

    def unheard(self, rows: tuple[Unheard, ...], indent: str = "   ") -> Iterator[str]:
        by_party: dict[str, list[str]] = {}
        for row in rows:
            by_party.setdefault(row.party, []).append(self.issue(row.issue))
        for party, issues in by_party.items():
            yield f"{indent}possible only: {self.parties[party]} not heard on {', '.join(issues)}"

    def issue(self, issue: str) -> str:
        return self.issues[issue].name

    def package(self, package: Package, only: set[str] | None = None) -> Iterator[str]:
        """A package card: one line an issue."""
        for issue, option in zip(self.model.issues, package.options, strict=True):
            if only is None or issue.id in only:
                chosen = next(o.name for o in issue.options if o.id == option)
                yield f"   {issue.name}: {chosen}"

    def order(self, package: Package) -> Iterator[str]:
        """In which order the package can be carried out, where the model holds steps."""
        stages = roadmap(self.model, package)
        if stages:
            told = ["; ".join(step.name + " (a gate)" * step.gate for step in stage.steps) for stage in stages]
            yield f"   in this order: {', then '.join(told)}"

    def frontier(self, result: Frontier) -> Iterator[str]:
        names = [self.parties[party] for party in result.parties]
        yield f"{result.size} packages that no other betters for all, of {result.outcomes}."
        if any(result.lost):
            off = ", ".join(f"{name} {lost:.6g}" for name, lost in zip(names, result.lost, strict=True))
            yield f"Not exact: a package that is not listed betters one listed by at most {off} at once."
        for point in result.points:
            yield ""
            yield from self.point(point, names)
        if result.size > len(result.points):
            yield ""
            yield f"… and {result.size - len(result.points)} more (see --limit)."
        yield from _method(result.method)

    def point(self, point: FrontierPoint, names: list[str]) -> Iterator[str]:
        yield "   ".join(f"{name} {u:.6g}" for name, u in zip(names, point.utilities, strict=True))
        yield from self.package(point.package)
        if point.equal > 1:
            yield f"   {point.equal} packages have exactly these values"
        if point.below:
            below = ", ".join(self.parties[party] for party in point.below)
            yield f"   below the alternative to a deal: {below}"

    def solutions(self, results: tuple[Solution, ...], parties: tuple[str, ...]) -> Iterator[str]:
        names = [self.parties[party] for party in parties]
        for result in results:
            yield f"{result.principle}: {result.measure}" + (f", {result.ties} points tie" if result.ties > 1 else "")
            for point in result.points[:5]:
                yield from (f"  {line}" for line in self.point(point, names))
            for note in result.notes:
                yield f"  note: {note}"
            yield ""
        if results:
            yield from _method(results[0].method)

    def compare(self, result: Comparison) -> Iterator[str]:
        names = [self.parties[party] for party in result.parties]
        yield result.package.name or "The package"
        yield from self.package(result.package)
        yield from self.order(result.package)
        yield "worth " + "   ".join(f"{n} {u:.6g}" for n, u in zip(names, result.utilities, strict=True))
        if result.below:
            yield f"below the alternative to a deal: {', '.join(self.parties[party] for party in result.below)}"
        if result.crosses:
            yield f"crosses: {', '.join(result.crosses)}"
        if result.on_frontier:
            yield "No other package betters it for all."
        elif result.nearest is None:
            yield "No allowed package betters it for all, but it is not allowed itself."
        else:
            yield "A package on the frontier that betters it most evenly:"
            yield from (f"  {line}" for line in self.point(result.nearest, names))
        for trade in result.trades:
            yield ""
            gains = "   ".join(f"{n} {g:+.6g}" for n, g in zip(names, trade.gains, strict=True))
            yield f"trade: {gains}"
            for swap in trade.swaps:
                options = {option.id: option.name for option in self.issues[swap.issue].options}
                yield f"   {self.issue(swap.issue)}: {options[swap.before]} → {options[swap.after]}"
        if not result.trades and not result.on_frontier:
            yield f"No trade of {result.tried} or fewer changes betters it."
        yield from _method(result.method)

    def stability(self, result: Stability) -> Iterator[str]:
        counts = ", ".join(f"{_CONCEPTS[concept]} {count}" for concept, count in result.counts)
        yield f"{result.feasible} states; equilibria by concept: {counts}."
        for state in result.states:
            yield ""
            yield " ".join(_CONCEPTS[concept] for concept in state.equilibrium)
            yield from self.package(state.state)
            places = ", ".join(
                f"{self.parties[party]} {rank}" for party, rank in zip(result.decision_makers, state.ranks, strict=True)
            )
            yield f"   place in each ranking: {places}"
            if state.path:
                yield f"   from the status quo: {' → '.join(self.parties[move.party] for move in state.path)} move"
            elif state.path is not None:
                yield "   this is the status quo"
            elif state.detour:
                movers = " → ".join(self.parties[move.party] for move in state.detour)
                yield f"   from the status quo only by moves that are not all improvements: {movers} move"
            for concept, groups in state.coalitions:
                held = "; ".join(" + ".join(self.parties[party] for party in group) for group in groups)
                yield f"   held by coalitions ({_CONCEPTS[concept]}): {held or 'none'}"
        if result.equilibria > len(result.states):
            yield f"… and {result.equilibria - len(result.states)} more (see --limit)."
        if result.reached:
            yield ""
            more = "" if result.all_reached else ", and more"
            yield f"Where improvements lead from the status quo: {len(result.reached)} states{more}."
            for place in result.reached:
                by = " or ".join(self.parties[party] for party in place.by)
                moved = f"{place.moves} move{'s' * (place.moves != 1)}, the last by {by}" if by else "the status quo"
                yield f"   {self.options(place.state)} ({moved}{', nobody moves on' * place.rests})"
        yield from _method(result.method)

    def holding(self, result: Holding) -> Iterator[str]:
        some = ", ".join(f"{_CONCEPTS[row.what]} {_percent(row.share, row.error)}" for row in result.some)
        yield f"{result.feasible} states. Draws with an equilibrium at all: {some}."
        for row in result.states:
            yield ""
            yield f"{self.options(row.state)}"
            yield f"   by any concept {_percent(row.any.share, row.any.error)}"
            shares = ", ".join(f"{_CONCEPTS[one.what]} {_percent(one.share, one.error)}" for one in row.by_concept)
            yield f"   {shares}"
        yield from _method(result.method)

    def options(self, package: Package) -> str:
        """A package on one line."""
        chosen = []
        for issue, option in zip(self.model.issues, package.options, strict=True):
            name = next(o.name for o in issue.options if o.id == option)
            chosen.append(f"{issue.name}: {name}")
        return "; ".join(chosen)

    def doubt(self, result: Doubt) -> Iterator[str]:
        said = {True: "yes", False: "no", None: "not known (a ranking leaves it open)"}
        agreed = _percent(result.agreement.share, result.agreement.error)
        yield f"Some package is acceptable to all in {agreed} of draws."
        yield f"Possible for some preferences that fit what is known: {said[result.possible]}"
        yield f"One package acceptable whatever fits what is known: {said[result.necessary]}"
        yield ""
        yield "Packages that come out most often:"
        for row in result.packages[:5]:
            yield f"  {_percent(row.share, row.error)}"
            yield from (f"  {line}" for line in self.package(row.package))
        yield ""
        yield "Options:"
        for issue, rows in result.options:
            names = {option.id: option.name for option in self.issues[issue].options}
            shown = ", ".join(f"{names[row.what]} {_percent(row.share, row.error)}" for row in rows if row.share)
            yield f"  {self.issue(issue)}: {shown or 'none'}"
        yield ""
        yield "Parties by their share of what each could gain:"
        for order in result.orders[:5]:
            yield f"  {order.what}: {_percent(order.share, order.error)}"
        if result.asking:
            yield ""
            yield f"What to ask next (a distance near {result.asking[0].noise:.3f} is noise):"
            for row_ in result.asking[:5]:
                unknown = row_.unknown
                where = f"{self.parties[unknown.party]}, {self.issue(unknown.issue)}"
                yield f"  {row_.effect:.3f}  {unknown.kind} of {where}{f', {unknown.option}' if unknown.option else ''}"
        yield from _method(result.method)


def waits(model: NegotiationModel, package: Package) -> list[str]:
    """What has to wait for what, if the package is carried out: true of it whether or not it comes to each step."""
    found = []
    for step in (step for stage in roadmap(model, package) for step in stage.steps):
        before = [other.name + " (a gate)" * other.gate for other in model.steps if other.id in step.after]
        if before:
            found.append(f"{step.name}: only after {' and '.join(before)}")
    return found


def actors_in_words(result: Actors) -> Iterator[str]:
    """Baselines and backtests, one line each."""
    for row in result.baselines:
        low, high = row.median
        median = f"{low:.6g}" if low == high else f"{low:.6g} to {high:.6g}"
        outcome = "" if row.outcome is None else f", outcome {row.outcome:.6g}"
        yield f"{row.issue}: weighted mean {row.mean:.6g}, weighted median {median}, {row.actors} actors{outcome}"
    if result.backtests:
        yield ""
        yield "Mean absolute error where the outcome is known, with 95 % bootstrap interval:"
    for test in result.backtests:
        low, high = test.interval
        yield f"  {test.baseline}: {test.error:.3f} ({low:.3f} to {high:.3f}) over {test.issues} issues"
    yield from _method(result.method)


def _percent(share: float, error: float) -> str:
    return f"{100 * share:.1f} % (± {100 * error:.1f})"


def _method(how: Method) -> Iterator[str]:
    yield ""
    told = ", ".join(f"{key}={value}" for key, value in how.parameters)
    exact = "exact" if how.exact else f"not exact: {how.bound}"
    yield (
        f"{how.name} ({told}); {exact}; Comity {how.version}" if told else f"{how.name}; {exact}; Comity {how.version}"
    )
