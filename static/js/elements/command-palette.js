// Ctrl+K: everything by name. Commands are fetched once, what is found as one types.
import { Listbox } from "../lib/listbox.js";
import { isPalette, rate, run, targets } from "../lib/commands.js";

class CommandPalette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.field = this.querySelector("[role=combobox]");
    this.list = new Listbox(this.field, this.querySelector(".results"));
    document.addEventListener("keydown", (event) => this.#called(event));
    document.addEventListener("click", ({ target }) => target.closest?.("[data-palette]") && this.#open());
    this.field.addEventListener("input", () => this.#show());
    this.dialog.addEventListener("keydown", (event) => this.#pressed(event));
    this.dialog.addEventListener("click", (event) => (event.target === this.dialog ? this.dialog.close() : this.#clicked(event)));
  }

  #called(event) {
    if (!isPalette(event)) return;
    event.preventDefault();
    this.dialog.open ? this.dialog.close() : this.#open();
  }

  async #open() {
    for (const each of document.querySelectorAll(":popover-open")) each.hidePopover();
    if (document.querySelector("dialog[open]")) return;
    this.numbers = targets(document);
    this.field.value = "";
    this.dialog.showModal();
    if (!this.loaded) this.loaded = await this.#fetch(this.dataset.commands, "[data-commands]");
    this.#show();
  }

  async #fetch(address, place) {
    const answer = await fetch(address, { redirect: "error" }).catch(() => null);
    const page = new DOMParser().parseFromString(answer?.ok ? await answer.text() : "", "text/html");
    if (place === "[data-found]" && this.field.value.trim() !== this.asked) return false;
    this.querySelector(`.results ${place}`).replaceChildren(...page.body.children);
    return Boolean(answer?.ok);
  }

  #show() {
    const query = this.field.value.trim();
    const groups = [...this.querySelectorAll(".results [data-commands] .palette-group")];
    for (const group of groups) group.best = Math.max(0, ...[...group.querySelectorAll("[role=option]")].map((each) => rate(each, query, this.numbers)));
    for (const group of groups) [group.hidden, group.style.order] = [!group.best, query ? -Math.round(group.best) : 0];
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#look(query), 150);
    this.list.mark(this.list.options()[0]);
  }

  async #look(query) {
    this.asked = query;
    if (query) await this.#fetch(`${this.dataset.found}?${new URLSearchParams({ q: query })}`, "[data-found]");
    else this.querySelector(".results [data-found]").replaceChildren();
    this.querySelector(".none").hidden = this.list.options().length > 0;
    if (!this.list.current()) this.list.mark(this.list.options()[0]);
  }

  #pressed(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.list.move(event.key === "ArrowUp" ? -1 : 1);
    else if (event.key === "Enter" && !event.isComposing) this.#run(this.list.current(), event);
    else if (event.key === "Escape" && !event.isComposing) this.dialog.close(); // a search field would only be emptied by it
    else return;
    event.preventDefault();
  }

  #clicked(event) {
    const option = event.target.closest("[role=option]");
    if (!option || (option.href && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    this.#run(option, event);
  }

  #run(option, event) {
    if (!option) return;
    this.dialog.close();
    run(option, { form: this.querySelector("form"), numbers: this.numbers, aside: event.ctrlKey || event.metaKey });
  }
}
customElements.define("command-palette", CommandPalette);
