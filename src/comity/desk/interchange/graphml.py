"""GraphML, with all attributes typed, both ways (http://graphml.graphdrawing.org/)."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from comity.desk.interchange.graph import Attributes, Graph, Node, Tie, in_xml, parsed, types_of, written
from comity.words import InputError

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NAMES = {str: "string", int: "long", float: "double", bool: "boolean"}
_TYPES = {"string": str, "int": int, "long": int, "float": float, "double": float, "boolean": bool}


def dumps(graph: Graph) -> bytes:
    """The graph as GraphML: one key for each attribute of nodes, ties and of the graph itself."""
    root = Element("graphml", xmlns=_NAMESPACE)
    keys: dict[tuple[str, str], str] = {}
    for scope, rows in (
        ("graph", [graph.attributes]),
        ("node", [n.attributes for n in graph.nodes]),
        ("edge", [t.attributes for t in graph.ties]),
    ):
        for name, kind in types_of(rows).items():
            keys[scope, name] = f"d{len(keys)}"
            made = SubElement(root, "key", id=keys[scope, name])
            made.set("for", scope)
            made.set("attr.name", in_xml(name))
            made.set("attr.type", _NAMES[kind])
    body = SubElement(root, "graph", edgedefault="undirected")
    _data(body, "graph", graph.attributes, keys)
    for node in graph.nodes:
        _data(SubElement(body, "node", id=in_xml(node.id)), "node", node.attributes, keys)
    for tie in graph.ties:
        made = SubElement(body, "edge", source=in_xml(tie.source), target=in_xml(tie.target))
        _data(made, "edge", tie.attributes, keys)
    indent(root, " ")
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _data(parent: Element, scope: str, attributes: Attributes, keys: dict[tuple[str, str], str]) -> None:
    for name in sorted(attributes):
        SubElement(parent, "data", key=keys[scope, name]).text = in_xml(written(attributes[name]))


def loads(data: bytes, file: str | None = None) -> Graph:
    """The graph of a GraphML file, of ours or of another tool. Raises InputError if it is none, or directed."""
    root = parsed_xml(data, file)
    if plain(root.tag) != "graphml":
        raise InputError("not GraphML", file=file, hint="its first element is no graphml")
    keys: dict[str, tuple[str, type]] = {}
    defaults: dict[str, list[tuple[str, str]]] = {"node": [], "edge": [], "graph": []}
    for key in children(root, "key"):
        name, kind = key.get("attr.name") or key.get("id", ""), _TYPES.get(key.get("attr.type", "string"), str)
        keys[key.get("id", "")] = (name, kind)
        for default in children(key, "default"):
            for scope in defaults if key.get("for", "all") == "all" else [key.get("for", "")]:
                defaults.setdefault(scope, []).append((key.get("id", ""), default.text or ""))
    bodies = children(root, "graph")
    if len(bodies) != 1:
        raise InputError(f"{len(bodies)} graphs where one is expected", file=file)
    body = bodies[0]
    directed = body.get("edgedefault") == "directed"
    if directed and children(body, "edge"):
        raise InputError("ties with a direction", file=file, hint="make the graph undirected")

    def values(element: Any, scope: str) -> dict[str, Any]:
        given = defaults.get(scope, []) + [(d.get("key", ""), d.text or "") for d in children(element, "data")]
        found = {}
        for key, text in given:
            if key not in keys:
                raise InputError(f"no key is called {key!r}", file=file)
            name, kind = keys[key]
            found[name] = parsed(text, kind, file)
        return found

    nodes = tuple(Node(n.get("id", ""), values(n, "node")) for n in children(body, "node"))
    ties = tuple(Tie(e.get("source", ""), e.get("target", ""), values(e, "edge")) for e in children(body, "edge"))
    return whole(Graph(nodes, ties, values(body, "graph")), file)


def parsed_xml(data: bytes, file: str | None) -> Any:
    """The root of an XML file. Entities and references to elsewhere are refused."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        return fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise InputError(f"not XML that can be read: {str(error)[:80] or type(error).__name__}", file=file) from None


def plain(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def children(element: Any, name: str) -> list[Any]:
    return [child for child in element if plain(child.tag) == name]


def whole(graph: Graph, file: str | None) -> Graph:
    """The graph, if its ids are unique and its ties lead to nodes; else InputError."""
    ids = [node.id for node in graph.nodes]
    known = set(ids)
    if len(known) < len(ids):
        raise InputError("two nodes have one id", file=file)
    for tie in graph.ties:
        if tie.source not in known or tie.target not in known:
            raise InputError(f"a tie leads to {tie.target!r} or {tie.source!r}, which is no node", file=file)
    return graph
