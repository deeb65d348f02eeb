// The page works without this. It adds: arrows in the matrix, a click anywhere in a cell, Esc to go back.
(() => {
  "use strict";
  let opener = null;
  const isPassage = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return target && target.closest(".record") ? target : null;
  };
  const cells = [...document.querySelectorAll(".matrix tbody tr")].map((row) => [...row.querySelectorAll("td")]);
  const all = cells.flat();
  all.forEach((cell, i) => (cell.tabIndex = i ? -1 : 0));
  const enter = (cell) => {
    const link = cell.querySelector("a.ref");
    if (link) { opener = cell; link.click(); opener = cell; }
  };
  const move = (cell, down, right) => {
    const row = cells.findIndex((r) => r.includes(cell));
    const column = cells[row].indexOf(cell);
    const next = (cells[row + down] || [])[column + right];
    if (!next) return;
    all.forEach((c) => (c.tabIndex = -1));
    next.tabIndex = 0;
    next.focus();
  };
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const back = () => {
    const to = opener && opener.isConnected ? opener : document.getElementById("brief");
    const at = [scrollX, scrollY];
    const anchor = to.id ? to : to.querySelector("[id]") || document.getElementById("brief");
    location.hash = anchor.id;
    scrollTo(...at);
    to.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && link.closest(".doc") && link.classList.contains("close")) { event.preventDefault(); back(); return; }
    if (link && link.classList.contains("ref")) { opener = link; return; }
    if (link || event.target.closest("summary") || String(getSelection())) return;
    const cell = event.target.closest(".matrix td");
    if (cell) enter(cell);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = event.target.closest && event.target.closest(".matrix td");
    if (event.key === "Escape" && isPassage()) { event.preventDefault(); back(); }
    else if (cell && steps[event.key]) { event.preventDefault(); move(cell, ...steps[event.key]); }
    else if (cell === event.target && event.key === "Enter") { event.preventDefault(); enter(cell); }
  });
  document.documentElement.classList.add("js");
})();
