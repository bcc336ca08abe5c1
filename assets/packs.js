// Makes a pack, shows how far it is, and offers its files.
(function () {
  "use strict";
  const EVERY = 500; // milliseconds between two questions

  const asked = () => ({ method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": (/(?:^|; )_csrf_token=(\w+)/.exec(document.cookie) || ["", ""])[1] } });

  // The form as it was filled in, as an address: next quarter it makes the same of the figures of then.
  function keep(address) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = address;
    link.textContent = "The same again next time: this form as you filled it in";
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.dataset.copy = address;
    copy.textContent = "Copy its address";
    item.append(link, " ", copy);
    return item;
  }

  async function make(form) {
    const part = (name) => form.querySelector(name);
    const fields = Object.fromEntries(new FormData(form));
    fields.format = new FormData(form).getAll("format");
    const busy = (is) => {
      part("progress").hidden = part("[data-cancel]").hidden = !is;
      part("button.copy").disabled = is;
    };
    const say = (text) => (part(".said-of-pack").textContent = text);
    part(".made").replaceChildren();
    part("progress").value = 0;
    // A reader may cancel before the server has named the pack: what was asked for is then sent once it has.
    let pack = null;
    let unwanted = false;
    const cancel = () => fetch("/api/packs/" + pack + "/cancel", { ...asked(), body: "{}" }).catch(() => {});
    part("[data-cancel]").onclick = () => {
      unwanted = true;
      say("Cancelling");
      if (pack) cancel();
    };
    busy(true);
    say("Beginning");
    try {
      const begun = await fetch("/api/packs", { ...asked(), body: JSON.stringify(fields) });
      const answer = await begun.json();
      if (!begun.ok) throw new Error(answer.message || "status " + begun.status);
      pack = answer.pack;
      const again = answer.again;
      if (unwanted) cancel();
      while (form.isConnected) {
        await new Promise((done) => window.setTimeout(done, EVERY));
        const far = await (await fetch("/api/packs/" + pack)).json();
        if (far.state === "making") {
          part("progress").max = far.total || 1;
          part("progress").value = far.done;
          if (!unwanted) say(far.total ? far.done + " of " + far.total + ": " + far.what : far.what);
          continue;
        }
        say({ done: "The pack is ready.", cancelled: "Cancelled: nothing was kept.", failed: "It could not be made. " + far.message }[far.state]);
        far.files.forEach((file) => {
          const link = document.createElement("a");
          link.href = "/api/packs/" + pack + "/" + file;
          link.download = file;
          link.textContent = file;
          const item = document.createElement("li");
          item.append(link);
          part(".made").append(item);
        });
        if (far.files.length) part(".made").append(keep(again));
        break;
      }
    } catch (error) {
      say(error instanceof TypeError ? "There is no connection. Try again when it is back." : error.message);
    }
    busy(false);
  }

  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-pack]")) make(event.target);
  });
})();
