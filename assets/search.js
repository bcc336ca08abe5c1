// The box that finds an indicator: suggestions while one types, arrows to choose, Enter to go. "/" comes here from anywhere: assets/start.js.
(function () {
  "use strict";
  const box = () => document.getElementById("search");
  const list = () => document.getElementById("suggestions");
  let asked = 0; // number of the newest question: answers to older ones are dropped
  let waiting = null;

  function close() {
    list().hidden = true;
    list().replaceChildren();
    box().setAttribute("aria-expanded", "false");
    box().removeAttribute("aria-activedescendant");
  }

  async function suggest() {
    const mine = ++asked;
    const keys = new URLSearchParams(window.location.search);
    const wanted = box().value.trim();
    keys.set("q", wanted);
    keys.set("on", window.location.pathname);
    let hits = [];
    let failed = !wanted;
    if (wanted) {
      try {
        const answer = await fetch("/api/search.json?" + keys);
        failed = !answer.ok;
        if (answer.ok) hits = await answer.json();
      } catch (error) {
        failed = true; // Enter still leads to the page of results, which says what is wrong
      }
    }
    if (mine !== asked || !box()) return;
    close();
    if (!failed && (!hits.length || hits[0].near)) {
      const note = document.createElement("li");
      note.setAttribute("role", "option");
      note.setAttribute("aria-disabled", "true");
      note.textContent = `Nothing found for “${wanted}”. ` + (hits.length ? "The nearest:" : "Try one word of a title, such as plan.");
      list().append(note);
    }
    hits.forEach((hit, k) => {
      const item = document.createElement("li");
      item.id = "suggestion-" + k;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const link = document.createElement("a");
      link.href = hit.link;
      link.tabIndex = -1;
      link.textContent = hit.title;
      const theme = document.createElement("small");
      theme.textContent = hit.theme;
      link.append(" ", theme);
      item.append(link);
      list().append(item);
    });
    list().hidden = !list().children.length;
    box().setAttribute("aria-expanded", String(!list().hidden));
  }

  function choose(step) {
    const items = [...list().querySelectorAll("li:not([aria-disabled])")];
    if (!items.length) return;
    const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    const next = (at + step + items.length + (at < 0 && step < 0 ? 1 : 0)) % items.length;
    items.forEach((item, k) => item.setAttribute("aria-selected", String(k === next)));
    box().setAttribute("aria-activedescendant", items[next].id);
    items[next].scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("input", (event) => {
    if (event.target !== box()) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(suggest, 120);
  });

  document.addEventListener("keydown", (event) => {
    if (event.target !== box()) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") close();
    else if (event.key === "Enter") {
      const chosen = list().querySelector('[aria-selected="true"] a');
      if (!chosen) return window.setTimeout(close);
      event.preventDefault();
      chosen.click();
      close();
    }
  });

  document.addEventListener("click", (event) => {
    if (list() && !list().hidden && event.target !== box()) window.setTimeout(close);
  });
})();
