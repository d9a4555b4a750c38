// Who is looking at or writing on the tickets of the list; and that we are, told to the others.
import { paced } from "../lib/pace.js";

class RowPresence extends HTMLElement {
  connectedCallback() {
    this.onHere = () => this.#fetch();
    document.body.addEventListener("desk:here", this.onHere);
  }

  disconnectedCallback() {
    document.body.removeEventListener("desk:here", this.onHere);
  }

  #fetch() {
    const numbers = [...document.querySelectorAll("#rows .row-link")].map((link) => ["number", link.dataset.number]);
    if (!numbers.length) return;
    const address = `${this.dataset.url}?${new URLSearchParams(numbers)}`;
    htmx.ajax("GET", address, { target: "#here-sink", swap: "innerHTML" });
  }
}
customElements.define("row-presence", RowPresence);

const say = (detail) => document.dispatchEvent(new CustomEvent("desk:say", { detail }));
const open = () => document.querySelector("open-ticket")?.dataset;
const tellWriting = paced(() => open() && say({ writes: `ticket-${open().pk}` }), 5000);

document.addEventListener("input", ({ target }) => target.closest?.("message-composer") && tellWriting());
document.addEventListener("visibilitychange", () => {
  if (document.hidden) say({ away: true });
  else if (open()) say({ ticket: `ticket-${open().pk}` });
});
document.addEventListener("desk:shown", () => {
  const row = document.querySelector(`#row-${open()?.number}`);
  row?.removeAttribute("data-unread");
  row?.querySelector("[data-new]")?.remove();
});
