// Files dropped anywhere on the page go into the form, which is then sent.
(() => {
  "use strict";
  const form = document.getElementById("drop");
  const input = form.querySelector("input[type=file]");
  let over = 0;
  const show = (on) => document.body.classList.toggle("dropping", on);
  addEventListener("dragenter", (event) => { event.preventDefault(); over += 1; show(true); });
  addEventListener("dragleave", () => { over -= 1; if (over <= 0) { over = 0; show(false); } });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    over = 0;
    show(false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    const button = form.querySelector("button.main");
    button.textContent = "Sending …";
    button.disabled = true;
    window.comity.say("Sending the files");
  });
})();
