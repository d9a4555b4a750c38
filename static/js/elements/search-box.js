// Below a search field: what may come next, chosen by arrow keys and Enter or with the pointer.
const PAUSE = 120; // milliseconds without a key

class SearchBox extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id }))
      this.field.setAttribute(name, value);
    this.field.addEventListener("input", () => this.#soon());
    this.field.addEventListener("keydown", (event) => this.#pressed(event));
    this.field.addEventListener("blur", () => this.#shut());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => this.#choose(target.closest("[data-text]")));
  }

  #soon() {
    this.#mark(null);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#look(), PAUSE);
  }

  async #look() {
    const asked = new URLSearchParams({ q: this.field.value, at: this.field.selectionStart ?? this.field.value.length });
    this.asked = `${asked}`;
    const answer = await fetch(`${this.dataset.url}?${asked}`, { redirect: "error" }).catch(() => null);
    const found = answer?.ok ? await answer.text() : "";
    if (this.asked !== `${asked}` || !this.field.matches(":focus")) return;
    const marked = this.list.matches(":popover-open") ? this.#current()?.dataset.text : null; // while this was asked
    this.list.replaceChildren(...new DOMParser().parseFromString(found, "text/html").body.children);
    if (!this.list.firstElementChild) return this.#shut();
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    this.field.setAttribute("aria-expanded", "true");
    this.#mark([...this.list.children].find((each) => marked && each.dataset.text === marked));
  }

  #pressed(event) {
    const open = this.list.matches(":popover-open");
    if (event.key === "ArrowDown" && !open) return event.preventDefault(), this.#look();
    if (!open || event.ctrlKey || event.metaKey || event.isComposing) return;
    const all = [...this.list.children];
    const at = all.indexOf(this.#current());
    if (event.key === "ArrowDown") this.#mark(all[(at + 1) % all.length]);
    else if (event.key === "ArrowUp") this.#mark(at > 0 ? all[at - 1] : null);
    else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) this.#choose(all[at]);
    else if (event.key === "Escape") this.#shut();
    else return event.key === "Enter" ? this.#shut() : undefined;
    event.preventDefault();
    event.stopPropagation();
  }

  #current = () => this.list.querySelector("[aria-selected=true]");

  #mark(option) {
    for (const each of this.list.children) each.setAttribute("aria-selected", each === option);
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  #choose(option) {
    if (!option) return;
    this.field.value = option.dataset.text;
    this.field.setSelectionRange(Number(option.dataset.caret), Number(option.dataset.caret));
    this.#shut();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #shut() {
    clearTimeout(this.timer);
    this.asked = "";
    this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-expanded", "false");
    if (this.list.matches(":popover-open")) this.list.hidePopover();
  }
}
customElements.define("search-box", SearchBox);
