"""Generators of the synthetic models that the figures of `make bench-bargaining` are measured on.

All are seeded and use only `random.Random`, whose sequence is the same on every machine.

``opposed``     Each party spreads `points` over the issues (a random cut of the line). On every issue each party has an
                ideal option, the options lie on a line, and its worth falls in proportion to the distance from the
                ideal, rounded to whole points. The first party's ideal is always one end of the line and the
                second's the other, so their interests are opposed on every issue; the others' ideals are drawn.
``scattered``   As above, but worths of options are drawn evenly between 0 and the issue's points, the best option
                getting all of them: interests are neither opposed nor shared.
``neighbours``  `opposed` with dependencies between issue k and the next `reach`: every pair of options is banned with
                probability 1/8, and one pair in eight carries a joint worth of 1 to 20 points for a random party.
``floors``      `opposed` for four parties where each party refuses, on half of the issues (drawn), the two options it
                likes least, with a firmness drawn for each such red line; and a reservation value for each party:
                `tightness` times `equal_share` of the way from its mean package to its best, rounded down.
``vague``       `opposed`, where every worth is known only to lie within `off` of its size below or above.
``acts``        A conflict of yes-or-no acts that the parties control in turn, every move reversible. Each party gives
                each act -100 to 100 points, and as many to each of twice as many drawn pairs of acts (done or not).
"""

from __future__ import annotations

from random import Random

from comity.words import (
    Choice,
    Control,
    Firmness,
    Issue,
    Joint,
    NegotiationModel,
    Option,
    Party,
    Preference,
    RedLine,
    Rule,
    RuleKind,
    Worth,
)


def issues_of(count: int, options: int) -> tuple[Issue, ...]:
    return tuple(
        Issue(f"i{i}", f"Issue {i + 1}", options=tuple(Option(f"o{j}", f"option {j + 1}") for j in range(options)))
        for i in range(count)
    )


def spread(random: Random, points: int, count: int) -> list[int]:
    """`points` cut at random into `count` shares of one point or more."""
    cuts = sorted(random.sample(range(1, points), count - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, points], strict=True)]


def ideals(random: Random, parties: int, count: int, options: int) -> list[list[int]]:
    ends = [[0] * count, [options - 1] * count]
    drawn = [[random.randrange(options) for _ in range(count)] for _ in range(parties - 2)]
    return (ends + drawn)[:parties]


def model_of(issues: tuple[Issue, ...], tables: list[list[list[int]]], title: str) -> NegotiationModel:
    """The model where party p gives option j of issue i ``tables[p][i][j]`` points."""
    parties = tuple(Party(f"p{p}", f"Party {p + 1}") for p in range(len(tables)))
    preferences = tuple(
        Preference(
            party.id,
            worths=tuple(
                Worth(issue.id, option.id, float(table[i][j]), float(table[i][j]))
                for i, issue in enumerate(issues)
                for j, option in enumerate(issue.options)
            ),
        )
        for party, table in zip(parties, tables, strict=True)
    )
    return NegotiationModel(title, issues, parties, preferences=preferences)


def opposed_tables(random: Random, parties: int, count: int, options: int, points: int) -> list[list[list[int]]]:
    wanted = ideals(random, parties, count, options)
    tables = []
    for p in range(parties):
        shares = spread(random, points, count)
        rows = []
        for i in range(count):
            far = max(wanted[p][i], options - 1 - wanted[p][i])
            rows.append([round(shares[i] * (1 - abs(j - wanted[p][i]) / far)) for j in range(options)])
        tables.append(rows)
    return tables


def opposed(seed: int, parties: int, count: int, options: int, points: int) -> NegotiationModel:
    tables = opposed_tables(Random(seed), parties, count, options, points)
    return model_of(issues_of(count, options), tables, f"opposed {seed}")


def scattered(seed: int, parties: int, count: int, options: int, points: int) -> NegotiationModel:
    random = Random(seed)
    tables = []
    for _ in range(parties):
        rows = []
        for share in spread(random, points, count):
            row = [random.randint(0, share) for _ in range(options)]
            row[random.randrange(options)] = share
            rows.append(row)
        tables.append(rows)
    return model_of(issues_of(count, options), tables, f"scattered {seed}")


def neighbours(seed: int, parties: int, count: int, options: int, points: int, reach: int = 2) -> NegotiationModel:
    random = Random(seed)
    issues = issues_of(count, options)
    model = model_of(issues, opposed_tables(random, parties, count, options, points), f"neighbours {seed}")
    rules: list[Rule] = []
    joint: list[list[Joint]] = [[] for _ in range(parties)]
    for i in range(count):
        for k in range(i + 1, min(count, i + reach + 1)):
            for a in range(options):
                for b in range(options):
                    pair = (Choice(f"i{i}", (f"o{a}",)), Choice(f"i{k}", (f"o{b}",)))
                    drawn = random.random()
                    if drawn < 1 / 8:
                        rules.append(Rule(f"r{len(rules)}", RuleKind.BAN, pair))
                    elif drawn < 2 / 8:
                        joint[random.randrange(parties)].append(Joint(pair, float(random.randint(1, 20))))
    preferences = tuple(
        Preference(p.party, p.worths, joint=tuple(extra)) for p, extra in zip(model.preferences, joint, strict=True)
    )
    return NegotiationModel(model.title, issues, model.parties, rules=tuple(rules), preferences=preferences)


def equal_share(tables: list[list[list[int]]]) -> float:
    """The largest share of the way from its mean package to its best that all parties can have at once, if options
    could be mixed (a linear programme): an upper bound on what whole packages reach."""
    import numpy as np
    from scipy.optimize import linprog

    parties, count, options = len(tables), len(tables[0]), len(tables[0][0])
    size = count * options
    limits = np.zeros((parties, size + 1))
    bounds = np.zeros(parties)
    for p, table in enumerate(tables):
        mean = sum(sum(row) / options for row in table)
        best = sum(max(row) for row in table)
        limits[p, :size] = -np.array([worth for row in table for worth in row], dtype=float)
        limits[p, size] = best - mean
        bounds[p] = -mean
    one_each = np.zeros((count, size + 1))
    for i in range(count):
        one_each[i, i * options : (i + 1) * options] = 1
    goal = np.zeros(size + 1)
    goal[size] = -1
    solved = linprog(goal, limits, bounds, one_each, np.ones(count), bounds=(0, 1))
    return float(-solved.fun)


def floors(seed: int, tightness: float, parties: int = 4, count: int = 40, options: int = 5) -> NegotiationModel:
    random = Random(seed)
    tables = opposed_tables(random, parties, count, options, 1000)
    model = model_of(issues_of(count, options), tables, f"floors {seed} at {tightness:g}")
    share = equal_share(tables)
    lines, preferences = [], []
    for p, (table, preference) in enumerate(zip(tables, model.preferences, strict=True)):
        for i in sorted(random.sample(range(count), count // 2)):
            worst = sorted(range(options), key=lambda j: (table[i][j], j))[:2]
            lines.append(
                RedLine(
                    f"p{p}:{i}", f"p{p}", f"i{i}", tuple(f"o{j}" for j in sorted(worst)), random.choice(list(Firmness))
                )
            )
        mean = sum(sum(row) / options for row in table)
        best = sum(max(row) for row in table)
        low = int(mean + tightness * share * (best - mean))
        preferences.append(Preference(preference.party, preference.worths, reservation=float(low)))
    return NegotiationModel(model.title, model.issues, model.parties, tuple(lines), preferences=tuple(preferences))


def vague(
    seed: int, parties: int = 3, count: int = 20, options: int = 5, points: int = 100, off: float = 0.2
) -> NegotiationModel:
    model = opposed(seed, parties, count, options, points)
    preferences = tuple(
        Preference(
            preference.party,
            worths=tuple(
                Worth(w.issue, w.option, round(w.low * (1 - off), 6), round(w.high * (1 + off), 6))
                for w in preference.worths
            ),
        )
        for preference in model.preferences
    )
    return NegotiationModel(f"vague {seed}", model.issues, model.parties, preferences=preferences)


def acts(seed: int, options: int, parties: int = 3) -> NegotiationModel:
    random = Random(seed)
    issues = tuple(
        Issue(f"i{i}", f"Act {i + 1}", options=(Option("no", "no"), Option("yes", "yes"))) for i in range(options)
    )
    held = tuple(Party(f"p{p}", f"Party {p + 1}") for p in range(parties))
    controls = tuple(Control(held[i % parties].id, issue.id) for i, issue in enumerate(issues))
    preferences = []
    for party in held:
        worths = [Worth(issue.id, option, 0.0, 0.0) for issue in issues for option in ("no", "yes")]
        for i, issue in enumerate(issues):
            value = float(random.randint(-100, 100))
            worths[2 * i + 1] = Worth(issue.id, "yes", value, value)
        joint = []
        for _ in range(2 * options):
            first, second = random.sample(issues, 2)
            pair = tuple(Choice(issue.id, (random.choice(("no", "yes")),)) for issue in (first, second))
            joint.append(Joint(pair, float(random.randint(-100, 100))))
        preferences.append(Preference(party.id, tuple(worths), joint=tuple(joint)))
    return NegotiationModel(f"acts {seed}", issues, held, preferences=tuple(preferences), controls=controls)
