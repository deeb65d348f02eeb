// Draws every picture whose specification a page names, by Vega without eval. A mark opens its passage in the drawer.
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
  const draw = async (place) => {
    const answer = await got(place.dataset.spec);
    if (!answer.ok) throw new Error(`the picture cannot be had (${answer.status})`);
    const picture = await answer.json();
    const spec = vegaLite.compile(picture.spec).spec;
    const view = new vega.View(vega.parse(spec, null, { ast: true }), {
      expr: vega.expressionInterpreter,
      loader: { load: () => Promise.reject(new Error("a picture loads nothing")), sanitize: () => Promise.reject(new Error("no links")) },
      renderer: "svg",
      hover: true,
      logLevel: vega.Error,
    });
    place.replaceChildren();
    view.initialize(place);
    await view.runAsync();
    place.tabIndex = 0;
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", `${picture.description} A table below holds the same.`);
    place.setAttribute("data-ready", "true");
    view.addEventListener("click", (event, item) => {
      const statement = item && item.datum && item.datum.statement;
      if (statement) open(place, statement);
    });
    if (spec.signals && spec.signals.some((s) => s.name === "zoom")) keys(place, view);
  };

  const open = (place, statement) => {
    const query = new URLSearchParams({ statement });
    const asOf = new URLSearchParams(location.search).get("as_of");
    if (asOf) query.set("as_of", asOf);
    htmx.ajax("GET", `/evidence?${query}`, { target: "#drawer", source: place });
  };

  // the wheel is not for everybody: + and - come nearer and go back, arrows move, 0 shows all
  const keys = (place, view) => {
    const scale = () => view.scale("x");
    const whole = scale().domain().map(Number);
    const name = ["zoom_date", "zoom_first"].find((n) => { try { view.signal(n); return true; } catch { return false; } });
    if (!name) return;
    const set = (first, last) => view.signal(name, [first, last]).runAsync();
    place.addEventListener("keydown", (event) => {
      if (window.comity.typing(event)) return;
      const [first, last] = scale().domain().map(Number);
      const width = last - first;
      const moves = {
        "+": [first + width / 4, last - width / 4], "=": [first + width / 4, last - width / 4],
        "-": [first - width / 2, last + width / 2], "0": whole,
        ArrowLeft: [first - width / 5, last - width / 5], ArrowRight: [first + width / 5, last + width / 5],
      };
      const found = moves[event.key];
      if (!found) return;
      event.preventDefault();
      set(found[0], found[1]);
    });
  };

  for (const place of document.querySelectorAll("[data-spec]")) {
    draw(place).catch((error) => {
      const said = document.createElement("p");
      said.className = "fault";
      said.textContent = `This picture could not be drawn: ${error.message}. Its table and its files below hold the same.`;
      place.replaceChildren(said);
    });
  }
})();
