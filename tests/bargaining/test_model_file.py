from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.bargaining.model import load_model, model_json, model_toml, parse_model
from comity.words import (
    Choice,
    Firmness,
    InputError,
    Issue,
    NegotiationModel,
    Option,
    OptionOrder,
    Party,
    Preference,
    Provenance,
    RedLine,
    ReservationRule,
    from_json,
    to_json,
)


def test_reads_every_kind_of_entry(fishery: NegotiationModel) -> None:
    quota = fishery.issue("quota")
    assert [o.id for o in quota.options] == ["10", "20", "30", "40"]
    assert quota.options[0].name == "10 per cent"
    assert fishery.red_lines[0].refuses == ("30", "40")
    assert fishery.red_lines[1].provenance is Provenance.REPORTER
    assert fishery.conditions[0].when == Choice("light", ("north",))
    north = fishery.preference("north")
    assert north is not None
    worths = {(w.issue, w.option): w.low for w in north.worths}
    assert worths["quota", "10"] == 1
    assert worths["quota", "20"] == pytest.approx(2 / 3)
    assert worths["quota", "40"] == 0
    south = fishery.preference("south")
    assert south is not None
    assert south.reservation_rule is ReservationRule.MORE_THAN
    assert south.joint[0].worth == -5
    assert fishery.controls[0].irreversible == (("yearly", "never"),)
    assert fishery.steps[2].gate
    assert fishery.drafts[0].options == ("20", "yearly", "joint")
    assert fishery.status_quo is not None
    assert fishery.status_quo.options == ("10", "never", "south")
    assert fishery.heard("south", "light")
    assert not fishery.heard("third", "light")


def test_round_trips_through_toml_and_json(fishery: NegotiationModel) -> None:
    assert parse_model(model_toml(fishery)) == fishery
    assert parse_model(model_json(fishery), as_json=True) == fishery
    assert from_json(NegotiationModel, json.loads(json.dumps(to_json(fishery)))) == fishery


def test_loads_from_disk(tmp_path, fishery_text: str, fishery: NegotiationModel) -> None:
    path = tmp_path / "m.toml"
    path.write_text(fishery_text, encoding="utf-8")
    assert load_model(path) == fishery
    (tmp_path / "m.json").write_text(model_json(fishery), encoding="utf-8")
    assert load_model(tmp_path / "m.json") == fishery
    with pytest.raises(InputError, match=r"none\.toml: cannot be read: No such file"):
        load_model(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe9"')
    with pytest.raises(InputError, match="is not UTF-8"):
        load_model(tmp_path / "latin.toml")


FAULTS = [
    ('title = "x"\n[[issue\n', "not TOML: .*line 2"),
    ("", "issue: no issues"),
    ('[[issue]]\nid="a"\noptions=[]', "issue.0..options: issue 'a' has no option"),
    ('[[issue]]\nid="a"\noptions=["x"]', "issue.0..options: issue 'a' has only one option"),
    ('[[issue]]\nid="a"\noptions=["x","x"]', "option 'x' stands there twice"),
    ('[[issue]]\nid="a"\nrange={from=0,to=10,step=3}', r"range\.step: step 3 does not lead from 0 to 10"),
    ('[[issue]]\nid="a"\nrange={from=0,to=1e9,step=1}', "makes 1000000001 options"),
    ('[[issue]]\nid="a"\nrange={from=0,to=inf,step=1}', r"range\.to: not a finite number"),
    ('[[issue]]\nid="a"\nrange={from=0,to=1,step=0}', "has to be above zero"),
    ('[[issue]]\nid="a"\noptions=["x","y"]', "party: no parties"),
    ('[[issue]]\nid="a"\noptions=["x","y"]\ncolour=1', r"issue\[0\]: unknown field 'colour'"),
    ('[[party]]\nid="p"\nroles=["judge"]', r"party\[0\]\.roles: 'judge' is none of"),
]
ISSUES = '[[issue]]\nid="a"\noptions=["x","y"]\n[[issue]]\nid="b"\noptions=["u","v"]\n[[party]]\nid="p"\n'
MORE = [
    ('[[issue]]\nid="a"\noptions=["x","y"]', r"issue\[2\]\.id: id 'a' stands there twice"),
    ('[[red_line]]\nparty="p"\nissue="a"', "give either refuses or accepts"),
    ('[[red_line]]\nparty="p"\nissue="a"\nrefuses=["z"]', r"red_line\[0\]\.refuses: issue 'a' has no option 'z'"),
    ('[[red_line]]\nparty="p"\nissue="a"\naccepts=["z"]', r"red_line\[0\]\.accepts: issue 'a' has no option 'z'"),
    ('[[red_line]]\nparty="p"\nissue="a"\naccepts=["x","y"]', "that is no red line"),
    ('[[red_line]]\nparty="q"\nissue="a"\nrefuses=["x"]', r"red_line\[0\]\.party: no party 'q'; parties are p"),
    ('[[red_line]]\nissue="a"\nrefuses=["x"]', "field 'party' is missing"),
    ('[[red_line]]\nparty="p"\nissue="c"\nrefuses=["x"]', "no issue 'c'; issues are a, b"),
    ('[[red_line]]\nparty="p"\nissue="a"\nrefuses=["x"]\nfirmness="hard"', "'hard' is none of firm, conditional, soft"),
    (
        '[[red_line]]\nparty="p"\nissue="a"\nrefuses=["x"]\n[[red_line]]\nparty="p"\nissue="a"\nrefuses=["y"]',
        r"red_line\[1\]: contradictory red lines: 'p' refuses every option of 'a'",
    ),
    ('[[condition]]\nparty="p"\nrequires=[{issue="b",option="u"}]', "field 'when' is missing"),
    ('[[condition]]\nparty="p"\nwhen={issue="a",option="x"}', "field 'requires' is missing"),
    (
        '[[condition]]\nparty="p"\nwhen={issue="a",option="x"}\nrequires=[{issue="a",option="y"}]',
        "requires something of the issue it is about",
    ),
    ('[[rule]]\nnote="?"', "give either ban, or when with requires"),
    ('[[rule]]\nwhen={issue="a",option="x"}', "names too few choices"),
    ('[[preference]]\nparty="p"', "give one of worths, rankings, priorities, tiers; found none"),
    ('[[preference]]\nparty="p"\nworths={a={x=1}}', "'a' lacks a worth for 'y'"),
    ('[[preference]]\nparty="p"\nworths={a={x=nan,y=1}}', r"worths\.a\.x: not a finite number: nan"),
    ('[[preference]]\nparty="p"\nscale=[0,10]\nworths={a={x=11,y=1}}', "worth 11 lies outside 0 to 10"),
    ('[[preference]]\nparty="p"\nworths={a={x=[2,1],y=1}}', "low 2 is above high 1"),
    ('[[preference]]\nparty="p"\nworths={a={x=true,y=1}}', "expected a number, found True"),
    ('[[preference]]\nparty="p"\nworths={a={x=99999999999999999999,y=1}}', "number too large"),
    ('[[preference]]\nparty="p"\nrankings={a=["x > y", "y > x"]}', "the ranking runs in a circle"),
    ('[[preference]]\nparty="p"\nrankings={a=["x > x"]}', "the ranking runs in a circle"),
    ('[[preference]]\nparty="p"\nrankings={a=["x = y", "y > x"]}', "the ranking runs in a circle"),
    ('[[preference]]\nparty="p"\nrankings={a=["x > "]}', "not a ranking"),
    ('[[preference]]\nparty="p"\nweights={a=-1}\nworths={a={x=1,y=0}}', "a weight below zero"),
    ('[[preference]]\nparty="p"\nfunctions={a={best=1,worst=0}}', "option 'x' of 'a' has no value"),
    ('[[preference]]\nparty="p"\ntiers=[[["x"]]]', "names 1 options, the model has 2 issues"),
    ('[[step]]\nid="s"\nafter=["t"]', "no step 't'"),
    ('[[step]]\nid="s"\nafter=["t"]\n[[step]]\nid="t"\nafter=["s"]', "the steps wait for each other"),
    ('[[flag]]\ntext="law"', r"flag\[0\]: field 'citation' is missing"),
    ('[[draft]]\noptions={a="x"}', "issue 'b' is not settled"),
    ('[[draft]]\noptions={a="x",b="u",c="w"}', "no issue 'c'"),
    ('[[control]]\nparty="p"\nissue="a"\n[[control]]\nparty="p"\nissue="a"', "issue 'a' is controlled twice"),
    ('[[control]]\nparty="p"\nissue="a"\nirreversible=[["x"]]', 'expected ."from", "to".'),
]


@pytest.mark.parametrize(("text", "message"), FAULTS + [(ISSUES + text, message) for text, message in MORE])
def test_bad_input_is_one_line_with_file_and_field(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        parse_model(text, file="m.toml")
    assert str(caught.value).startswith("m.toml")
    assert "\n" not in str(caught.value)


def test_bad_json_names_the_line() -> None:
    with pytest.raises(InputError, match=r"m\.json, line 2: not JSON"):
        parse_model('{\n"a": }', file="m.json", as_json=True)
    with pytest.raises(InputError, match="not a finite number: NaN"):
        parse_model('{"a": NaN}', as_json=True)
    with pytest.raises(InputError, match="'a' stands there twice"):
        parse_model('{"a": 1, "a": 2}', as_json=True)
    with pytest.raises(InputError, match="nested too deeply"):
        parse_model("[" * 100_000, as_json=True)


names = st.text(min_size=1, max_size=6).filter(lambda t: t.strip() == t and max(t) < "\ud800")


@st.composite
def models(draw: st.DrawFn) -> NegotiationModel:
    issues = []
    for i, name in enumerate(draw(st.lists(names, min_size=1, max_size=3, unique=True))):
        options = draw(st.lists(names, min_size=2, max_size=4, unique=True))
        issues.append(Issue(name, f"n{i}", options=tuple(Option(o, o) for o in options)))
    parties = tuple(Party(p, p) for p in draw(st.lists(names, min_size=1, max_size=3, unique=True)))
    lines = tuple(
        RedLine(f"r{i}", party.id, issues[0].id, (issues[0].options[0].id,), draw(st.sampled_from(Firmness)))
        for i, party in enumerate(parties)
    )
    numbers = st.floats(-1e9, 1e9, allow_nan=False)
    order = OptionOrder(issues[0].id, tuple((o.id,) for o in issues[0].options))
    preferences = (Preference(parties[0].id, rankings=(order,), reservation=draw(numbers)),)
    return NegotiationModel(draw(names), tuple(issues), parties, lines, preferences=preferences)


@given(models())
@settings(max_examples=60, deadline=None)
def test_any_model_round_trips(model: NegotiationModel) -> None:
    assert parse_model(model_toml(model)) == model
    assert parse_model(model_json(model), as_json=True) == model


def test_order_of_options_is_kept(fishery: NegotiationModel) -> None:
    turned = replace(fishery, parties=fishery.parties[::-1])
    assert parse_model(model_toml(turned)).parties == turned.parties
