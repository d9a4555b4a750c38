// The words of a search, highlighted in the list and in the ticket, in the forms in which they stand there.
import { pattern, ranges } from "../lib/hits.js";

class SearchHits extends HTMLElement {
  connectedCallback() {
    if (!window.CSS?.highlights) return; // an older browser shows them plain
    this.place = "rows" in this.dataset ? document.querySelector("#rows") : this.closest("open-ticket");
    this.onSwap = () => this.#look();
    this.place.addEventListener("htmx:after:swap", this.onSwap);
    this.#look();
  }

  disconnectedCallback() {
    this.place?.removeEventListener("htmx:after:swap", this.onSwap);
    CSS.highlights?.delete(this.#name);
  }

  get #name() {
    return "rows" in this.dataset ? "hit-rows" : "hit-ticket";
  }

  #asked() {
    const query = this.dataset.query ?? new URLSearchParams(this.closest(".list").querySelector("ticket-list").dataset.place).get("q") ?? "";
    const rows = this.dataset.number ? [this.dataset.number] : [...this.place.querySelectorAll(".row-link")].slice(-60).map((link) => link.dataset.number);
    return { query, address: `${this.dataset.url}?${new URLSearchParams([["q", query], ...rows.map((number) => ["number", number])])}` };
  }

  async #look() {
    const { query, address } = this.#asked();
    if (!query || address === this.asked) return this.#mark();
    this.asked = address;
    const answer = await fetch(address, { redirect: "error" }).catch(() => null);
    if (!answer?.ok || this.asked !== address) return;
    const { forms, excerpts } = await answer.json();
    this.found = pattern(forms);
    this.excerpts = { ...this.excerpts, ...excerpts };
    this.#mark();
  }

  #mark() {
    if ("rows" in this.dataset) this.#excerpt();
    CSS.highlights.set(this.#name, new Highlight(...ranges(this.place, this.found)));
    for (const frame of this.place.querySelectorAll("mail-frame iframe")) this.#markFrame(frame);
    this.#showFirst();
  }

  /** A mail in its frame is a document of its own, with highlights of its own. */
  #markFrame(frame) {
    const page = frame.contentDocument;
    if (page?.readyState !== "complete" || !page.body) return frame.addEventListener("load", () => this.#markFrame(frame), { once: true });
    const own = frame.contentWindow;
    own.CSS?.highlights?.set("hit", new own.Highlight(...ranges(page.body, this.found)));
  }

  /** A row shows the words around its newest hit instead of its last ones. */
  #excerpt() {
    for (const link of this.place.querySelectorAll(".row-link")) {
      const snippet = link.querySelector(".row-snippet");
      const words = this.excerpts?.[link.dataset.number];
      if (snippet && words) snippet.textContent = words;
    }
  }

  #showFirst() {
    if (this.dataset.number && !this.shown && this.found) {
      this.shown = true;
      const [first] = ranges(this.place.querySelector("#stream"), this.found);
      first?.startContainer.parentElement.scrollIntoView({ block: "center" });
    }
  }
}
customElements.define("search-hits", SearchHits);
