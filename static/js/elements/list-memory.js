// The list is where it was when one comes back: scrolled as far, with as many rows, the same ones chosen.
const PAGES = 20;

class ListMemory extends HTMLElement {
  connectedCallback() {
    this.list = this.closest(".list").querySelector("ticket-list");
    this.key = `list ${this.list.dataset.place}`;
    this.onLeave = () => this.#keep();
    addEventListener("pagehide", this.onLeave);
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    const [arrival] = performance.getEntriesByType("navigation");
    const back = arrival?.type !== "navigate" || /\/tickets\/\d+\//.test(document.referrer);
    if (kept && back) this.#restore(kept);
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.onLeave);
  }

  #rows = () => [...this.list.querySelectorAll(".row")];

  /** The first row in sight is what the eye remembers: others may have come above it meanwhile. */
  #keep() {
    const top = this.list.getBoundingClientRect().top;
    const row = this.#rows().find((each) => each.getBoundingClientRect().bottom > top);
    const boxes = [...this.list.querySelectorAll(".row-check :checked")];
    const kept = {
      row: this.list.scrollTop > 0 ? row?.id : "",
      offset: row ? row.getBoundingClientRect().top - top : 0,
      focus: document.activeElement?.closest?.(".row")?.id ?? this.list.querySelector(".row:has([aria-current])")?.id ?? "",
      chosen: boxes.map((box) => box.value),
    };
    sessionStorage.setItem(this.key, JSON.stringify(kept));
  }

  async #restore({ row, offset, focus, chosen }) {
    for (let page = 0; row && !document.getElementById(row) && page < PAGES; page++) if (!(await this.#more())) break;
    const found = row && document.getElementById(row);
    if (found) this.list.scrollTop += found.getBoundingClientRect().top - this.list.getBoundingClientRect().top - offset;
    const link = document.getElementById(focus)?.querySelector(".row-link");
    link?.focus({ preventScroll: true });
    if (matchMedia("(min-width: 64rem)").matches && link?.ariaCurrent !== "true") link?.click();
    if (chosen.length) document.dispatchEvent(new CustomEvent("desk:selection", { detail: chosen }));
  }

  /** Loads the next page; whether there was one. */
  #more() {
    const link = this.list.querySelector(".more a");
    if (!link) return false;
    return new Promise((resolve) => {
      this.list.addEventListener("htmx:after:swap", () => resolve(true), { once: true });
      setTimeout(() => resolve(false), 5000);
      link.click();
    });
  }
}
customElements.define("list-memory", ListMemory);
