// Files and folders dropped anywhere on the page, or chosen, are sent; a file of a folder with its place in it.
(() => {
  "use strict";
  const MOST = 900; // files that the desk takes at once
  const form = document.getElementById("drop");
  const input = form.querySelector("input[name=files]");
  const chosen = document.getElementById("folder");
  const button = form.querySelector("button.main");
  const label = button.textContent;
  let over = 0;
  const show = (on) => document.body.classList.toggle("dropping", on);
  const tell = (what) => {
    let fault = form.querySelector(".fault");
    if (!fault) {
      fault = document.createElement("p");
      fault.className = "fault";
      fault.setAttribute("role", "alert");
      form.prepend(fault);
    }
    fault.textContent = what;
    button.textContent = label;
    button.disabled = false;
  };
  const busy = () => {
    button.textContent = "Sending …";
    button.disabled = true;
    window.comity.say("Sending the files");
  };
  // [file, its path below what was dropped]
  const send = async (files) => {
    if (!files.length) { tell("No files came: choose some, or drop them on the page."); return; }
    if (files.length > MOST) { tell(`${files.length} files are too many at once: pack them into a zip archive, and drop that.`); return; }
    busy();
    const data = new FormData(form);
    data.delete("files");
    for (const [file, path] of files) data.append("files", file, path);
    try {
      const answer = await fetch(form.action, { method: "POST", body: data });
      if (answer.ok) { location.assign(answer.url); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      tell((page.querySelector(".fault") || page.querySelector("main") || page.body).textContent.trim().slice(0, 400));
    } catch {
      tell("The files could not be sent. Is the desk still running?");
    }
  };
  const walk = async (entry, found) => {
    if (entry.isFile) {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      found.push([file, entry.fullPath.replace(/^\//, "")]);
      return;
    }
    const reader = entry.createReader();
    for (;;) { // a reader gives a folder a hundred at a time
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length || found.length > MOST) return;
      for (const each of some) if (!each.name.startsWith(".")) await walk(each, found);
    }
  };
  addEventListener("dragenter", (event) => { event.preventDefault(); over += 1; show(true); });
  addEventListener("dragleave", () => { over -= 1; if (over <= 0) { over = 0; show(false); } });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", async (event) => {
    event.preventDefault();
    over = 0;
    show(false);
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const found = entries.length ? [] : [...event.dataTransfer.files].map((file) => [file, file.name]);
    try {
      for (const entry of entries) await walk(entry, found);
    } catch {
      tell("Something of what was dropped could not be read.");
      return;
    }
    send(found);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send([...[...input.files].map((file) => [file, file.name]),
      ...[...chosen.files].map((file) => [file, file.webkitRelativePath || file.name])]);
  });
})();
