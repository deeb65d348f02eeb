"""Pages: self-contained, everything escaped, every picture beside its table."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from comity.bargaining import blockers, compare, frontier, openings, solutions, stability, surface
from comity.bargaining.actors import actors
from comity.bargaining.formats import parse_deu
from comity.bargaining.model import load_model, parse_model
from comity.bargaining.pareto import listed
from comity.bargaining.show import (
    Parts,
    actors_page,
    blockers_page,
    compare_page,
    doubt_page,
    frontier_page,
    graph,
    holding_page,
    openings_page,
    render,
    solutions_page,
    stability_page,
)
from comity.bargaining.show.graph import numbered
from comity.bargaining.uncertain import doubt, holding
from comity.words import NegotiationModel

ELMIRA = Path(__file__).parents[2] / "docs" / "bargaining" / "conflicts" / "elmira.toml"


def pages(model: NegotiationModel) -> dict[str, str]:
    parts = Parts(model, {"a#1": "not a fish <b>more</b>"})
    found = surface(model, red_lines=False)
    front = frontier(model, red_lines=False)
    draft = model.drafts[0]
    conflict = load_model(ELMIRA)
    made = {
        "blockers": blockers_page(parts, blockers(model)),
        "openings": openings_page(parts, openings(model)),
        "frontier": frontier_page(parts, front),
        "solutions": solutions_page(parts, solutions(model, found), listed(model, found)),
        "compare": compare_page(parts, compare(model, found, draft), front),
        "doubt": doubt_page(parts, doubt(model, draws=20, red_lines=False)),
        "stability": stability_page(Parts(conflict), stability(conflict, coalitions=True)),
        "holding": holding_page(Parts(conflict), holding(conflict, draws=2)),
        "actors": actors_page(actors(parse_deu("issue,actor,position,salience,outcome\nq,a,10,90,20\n"), draws=9)),
    }
    return {name: render(page, "body{color:red}") for name, page in made.items()}


def test_pages_are_whole_and_load_nothing(fishery: NegotiationModel) -> None:
    for name, page in pages(fishery).items():
        body = page[page.index("<body>") : page.index("</html>")]
        ElementTree.fromstring(body)  # every element is closed, every sign escaped
        assert not re.search(r"(src|href)=\"(?!#)", page), name
        assert "<script" not in page
        assert "default-src 'none'" in page
        assert "body{color:red}" in page
        links = set(re.findall(r'href="#([^"]+)"', page))
        assert links <= set(re.findall(r'id="([^"]+)"', page)), name
        assert 'id="method"' in page


def test_pictures_stand_beside_tables(fishery: NegotiationModel) -> None:
    made = pages(fishery)
    for name in ("frontier", "solutions", "compare", "stability", "actors"):
        assert "<svg" in made[name], name
    for name in ("frontier", "solutions", "stability", "holding", "doubt", "actors"):
        assert "<table" in made[name], name
    assert made["frontier"].count("<svg") == 1  # two parties: a plane
    assert "not a fish &lt;b&gt;more&lt;/b&gt;" in made["blockers"]
    assert "rests on a reporter" in made["blockers"]
    assert "trade" in made["compare"].lower()
    assert made["openings"].index("Northland</h3>") < made["openings"].index("Southland</h3>")


def test_more_than_two_parties_get_parallel_axes_and_pairs() -> None:
    head = "".join(f'[[issue]]\nid="i{i}"\noptions=["x","y","z"]\n' for i in range(3))
    for p in range(3):
        worths = "".join(f"i{i}={{x={(i + p) % 4},y={(2 * i + p) % 5},z={(3 * i + 2 * p) % 4}}}," for i in range(3))
        head += f'[[party]]\nid="p{p}"\n[[preference]]\nparty="p{p}"\nworths={{{worths.rstrip(",")}}}\n'
    model = parse_model(head)
    page = render(frontier_page(Parts(model), frontier(model)))
    assert page.count("<svg") == 1 + 3
    assert "one axis a party" in page.lower()


def test_hostile_names_stay_text(fishery_text: str) -> None:
    model = parse_model(fishery_text.replace("Northland", "<script>x</script>").replace("Quota of", "</svg>&"))
    for page in pages(model).values():
        assert "<script>x" not in page
        ElementTree.fromstring(page[page.index("<body>") : page.index("</html>")])


def test_the_graph_shows_every_state_of_its_table() -> None:
    result = stability(load_model(ELMIRA))
    drawing = str(graph(result))
    ElementTree.fromstring(drawing)
    shown = re.findall(r">(\d+)</text>", drawing)
    assert [int(n) for n in shown] == list(range(1, len(numbered(result)) + 1))
    assert drawing.count("<path") - 1 == len(result.improvements)  # the tip of an arrow is one path more


@pytest.mark.parametrize("limit", [1, 3])
def test_what_is_left_out_is_said(fishery: NegotiationModel, limit: int) -> None:
    page = render(frontier_page(Parts(fishery), frontier(fishery, red_lines=False, limit=limit)))
    assert f"The first {limit} of" in page
