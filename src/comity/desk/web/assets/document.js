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

  // words chosen by the keyboard: in the text, arrows go from word to word, and with Shift they take more of them
  let nodes = null, words = null, from = -1, to = -1;
  const cut = () => {
    nodes = [...text.querySelectorAll("[data-at]")].map((e) => e.firstChild).filter((e) => e && e.nodeType === Node.TEXT_NODE);
    const whole = nodes.map((e) => e.data).join("");
    words = [...whole.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’.,-][\p{L}\p{N}\p{M}]+)*/gu)].map((m) => [m.index, m.index + m[0].length]);
    let at = 0;
    nodes = nodes.map((e) => { const began = at; at += e.data.length; return [began, e]; });
  };
  const place = (at, end) => {
    let i = nodes.findLastIndex(([began]) => (end ? began < at : began <= at));
    return [nodes[i][1], at - nodes[i][0]];
  };
  const begin = () => {
    const lit = text.querySelector(".lit"), top = lit ? lit.getBoundingClientRect().top : 0;
    const node = nodes.find(([, e]) => (lit ? e.parentElement === lit : e.parentElement.getBoundingClientRect().bottom > top)) || nodes[0];
    return words.findIndex(([start]) => start >= node[0]);
  };
  const step = (by, more) => {
    if (!words) cut();
    if (!words.length) return;
    const fresh = to < 0 || !text.contains(getSelection().anchorNode);
    to = fresh ? Math.max(0, begin()) : Math.min(Math.max(0, to + by), words.length - 1);
    if (fresh || !more) from = to;
    const first = Math.min(from, to), last = Math.max(from, to);
    getSelection().setBaseAndExtent(...place(words[first][0], false), ...place(words[last][1], true));
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight) getSelection().focusNode.parentElement.scrollIntoView({ block: "center" });
  };

  document.addEventListener("keydown", (event) => {
    if (window.comity.typing(event)) return;
    const key = event.key;
    if (event.target === text && (key === "ArrowRight" || key === "ArrowLeft")) {
      event.preventDefault();
      step(key === "ArrowRight" ? 1 : -1, event.shiftKey);
      return;
    }
    if (key === "t") { event.preventDefault(); text.focus({ preventScroll: true }); step(0, false); return; }
    if (key === "j" || key === "n") { event.preventDefault(); go(Math.min(at + 1, cards.length - 1)); }
    else if (key === "k" || key === "p") { event.preventDefault(); go(Math.max(at - 1, 0)); }
    else if (key === "e") { take(); event.preventDefault(); form.elements.speaker.focus(); }
    else if (at >= 0 && (key === "a" || key === "x")) {
      event.preventDefault();
      cards[at].querySelector(`button[value=${key === "a" ? "accept" : "reject"}]`).click();
    } else if (at >= 0 && key === "Enter" && event.target === cards[at]) { cards[at].querySelector("a[href^='/review/']").click(); }
  });
})();
