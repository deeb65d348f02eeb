// Every page works without this. It adds: the drawer, keys, and words for screen readers when something changed.
(() => {
  "use strict";
  document.documentElement.classList.add("js");
  let opener = null;
  const drawer = () => document.getElementById("drawer");
  const shut = () => {
    const it = drawer();
    if (!it || it.hidden) return false;
    it.hidden = true;
    it.replaceChildren();
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
    return true;
  };
  window.comity = {
    say(text) { document.getElementById("said").textContent = text; },
    typing(event) {
      const at = event.target;
      return event.ctrlKey || event.metaKey || event.altKey || (at.closest && at.closest("input, select, textarea, [contenteditable]"));
    },
    shut,
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[hx-target='#drawer'], #content a.ref, #content a.all");
    if (link) opener = link.closest("td[tabindex]") || link;
    if (event.target.closest("[data-shut]")) { event.preventDefault(); shut(); }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const at = event.detail.target;
    if (at.id === "drawer") {
      at.hidden = false;
      const mark = at.querySelector("mark");
      if (mark) mark.scrollIntoView({ block: "center" });
      const first = at.querySelector("[data-shut]");
      if (first) first.focus({ preventScroll: true });
    }
    const spoken = at.querySelector && at.querySelector("[data-say]");
    if (spoken) window.comity.say(spoken.dataset.say);
  });
  // a refusal (a stale edit, a wrong value) comes with what was typed: show it
  document.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    if (status === 409 || status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.addEventListener("htmx:sendError", () => window.comity.say("The desk does not answer. Is it still running?"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shut()) event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-at-once]");
    if (form) form.requestSubmit();
  });
})();
