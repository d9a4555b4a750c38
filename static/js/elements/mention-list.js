// After an @ in a note: colleagues to choose from, by arrow keys, Enter or Tab, or with the pointer.
import { before, replace } from "../lib/editing.js";

const TYPED = /(?:^|\s)@([\p{L}\p{M}][\p{L}\p{M} .'’-]{0,30})?$/u;

class MentionList extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.form.addEventListener("input", ({ target }) => target.isContentEditable && this.#look());
    this.form.addEventListener("keydown", (event) => this.#pressed(event), { capture: true });
    this.addEventListener("pointerdown", (event) => event.preventDefault());
    this.addEventListener("click", ({ target }) => this.#choose(target.closest("[data-mention]")));
  }

  get #page() {
    return this.form.querySelector("[contenteditable]");
  }

  async #look() {
    this.typed = TYPED.exec(before(this.#page))?.[1] ?? (/(?:^|\s)@$/.test(before(this.#page)) ? "" : null);
    if (this.typed === null) return this.#shut();
    const asked = this.typed;
    const answer = await fetch(`${this.dataset.url}?q=${encodeURIComponent(asked)}`, { redirect: "error" });
    const found = answer.ok ? await answer.text() : "";
    if (asked !== this.typed) return; // what was typed since asks for itself
    this.replaceChildren(...new DOMParser().parseFromString(found, "text/html").body.children);
    if (!this.firstElementChild) return this.#shut();
    this.#mark(this.firstElementChild);
    if (!this.matches(":popover-open")) this.showPopover();
  }

  #pressed(event) {
    if (!this.matches(":popover-open")) return;
    const all = [...this.children];
    const at = all.indexOf(this.#current());
    const acts = {
      ArrowDown: () => this.#mark(all[(at + 1) % all.length]),
      ArrowUp: () => this.#mark(all[(at + all.length - 1) % all.length]),
      Enter: () => this.#choose(this.#current()),
      Tab: () => this.#choose(this.#current()),
      Escape: () => this.#shut((this.typed = null)),
    };
    if (!acts[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  }

  #current = () => this.querySelector("[aria-selected=true]");

  #mark(option) {
    for (const each of this.children) each.setAttribute("aria-selected", each === option);
    this.#page.setAttribute("aria-activedescendant", option.id);
  }

  #choose(option) {
    if (!option) return;
    const typed = this.typed;
    this.#shut();
    replace(this.#page, typed.length, `${option.dataset.mention} `);
  }

  #shut() {
    this.#page.removeAttribute("aria-activedescendant");
    if (this.matches(":popover-open")) this.hidePopover();
  }
}
customElements.define("mention-list", MentionList);
