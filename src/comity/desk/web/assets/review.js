// Keys: a accept, x (or r) reject, c correct, s skip, u undo. The buttons do the same.
(() => {
  "use strict";
  let busy = false;
  const button = (key) => document.querySelector(`[data-key="${key === "r" ? "x" : key}"]`);
  const details = () => document.getElementById("correct");
  const center = () => {
    const mark = document.querySelector(".reviewing .passage mark");
    if (mark) mark.parentElement.scrollTop = mark.offsetTop - mark.parentElement.offsetTop - 60;
  };
  center();
  const open = () => {
    const it = details();
    if (!it) return;
    it.open = true;
    center();
    it.querySelector("select[name=act]").focus();
  };
  const leave = () => {
    const it = details();
    if (!it || !it.open) return false;
    it.open = false;
    it.closest("form").reset();
    button("a").focus();
    return true;
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-correct]")) open();
    if (event.target.closest("[data-shut-correct]")) leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && leave()) { event.preventDefault(); return; }
    // in the fields of a correction, Enter records the correction and not the first button of the form
    if (event.key === "Enter" && event.target.closest && event.target.closest("#correct :is(input, select)")) {
      event.preventDefault();
      details().querySelector("button[value=correct]").click();
      return;
    }
    if (window.comity.typing(event) || busy || event.repeat) return;
    const it = /^[axrcsu]$/.test(event.key) && button(event.key);
    if (it && !it.disabled) { event.preventDefault(); it.click(); }
  });
  // one key, one decision: nothing is taken before the answer is there
  document.addEventListener("htmx:beforeRequest", () => { busy = true; });
  document.addEventListener("htmx:afterRequest", () => { busy = false; });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "item") return;
    scrollTo(0, 0);
    center();
    const alert = event.detail.target.querySelector("[role=alert]");
    const to = alert && details() && details().open ? details().querySelector("input") : button("a");
    if (to) to.focus({ preventScroll: true });
  });
})();
