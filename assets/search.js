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
    keys.set("q", box().value);
    let hits = [];
    if (box().value.trim()) {
      try {
        const answer = await fetch("/api/search.json?" + keys);
        if (answer.ok) hits = await answer.json();
      } catch (error) {
        hits = []; // Enter still leads to the page of results, which says what is wrong
      }
    }
    if (mine !== asked || !box()) return;
    close();
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
    list().hidden = hits.length === 0;
    box().setAttribute("aria-expanded", String(hits.length > 0));
  }

  function choose(step) {
    const items = [...list().children];
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
