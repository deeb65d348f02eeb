"""The questions as asked from the shell."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from comity.bargaining.model import parse_model
from comity.words import Handling, NegotiationModel

ROOT = Path(__file__).parents[2]
CONFLICTS = ROOT / "docs" / "bargaining" / "conflicts"
Ran = tuple[int, str, str]


@pytest.fixture
def comity(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    from comity.desk.cli import main

    def run(*args: str) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main(args)
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, printed.out, printed.err

    return run


@pytest.fixture
def model(tmp_path: Path, fishery_text: str) -> str:
    path = tmp_path / "fishery.toml"
    path.write_text(fishery_text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (["blockers"], "Quota of the southern shore (rests on a reporter's account)"),
        (["openings"], "could open a deal alone by giving up"),
        (["frontier", "--rules-only"], "packages that no other betters for all, of 24"),
        (["solutions", "--rules-only", "--weight", "north=2"], "kalai-smorodinsky: least share"),
        (["compare", "--rules-only", "--draft", "mediator's draft"], "crosses: S1"),
        (["compare", "--rules-only"], "in this order: a count of the stock; the assembly votes (a gate)"),
    ],
)
def test_answers_in_every_format(model: str, question: list[str], found: str, comity, tmp_path: Path) -> None:
    code, out, err = comity("deal", question[0], model, *question[1:])
    assert (code, err) == (0, "")
    assert found in out
    code, out, _ = comity("deal", question[0], model, *question[1:], "--format", "json")
    assert code == 0
    assert "exact" in json.dumps(json.loads(out))
    page = tmp_path / "page.html"
    code, _, _ = comity("deal", question[0], model, *question[1:], "-o", str(page))
    assert code == 0
    text = page.read_text(encoding="utf-8")
    assert "http-equiv" in text
    assert not re.search(r'(src|href)="http', text)
    for drawing in re.findall(r"<svg.*?</svg>", text):
        ElementTree.fromstring(drawing)


def test_stability_draws_its_graph(comity, tmp_path: Path) -> None:
    page = tmp_path / "graph.html"
    code, _, _ = comity("deal", "stability", str(CONFLICTS / "elmira.toml"), "--coalitions", "-o", str(page))
    assert code == 0
    assert "<svg" in page.read_text(encoding="utf-8")
    code, out, _ = comity("deal", "stability", str(CONFLICTS / "cuban_missile_crisis.toml"))
    assert code == 0
    assert "12 states; equilibria by concept: Nash 0" in out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["frontier"], "no package satisfies every constraint; ask `comity deal blockers`"),
        (["stability"], "'north' controls an issue"),
        (["solutions", "--weight", "north"], "'north' is not PARTY=W"),
        (["compare", "--rules-only", "--draft", "none"], "no draft 'none'; drafts are mediator's draft"),
    ],
)
def test_faults_are_one_line(args: list[str], message: str, model: str, comity, fishery_text: str) -> None:
    if args[0] == "stability":
        plain = fishery_text.replace('party = "north"\nreservation', 'party = "third"\nreservation')
        Path(model).write_text(plain, encoding="utf-8")
    code, out, err = comity("deal", args[0], model, *args[1:])
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_model_is_written_in_both_forms(model: str, comity, tmp_path: Path, fishery: NegotiationModel) -> None:
    made = tmp_path / "made.json"
    code, _, _ = comity("model", model, "-o", str(made), "-q")
    assert code == 0
    assert parse_model(made.read_text(encoding="utf-8"), as_json=True) == fishery
    code, out, _ = comity("model", str(made))
    assert parse_model(out) == fishery


@pytest.mark.data
def test_blockers_of_the_first_two_reports(comity) -> None:
    folder = ROOT.parent / "shared" / "data" / "seeds"
    if not folder.is_dir():
        pytest.skip("shared/data/seeds is not beside the checkout")
    texts = sorted(str(path) for path in folder.glob("*.txt"))
    agenda = str(ROOT / "docs" / "seeds.toml")
    code, out, _ = comity("deal", "blockers", *texts, "--agenda", agenda, "-q", "--format", "json")
    assert code == 0
    found = {blocker["issues"][0]: blocker for blocker in json.loads(out)["blockers"]}
    assert {"territory", "recognition", "permanence"} <= set(found)
    assert all(stand["statements"] for blocker in found.values() for stand in blocker["stands"])
    assert found["permanence"]["on_reporter"]
    readings = [stand for stand in found["permanence"]["stands"] if stand["kind"] == "reading"]
    assert [stand["party"] for stand in readings] == [""]
    code, out, _ = comity("deal", "openings", *texts, "--agenda", agenda, "-q", "--format", "json")
    assert code == 0
    opened = json.loads(out)
    assert opened["openings"]
    assert opened["least"] == min(len(opening["gives"]) for opening in opened["openings"])
    said = {stand["quote"] for name in ("territory", "recognition") for stand in found[name]["stands"]}
    assert all(said)
    _attributed_as_in_the_ledger(
        texts,
        agenda,
        [
            *(stand for blocker in found.values() for stand in blocker["stands"]),
            *(stand for opening in opened["openings"] for stand in opening["gives"]),
            *(stand for block in opened["blocks"] for stand in block["gives"]),
        ],
    )
    code, out, _ = comity("deal", "blockers", *texts, "--agenda", agenda, "-q", "--without-reporter")
    assert code == 0
    assert "reporter's account)" not in out
    code, out, _ = comity("deal", "openings", *texts, "--agenda", agenda, "-q")
    assert f"At least {opened['least']} stated positions would have to be given up." in out
    assert "possible only: " in out


def _attributed_as_in_the_ledger(texts: list[str], agenda: str, stands: list[dict]) -> None:
    from comity.desk import flow, options

    material = flow.from_paths(tuple(texts), options.agenda_of(agenda), handling=Handling.PUBLIC)
    ledger = flow.ledger_of(material.admitted(Handling.PUBLIC))
    statements = {statement.id: statement for statement in ledger.statements}
    # a refusal said together with a second issue may stand on that one too: still the same party's own statement
    own = {(position.party, cited) for position in ledger.positions for cited in position.statements}
    forecasts = {cited for outlook in ledger.outlooks for cited in outlook.statements}
    assert len(stands) > 10
    for stand in stands:
        assert stand["quote"] == statements[stand["statements"][0]].passage.quote
        for cited in stand["statements"]:
            if stand["party"]:
                assert (stand["party"], cited) in own
                assert cited not in forecasts - {c for _, c in own}
            else:
                assert statements[cited].own_guess


def test_doubt_and_actors(comity, model: str, fishery_text: str, tmp_path: Path) -> None:
    Path(model).write_text(fishery_text.replace("quota = 1, review", "quota = [1, 3], review"), encoding="utf-8")
    code, out, _ = comity("deal", "doubt", model, "--rules-only", "--draws", "40")
    assert code == 0
    assert "weight of Northland, Quota of the southern shore" in out
    table = tmp_path / "positions.csv"
    table.write_text("issue,actor,position,salience,outcome\nquota,a,0,50,60\nquota,b,100,100,60\n", encoding="utf-8")
    code, out, _ = comity("deal", "actors", str(table))
    assert code == 0
    assert "weighted mean 66.6667" in out
    assert "over 1 issues" in out


def test_other_forms_in_and_out(comity, tmp_path: Path) -> None:
    folder = str(tmp_path / "genius") + "/"
    plain = tmp_path / "m.toml"
    plain.write_text(
        'issue=[{id="a",options=["x","y"]}]\nparty=[{id="p"},{id="q"}]\n'
        'preference=[{party="p",worths={a={x=1,y=0}}},{party="q",worths={a={x=0,y=1}}}]',
        encoding="utf-8",
    )
    assert comity("model", str(plain), "-o", folder)[0] == 0
    names = ["domain.xml", "p.xml", "q.xml"]
    code, out, _ = comity("deal", "frontier", *(folder + name for name in names))
    assert code == 0
    assert out.startswith("2 packages")
    made = tmp_path / "cuba.gmcr"
    assert comity("model", str(CONFLICTS / "cuban_missile_crisis.toml"), "-o", str(made))[0] == 0
    code, out, _ = comity("deal", "stability", str(made))
    assert code == 0
    assert "SEQ 2" in out
