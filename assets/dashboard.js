// Moves between addresses without leaving the page. The address is the only filter state: a changed control,
// a link and the Back button all come down to go(), which asks the server for the page at an address and changes
// only what differs. Charts stay in place, and so do scroll and focus.
(function () {
  "use strict";
  window.dash_clientside = window.dash_clientside || {};
  const UNSET = "-"; // what components/filters.py gives an option that asks for nothing
  let asked = 0; // number of the newest request: answers to older ones are dropped

  const page = () => window.dash_component_api.getLayout("page");
  const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);
  const isComponent = (x) => x !== null && typeof x === "object" && "props" in x && "type" in x;

  // Gathers in `updates` what turns `before` into `after`, as [id, changed properties]. False where the two
  // cannot be reconciled here, so that the nearest element with an id has to take new children.
  function reconcile(before, after, updates) {
    if (Array.isArray(after)) {
      return Array.isArray(before) && before.length === after.length && after.every((child, k) => reconcile(before[k], child, updates));
    }
    if (!isComponent(after) || !isComponent(before)) return same(before, after);
    if (before.type !== after.type || before.namespace !== after.namespace || before.props.id !== after.props.id) return false;
    const changed = {};
    for (const [name, value] of Object.entries(after.props)) {
      if (name !== "children" && name !== "id" && !same(before.props[name], value)) changed[name] = value;
    }
    const mark = updates.length;
    if (!reconcile(before.props.children ?? null, after.props.children ?? null, updates)) {
      updates.length = mark;
      changed.children = after.props.children;
    }
    if (Object.keys(changed).length === 0) return true;
    if (!after.props.id) {
      updates.length = mark;
      return false;
    }
    updates.push([after.props.id, changed]);
    return true;
  }

  // Dash's router writes its own title after the first page; ours follows the view as well.
  let title = document.title;
  const keepTitle = () => document.title === title || (document.title = title);
  new MutationObserver(keepTitle).observe(document.querySelector("title"), { childList: true });
  function titled(props) {
    title = props["data-title"] + " – Safeguarding children";
    keepTitle();
  }

  // Scrolls to a place in a page that is still being drawn, within so many frames.
  function arrive(id, frames) {
    const place = document.getElementById(id);
    if (place) {
      if (place.tagName === "DETAILS") place.open = true;
      place.scrollIntoView();
    }
    else if (frames) window.requestAnimationFrame(() => arrive(id, frames - 1));
  }

  // Shows the page at `href`. `push` false leaves the history as it is: the Back button has already moved it.
  async function go(href, push) {
    const mine = ++asked;
    const target = new URL(href, window.location.href);
    document.documentElement.classList.add("waiting");
    let after;
    try {
      const answer = await fetch("/page.json?address=" + encodeURIComponent(target.pathname + target.search));
      if (!answer.ok) throw new Error("status " + answer.status);
      after = await answer.json();
    } catch (error) {
      if (mine === asked) window.location.assign(target.href); // the browser itself says what is wrong
      return;
    }
    if (mine !== asked) return;
    document.documentElement.classList.remove("waiting");
    const before = page();
    const elsewhere = before.props["data-path"] !== after.props["data-path"];
    if (push) {
      const address = after.props["data-address"] + target.hash;
      if (address !== window.location.pathname + window.location.search) window.history.pushState({ inside: true }, "", address);
    }
    const updates = [];
    if (elsewhere || !reconcile(before, after, updates)) {
      window.dash_clientside.set_props("page", after.props);
    } else {
      updates.forEach(([id, changed]) => window.dash_clientside.set_props(id, changed));
    }
    titled(after.props);
    if (elsewhere && push) {
      window.scrollTo(0, 0);
      document.getElementById("main")?.focus({ preventScroll: true });
      if (target.hash) arrive(target.hash.slice(1), 60);
    }
    document.getElementById("announcement").textContent = after.props["data-said"];
  }

  // Writes what the controls say into the address. A control is named by its key: `filter-area`, and `filter-compare-more`
  // adds to `filter-compare`. What the server leaves out of an address it leaves out of the answer's too.
  window.dash_clientside.address = {
    follow: function () {
      const said = {};
      for (const { id, value } of window.dash_clientside.callback_context.inputs_list) {
        const key = id.split("-")[1];
        said[key] = [...(said[key] || []), ...[value].flat().filter((part) => part && part !== UNSET)];
      }
      // what the controls do not hold, such as the indicators of a view of one's own, stays as it is
      const keys = new URLSearchParams(window.location.search);
      for (const [key, parts] of Object.entries(said)) {
        const standing = document.getElementById("filters").getAttribute("data-default-" + key);
        const text = parts.join(",");
        if (text === standing || (!text && standing === null)) keys.delete(key);
        else keys.set(key, text || "none");
      }
      go(window.location.pathname + "?" + keys.toString(), true);
    },
  };

  // Links inside the dashboard.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute("download") || link.origin !== window.location.origin) return;
    if (/^\/(api|assets)\//.test(link.pathname) || (link.hash && link.pathname === window.location.pathname)) return;
    event.preventDefault();
    go(link.href, true);
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

  // Back and Forward. Registered before Dash's own listener, which would draw the whole page anew.
  window.addEventListener(
    "popstate",
    (event) => {
      if (!window.dash_component_api || !page()) return;
      event.stopImmediatePropagation();
      go(window.location.href, false);
    },
    true,
  );

  // A form that writes a note or changes one. Everything else that is submitted with Enter has already been followed.
  async function send(form, address, fields) {
    const refused = form.querySelector(".refused");
    const keep = form.querySelectorAll("button");
    keep.forEach((button) => (button.disabled = true));
    try {
      const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(fields) });
      const said = answer.status === 422 || answer.ok ? await answer.json() : {};
      if (!answer.ok) throw new Error((said.problems || ["It could not be kept (status " + answer.status + "). Nothing was changed."]).join(" "));
      refused.textContent = "";
      form.dispatchEvent(new CustomEvent("kept", { bubbles: true, cancelable: true, detail: said }));
    } catch (error) {
      refused.textContent = error instanceof TypeError ? "There is no connection: it has not been kept. Leave it here and try again." : error.message;
    }
    keep.forEach((button) => (button.disabled = false));
  }
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const fields = Object.fromEntries(new FormData(form));
    if (form.matches("[data-go]")) go(form.dataset.go + "?" + new URLSearchParams(fields), true);
    if (form.matches("[data-write]")) send(form, "/api/notes", fields);
    if (form.matches("[data-change]")) send(form, form.dataset.change + event.submitter.value, fields);
  });
  document.addEventListener("kept", (event) => {
    if (event.defaultPrevented) return; // a meeting shows it by itself
    document.getElementById("announcement").textContent = "Kept.";
    go(window.location.href, false);
  });

  // The first page arrives through Dash's router; its title and its canonical address come with it.
  const first = new MutationObserver(() => {
    const shown = document.getElementById("page");
    if (!shown) return;
    first.disconnect();
    titled({ "data-title": shown.getAttribute("data-title") });
    if (window.matchMedia("(max-width: 40rem)").matches) document.getElementById("filtering")?.removeAttribute("open");
  });
  first.observe(document.documentElement, { childList: true, subtree: true });
})();
