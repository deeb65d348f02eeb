"""GEXF 1.3 (Gephi), with all attributes typed, both ways (https://gexf.net/)."""

from __future__ import annotations

import json
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from comity.desk.interchange.graph import Attributes, Graph, Node, Tie, in_xml, parsed, types_of, written
from comity.desk.interchange.graphml import children, parsed_xml, plain, whole
from comity.words import InputError

_NAMESPACE = "http://gexf.net/1.3"
_NAMES = {str: "string", int: "long", float: "double", bool: "boolean"}
_TYPES = {"integer": int, "long": int, "float": float, "double": float, "boolean": bool}


def dumps(graph: Graph) -> bytes:
    """The graph as GEXF. What the graph says of itself stands as JSON in the description of the file."""
    root = Element("gexf", xmlns=_NAMESPACE, version="1.3")
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = "Comity"
    SubElement(meta, "description").text = in_xml(json.dumps(dict(graph.attributes), sort_keys=True))
    body = SubElement(root, "graph", defaultedgetype="undirected", mode="static")
    keys: dict[tuple[str, str], str] = {}
    for scope, rows in (
        ("node", [n.attributes for n in graph.nodes]),
        ("edge", [t.attributes for t in graph.ties]),
    ):
        made = SubElement(body, "attributes")
        made.set("class", scope)
        for number, (name, kind) in enumerate(types_of(rows).items()):
            keys[scope, name] = str(number)
            SubElement(made, "attribute", id=str(number), title=in_xml(name), type=_NAMES[kind])
    nodes = SubElement(body, "nodes")
    for node in graph.nodes:
        label = str(node.attributes.get("label", node.attributes.get("name", node.id)))
        made = SubElement(nodes, "node", id=in_xml(node.id), label=in_xml(label))
        _values(made, "node", node.attributes, keys)
    edges = SubElement(body, "edges")
    for number, tie in enumerate(graph.ties):
        made = SubElement(edges, "edge", id=str(number), source=in_xml(tie.source), target=in_xml(tie.target))
        weight = tie.attributes.get("weight")
        if isinstance(weight, int | float) and not isinstance(weight, bool) and weight >= 0:
            made.set("weight", written(weight))  # for tools; the value itself is among the attributes
        _values(made, "edge", tie.attributes, keys)
    indent(root, " ")
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _values(parent: Element, scope: str, attributes: Attributes, keys: dict[tuple[str, str], str]) -> None:
    if not attributes:
        return
    values = SubElement(parent, "attvalues")
    for name in sorted(attributes):
        made = SubElement(values, "attvalue")
        made.set("for", keys[scope, name])
        made.set("value", in_xml(written(attributes[name])))


def loads(data: bytes, file: str | None = None) -> Graph:
    """The graph of a GEXF file, of ours or of another tool. Raises InputError if it is none, or directed."""
    root = parsed_xml(data, file)
    if plain(root.tag) != "gexf":
        raise InputError("not GEXF", file=file, hint="its first element is no gexf")
    bodies = children(root, "graph")
    if len(bodies) != 1:
        raise InputError(f"{len(bodies)} graphs where one is expected", file=file)
    body = bodies[0]
    if body.get("defaultedgetype") == "directed":
        raise InputError("ties with a direction", file=file, hint="make the graph undirected")
    keys: dict[tuple[str, str], tuple[str, type]] = {}
    for group in children(body, "attributes"):
        for key in children(group, "attribute"):
            kind = _TYPES.get(key.get("type", "string"), str)
            keys[group.get("class", ""), key.get("id", "")] = (key.get("title", ""), kind)

    def values(element: Any, scope: str) -> dict[str, Any]:
        found = {}
        for group in children(element, "attvalues"):
            for value in children(group, "attvalue"):
                key = (scope, value.get("for") or value.get("id", ""))
                if key not in keys:
                    raise InputError(f"no attribute has the id {key[1]!r}", file=file)
                name, kind = keys[key]
                found[name] = parsed(value.get("value", ""), kind, file)
        return found

    nodes = []
    for group in children(body, "nodes"):
        for element in children(group, "node"):
            given = values(element, "node")
            nodes.append(Node(element.get("id", ""), given or _label(element)))
    ties = []
    for group in children(body, "edges"):
        for element in children(group, "edge"):
            given = values(element, "edge")
            if "weight" not in given and element.get("weight") is not None:
                given["weight"] = parsed(element.get("weight", ""), float, file)
            ties.append(Tie(element.get("source", ""), element.get("target", ""), given))
    return whole(Graph(tuple(nodes), tuple(ties), _about(root)), file)


def _label(element: Any) -> dict[str, Any]:
    label = element.get("label")
    return {"label": label} if label is not None and label != element.get("id") else {}


def _about(root: Any) -> dict[str, Any]:
    for meta in children(root, "meta"):
        for description in children(meta, "description"):
            try:
                found = json.loads(description.text or "")
            except ValueError:
                return {"description": description.text or ""}
            return found if isinstance(found, dict) else {"description": description.text or ""}
    return {}
