// After a / in what one writes: canned responses to choose from, read filled in, put in by Enter or Tab.
import { narrowed, offered, put, read, typedIn, use } from "../lib/canned.js";
import { before, remember } from "../lib/editing.js";
import { Listbox } from "../lib/listbox.js";
const PAUSE = 160; // milliseconds on one before it is read

class CannedList extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.options = this.querySelector("[role=listbox]");
    this.form.addEventListener("input", ({ target }) => target.isContentEditable && this.#look());
    this.form.addEventListener("focusout", ({ target }) => target.isContentEditable && this.#shut());
    this.form.addEventListener("keydown", (event) => this.#pressed(event), { capture: true });
    this.form.addEventListener("click", (event) => event.target.closest("[data-canned]") && this.#called(event));
    this.addEventListener("pointerdown", (event) => event.preventDefault());
    this.addEventListener("click", ({ target }) => this.#use(target.closest("[role=option]")));
    if (this.form.contains(document.activeElement)) this.#look(); // it came after somebody had begun
  }
  get #page() { return this.form.querySelector("[contenteditable]"); }

  /** The button does what typing a / does. */
  #called(event) {
    event.preventDefault();
    this.form.body.focus();
    this.form.querySelector("rich-text").insert(/\S$/.test(before(this.#page)) ? " /" : "/");
  }

  async #look() {
    this.typed = typedIn(before(this.#page));
    if (this.typed === null) return this.#shut();
    const rows = await offered(this.dataset.url);
    const shown = this.typed === null ? [] : narrowed(rows ?? [], this.typed);
    this.options.replaceChildren(...shown);
    this.querySelector("[role=status]").textContent = shown.length || this.dataset[rows ? "none" : "trouble"];
    if (!shown.length) return this.#shut();
    if (!this.matches(":popover-open")) this.showPopover();
    this.#page.setAttribute("aria-controls", this.options.id);
    this.list ??= new Listbox(this.#page, this.options);
    this.#mark(() => this.list.mark(shown[0]));
  }

  #mark(move) {
    move();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#read(this.list.current()), PAUSE);
  }

  async #read(option) {
    if (!option || !this.matches(":popover-open")) return;
    const words = await read(this.dataset.url, option);
    if (option === this.list.current()) this.lastElementChild.replaceChildren(...words);
  }

  #pressed(event) {
    if (!this.matches(":popover-open") || event.isComposing || event.ctrlKey || event.metaKey) return;
    const take = () => this.#use(this.list.current(), event.shiftKey);
    const step = (by) => () => this.#mark(() => this.list.move(by));
    const acts = { ArrowDown: step(1), ArrowUp: step(-1), Enter: take, Tab: take, Escape: () => this.#shut() };
    if (!acts[event.key]) return;
    for (const stop of ["preventDefault", "stopPropagation"]) event[stop]();
    acts[event.key]();
  }

  async #use(option, wordsOnly = false) {
    if (!option) return;
    remember(this.#page);
    this.#shut();
    const count = this.typed.length + 1;
    const told = await use(this.dataset, option, this.form, wordsOnly);
    if (told.error === undefined) return put(told, this.form, count);
    this.form.querySelector(".draft-state").textContent = told.error || this.dataset.trouble;
  }

  #shut() {
    clearTimeout(this.timer); // what is being read is not wanted any more
    for (const name of ["aria-activedescendant", "aria-controls"]) this.#page.removeAttribute(name);
    if (this.matches(":popover-open")) this.hidePopover();
  }
}
customElements.define("canned-list", CannedList);
