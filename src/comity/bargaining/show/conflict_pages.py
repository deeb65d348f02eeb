"""Pages on what would hold: stability, stability in doubt; and on the weight of actors."""

from __future__ import annotations

from itertools import combinations
from string import ascii_lowercase

from markupsafe import Markup

from comity.bargaining.actors import Actors
from comity.bargaining.conflict import Stability
from comity.bargaining.show.graph import graph, numbered
from comity.bargaining.show.markup import el, joined, table
from comity.bargaining.show.page import Page, Part, figure
from comity.bargaining.show.parts import Parts
from comity.bargaining.show.pictures import bar, strip
from comity.bargaining.show.worth_pages import percent
from comity.bargaining.uncertain import Holding

NAMES = {"nash": "Nash", "gmr": "GMR", "smr": "SMR", "seq": "SEQ", "sim": "SIM"}
_MEANS = {
    "nash": "Nash: the party has no improvement.",
    "gmr": "GMR: the others could answer every improvement so that it is no better off.",
    "smr": "SMR: as GMR, and it could not get away from their answer.",
    "seq": "SEQ: as GMR, by moves that are improvements for those who make them.",
    "sim": "SIM: others improve at the same time, and together that leaves it no better off.",
}


def stability_page(parts: Parts, result: Stability) -> Page:
    counts = ", ".join(f"{NAMES[concept]} {count}" for concept, count in result.counts)
    answer = f"{result.feasible:,} states; equilibria by concept: {counts}."
    drawing = graph(result)
    body = []
    if drawing:
        movers = ", ".join(
            f"{a}: {parts.parties[p]}" for a, p in zip(ascii_lowercase, result.decision_makers, strict=False)
        )
        told = (
            "Numbers are those of the table. A double ring: stable for every party by some concept. A square: the "
            f"status quo. Arrows: improvements ({movers}). Columns: how many improvements lead there from the status "
            "quo; states that none lead to stand last."
        )
        body.append(Part("picture", "Picture", figure(drawing, told)))
    body.append(Part("states", "States", _states(parts, result), full=True))
    if any(state.coalitions for state in result.states):
        body.append(Part("coalitions", "Coalitions", _coalitions(parts, result)))
    means = joined(el("li", _MEANS[concept]) for concept, _ in result.counts)
    body.append(Part("concepts", "What the names mean", el("ul", means)))
    return Page(parts.model.title, "Which packages would hold", answer, tuple(body), result.method)


def _states(parts: Parts, result: Stability) -> Markup:
    held = {state.state.options: state for state in result.states}
    places = {place.state.options: place for place in result.reached}
    head = ["", *(issue.name for issue in parts.model.issues), "Equilibrium by"]
    head += ["From the status quo", *(parts.parties[party] for party in result.decision_makers)]
    rows = []
    for number, state in enumerate(numbered(result), 1):
        stable, place = held.get(state.options), places.get(state.options)
        row = [str(number), *(option for _, option in parts.settled(state))]
        row.append(" ".join(NAMES[concept] for concept in stable.equilibrium) if stable else "–")
        if place is not None and place.by:
            by = " or ".join(parts.parties[party] for party in place.by)
            row.append(f"{place.moves} improvement{'s' * (place.moves != 1)}, the last by {by}")
        elif place is not None:
            row.append("the status quo")
        elif stable is not None and stable.detour:
            row.append("not by improvements alone: " + ", then ".join(parts.parties[m.party] for m in stable.detour))
        else:
            row.append("–")
        row += [str(rank) for rank in stable.ranks] if stable else ["–"] * len(result.decision_makers)
        rows.append(row)
    told = "States that hold, and those that improvements lead to from the status quo. The last columns are "
    told += "their places in each party’s ranking: 1 is its best state."
    if result.equilibria > len(result.states) or not result.all_reached:
        told += f" {result.equilibria:,} states hold in all; not all are listed."
    return table(head, rows, told, numbers=len(result.decision_makers))


def _coalitions(parts: Parts, result: Stability) -> Markup:
    """For every state listed the coalitions that would not stay, concept by concept."""
    numbers = {state.options: n for n, state in enumerate(numbered(result), 1)}
    parties = result.decision_makers
    every = [group for size in range(2, len(parties) + 1) for group in combinations(parties, size)]
    concepts = [concept for concept, _ in result.states[0].coalitions]
    rows = []
    for state in result.states:
        row = [str(numbers[state.state.options])]
        for _, groups in state.coalitions:
            away = [" + ".join(parts.parties[party] for party in group) for group in every if group not in groups]
            row.append("; ".join(away) or "none")
        rows.append(row)
    head = ["State", *(NAMES[concept] for concept in concepts)]
    return table(head, rows, "Coalitions of two or more that would move away from a state, by concept.")


def holding_page(parts: Parts, result: Holding) -> Page:
    some = ", ".join(f"{NAMES[row.what]} {percent(row)}" for row in result.some)
    answer = f"How often each of {result.feasible:,} states holds. Draws with an equilibrium at all: {some}."
    concepts = [row.what for row in result.some]
    head = ["", *(issue.name for issue in parts.model.issues), "By any concept", "", *(NAMES[c] for c in concepts)]
    rows = [
        [
            str(n),
            *(option for _, option in parts.settled(row.state)),
            bar(row.any.share, row.any.error),
            percent(row.any),
            *(percent(one) for one in row.by_concept),
        ]
        for n, row in enumerate(result.states, 1)
    ]
    means = joined(el("li", _MEANS[concept]) for concept in concepts)
    body = (
        Part("states", "States", table(head, rows, "Most often first.", numbers=len(concepts) + 1), full=True),
        Part("concepts", "What the names mean", el("ul", means)),
    )
    return Page(parts.model.title, "How often each package would hold", answer, body, result.method)


def actors_page(result: Actors) -> Page:
    rows = []
    for row in result.baselines:
        low, high = row.median
        median = f"{low:.6g}" if low == high else f"{low:.6g} to {high:.6g}"
        marks = [("○", row.mean), ("◇", (low + high) / 2)]
        marks += [] if row.outcome is None else [("×", row.outcome)]
        outcome = "–" if row.outcome is None else f"{row.outcome:.6g}"
        rows.append([row.issue, strip(marks), str(row.actors), f"{row.mean:.6g}", median, outcome])
    head = ["Issue", "0 to 100: ○ mean, ◇ median, × outcome", "Actors", "Weighted mean", "Weighted median", "Outcome"]
    body = [Part("issues", "Issues", table(head, rows, numbers=4), full=True)]
    if result.backtests:
        tests = [
            [t.baseline, str(t.issues), f"{t.error:.3f}", f"{t.interval[0]:.3f} to {t.interval[1]:.3f}"]
            for t in result.backtests
        ]
        told = "Mean absolute error where the outcome is known, with a 95 per cent bootstrap interval."
        body.append(Part("backtest", "How they did before", table(["", "Issues", "Error", "Interval"], tests, told, 3)))
    answer = f"Positions weighted by salience on {len(result.baselines)} issues."
    return Page("", "Weight of actors", answer, tuple(body), result.method)
