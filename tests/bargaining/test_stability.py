"""Stability against a literal reading of the published definitions, in sets and loops."""

from __future__ import annotations

from itertools import chain, combinations, product
from random import Random

import numpy as np
import pytest

from comity.bargaining.conflict import CONCEPTS, by_concept, make_movers, make_space, stability
from comity.bargaining.conflict.formula import truth
from comity.bargaining.conflict.matrices import Graph, stable
from comity.bargaining.conflict.states import Space
from comity.bargaining.model import parse_model
from comity.bargaining.uncertain import holding
from comity.words import InputError, NegotiationModel

CONCEPTS_FOR_GROUPS = ("nash", "gmr", "smr", "seq")


class Literal:
    """States are tuples of options. Everything is spelled out as in the definitions; sets once made are kept."""

    def __init__(self, states, controls, barred, ranks) -> None:
        self.states, self.controls, self.barred, self.ranks = states, controls, barred, ranks
        self.movers = range(len(controls))
        self.known: dict[tuple, set] = {}

    def moves(self, i, s):
        """R_i(s): i changes some of its options, and no change of an option is barred."""
        if (i, s) in self.known:
            return self.known[i, s]
        found = self.known[i, s] = set()
        for t in self.states:
            changed = [k for k in range(len(s)) if s[k] != t[k]]
            own = changed and all(k in self.controls[i] for k in changed)
            if own and not any((k, s[k], t[k]) in self.barred for k in changed):
                found.add(t)
        return found

    def improvements(self, i, s):
        return {t for t in self.moves(i, s) if self.ranks[i][t] > self.ranks[i][s]}

    def reach(self, group, s, *, improving):
        """R_H(s), R+_H(s): legal sequences, with the last movers kept."""
        key = (tuple(group), s, improving)
        if key in self.known:
            return self.known[key]
        arcs = self.improvements if improving else self.moves
        reached = {(t, j) for j in group for t in arcs(j, s)}
        while True:
            wider = reached | {(t, k) for r, j in reached for k in group if k != j for t in arcs(k, r)}
            if wider == reached:
                self.known[key] = {t for t, _ in reached}
                return self.known[key]
            reached = wider

    def not_better(self, group, s, t):
        return any(self.ranks[i][t] <= self.ranks[i][s] for i in group)

    def stable(self, group, s, concept):
        up = {t for t in self.reach(group, s, improving=False) if not self.not_better(group, s, t)}
        others = [j for j in self.movers if j not in group]
        if concept == "nash":
            return not up
        for t in up:
            answers = self.reach(others, t, improving=concept == "seq")
            sanctions = {r for r in answers if self.not_better(group, s, r)}
            if concept == "smr":
                sanctions = {
                    r
                    for r in sanctions
                    if all(self.not_better(group, s, z) for z in self.reach(group, r, improving=False))
                }
            if not sanctions:
                return False
        return True

    def simultaneous(self, i, s):
        others = [j for j in self.movers if j != i]
        subsets = list(chain.from_iterable(combinations(others, n) for n in range(1, len(others) + 1)))
        for t in self.improvements(i, s):
            sanctioned = False
            for who in subsets:
                for picks in product(*(self.improvements(j, s) for j in who)):
                    joint = list(s)
                    for mover, state in ((i, t), *zip(who, picks, strict=True)):
                        for k in self.controls[mover]:
                            joint[k] = state[k]
                    if tuple(joint) in self.states and self.ranks[i][tuple(joint)] <= self.ranks[i][s]:
                        sanctioned = True
            if not sanctioned:
                return False
        return True


def random_conflict(seed: int) -> NegotiationModel:
    random = Random(seed)
    sizes = [random.choice([2, 2, 2, 3]) for _ in range(random.choice([2, 2, 3, 3, 4]))]
    parties = random.randint(2, 3)
    owners = [random.randrange(parties) for _ in sizes]
    states = list(product(*(range(size) for size in sizes)))
    lines = []
    for i, size in enumerate(sizes):
        lines.append(f'[[issue]]\nid = "i{i}"\noptions = [{", ".join(repr(f"o{o}") for o in range(size))}]')
    for p in range(parties):
        lines.append(f'[[party]]\nid = "p{p}"')
    for i, owner in enumerate(owners):
        barred = [
            [f"o{a}", f"o{b}"] for a in range(sizes[i]) for b in range(sizes[i]) if a != b and random.random() < 0.12
        ]
        lines.append(f'[[control]]\nparty = "p{owner}"\nissue = "i{i}"\nirreversible = {barred}')
    for s in states:
        if random.random() < 0.15:
            ban = ", ".join(f'{{issue = "i{i}", option = "o{o}"}}' for i, o in enumerate(s))
            lines.append(f"[[rule]]\nban = [{ban}]")
    levels = random.choice([2, 4, 100])
    for p in sorted(set(owners)):
        ranks = {s: random.randrange(levels) for s in states}
        tiers = [[[f"o{o}" for o in s] for s in states if ranks[s] == level] for level in reversed(range(levels))]
        lines.append(f'[[preference]]\nparty = "p{p}"\ntiers = {[tier for tier in tiers if tier]}')
    return parse_model("\n".join(lines))


def literal_of(model: NegotiationModel, space: Space, names: list[str]) -> Literal:
    index = {issue.id: i for i, issue in enumerate(model.issues)}
    ids = [[option.id for option in issue.options] for issue in model.issues]
    controls = [{index[c.issue] for c in model.controls if c.party == name} for name in names]
    barred = {
        (index[c.issue], ids[index[c.issue]].index(after), ids[index[c.issue]].index(before))
        for c in model.controls
        for before, after in c.irreversible
    }
    states = [space.options(int(s)) for s in np.flatnonzero(space.feasible)]
    ranks = []
    for name in names:
        preference = model.preference(name)
        assert preference is not None
        of_tier = {}
        for place, tier in enumerate(preference.tiers):
            for package in tier:
                of_tier[tuple(ids[i].index(o) for i, o in enumerate(package))] = -place
        ranks.append({s: of_tier[s] for s in states})
    return Literal(states, controls, barred, ranks)


def test_equals_the_definitions(seeds, record_property) -> None:
    compared = irreversible = shrunk = intransitive = 0
    for seed in seeds:
        model = random_conflict(seed)
        try:
            space = make_space(model)
        except InputError:
            continue
        movers = make_movers(model, space)
        literal = literal_of(model, space, [mover.party for mover in movers])
        found = by_concept(space, movers, CONCEPTS)
        graph = Graph(space, movers)
        groups = [g for n in range(1, len(movers) + 1) for g in combinations(range(len(movers)), n)]
        masks = {(g, c): stable(graph, g, c) for g in groups for c in CONCEPTS_FOR_GROUPS}
        for at, s in enumerate(literal.states):
            number = space.state(s)
            for i in range(len(movers)):
                for concept in CONCEPTS_FOR_GROUPS:
                    assert found[concept][i][number] == literal.stable((i,), s, concept), (seed, concept, s)
                assert found["sim"][i][number] == literal.simultaneous(i, s), (seed, s)
            for (group, concept), mask in masks.items():
                assert mask[at] == literal.stable(group, s, concept), (seed, group, concept, s)
        compared += 1
        irreversible += any(mover.moves is not None for mover in movers)
        intransitive += any(not mover.transitive for mover in movers)
        shrunk += not space.feasible.all()
    record_property("compared", compared)
    assert irreversible > len(seeds) / 4
    assert shrunk > len(seeds) / 4
    assert intransitive > 0


def test_known_implications_hold(seeds) -> None:
    """Nash implies SMR and SEQ; SMR and SEQ imply GMR (Fang, Hipel, Kilgour 1993)."""
    for seed in list(seeds)[:60]:
        model = random_conflict(seed)
        try:
            space = make_space(model)
        except InputError:
            continue
        movers = make_movers(model, space)
        found = by_concept(space, movers, CONCEPTS)
        for i in range(len(movers)):
            nash, gmr, smr, seq, sim = (found[c][i] for c in CONCEPTS)
            assert not (nash & ~(smr & seq & sim)).any()
            assert not ((smr | seq) & ~gmr).any()


def test_option_statements(fishery: NegotiationModel) -> None:
    text = """
    issue = [{id = "a", options = ["no", "yes"]}, {id = "big b", options = ["x", "y", "z"]}]
    party = [{id = "p"}]
    """
    model = parse_model(text)
    shape = (2, 3)
    rows = [np.arange(2).reshape(2, 1), np.arange(3).reshape(1, 3)]

    def value(statement: str) -> list[list[bool]]:
        found = truth(model, statement, lambda issue, option: rows[issue] == option)
        return np.broadcast_to(found, shape).tolist()

    a = [[False] * 3, [True] * 3]
    y = [[False, True, False]] * 2
    assert value("a") == a
    assert value("!a") == value("a = no") == value("a != yes") == value("not a")
    assert value('"big b" = y') == y
    assert value('a & "big b"=y') == np.logical_and(a, y).tolist()
    assert value('a or "big b"=y') == np.logical_or(a, y).tolist()
    assert value('a -> "big b"=y') == value('"big b"=y if a') == np.logical_or(np.logical_not(a), y).tolist()
    assert value('a <-> "big b"=y') == value('a iff "big b"=y') == (np.array(a) == np.array(y)).tolist()
    assert value('!(a | "big b"=y) & a') == [[False] * 3] * 2
    for wrong, message in [
        ("a &", "lacks an issue at its end"),
        ("(a", "lacks a closing bracket"),
        ("a a", "goes on with 'a'"),
        ("c", "names no issue of the model: 'c'"),
        ("a = maybe", "names no option of 'a': 'maybe'"),
        ('"big b"', "names no option of 'big b': 'yes'"),
        ("a = = b", "lacks an option before '='"),
        ("a ? b", "goes on with '?'"),
        ('a "b', "cannot be read from"),
    ]:
        with pytest.raises(InputError, match="option statement") as caught:
            value(wrong)
        assert message in str(caught.value)


def test_rankings_of_states_agree() -> None:
    """Utilities, prioritised statements and tiers that mean the same ranking give the same stability."""
    head = """
    issue = [{id = "a", options = ["no", "yes"]}, {id = "b", options = ["no", "yes"]}]
    party = [{id = "p"}, {id = "q"}]
    control = [{party = "p", issue = "a"}, {party = "q", issue = "b"}]
    """
    q = '[[preference]]\nparty = "q"\npriorities = ["!b"]\n'
    forms = [
        '[[preference]]\nparty = "p"\npriorities = ["b", "!a"]\n',
        '[[preference]]\nparty = "p"\nworths = {a = {no = 1, yes = 0}, b = {no = 0, yes = 2}}\n',
        '[[preference]]\nparty = "p"\ntiers = [[["no", "yes"]], [["yes", "yes"]], [["no", "no"]], [["yes", "no"]]]\n',
    ]
    results = [stability(parse_model(head + form + q)) for form in forms]
    assert results[0].states == results[1].states == results[2].states
    assert results[0].feasible == 4


def test_says_what_is_missing(fishery: NegotiationModel) -> None:
    with pytest.raises(InputError, match="no party controls an issue"):
        stability(parse_model('issue=[{id="a",options=["x","y"]}]\nparty=[{id="p"}]'))
    with pytest.raises(InputError, match="'p' controls an issue but its preferences are not stated"):
        stability(parse_model('issue=[{id="a",options=["x","y"]}]\nparty=[{id="p"}]\ncontrol=[{party="p",issue="a"}]'))
    with pytest.raises(InputError, match=r"lack the state \['y'\]"):
        stability(
            parse_model(
                'issue=[{id="a",options=["x","y"]}]\nparty=[{id="p"}]\ncontrol=[{party="p",issue="a"}]\n'
                'preference=[{party="p", tiers=[[["x"]]]}]'
            )
        )
    many = "".join(f'[[issue]]\nid="i{i}"\noptions=["x","y"]\n' for i in range(25))
    with pytest.raises(InputError, match="33554432 states are too many"):
        stability(parse_model(many + '[[party]]\nid="p"\n[[control]]\nparty="p"\nissue="i0"'))
    with pytest.raises(InputError, match="no stability concept 'luck'"):
        stability(parse_model(CHICKEN), concepts=("luck",))


CHICKEN = """
issue = [{id = "a", options = ["no", "yes"]}, {id = "b", options = ["no", "yes"]}]
party = [{id = "p"}, {id = "q"}]
control = [{party = "p", issue = "a"}, {party = "q", issue = "b"}]
status_quo = {options = {a = "no", b = "no"}}
[[preference]]
party = "p"
tiers = [[["yes", "no"]], [["no", "no"]], [["no", "yes"]], [["yes", "yes"]]]
[[preference]]
party = "q"
tiers = [[["no", "yes"]], [["no", "no"]], [["yes", "no"]], [["yes", "yes"]]]
"""


def test_path_from_the_status_quo() -> None:
    result = stability(parse_model(CHICKEN), coalitions=True)
    by_state = {state.state.options: state for state in result.states}
    path = by_state["yes", "no"].path
    assert path is not None
    assert [(move.party, move.state.options) for move in path] == [("p", ("yes", "no"))]
    assert by_state["no", "no"].path == ()
    assert dict(result.counts)["nash"] == 2
    assert by_state["yes", "no"].ranks == (1, 3)
    assert dict(by_state["yes", "no"].coalitions)["nash"] == (("p", "q"),)
    assert by_state["yes", "no"].detour is None
    places = {place.state.options: (place.moves, place.by, place.rests) for place in result.reached}
    assert places == {
        ("no", "no"): (0, (), False),
        ("yes", "no"): (1, ("p",), True),
        ("no", "yes"): (1, ("q",), True),
    }
    assert result.all_reached


def test_a_detour_is_told_where_improvements_do_not_lead() -> None:
    stuck = CHICKEN.replace(
        'status_quo = {options = {a = "no", b = "no"}}', 'status_quo = {options = {a = "yes", b = "no"}}'
    )
    by_state = {state.state.options: state for state in stability(parse_model(stuck)).states}
    other = by_state["no", "yes"]
    assert other.path is None
    assert other.detour is not None
    assert [move.party for move in other.detour] in (["p", "q"], ["q", "p"])


PARTLY = """
issue = [{id = "a", options = ["no", "yes"]}, {id = "b", options = ["no", "yes"]}]
party = [{id = "p"}, {id = "q"}]
control = [{party = "p", issue = "a"}, {party = "q", issue = "b"}]
[[preference]]
party = "p"
worths = {a = {no = 1, yes = [0, 4]}}
[[preference]]
party = "q"
priorities = ["b"]
"""


def test_stability_in_doubt_has_the_closed_form() -> None:
    """P acts where its worth, drawn evenly from 0 to 4, is above 1: three times in four. Q always acts."""
    with pytest.raises(InputError, match="preference of 'p' is known only in part; ask with --draws"):
        stability(parse_model(PARTLY))
    result = holding(parse_model(PARTLY), draws=2000)
    shares = {row.state.options: {f.what: f.share for f in row.by_concept}["nash"] for row in result.states}
    assert set(shares) == {("yes", "yes"), ("no", "yes")}
    assert shares["yes", "yes"] == pytest.approx(0.75, abs=0.04)
    assert sum(shares.values()) == 1
    assert not result.method.exact
    assert holding(parse_model(PARTLY), draws=50, seed=3) == holding(parse_model(PARTLY), draws=50, seed=3)


def test_known_preferences_hold_every_time(seeds) -> None:
    for seed in list(seeds)[:8]:
        model = random_conflict(seed)
        try:
            exact = stability(model, concepts=("nash", "gmr", "smr", "seq"), limit=1000)
        except InputError:
            continue
        often = holding(model, draws=2)
        assert {s.state.options for s in exact.states} == {s.state.options for s in often.states}
        for row in often.states:
            known = next(s for s in exact.states if s.state == row.state)
            assert {f.what for f in row.by_concept if f.share == 1} == set(known.equilibrium)
