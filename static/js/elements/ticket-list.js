// The list: moves with J and K, opens tickets beside it where there is room, shows what is new.
const BESIDE = matchMedia("(min-width: 64rem)");

class TicketList extends HTMLElement {
  connectedCallback() {
    this.rows = this.querySelector("#rows");
    this.addEventListener("click", (event) => this.#clicked(event));
    this.handlers = {
      "desk:changed": () => this.#changed(),
      "desk:command": ({ detail }) => this.#obey(detail),
    };
    for (const [name, handler] of Object.entries(this.handlers)) document.addEventListener(name, handler);
    document.querySelector("#fresh")?.addEventListener("click", (event) => this.#showNew(event));
    this.addEventListener("htmx:after:swap", () => this.#mark());
    if (BESIDE.matches && !document.querySelector("open-ticket")) this.#links()[0]?.click();
  }

  disconnectedCallback() {
    for (const [name, handler] of Object.entries(this.handlers)) document.removeEventListener(name, handler);
  }

  #links() {
    return [...this.rows.querySelectorAll(".row-link")];
  }

  #current = () => this.rows.querySelector(".row-link[aria-current]");

  #clicked(event) {
    const link = event.target.closest(".row-link");
    const plain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !plain || !BESIDE.matches) return;
    event.preventDefault();
    this.number = link.dataset.number;
    this.#mark();
    htmx.ajax("GET", link.getAttribute("href"), { source: "#pane", target: "#pane", swap: "innerHTML" });
    const place = new URL(location.href);
    place.searchParams.set("ticket", this.number);
    history.replaceState(history.state, "", place);
  }

  #mark() {
    if (!this.number) return;
    this.#current()?.removeAttribute("aria-current");
    this.rows.querySelector(`.row-link[data-number="${this.number}"]`)?.setAttribute("aria-current", "true");
  }

  #changed() {
    if (this.scrollTop < 80) htmx.trigger(this.rows, "desk:list");
    else {
      const fresh = document.querySelector("#fresh");
      const since = this.querySelector("#newest")?.dataset.newest ?? "";
      const place = new URLSearchParams(this.dataset.place);
      place.set("since", since);
      htmx.ajax("GET", `${fresh.getAttribute("hx-get").split("?")[0]}?${place}`, { target: fresh, swap: "innerHTML" });
    }
  }

  #showNew(event) {
    if (!event.target.closest("[data-fresh]")) return;
    event.currentTarget.replaceChildren();
    this.scrollTop = 0;
    htmx.trigger(this.rows, "desk:list");
  }

  #obey(command) {
    const links = this.#links();
    const at = links.indexOf(document.activeElement?.closest?.(".row-link") ?? this.#current());
    if (command === "next") this.#go(links[Math.min(at + 1, links.length - 1)]);
    if (command === "previous") this.#go(links[Math.max(at - 1, 0)]);
    if (command === "open" && at >= 0) location.href = links[at].href;
  }

  #go(link) {
    link?.scrollIntoView({ block: "nearest" });
    link?.focus({ preventScroll: true });
    if (BESIDE.matches) link?.click();
  }
}
customElements.define("ticket-list", TicketList);
