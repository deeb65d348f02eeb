// The network, to move about in. Shapes and dashes tell what colour would; the table below holds the same.
(() => {
  "use strict";
  // 503 says that the desk is still folding: ask again
  const got = async (where) => {
    for (let n = 0; ; n += 1) {
      const answer = await fetch(where, { credentials: "same-origin" });
      if (answer.status !== 503 || n === 60) return answer;
      await new Promise((done) => setTimeout(done, 2000));
    }
  };
  const place = document.querySelector("[data-elements]");
  if (!place) return;
  const looks = [
    { selector: "node", style: { label: "data(label)", "background-color": "#1f2328", width: 18, height: 18, color: "#1f2328", "font-size": 12, "font-family": "Liberation Sans, Arial, sans-serif", "text-valign": "center", "text-halign": "data(side)", "text-margin-x": 6, "min-zoomed-font-size": 6, "text-background-color": "#ffffff", "text-background-opacity": 0.85, "text-background-padding": 2 } },
    { selector: "node[kind = 'concept']", style: { shape: "rectangle", "background-color": "#ffffff", "border-width": 3, "border-color": "#1f2328" } },
    { selector: "edge", style: { width: "data(width)", "line-color": "#6b7280", "curve-style": "straight", label: "data(label)", "font-size": 10, color: "#1f2328", "text-background-color": "#ffffff", "text-background-opacity": 0.9, "text-background-padding": 1 } },
    { selector: "edge[kind = 'against']", style: { "line-style": "dashed", "line-dash-pattern": [8, 5] } },
    { selector: "node[side = 'left']", style: { "text-margin-x": -6 } },
    { selector: ".far", style: { opacity: 0.15 } },
    { selector: ":selected", style: { "border-width": 5, "border-color": "#6b7280" } },
  ];
  const draw = async () => {
    const answer = await got(place.dataset.elements);
    if (!answer.ok) throw new Error(`the network cannot be had (${answer.status})`);
    const { elements, description } = await answer.json();
    place.hidden = false;
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", `${description} The table below holds the same.`);
    // a number stands near one end of its line, where few lines meet (in two columns near what it is about); a narrow screen brings the columns together
    const nodes = elements.filter((e) => e.group === "nodes");
    const columns = new Set(nodes.map((e) => e.data.kind)).size === 2;
    const style = columns ? [...looks, { selector: "edge", style: { label: "", "target-label": "data(label)", "target-text-offset": 34 } }] : [...looks, { selector: "edge", style: { label: "", "source-label": "data(label)", "source-text-offset": 90 } }];
    if (columns && place.clientWidth < 560) nodes.forEach((e) => { e.position.x *= 0.45; });
    const before = new Map(nodes.map((e) => [e.data.id, e.position]));
    const graph = cytoscape({ container: place, elements, style, layout: { name: "preset", padding: 40 }, minZoom: 0.1, maxZoom: 6 });
    // a node that is chosen stands out with its neighbours
    graph.on("select unselect", () => {
      const chosen = graph.nodes(":selected");
      graph.elements().removeClass("far");
      if (chosen.length) graph.elements().not(chosen.closedNeighborhood()).addClass("far");
    });
    const button = (name, does) => {
      const it = document.querySelector(name);
      it.hidden = false;
      it.addEventListener("click", does);
    };
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    button("[data-arrange]", () => graph.layout({ name: "cose", randomize: false, animate: !still, padding: 40, idealEdgeLength: 120, nodeRepulsion: 60000 }).run());
    button("[data-restore]", () => graph.layout({ name: "preset", positions: (node) => before.get(node.id()), padding: 40 }).run());
    place.dataset.ready = String(graph.nodes().length);
  };
  draw().catch((error) => {
    place.hidden = false;
    const said = document.createElement("p");
    said.className = "fault";
    said.textContent = `The network could not be drawn: ${error.message}. Its table below holds the same.`;
    place.replaceChildren(said);
  });
})();
