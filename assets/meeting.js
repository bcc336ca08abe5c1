// Meeting mode: every slide is in the page from the start, so the next one is there as soon as it is asked for, with or
// without a network. The number of the slide stands behind the # of the address, so a reload stays where it was.
(function () {
  "use strict";
  const meeting = () => document.querySelector("#meeting");
  const slides = () => [...document.querySelectorAll("#meeting .slide")];
  const current = () => document.querySelector("#meeting .slide.now");
  const opened = () => document.querySelector("#meeting .slide.now .over:not([hidden])");
  let shown = null; // the first of the slides that have been set up

  function show(number, speak) {
    const all = slides();
    const place = Math.min(Math.max(number, 1), all.length);
    close();
    all.forEach((slide, k) => {
      slide.classList.toggle("now", k + 1 === place);
      slide.inert = k + 1 !== place;
    });
    const now = all[place - 1];
    document.querySelector("#meeting .controls .count").textContent = now.getAttribute("aria-label");
    document.querySelectorAll('#meeting .controls [data-key="t"], #meeting .controls [data-key="r"], #meeting .controls [data-key="n"]').forEach((button) => {
      button.disabled = !now.querySelector(".over");
    });
    window.history.replaceState(window.history.state, "", "#" + place);
    if (speak) now.querySelector("h1, h2").focus({ preventScroll: true });
  }
  const at = () => slides().indexOf(current()) + 1;

  function close() {
    const over = opened();
    if (over) over.hidden = true;
    return over;
  }
  function open(name) {
    const was = close();
    if (was && was.dataset.over === name) return current().querySelector("h2").focus();
    const over = current().querySelector('.over[data-over="' + name + '"]');
    if (!over) return;
    over.hidden = false;
    (over.querySelector("textarea") || over.querySelector("h3")).focus();
  }
  const blanked = () => document.querySelector("#meeting .blanked");

  function leave() {
    if (document.fullscreenElement) document.exitFullscreen();
    if (window.history.length > 1 && document.referrer.startsWith(window.location.origin + "/")) window.history.back();
    else window.location.assign(document.querySelector("#meeting .controls").dataset.back);
  }

  const keys = {
    ArrowRight: () => show(at() + 1, true),
    ArrowDown: () => show(at() + 1, true),
    PageDown: () => show(at() + 1, true),
    " ": () => show(at() + 1, true),
    ArrowLeft: () => show(at() - 1, true),
    ArrowUp: () => show(at() - 1, true),
    PageUp: () => show(at() - 1, true),
    Home: () => show(1, true),
    End: () => show(slides().length, true),
    t: () => open("table"),
    r: () => open("rules"),
    n: () => open("notes"),
    b: () => (blanked().hidden = false),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen().catch(() => {})),
    leave,
    Escape: () => (close() ? current().querySelector("h2").focus() : leave()),
  };

  document.addEventListener("keydown", (event) => {
    if (!meeting() || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!blanked().hidden) {
      blanked().hidden = true;
      event.preventDefault();
      return;
    }
    const on = event.target instanceof Element ? event.target : document.body;
    const writes = on.closest("input, textarea, select");
    if (writes && key !== "Escape") return;
    if (key === " " && on.closest("button, a, summary")) return;
    // in what lies over the slide the arrows scroll, as anywhere
    if (opened() && /^(Arrow(Up|Down)|Page|Home|End| )/.test(key)) return;
    const act = keys[key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    if (!meeting()) return;
    if (event.target.closest("#meeting .blanked")) blanked().hidden = true;
    const button = event.target.closest("#meeting [data-key]");
    if (button) keys[button.dataset.key]();
    const link = event.target.closest("#meeting [data-go]");
    if (link) {
      event.preventDefault();
      show(Number(link.dataset.go), true);
    }
  });

  // What has been kept is shown at once, on the slide and in its notes; the page itself is not asked for again.
  document.addEventListener("kept", (event) => {
    if (!meeting()) return;
    event.preventDefault();
    const form = event.target;
    const slide = form.closest(".slide");
    const list = slide.querySelector(".noted-here");
    const made = new DOMParser().parseFromString(event.detail.html || "", "text/html").querySelector("li");
    if (form.matches("[data-write]")) {
      if (!list.firstElementChild) list.innerHTML = '<ul class="noted"></ul>';
      list.firstElementChild.prepend(made);
      if (form.elements.kind.value === "action") agree(form);
      const last = slide.querySelector(".last-note");
      last.textContent = line(form, Number(last.dataset.room));
      form.reset();
    } else if (made) form.closest("li").replaceWith(made);
    else form.closest("li").remove();
    document.getElementById("announcement").textContent = "Saved.";
  }, true);

  const dueOf = (form) => {
    const due = form.elements.due.valueAsDate;
    return due ? due.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }) : "";
  };

  // A note in at most so many words, an action with owner and day whatever is cut, as safeguarding/slide.py says it.
  function line(form, room) {
    const action = form.elements.kind.value === "action";
    const end = action ? "(" + form.elements.owner.value.trim() + ", " + dueOf(form) + ")" : "";
    const ending = end ? end.split(/\s+/).length : 0;
    if (end) room = Math.max(room, 1 + 9 + ending);
    if (room < 6) return "";
    const left = room - 1 - ending;
    let words = form.elements.text.value.trim().split(/\s+/);
    if (words.length > left) words = [...words.slice(0, left - 1), "…"];
    return [action ? "Action:" : "Note:", ...words, end].filter(Boolean).join(" ");
  }

  // An action that has been written in this meeting stands on its last slide.
  function agree(form) {
    const item = document.createElement("li");
    const what = document.createElement("span");
    const measure = document.createElement("b");
    measure.textContent = form.closest(".slide").dataset.shortTitle + ":";
    what.append(measure, " " + form.elements.text.value);
    const others = [form.elements.owner.value, dueOf(form)].map((text) => Object.assign(document.createElement("span"), { textContent: text }));
    item.append(what, ...others);
    document.querySelector("#meeting .agreed").append(item);
    document.querySelector("#meeting .none-agreed")?.remove();
  }

  function look() {
    const here = meeting();
    document.documentElement.classList.toggle("in-meeting", Boolean(here));
    const first = slides()[0];
    if (!first || shown === first) return;
    shown = first;
    show(Number(window.location.hash.slice(1)) || 1, false);
  }
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();
})();
