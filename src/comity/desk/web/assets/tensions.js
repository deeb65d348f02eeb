// Keys: r real, e explained, d double, n next, p back, u undo. The buttons and links do the same.
(() => {
  "use strict";
  let busy = false;
  const center = () => {
    for (const mark of document.querySelectorAll(".sides .passage mark"))
      mark.parentElement.scrollTop = mark.offsetTop - mark.parentElement.offsetTop - 60;
  };
  center();
  document.addEventListener("keydown", (event) => {
    if (window.comity.typing(event) || busy || event.repeat || !/^[rednpu]$/.test(event.key)) return;
    const it = document.querySelector(`#item [data-key="${event.key}"]`);
    if (it) { event.preventDefault(); it.click(); }
  });
  // one key, one decision: nothing is taken before the answer is there
  document.addEventListener("htmx:beforeRequest", () => { busy = true; });
  document.addEventListener("htmx:afterRequest", () => { busy = false; });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "item") return;
    scrollTo(0, 0);
    center();
    const first = event.detail.target.querySelector("[role=alert]") || event.detail.target.querySelector("[data-key=r]");
    if (first) { if (!first.matches("button")) first.tabIndex = -1; first.focus({ preventScroll: true }); }
  });
})();
