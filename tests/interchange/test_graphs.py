"""GraphML and GEXF: all attributes both ways, what others write, what is refused; read by another library, too."""

from __future__ import annotations

import io

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.desk.interchange import gexf, graphml
from comity.desk.interchange.graph import Graph, Node, Tie, graph_of, in_xml
from comity.study import Aggregation, Use, one_mode, two_mode
from comity.words import Actor, Agenda, Authority, InputError, Issue, Option, Party

SAID = [Use("orsenne", "tolls/none", 0), Use("tashq", "tolls/none"), Use("tashq", "flow/all"), Use("tolls", "flow/all")]
AGENDA = Agenda(
    parties=(Party("orsenne", "Orsenne"), Party("tashq", "Tashq & <Sons>")),
    actors=(Actor("varga", "Ilse Varga", (), "orsenne", Authority.ENVOY),),
    issues=(Issue("tolls", "Tolls", options=(Option("none", "No tolls"),)),),
)

name = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
value = st.one_of(name, st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.booleans())
attributes = st.dictionaries(st.sampled_from(["a", "b", "ø <&>"]), value, max_size=3)


@st.composite
def graphs(draw) -> Graph:
    kinds = {key: draw(st.sampled_from([str, int, float, bool])) for key in ("a", "b", "ø <&>")}

    def fitting(row):
        return {k: v for k, v in row.items() if type(v) is kinds[k]}

    ids = draw(st.lists(name, unique=True, min_size=1, max_size=4).map(lambda xs: list(dict.fromkeys(map(in_xml, xs)))))
    nodes = tuple(Node(i, fitting(draw(attributes)) | {"kind": "actor"}) for i in ids)
    ends = st.sampled_from(ids)
    ties = tuple(
        Tie(draw(ends), draw(ends), fitting(draw(attributes)) | {"weight": draw(st.floats(-9, 9))})
        for _ in range(draw(st.integers(0, 3)))
    )
    return Graph(nodes, ties, {"mode": "two-mode", "uses": 3})


def in_text(graph: Graph) -> Graph:
    def clean(row):
        return {k: in_xml(v) if isinstance(v, str) else v for k, v in row.items()}

    nodes = tuple(Node(n.id, clean(n.attributes)) for n in graph.nodes)
    ties = tuple(Tie(t.source, t.target, clean(t.attributes)) for t in graph.ties)
    return Graph(nodes, ties, clean(graph.attributes))


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_what_goes_out_comes_back(graph) -> None:
    for format_ in (graphml, gexf):
        assert format_.loads(format_.dumps(graph)) == in_text(graph), format_.__name__


def test_a_network_carries_what_the_agenda_knows() -> None:
    graph = graph_of(two_mode(SAID, Aggregation.SUBTRACT), AGENDA)
    by_id = {node.id: node.attributes for node in graph.nodes}
    assert by_id["actor:orsenne"]["label"] == "Orsenne"
    assert by_id["concept:tolls/none"]["label"] == "Tolls: No tolls"
    assert by_id["actor:tolls"]["kind"] == "actor"  # an actor may be called as an issue is
    assert {t.attributes["sign"] for t in graph.ties} == {"negative", "positive"}
    assert graph.attributes["aggregation"] == "subtract"


def test_networkx_reads_the_same() -> None:
    network = one_mode(SAID, Aggregation.IGNORE)
    graph = graph_of(network, AGENDA)
    older = gexf.dumps(graph).replace(b"gexf.net/1.3", b"www.gexf.net/1.2draft").replace(b'"1.3"', b'"1.2"')
    for read, data in ((networkx.read_graphml, graphml.dumps(graph)), (networkx.read_gexf, older)):
        theirs = read(io.BytesIO(data))
        assert set(theirs.nodes) == {node.id for node in graph.nodes}
        for tie in graph.ties:
            assert theirs.edges[tie.source, tie.target]["weight"] == tie.attributes["weight"]
            assert theirs.edges[tie.source, tie.target]["sign"] == tie.attributes["sign"]
        assert theirs.nodes["tashq"]["label"] == "Tashq & <Sons>"


def test_what_networkx_writes_is_read() -> None:
    theirs = networkx.Graph()
    theirs.add_node("a", colour="red", size=3)
    theirs.add_edge("a", "b", weight=2.5)
    out = io.BytesIO()
    networkx.write_graphml(theirs, out)
    graph = graphml.loads(out.getvalue())
    assert graph.nodes[0] == Node("a", {"colour": "red", "size": 3})
    assert graph.ties == (Tie("a", "b", {"weight": 2.5}),)
    out = io.BytesIO()
    networkx.write_gexf(theirs, out)
    graph = gexf.loads(out.getvalue())
    assert graph.ties[0].attributes["weight"] == 2.5


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (b"<x", "not XML"),
        (b"<x/>", "not G"),
        (b'<!DOCTYPE x [<!ENTITY e "e">]><graphml>&e;</graphml>', "not XML"),
        (b"<graphml/>", "0 graphs|not GEXF"),
        (b"<gexf/>", "0 graphs|not GraphML"),
        (b'<graphml><graph><edge source="a" target="b"/></graph></graphml>', "no node|not GEXF"),
        (b'<gexf><graph defaultedgetype="directed"/></gexf>', "direction|not GraphML"),
        (b'<graphml><graph><node id="a"><data key="k">1</data></node></graph></graphml>', "no key|not GEXF"),
    ],
)
def test_what_is_no_graph_is_told(bad, told) -> None:
    for format_ in (graphml, gexf):
        with pytest.raises(InputError, match=told):
            format_.loads(bad, "given.xml")
