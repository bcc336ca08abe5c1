// The browser's half of addresses/follow.py, and what buttons and forms do. The address is the only filter state: a changed control,
// a link within the page and Back all say what is `wanted`; the server is `asked`, one question at a time; what stands there is `shown`.
// Links to other pages are links.
(function () {
  "use strict";
  window.dash_clientside = window.dash_clientside || {};
  const here = () => window.location.pathname + window.location.search;
  const UNSET = "-"; // what components/filters.py gives an option that asks for nothing
  const PATIENCE = 10000; // milliseconds without an answer after which the browser loads the page itself, or says what is wrong
  const PAUSE = 300; // milliseconds without an answer after which the pointer says so
  let slow = 0; // the timer of that
  let asked = 0; // number of the newest wish
  let standing = ""; // the address of the page that stands here
  let question = { n: 0, push: false }; // what the server was asked last
  let held = ""; // the part of the page in which something was saved: it stays open, and has the focus
  let answered = -1; // number of the wish that was met last

  const set = (id, data) => window.dash_clientside.set_props(id, { data });
  const nothing = () => window.dash_clientside.no_update;
  const live = () => document.documentElement.dataset.dash === "here";

  // The page at `address`, in place of the one that stands here; `push` for a step that Back takes back. The server is asked at once
  // unless it has a question already: every store that a wish goes through costs its reader a hundredth of a second.
  function go(address, push) {
    const wish = { n: ++asked, address, push };
    if (!live()) window.location.assign(address);
    else if (answered === question.n) set("asked", put(wish));
    else set("wanted", wish);
  }

  // A question that is sent now. One that takes long shows it; to show it at once would make the browser style every element anew.
  function put(wish) {
    document.documentElement.dataset.asking = "";
    slow = window.setTimeout(() => document.documentElement.classList.add("waiting"), PAUSE);
    window.setTimeout(() => answered < wish.n && window.location.assign(wish.address), PATIENCE);
    return (question = wish);
  }

  window.dash_clientside.address = {
    // One question at a time: changes are worked out from what is shown when it is asked.
    ask: function (wanted, shown, last) {
      if (shown) arrived(shown);
      if (!wanted && !last) return { n: 0, address: here(), revision: document.getElementById("served").dataset.revision };
      if (!wanted || !shown || shown.n !== last.n || wanted.n <= last.n) return nothing();
      return put(wanted);
    },
    // What the controls say, as an address. A control is named by its key: `filter-area`, and `filter-compare-more` adds to
    // `filter-compare`. What the server leaves out of an address it leaves out of the answer's too.
    choose: function (...values) {
      const [shown, last] = values.slice(-2);
      if (!shown) return;
      const said = {};
      for (const { id, value } of window.dash_clientside.callback_context.inputs_list) {
        const key = id.split("-")[1];
        said[key] = [...(said[key] || []), ...[value].flat().filter((part) => part && part !== UNSET)];
      }
      // what the controls do not hold, such as the indicators of a view of one's own, stays as it is
      const [path, search] = shown.address.split("?");
      const keys = new URLSearchParams(search);
      for (const [key, parts] of Object.entries(said)) {
        const standing = document.getElementById("filters").getAttribute("data-default-" + key);
        const text = parts.join(",");
        if (text === standing || (!text && standing === null)) keys.delete(key);
        else keys.set(key, text || "none");
      }
      const address = path + "?" + keys.toString();
      // the server sets controls too, and then nobody has chosen anything
      if (![shown.address, last.address].some((known) => same(known, address))) go(address, true);
    },
  };

  function same(one, other) {
    const parts = (address) => [...new URLSearchParams(address.split("?")[1])].sort().join("&");
    return parts(one) === parts(other);
  }

  // What was asked for stands there.
  function arrived({ n }) {
    if (n === answered) return;
    answered = n;
    window.clearTimeout(slow);
    document.documentElement.classList.remove("waiting");
    delete document.documentElement.dataset.asking;
    if (n) document.getElementById("announcement").textContent = (held ? "Saved. " : "") + document.getElementById("page").dataset.said;
    const fold = document.getElementById(held);
    if (fold) {
      fold.open = true;
      fold.querySelector("summary").focus();
    }
    held = "";
  }

  // Address and title follow the page, in the frame in which it changes.
  function look() {
    const page = document.getElementById("page");
    if (!page || page.dataset.address === standing) return;
    standing = page.dataset.address;
    document.title = page.dataset.title + " – Safeguarding children";
    if (standing !== here()) window.history[question.push ? "pushState" : "replaceState"](window.history.state, "", standing + (question.n ? "" : window.location.hash));
  }
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-address"] });
  look();

  // Links to another view of the same page change it in place.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute("download") || link.origin !== window.location.origin || link.pathname !== window.location.pathname) return;
    if ((link.hash && link.search === window.location.search) || !live()) return; // a place on the page that stands here
    event.preventDefault();
    go(link.pathname + link.search, true);
  });
  window.addEventListener("popstate", () => here() !== standing && go(here(), false));

  // A link to something that is folded opens it; of the parts of a measure's page one at a time.
  function unfold() {
    const place = window.location.hash.length > 1 && document.getElementById(window.location.hash.slice(1));
    if (!place || place.tagName !== "DETAILS") return;
    place.open = true;
    for (const other of document.querySelectorAll(".folds > .fold[open]")) if (other !== place) other.open = false;
  }
  document.addEventListener("click", (event) => event.target.closest("#anchors a") && window.setTimeout(unfold));
  document.addEventListener("toggle", ({ target }) => {
    const link = document.querySelector(`#anchors a[href="#${target.id}"]`);
    if (link && target.open) link.setAttribute("aria-current", "true");
    else link?.removeAttribute("aria-current");
  }, true);
  window.addEventListener("hashchange", unfold);
  unfold();

  // What lies over a card closes with Escape, which gives the focus back, and when a hand goes elsewhere; a sheet and `name` do the rest.
  const overlays = () => document.querySelectorAll('details[name="over"][open]');
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of overlays()) {
      const within = open.contains(document.activeElement);
      open.open = false;
      if (within) open.querySelector("summary").focus();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    for (const open of overlays()) if (!open.contains(event.target)) open.open = false;
  });

  // What a button has done, on the button and for those who listen; its own name comes back.
  function tell(button, words) {
    button.dataset.named ||= button.textContent;
    button.textContent = words;
    document.getElementById("announcement").textContent = words;
    window.setTimeout(() => (button.textContent = button.dataset.named), 3000);
  }

  // The address holds the whole view, so copying it is all there is to sharing it.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const address = button.dataset.copy ? new URL(button.dataset.copy, window.location.href).href : window.location.href;
    try {
      await navigator.clipboard.writeText(address);
      tell(button, "Link copied");
    } catch (error) {
      tell(button, "Copy it from the address bar"); // the browser does not let pages copy
    }
  });

  // A text of the page. Where the browser lets no page copy it is selected, which is all that Ctrl+C needs.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copies]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(text.textContent);
      tell(button, "Copied");
    } catch (error) {
      window.getSelection().selectAllChildren(text);
      tell(button, document.execCommand("copy") ? "Copied" : "Selected: press Ctrl+C");
    }
  });

  // An image is asked for and copied in one go: the clipboard waits for it.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy-image]");
    if (!button) return;
    const image = fetch(button.dataset.copyImage).then((answer) => {
      if (!answer.ok) throw new Error("status " + answer.status);
      return answer.blob();
    });
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
      tell(button, "Image copied");
    } catch (error) {
      tell(button, "Not copied: save the PNG instead");
    }
  });

  // Browsers in which a style sheet cannot show what a closed menu holds.
  if (!CSS.supports("selector(::details-content)") && window.matchMedia("(min-width: 112.01rem)").matches) {
    document.getElementById("filtering")?.setAttribute("open", "");
  }

  // What shows a change to come from a page of ours, where somebody has signed in: addresses/gate.py.
  const ours = () => ({ "X-CSRFToken": (/(?:^|; )_csrf_token=(\w+)/.exec(document.cookie) || ["", ""])[1] });

  // A form that writes a note or changes one. Everything else that is submitted with Enter has already been followed.
  async function send(form, address, fields) {
    const refused = form.querySelector(".refused");
    if (form.ariaBusy) return; // a button that is disabled would lose the focus
    form.ariaBusy = "true";
    try {
      const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json", ...ours() }, body: JSON.stringify(fields) });
      const said = await answer.json().catch(() => ({}));
      if (!answer.ok) throw new Error((said.problems || [said.message || "It could not be kept (status " + answer.status + "). Nothing was changed."]).join(" "));
      refused.textContent = "";
      form.dispatchEvent(new CustomEvent("kept", { bubbles: true, cancelable: true, detail: said }));
    } catch (error) {
      refused.textContent = error instanceof TypeError ? "Not saved: you are offline. Your words are still here; try again when connected." : error.message;
    }
    form.ariaBusy = null;
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-write], [data-alter], [data-pack]") || (form.id === "filters" && live())) event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    if (form.matches("[data-write]")) send(form, "/api/notes", fields);
    if (form.matches("[data-alter]")) send(form, form.dataset.alter + event.submitter.value, fields);
  });
  document.addEventListener("kept", (event) => {
    if (event.defaultPrevented) return; // a meeting shows it by itself
    held = event.target.closest("details[id]")?.id || "";
    go(here(), false);
  });
})();
