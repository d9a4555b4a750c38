// Choosing rows of the list: by click, with shift a range, X the row one is on, Ctrl+A all that are shown.
import { isField } from "../lib/keys.js";
import { isAll, range } from "../lib/selection.js";

// What was asked about the tickets chosen then is not asked about others.
const shut = ({ newState, target }) =>
  newState === "closed" && target.querySelector("[data-preview]") && target.dispatchEvent(new Event("desk:menu"));

class RowSelection extends HTMLElement {
  #chosen = new Set();
  #anchor = "";

  connectedCallback() {
    this.list = this.closest(".list");
    this.list.addEventListener("click", (event) => this.#clicked(event));
    this.list.addEventListener("htmx:after:swap", () => this.#show());
    this.handlers = {
      "desk:command": ({ detail }) => detail === "select" && this.#toggle(),
      "desk:selection": ({ detail }) => this.#set(detail),
      keydown: (event) => this.#pressed(event),
    };
    for (const [name, handler] of Object.entries(this.handlers)) document.addEventListener(name, handler);
    this.addEventListener("htmx:after:request", ({ target }) => target.matches("form") && this.#done());
    this.querySelector("[data-none]").addEventListener("click", () => this.#set([]));
    this.querySelector("#bulk-menu").addEventListener("toggle", shut);
    this.#done();
  }

  disconnectedCallback() {
    for (const [name, handler] of Object.entries(this.handlers)) document.removeEventListener(name, handler);
  }

  #boxes = () => [...this.list.querySelectorAll(".row-check input")];

  #clicked({ target, shiftKey }) {
    if (!target.matches(".row-check input")) return;
    const numbers = shiftKey ? range(this.#boxes().map((box) => box.value), this.#anchor, target.value) : [];
    this.#choose([target.value, ...numbers], target.checked);
  }

  #pressed(event) {
    if (isField(event.target) || event.target.closest?.(".reading, dialog, [popover]")) return;
    const none = event.key === "Escape" && this.#chosen.size > 0;
    if (!none && !isAll(event)) return;
    event.preventDefault();
    this.#set(none ? [] : this.#boxes().map((box) => box.value));
  }

  #toggle() {
    const row = document.activeElement?.closest?.(".row") ?? this.list.querySelector(".row:has([aria-current])");
    const box = row?.querySelector(".row-check input");
    if (!box) return;
    this.#choose([box.value], !box.checked);
  }

  #choose(numbers, wanted) {
    this.#anchor = numbers[0];
    for (const number of numbers) this.#chosen[wanted ? "add" : "delete"](number);
    this.#show();
  }

  #set(numbers) {
    this.#chosen = new Set(numbers);
    this.#show();
  }

  /** After a swap rows may be gone: what is not shown is not chosen. */
  #show() {
    for (const box of this.#boxes()) box.checked = this.#chosen.has(box.value);
    this.#chosen = new Set(this.#boxes().filter((box) => box.checked).map((box) => box.value));
    this.querySelector("[data-count]").textContent = this.#chosen.size;
  }

  #done() {
    this.querySelector(":popover-open")?.hidePopover();
    this.querySelector("[name=key]").value = crypto.randomUUID?.() ?? "";
    this.#set([]);
  }
}
customElements.define("row-selection", RowSelection);
