// Keys, palette, rows: everything also works without this file, by links and forms.
(() => {
  "use strict";
  const find = (id) => document.getElementById(id);
  const palette = find("palette"), text = find("palette-text"), list = find("palette-list"), keys = find("keys"), off = find("keys-off");
  const OFF = "holdfast-keys-off";
  let waiting = 0, going = false, at = -1, shown = null;

  if (off) {
    off.checked = localStorage.getItem(OFF) === "1";
    off.addEventListener("change", () => localStorage.setItem(OFF, off.checked ? "1" : "0"));
  }

  const places = () => [...list.querySelectorAll("a")];
  const mark = (step) => {
    const all = places();
    if (!all.length) return;
    const now = all.findIndex((a) => a.classList.contains("at"));
    all.forEach((a) => a.classList.remove("at"));
    all[(now + step + all.length) % all.length].classList.add("at");
  };
  const look = async () => {
    const asked = text.value;
    const answer = await fetch(`${text.dataset.from}?q=${encodeURIComponent(asked)}`, { headers: { "X-Part": "1" } });
    const found = await answer.text();
    if (answer.ok && asked === text.value) { list.innerHTML = found; shown = asked; mark(1); }
  };
  const go = async () => {
    clearTimeout(waiting);
    if (shown !== text.value) await look();
    const chosen = list.querySelector("a.at");
    if (chosen) location.href = chosen.href;
  };
  const open = () => { text.value = ""; shown = null; list.replaceChildren(); palette.showModal(); text.focus(); look(); };

  if (palette) {
    find("open-palette").addEventListener("click", open);
    text.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 120); });
    text.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); mark(event.key === "ArrowDown" ? 1 : -1); }
      if (event.key === "Enter") { event.preventDefault(); go(); }
    });
    for (const dialog of [palette, keys]) dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  const rows = () => [...document.querySelectorAll("tr[data-row]")];
  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    all[at]?.classList.remove("at");
    at = Math.min(all.length - 1, Math.max(0, at + step));
    all[at].classList.add("at");
    all[at].querySelector("a").focus();
    all[at].scrollIntoView({ block: "nearest" });
  };

  const unfold = (event) => {
    const fold = document.querySelector(`details[data-key="${CSS.escape(event.key)}"]`);
    if (!fold) return;
    event.preventDefault();
    fold.open = true;
    fold.querySelector("textarea, input:not([type=hidden])").focus();
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && palette) { event.preventDefault(); open(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || off?.checked) return;
    if (event.target.closest("input, select, textarea, dialog")) return;
    if (going) {
      going = false;
      const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (link) location.href = link.href;
      return;
    }
    if (event.key === "g") going = true;
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/" && find("filter")) { event.preventDefault(); find("filter").focus(); }
    else if (event.key === "?" && keys) keys.showModal();
    else if (event.key === "n") unfold(event);
  });
})();
