// The slider of dates, arrows in the matrix, a click anywhere in a cell, print.
(() => {
  "use strict";
  const form = document.querySelector("form.dates-of");
  const slider = form && form.querySelector("input[type=range]");
  const day = form && form.querySelector("input[name=as_of]");
  const days = form ? form.dataset.days.split(" ").filter(Boolean) : [];
  if (slider) {
    let waiting = 0;
    slider.addEventListener("input", () => {
      const at = Number(slider.value);
      day.value = days[at];
      slider.setAttribute("aria-valuetext", days[at]);
      clearTimeout(waiting);
      waiting = setTimeout(() => form.requestSubmit(), 150);
    });
    day.addEventListener("change", () => {
      const at = days.filter((d) => d <= day.value).length - 1;
      if (day.value) slider.value = String(Math.max(0, at));
      form.requestSubmit();
    });
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    // thousands of labels: none has attributes of its own that say that it opens in the drawer
    const label = event.target.closest("#content a.ref, #content a.all");
    if (!label || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    window.htmx.ajax("GET", label.getAttribute("href"), "#drawer");
  });
  const rows = () => [...document.querySelectorAll(".matrix tbody tr")].map((row) => [...row.querySelectorAll("td")]);
  const prepare = () => rows().flat().forEach((cell, i) => (cell.tabIndex = i ? -1 : 0));
  prepare();
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "content") return;
    prepare();
    // the files are of the dates that are shown
    document.querySelectorAll(".downloads a").forEach((link) => {
      const to = new URL(link.href);
      for (const name of ["as_of", "since"]) {
        const value = form.elements[name].value;
        if (value) to.searchParams.set(name, value); else to.searchParams.delete(name);
      }
      link.href = to.pathname + to.search;
    });
    const said = document.querySelector(".kicker");
    if (said) window.comity.say(said.textContent);
  });
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const enter = (cell) => { const link = cell.querySelector("a.ref"); if (link) link.click(); };
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, summary, button") || String(getSelection())) return;
    const cell = event.target.closest(".matrix td");
    if (cell) enter(cell);
  });
  document.addEventListener("keydown", (event) => {
    if (window.comity.typing(event)) return;
    const cell = event.target.closest && event.target.closest(".matrix td");
    if (!cell) return;
    if (steps[event.key]) {
      event.preventDefault();
      const all = rows(), row = all.findIndex((r) => r.includes(cell)), column = all[row].indexOf(cell);
      const next = (all[row + steps[event.key][0]] || [])[column + steps[event.key][1]];
      if (!next) return;
      all.flat().forEach((c) => (c.tabIndex = -1));
      next.tabIndex = 0;
      next.focus();
    } else if (cell === event.target && event.key === "Enter") { event.preventDefault(); enter(cell); }
  });
})();
