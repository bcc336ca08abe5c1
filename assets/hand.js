// A chart is drawn by the server. When a hand reaches for it (a pointer over it, focus in it, a touch) it becomes the live one, in the
// same place: Plotly is fetched then, and never before. The arrow keys go through it point by point, read out as they go.
(function () {
  "use strict";
  const held = new Map(); // chart: its live twin, or the one that is being made
  let bundle = null;

  function plotly() {
    const path = window.safeguarding.plotly;
    bundle ||= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.onload = () => done(window.Plotly);
      script.onerror = () => ((bundle = null), failed(new Error("Plotly could not be had")));
      script.src = path;
      document.head.append(script);
    });
    return bundle;
  }

  async function made(chart) {
    const address = chart.dataset.figure;
    const [Plotly, answer] = await Promise.all([plotly(), fetch(address)]);
    if (!answer.ok) throw new Error("status " + answer.status);
    const figure = await answer.json();
    const drawn = chart.querySelector("svg[data-chart]");
    if (!chart.isConnected || chart.dataset.figure !== address || !drawn) throw new Error("the chart has changed");
    const box = document.createElement("div");
    box.className = "live";
    box.setAttribute("aria-hidden", "true");
    drawn.after(box);
    await Plotly.newPlot(box, figure.data, figure.layout, figure.config);
    box.dataset.live = drawn.dataset.chart; // the sheet now shows it in place of the drawn one
    return { box, stops: figure.stops };
  }

  // The live twin of a chart; null where it cannot be had: the drawn one stays.
  function live(chart) {
    tidy();
    if (!window.safeguarding.plotly) return Promise.resolve(null);
    if (!held.has(chart)) {
      const twin = { box: null };
      held.set(chart, twin);
      twin.made = made(chart)
        .then((one) => ((twin.box = one.box), one))
        .catch(() => (held.delete(chart), null));
    }
    return held.get(chart).made;
  }

  // Lets go of twins whose chart has given way to another view: they would go on listening to the window.
  function tidy() {
    for (const [chart, { box }] of held) {
      if (!box || box.isConnected) continue;
      window.Plotly.purge(box);
      held.delete(chart);
    }
  }

  const chartOf = (target) => target instanceof Element && target.closest(".chart[data-figure]");
  for (const reach of ["pointerover", "pointermove", "focusin", "touchstart"]) {
    document.addEventListener(
      reach,
      (event) => {
        const chart = chartOf(event.target);
        if (!chart || chart.querySelector("[data-live]")) return;
        const { clientX, clientY } = event;
        live(chart).then((one) => {
          const over = one && clientX !== undefined && one.box.querySelector(".nsewdrag");
          if (over) over.dispatchEvent(new MouseEvent("mousemove", { clientX, clientY, bubbles: true }));
        });
      },
      { passive: true },
    );
  }

  // --- point by point ---

  const at = new WeakMap(); // chart: the number of the stop that was read last
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

  document.addEventListener("keydown", async (event) => {
    // what lies on a chart goes, whether keys or a pointer that stands still have called it
    if (event.key === "Escape") return held.forEach((_, chart) => rest(chart));
    const chart = chartOf(event.target);
    if (!chart || event.target !== chart || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const one = await live(chart);
    if (!one) return;
    const { stops } = one;
    const before = at.has(chart) ? at.get(chart) : step > 0 ? -1 : stops.length;
    const now = Math.min(Math.max(before + step, 0), stops.length - 1);
    at.set(chart, now);
    document.getElementById("announcement").textContent = stops[now].text;
    point(one.box, stops[now]);
  });
  document.addEventListener("focusout", (event) => chartOf(event.target) === event.target && rest(event.target));

  function rest(chart) {
    at.delete(chart);
    live(chart).then((one) => one && window.Plotly.Fx.unhover(one.box));
  }

  // Shows a stop on the chart: a period with all its series, or one spot. Bars have their figures printed beside them.
  function point(box, stop) {
    if (!box.layout.hovermode) return;
    if (stop.at) {
      const found = [];
      box.data.forEach((trace, curveNumber) => {
        if (trace.hoverinfo === "skip") return;
        trace.x.forEach((x, pointNumber) => x === stop.at[0] && trace.y[pointNumber] === stop.at[1] && found.push({ curveNumber, pointNumber }));
      });
      window.Plotly.Fx.hover(box, found.slice(0, 1));
    } else window.Plotly.Fx.hover(box, { xval: stop.place, yval: 0 }, "xy");
  }
})();
