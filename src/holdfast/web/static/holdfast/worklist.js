// The worklist by keys: j k x e s a l z Enter Esc. Without this file links and forms do the same.
(() => {
  "use strict";
  const off = document.getElementById("keys-off");
  const panel = document.getElementById("panel"), main = document.getElementById("main"), bulk = document.getElementById("bulk");
  const rows = () => [...document.querySelectorAll("li[data-case]")];
  const narrow = matchMedia("(max-width: 1099px)");
  let judging = false, wanted = null, loading = Promise.resolve();

  const current = () => rows().findIndex((row) => row.classList.contains("at"));
  const name = (row) => row.querySelector("a.name");
  const after = (key) => {
    const all = rows(), place = all.findIndex((row) => row.dataset.case === key);
    return (all[place + 1] ?? all[place - 1])?.dataset.case ?? "";
  };
  const dress = () => {
    if (!panel) return;
    for (const field of panel.querySelectorAll("[data-next]")) field.value = after(panel.dataset.for);
  };
  const show = async (key, link) => {
    wanted = key;
    if (!panel || panel.dataset.for === key) return;
    const at = panel.dataset.from.replace("ID", key.split("/").map(encodeURIComponent).join("/"));
    const answer = await fetch(at + link.search, { headers: { "X-Part": "1" } });
    const found = await answer.text();
    if (!answer.ok || wanted !== key) return;
    panel.innerHTML = found;
    panel.dataset.for = key;
    panel.scrollTop = 0;
    history.replaceState(null, "", link.search);
    dress();
  };
  const choose = (row, focus = true) => {
    for (const other of rows()) { other.classList.remove("at"); name(other).removeAttribute("aria-current"); }
    row.classList.add("at");
    name(row).setAttribute("aria-current", "true");
    if (focus) name(row).focus();
    row.scrollIntoView({ block: "nearest" });
    loading = show(row.dataset.case, name(row)).catch(() => {});
  };
  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const here = document.activeElement?.closest?.("li[data-case]");
    const place = here ? all.indexOf(here) : current() - (step > 0 && !started ? 1 : 0);
    started = true;
    choose(all[Math.min(all.length - 1, Math.max(0, place + step))]);
  };
  let started = current() > 0;
  const picked = () => [...document.querySelectorAll('li[data-case] input[name="case"]:checked')];
  const count = () => {
    const names = picked().map((box) => name(box.closest("li")).textContent);
    bulk.classList.toggle("shown", names.length > 0);
    const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
    bulk.querySelector("[data-picked]").textContent = `${names.length} selected: ${names.slice(0, 3).join(", ")}${more}`;
  };
  const forms = () => (picked().length ? bulk : panel?.querySelector("[data-resolve]"));
  const resolve = async (place) => {
    const many = picked().length > 0, key = rows()[current()]?.dataset.case;
    await loading;
    if (many || panel?.dataset.for === key) forms()?.querySelectorAll('button[name="outcome"]')[place]?.click();
  };
  const judge = (on) => {
    judging = on;
    forms()?.classList.toggle("judging", on);
  };
  const unfold = async (letter) => {
    await loading;
    const many = letter === "s" && picked().length > 0;
    const fold = many ? bulk.querySelector("[data-many]") : panel?.querySelector(`[data-fold="${letter}"]`);
    if (!fold) return;
    fold.open = true;
    fold.querySelector("select, textarea, input:not([type=hidden])").focus();
  };
  const close = () => { main.classList.remove("open"); main.classList.add("shut"); };

  dress();
  document.addEventListener("change", (event) => { if (event.target.matches('input[name="case"]')) count(); });
  bulk?.querySelector("[data-unpick]").addEventListener("click", () => { for (const box of picked()) box.checked = false; count(); });
  document.addEventListener("click", (event) => {
    const row = event.target.closest("li[data-case]");
    if (!row || !panel || narrow.matches || event.target.closest("label") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    main.classList.remove("shut");
    choose(row);
  });
  panel?.addEventListener("click", (event) => {
    if (event.target.closest("a.shut") && !narrow.matches) { event.preventDefault(); close(); }
  });
  const toast = document.getElementById("toast");
  if (toast) {
    let rest = 8;
    setInterval(() => {
      if (toast.matches(":hover, :focus-within")) rest = 8;
      else if (--rest <= 0) toast.classList.add("gone");
    }, 1000);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || off?.checked) return;
    if (event.key === "Escape") {
      const field = event.target.closest("details[data-fold], details[data-many]");
      if (field) { field.open = false; name(rows()[Math.max(0, current())])?.focus(); } else if (!event.target.closest("dialog")) close();
      judge(false);
      return;
    }
    if (event.target.closest("input:not([type=checkbox]), select, textarea, dialog")) return;
    if (judging) {
      judge(false);
      if ("1234".includes(event.key)) { event.preventDefault(); resolve(Number(event.key) - 1); }
      return;
    }
    const row = rows()[current()];
    if (event.key === "j" || event.key === "ArrowDown") { event.preventDefault(); move(1); }
    else if (event.key === "k" || event.key === "ArrowUp") { event.preventDefault(); move(-1); }
    else if (event.key === "Enter" && row && event.target.closest("li[data-case]")) {
      event.preventDefault();
      if (main.classList.contains("shut")) { main.classList.remove("shut"); choose(row); }
      else if (narrow.matches && !main.classList.contains("open")) name(row).click();
      else panel?.querySelector("a[data-account]")?.click();
    }
    else if (event.key === "x" && row) { const box = row.querySelector("input"); box.checked = !box.checked; count(); }
    else if (event.key === "e") judge(true);
    else if ("sal".includes(event.key)) { event.preventDefault(); unfold(event.key); }
    else if (event.key === "z") toast?.querySelector("[data-undo]")?.click();
  });
})();
