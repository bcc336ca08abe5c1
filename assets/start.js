// Brings Dash in. The page that the server has sent is whole without it; Dash draws the same page out of the document, and takes
// its place in one frame when all of it is there. What a reader has begun meanwhile stays.
(function () {
  "use strict";
  const template = document.getElementById("scripts");
  const served = document.getElementById("served");
  const entry = document.getElementById("react-entry-point");
  const ours = (window.safeguarding = window.safeguarding || {});
  ours.bare = new Set(); // pieces of markup that wait for the HTML which stands in the page: assets/markup.js
  ours.plotly = template.dataset.plotly;

  // A phone's menu is one line that scrolls: the page at hand is brought into sight.
  const [menu, at] = ["", " [aria-current]"].map((part) => served.querySelector(".masthead nav" + part));
  if (at && window.matchMedia("(max-width: 40rem)").matches) {
    const [room, box] = [menu, at].map((e) => e.getBoundingClientRect());
    menu.scrollLeft = (box.left + box.right - room.left - room.right) / 2;
  }

  // "/" comes to the search box from anywhere, also before the rest is there: the box is a plain form until then.
  document.addEventListener("keydown", (event) => {
    const box = document.getElementById("search");
    const writes = event.target instanceof Element && event.target.closest("input, textarea, select");
    if (event.key !== "/" || writes || !box || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // Back, before what answers it is there (assets/dashboard.js): the browser loads the page itself.
  const came = window.location.pathname + window.location.search;
  window.addEventListener("popstate", () => {
    if (!window.dash_clientside?.address && window.location.pathname + window.location.search !== came) window.location.reload();
  });

  // Scripts in a template do nothing; copies of them do, in their order, once the reader has something to read.
  function bring() {
    const scripts = [...template.content.querySelectorAll("script")];
    const files = scripts.filter((script) => script.src);
    const arrived = files.map(
      (script) =>
        new Promise((done) => {
          const copy = document.createElement("script");
          copy.async = false;
          copy.onload = done; // one that fails leaves the page as it is: plain HTML, and whole
          copy.src = script.src;
          document.head.append(copy);
        }),
    );
    Promise.all(arrived).then(() => {
      for (const script of scripts.filter((one) => !one.src)) {
        const copy = document.createElement("script");
        copy.id = script.id;
        copy.textContent = script.textContent;
        document.head.append(copy);
      }
      entry.remove(); // Dash has begun in it, and goes on outside the document: nothing stands in it twice
      new MutationObserver((_, observer) => {
        if (!entry.querySelector("#page > :last-child")) return;
        observer.disconnect();
        takePlace();
      }).observe(entry, { childList: true, subtree: true });
    });
  }

  function takePlace() {
    const focus = document.activeElement;
    const scrolled = [window.scrollX, window.scrollY];
    const aside = [...served.querySelectorAll("*")].filter((e) => e.scrollLeft || e.scrollTop).map((e) => [e, e.scrollLeft, e.scrollTop]);
    for (const empty of ours.bare) {
      const full = served.querySelector("#" + CSS.escape(empty.id));
      if (full) empty.replaceChildren(...full.childNodes); // the very nodes: open menus, words and charts stay as they are
    }
    const filtering = served.querySelector("#filtering");
    const opened = [...served.querySelectorAll("details[id][open]")].map((e) => e.id);
    const begun = [...served.querySelectorAll("#filters select, #filters input")].filter((e) => e.id);
    served.replaceWith(entry);
    if (filtering && document.getElementById("filtering")) document.getElementById("filtering").open = filtering.open;
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    aside.forEach(([e, left, top]) => e.scrollTo(left, top));
    window.scrollTo(...scrolled);
    const now = focus.isConnected ? focus : document.getElementById(focus.id);
    if (now && now !== document.body) now.focus({ preventScroll: true });
    document.documentElement.dataset.dash = "here";
    begun.forEach(choose);
  }

  // A control that the reader has moved is moved in Dash's page as well, as if by hand.
  function choose(control) {
    const twin = document.getElementById(control.id);
    if (!twin) return;
    if (control.type === "checkbox" || control.type === "radio") {
      if (twin.checked !== control.checked && (control.checked || control.type === "checkbox")) twin.click();
    } else if (twin.value !== control.value) {
      Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(twin, control.value);
      twin.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  if (document.hidden || !PerformanceObserver.supportedEntryTypes.includes("paint")) bring();
  else
    new PerformanceObserver((list, observer) => {
      if (!list.getEntriesByName("first-contentful-paint").length) return; // a busy machine paints the bare ground before
      observer.disconnect();
      bring();
    }).observe({ type: "paint", buffered: true });
})();
