// Words to avoid are marked as one types, with better ones at hand. It advises; it never holds anything back.
import { chips, load, looked, mark, offer, replace, spare } from "../lib/guide.js";
import { read } from "../lib/places.js";

const PAUSE = 200; // milliseconds after the last key

class PhraseGuide extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.menu = this.querySelector("[popover]");
    this.left = new Set(); // as they are, in this reply
    this.hits = [];
    for (const name of ["input", "focusin"]) this.form.addEventListener(name, ({ target }) => target.isContentEditable && this.#soon());
    this.form.addEventListener("keydown", (event) => this.#pressed(event));
    this.form.addEventListener("click", ({ target }) => target.closest("[contenteditable]") && this.#touched());
    this.addEventListener("click", ({ target }) => this.#chosen(target.closest("button")));
    if (this.form.contains(document.activeElement)) this.#soon(); // it came after somebody had begun
  }

  disconnectedCallback() { globalThis.CSS?.highlights?.delete("phrase"); }
  get #page() { return this.form.querySelector("[contenteditable]"); }

  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#look(), PAUSE);
  }

  /** What is needed comes once somebody writes: the page itself waits for none of it. */
  async #look() {
    this.facts = await (this.facts ?? load(this.dataset).catch(() => null));
    if (!this.facts || !this.isConnected) return;
    this.read = read(this.#page);
    const { hits, lacks } = looked(this.read.text, this.facts, this.left, this.dataset.name);
    this.hits = hits;
    mark(this.read, hits);
    const shown = chips(hits, lacks, this.querySelector("template"), this.dataset);
    this.querySelector(".hints").replaceChildren(...shown);
    this.hidden = !shown.length;
    const told = this.querySelector("[role=status]");
    const words = hits.length ? `${told.dataset.told} ${hits.length}` : "";
    if (told.textContent !== words) told.textContent = words;
  }

  /** Ctrl and full stop: the next marked words after the caret. */
  #pressed(event) {
    if (event.key !== "." || !(event.ctrlKey || event.metaKey) || !this.hits.length) return;
    event.preventDefault();
    this.#open(this.hits.find((hit) => hit.end >= this.#caret()) ?? this.hits[0]);
  }

  #touched() {
    const at = this.#caret();
    const hit = this.hits.find((each) => each.start < at && at < each.end);
    if (hit && getSelection().isCollapsed) this.#open(hit);
  }

  #caret() {
    const { anchorNode, anchorOffset } = getSelection();
    const piece = this.read?.pieces.find((each) => each.node === anchorNode);
    return piece ? piece.start + anchorOffset : 0;
  }

  #open(hit) {
    this.hit = hit;
    offer(this.menu, hit, this.dataset.leftOut);
    this.menu.showPopover();
    this.menu.querySelector("[data-better] button")?.focus();
  }

  #chosen(button) {
    if (button?.dataset.hit) this.#open(this.hits[button.dataset.hit]);
    if (!button || button.dataset.hit) return;
    this.menu.hidePopover();
    if (button.dataset.better) return replace(this.#page, this.read, this.hit, button.dataset.better);
    this.left.add(this.hit.key);
    if ("never" in button.dataset) spare(this.dataset.spare, this.form, this.hit.key);
    return this.#look();
  }
}
customElements.define("phrase-guide", PhraseGuide);
