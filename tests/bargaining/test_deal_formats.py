"""Genius XML, tables of positions, GMCR option form: in, out, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise, product
from pathlib import Path
from xml.etree import ElementTree

import pytest

from comity.bargaining.actors import ActorIssue, Standing, actors
from comity.bargaining.conflict import stability
from comity.bargaining.formats import deu_csv, genius_files, gmcr_json, load_deu, load_genius, load_gmcr, parse_deu
from comity.bargaining.model import load_model, parse_model
from comity.bargaining.pareto import compile_problem, surface
from comity.words import InputError

ROOT = Path(__file__).parents[2]
GENIUS = ROOT.parent / "shared" / "data" / "bargaining" / "genius"

DOMAIN = """<negotiation_template><utility_space>
<objective index="0" name="Lunch">
<issue index="1" name="Dish" type="discrete">
<item index="1" value="soup"/><item index="2" value="fish &amp; rice"/></issue>
<issue index="2" name="Price" type="integer" vtype="integer" lowerbound="0" upperbound="4"></issue>
</objective></utility_space></negotiation_template>"""
PROFILE = """<utility_space>
<objective index="0" name="Lunch">
<issue index="1" name="Dish" type="discrete">
<item index="1" value="soup" evaluation="2"/><item index="2" value="fish &amp; rice" evaluation="8"/></issue>
<issue index="2" name="Price" type="integer" vtype="integer" lowerbound="0" upperbound="4">
<evaluator ftype="linear" offset="1" slope="-0.25"></evaluator></issue>
<weight index="1" value="0.6"/><weight index="2" value="0.4"/>
</objective><discount_factor value="0.9"/><reservation value="0.25"/></utility_space>"""


@pytest.fixture
def lunch(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "domain.xml", tmp_path / "ann.xml", tmp_path / "bea.xml"]
    other = (
        PROFILE.replace('evaluation="2"', 'evaluation="9"').replace("-0.25", "0.25").replace('offset="1"', 'offset="0"')
    )
    for path, text in zip(paths, (DOMAIN, PROFILE, other), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_genius_is_read(lunch: list[Path]) -> None:
    model = load_genius(lunch)
    assert [issue.id for issue in model.issues] == ["Dish", "Price"]
    assert [option.id for option in model.issues[0].options] == ["soup", "fish & rice"]
    assert [party.id for party in model.parties] == ["ann", "bea"]
    assert model.preferences[0].reservation == 0.25
    assert "the discount factor 0.9 of ann is not used" in model.missing
    problem = compile_problem(model)
    utility = float(problem.utility(0, problem.values((0, 1))[0]))
    assert utility == pytest.approx(0.6 * 2 / 8 + 0.4 * 0.75)


def test_genius_is_written_and_read_back(lunch: list[Path], tmp_path: Path) -> None:
    model = load_genius(lunch)
    folder = tmp_path / "out"
    folder.mkdir()
    for name, text in genius_files(model).items():
        (folder / name).write_text(text, encoding="utf-8")
    again = load_genius([folder / "domain.xml", folder / "ann.xml", folder / "bea.xml"])
    one, other = compile_problem(model), compile_problem(again)
    for package in product(*map(range, one.sizes)):
        for p in range(2):
            was, is_ = (float(q.utility(p, q.values(package)[p])) for q in (one, other))
            assert was == pytest.approx(is_, abs=1e-12)
    assert [p.reservation for p in again.preferences] == [0.25, 0.25]


BOMB = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><utility_space>&b;</utility_space>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "holds a document type or entity declaration"),
        ('<!DOCTYPE b SYSTEM "file:///etc/passwd"><utility_space/>', "document type or entity"),
        ("<utility_space>", "line 1: not XML"),
        ("\n<a><b></a>", "line 2: not XML"),
        ("", "not XML"),
        ("<html/>", "not a Genius domain or profile: <html>"),
        (PROFILE.replace("<utility_space>", '<utility_space type="nonlinear">'), "the profile is not additive"),
        (PROFILE.replace("<reservation", "<hyperRectangle/><reservation"), "the profile is not additive"),
        (PROFILE.replace('evaluation="8"', 'evaluation="nan"'), "item.evaluation: not a finite number: nan"),
        (PROFILE.replace('evaluation="8"', 'evaluation="lots"'), "not a number: 'lots'"),
        (PROFILE.replace('evaluation="8"', 'evaluation="-8"'), "an evaluation of 'Dish' lies below zero"),
        (PROFILE.replace('<weight index="1" value="0.6"/>', ""), "no weight for issue 'Dish'"),
        (PROFILE.replace('name="Dish"', 'name="Drink"'), "lacks the issue 'Dish' of the domain"),
        (PROFILE.replace('value="soup"', 'value="stew"'), "lacks option 'soup' of issue 'Dish'"),
        (PROFILE.replace('ftype="linear"', 'ftype="triangular"'), "issue 'Price' has no linear evaluator"),
    ],
)
def test_bad_genius_is_one_line(text: str, message: str, lunch: list[Path]) -> None:
    lunch[1].write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_genius(lunch)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(lunch[1]))
    assert "\n" not in str(caught.value)


def test_genius_has_no_word_for_some_models(fishery) -> None:
    with pytest.raises(InputError, match="holds joint worths"):
        genius_files(fishery)
    with pytest.raises(InputError, match="no profile with weights"):
        load_genius([])


def _additive_domains() -> list[list[Path]]:
    """Folders with a domain and profiles on its issues, as the files say themselves."""
    found = []
    for folder in sorted({path.parent for path in GENIUS.rglob("*.xml")}):
        paths = sorted(folder.glob("*.xml"))
        domains = []
        for path in paths:
            try:
                root = ElementTree.parse(path).getroot()
            except ElementTree.ParseError:
                continue
            if root.tag == "negotiation_template" and root.find(".//issue") is not None:
                domains.append(path)
        if len(domains) == 1:
            found.append([domains[0], *(path for path in paths if path != domains[0])])
    return found


@pytest.mark.data
def test_every_additive_genius_domain() -> None:
    """Utilities are those of the XML, worked out anew from it, and no point of a frontier is dominated."""
    if not GENIUS.is_dir():
        pytest.skip("shared/data/bargaining/genius is not beside the checkout")
    pairs = read = 0
    refused: list[str] = []
    for domain, *others in _additive_domains():
        profiles = others
        try:
            load_genius([domain, *others])
        except InputError:
            profiles = []
            for path in others:
                try:
                    load_genius([domain, path])
                    profiles.append(path)
                except InputError as error:
                    refused.append(str(error))
        read += len(profiles)
        starts = {min(k, len(profiles) - 2) for k in range(0, len(profiles), 2)}
        for start in sorted(start for start in starts if start >= 0):  # every profile of a domain, two by two
            _utilities_are_those_of_the_files(domain, profiles[start : start + 2])
            pairs += 1
    reasons = [reason for reason in ("not additive", "not XML", "not a Genius") for r in refused if reason in r]
    assert (len(reasons), reasons.count("not additive")) == (len(refused), 12)
    assert read > 250
    assert pairs > 125


def _utilities_are_those_of_the_files(domain: Path, pair: list[Path]) -> None:
    model = load_genius([domain, *pair])
    problem = compile_problem(model)
    files = [_from_file(path) for path in pair]
    for i, issue in enumerate(model.issues):
        for j, option in enumerate(issue.options):
            for p, evaluate in enumerate(files):
                worth = float(problem.utility(p, problem.worths[i][j][p]))
                assert worth == pytest.approx(evaluate[issue.id](option.id), abs=1e-12), pair[p]
    values = surface(model).values
    assert len(set(values)) == len(values)
    ordered = sorted(values, reverse=True)  # two parties: the second rises as the first falls
    assert all(a[0] > b[0] and a[1] < b[1] for a, b in pairwise(ordered)), domain


def _from_file(path: Path) -> dict[str, Callable[[str], float]]:
    """What the XML says an option adds, by issue: weight times evaluation, worked out here and nowhere else."""
    root = ElementTree.parse(path).getroot()
    weights = {w.get("index"): float(w.get("value", "")) for w in root.iter("weight")}
    found: dict[str, Callable[[str], float]] = {}
    for element in root.iter("issue"):
        weight = weights[element.get("index")]
        items = {i.get("value"): float(i.get("evaluation", "")) for i in element.findall("item")}
        line = element.find("evaluator")
        if items:
            top = max(items.values()) or 1.0
            found[element.get("name", "")] = lambda o, items=items, top=top, weight=weight: weight * items[o] / top
        elif line is not None:
            start = float(line.get("offset") or line.get("parameter0") or 0)
            slope = float(line.get("slope") or line.get("parameter1") or 0)
            found[element.get("name", "")] = lambda o, a=start, b=slope, weight=weight: weight * (a + b * float(o))
    return found


TABLE = """issue;actor;position;salience;capability;outcome
quota;a;0;50;1;60
quota;b;100;100;2;60
quota;c;;80;1;60
light;a;20;10;;
light;b;40;10;;
"""


def test_tables_of_positions() -> None:
    issues = parse_deu(TABLE)
    assert [(issue.issue, len(issue.standings), issue.outcome) for issue in issues] == [
        ("quota", 2, 60.0),
        ("light", 2, None),
    ]
    assert parse_deu(deu_csv(issues)) == issues
    result = actors(issues, draws=200)
    quota, light = result.baselines
    assert quota.mean == pytest.approx(80)
    assert quota.median == (100, 100)
    assert light.mean == 30
    assert light.median == (20, 40)
    assert [(b.baseline, b.error, b.issues) for b in result.backtests] == [
        ("weighted mean", pytest.approx(20), 1),
        ("weighted median", 40.0, 1),
        ("plain mean", 10.0, 1),
    ]
    assert result.backtests[0].interval == pytest.approx((20, 20))


def test_backtest_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """Errors drawn evenly from 0 to 20: the mean of 10 lies in nearly every 95 % interval."""
    from random import Random

    random, inside = Random(4), 0
    for trial in range(60):
        issues = tuple(
            ActorIssue(str(i), (Standing("a", 50, 10), Standing("b", 50, 10)), 50 + random.uniform(0, 20))
            for i in range(40)
        )
        low, high = actors(issues, draws=200, seed=trial).backtests[0].interval
        inside += low <= 10 <= high
    assert 50 <= inside <= 60


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("issue,actor,position\nq,a,1", "line 1: no column 'salience'"),
        ("issue,actor,position,salience\nq,a,101,5", "line 2, position: 101 is out of bounds; between 0 and 100"),
        ("issue,actor,position,salience\nq,a,nan,5", "line 2, position: nan is out of bounds"),
        ("issue,actor,position,salience\nq,a,x,5", "line 2, position: not a number: 'x'"),
        ("issue,actor,position,salience\nq,a,1,5\nq,a,2,5", "line 3, actor: 'a' stands twice on 'q'"),
        ("issue,actor,position,salience\nq,,1,5", "line 2: names no issue or no actor"),
        ("issue,actor,position,salience,outcome\nq,a,1,5,3\nq,b,1,5,4", "line 3, outcome: second outcome of 'q'"),
        ("issue,actor,position,salience\n", "no row with a position"),
    ],
)
def test_bad_tables_are_one_line(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_deu(path)
    assert message in str(caught.value)
    with pytest.raises(InputError, match="no actor has any weight"):
        actors(parse_deu("issue,actor,position,salience\nq,a,1,0"))


BINARY = """
issue = [{id = "a", options = ["no", "yes"]}, {id = "b", options = ["no", "yes"]}, {id = "c", options = ["no", "yes"]}]
party = [{id = "p"}, {id = "q"}]
control = [{party = "p", issue = "a", irreversible = [["no", "yes"]]}, {party = "q", issue = "b"},
           {party = "q", issue = "c"}]
rule = [{ban = [{issue = "b", option = "yes"}, {issue = "c", option = "yes"}]},
        {when = {issue = "c", option = "yes"}, requires = [{issue = "a", option = "yes"}]}]
preference = [{party = "p", priorities = ["!b", "a | c"]}, {party = "q", priorities = ["a -> b", "c"]}]
"""


def test_option_form_keeps_the_conflict(tmp_path: Path) -> None:
    models = [parse_model(BINARY), load_model(ROOT / "docs/bargaining/conflicts/cuban_missile_crisis.toml")]
    for model in models:
        path = tmp_path / "conflict.gmcr"
        path.write_text(gmcr_json(model), encoding="utf-8")
        one, other = stability(model), stability(load_gmcr(path))
        assert one.counts == other.counts
        assert one.feasible == other.feasible
        assert {s.state.options: s.equilibrium for s in one.states} == {
            s.state.options: s.equilibrium for s in other.states
        }


def test_option_form_reads_prioritised_statements(tmp_path: Path) -> None:
    data = {
        "options": [{"name": "a b", "permittedDirection": "both"}, {"name": "c", "permittedDirection": "fwd"}],
        "decisionMakers": [
            {"name": "P", "options": [0], "preferences": [[[0, "Y"], [1, "N"]]]},
            {
                "name": "Q",
                "options": [1],
                "preferences": [{"compound": True, "members": [[[0, "N"]], [[1, "Y"]]]}, [[1, "N"]]],
            },
        ],
        "infeasibles": [],
    }
    path = tmp_path / "c.gmcr"
    path.write_text(json.dumps(data), encoding="utf-8")
    model = load_gmcr(path)
    assert model.preferences[0].priorities == ('"a b"=yes & "c"=no',)
    assert model.preferences[1].priorities == ('("a b"=no) | ("c"=yes)', '"c"=no')
    assert model.controls[1].irreversible == (("no", "yes"),)
    assert stability(model).feasible == 4


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"options": []}, "options: 0 options"),
        ({"options": [{"name": ""}]}, "an option without a name"),
        ({"decisionMakers": []}, "no decision makers"),
        ({"infeasibles": [[[7, "Y"]]]}, "infeasibles: no option 7"),
        ({"infeasibles": [[[0, "maybe"]]]}, 'expected [option, "Y" or "N"]'),
        ({"infeasibles": [[]]}, "an empty condition"),
    ],
)
def test_bad_option_form_is_one_line(change: dict, message: str, tmp_path: Path) -> None:
    data = {"options": [{"name": "a"}], "decisionMakers": [{"name": "P", "options": [0], "preferences": []}]}
    path = tmp_path / "c.gmcr"
    path.write_text(json.dumps({**data, **change}), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_gmcr(path)
    assert message in str(caught.value)
    path.write_text("{\n]", encoding="utf-8")
    with pytest.raises(InputError, match="line 2: not JSON"):
        load_gmcr(path)


def test_option_form_has_no_word_for_more_than_yes_and_no(fishery) -> None:
    with pytest.raises(InputError, match="has other options than no and yes"):
        gmcr_json(fishery)
