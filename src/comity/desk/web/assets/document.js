// Marks that answer to keys and pointer, and words selected in the text that go into the form, by code points.
(() => {
  "use strict";
  const text = document.getElementById("text");
  const form = document.getElementById("code");
  const cards = [...document.querySelectorAll(".found > li")];
  let at = -1;
  const light = (number) => {
    text.querySelectorAll(".lit").forEach((e) => e.classList.remove("lit"));
    cards.forEach((card) => card.classList.toggle("lit", card.dataset.n === number));
    if (number) text.querySelectorAll(`[data-m~="${number}"]`).forEach((e) => e.classList.add("lit"));
  };
  const go = (to, scroll = true) => {
    if (to < 0 || to >= cards.length) return;
    at = to;
    const card = cards[at];
    light(card.dataset.n);
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    const mark = text.querySelector(`[data-m~="${card.dataset.n}"]`);
    if (scroll && mark) mark.scrollIntoView({ block: "center" });
  };
  // a place where no statement begins, such as an event's: the piece of text that holds it
  const seek = () => {
    const place = /^#s(\d+)-\d+$/.exec(location.hash);
    const pieces = place ? [...text.querySelectorAll("[data-at]")].filter((e) => Number(e.dataset.at) <= Number(place[1])) : [];
    if (pieces.length) pieces[pieces.length - 1].scrollIntoView({ block: "center" });
  };
  const follow = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) { seek(); return; }
    const number = target.dataset.n || (target.closest("[data-n]") || { dataset: {} }).dataset.n;
    const found = cards.findIndex((card) => card.dataset.n === number);
    if (found >= 0) go(found);
  };
  addEventListener("hashchange", follow);
  follow();
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-m]");
    if (!mark || String(getSelection())) return;
    const over = mark.dataset.m.split(" ");
    // one click more goes to the next of those that lie on each other
    const now = over.indexOf(at >= 0 ? cards[at].dataset.n : "");
    go(cards.findIndex((card) => card.dataset.n === over[(now + 1) % over.length]), false);
  });
  cards.forEach((card, i) => card.addEventListener("focusin", () => { if (at !== i) { at = i; light(card.dataset.n); } }));

  // a place in the page to a place in the text, in code points
  const pointOf = (node, offset) => {
    if (node.nodeType === Node.ELEMENT_NODE) {
      const next = node.childNodes[offset];
      if (next) {
        const piece = next.nodeType === Node.ELEMENT_NODE ? (next.matches("[data-at]") ? next : next.querySelector("[data-at]")) : next.parentElement.closest("[data-at]");
        if (piece) return Number(piece.dataset.at);
      }
      const all = text.querySelectorAll("[data-at]");
      const last = all[all.length - 1];
      return last ? Number(last.dataset.at) + [...last.textContent].length : 0;
    }
    const piece = node.parentElement.closest("[data-at]");
    if (!piece) {
      const next = node.parentElement.nextElementSibling;
      return next && next.dataset.at ? Number(next.dataset.at) : null;
    }
    return Number(piece.dataset.at) + [...node.data.slice(0, offset)].length;
  };
  const take = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return false;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return false;
    const start = pointOf(range.startContainer, range.startOffset), end = pointOf(range.endContainer, range.endOffset);
    if (start === null || end === null || start >= end) return false;
    form.elements.start.value = start;
    form.elements.end.value = end;
    form.elements.words.value = String(selection);
    form.classList.add("chosen");
    window.comity.say(`Selected: ${String(selection).slice(0, 120)}`);
    return true;
  };
  document.addEventListener("selectionchange", () => { clearTimeout(take.timer); take.timer = setTimeout(take, 80); });
  form.elements.words.addEventListener("input", () => { form.elements.start.value = form.elements.end.value = ""; });

  document.addEventListener("keydown", (event) => {
    if (window.comity.typing(event)) return;
    const key = event.key;
    if (key === "j" || key === "n") { event.preventDefault(); go(Math.min(at + 1, cards.length - 1)); }
    else if (key === "k" || key === "p") { event.preventDefault(); go(Math.max(at - 1, 0)); }
    else if (key === "e") { take(); event.preventDefault(); form.elements.speaker.focus(); }
    else if (at >= 0 && (key === "a" || key === "x")) {
      event.preventDefault();
      cards[at].querySelector(`button[value=${key === "a" ? "accept" : "reject"}]`).click();
    } else if (at >= 0 && key === "Enter" && event.target === cards[at]) { cards[at].querySelector("a[href^='/review/']").click(); }
  });
})();
