// A field of recipients as chips: typed, chosen, changed and taken away by keys alone.
import { address, isAddress, joined, pieces, shown } from "../lib/recipients.js";

class AddressField extends HTMLElement {
  #people = [];

  connectedCallback() {
    if (this.value) return;
    this.typing = this.querySelector("input");
    this.value = Object.assign(document.createElement("input"), { type: "hidden", name: this.typing.name });
    this.typing.before((this.chips = document.createElement("ul")));
    this.append(this.value);
    this.#people = pieces(this.typing.value);
    Object.assign(this.typing, { name: "q", value: "" });
    this.#draw();
    this.addEventListener("keydown", (event) => this.#pressed(event));
    this.addEventListener("click", (event) => this.#clicked(event));
    this.typing.addEventListener("change", () => this.#take());
    this.typing.addEventListener("input", (event) => this.#ended(event) && this.#take());
  }

  #pressed(event) {
    if (event.target !== this.typing) return;
    if (event.key === "Enter") {
      if (!(event.ctrlKey || event.metaKey)) event.preventDefault();
      this.#take();
    } else if (event.key === "Backspace" && !this.typing.value && this.#people.length) {
      event.preventDefault();
      this.#change(this.#people.length - 1);
    }
  }

  /** Whether a choice from the list, or a separator behind a whole address, ends a piece. */
  #ended({ inputType, data }) {
    return inputType === "insertReplacementText" || (/[,;]/.test(data) && isAddress(pieces(this.typing.value)[0]));
  }

  #clicked({ target }) {
    const place = [...this.chips.children].indexOf(target.closest("li"));
    if (place < 0) return;
    if (target.closest("[data-edit]")) return this.#change(place);
    this.#people.splice(place, 1);
    this.#draw(), this.dispatchEvent(new CustomEvent("desk:recipients"));
    this.typing.focus();
  }

  /** The chip becomes text again, to be changed. */
  #change(place) {
    const [piece] = this.#people.splice(place, 1);
    this.#take();
    this.typing.value = piece;
    this.#draw(), this.dispatchEvent(new CustomEvent("desk:recipients"));
    this.typing.focus();
  }

  #take() {
    if (!this.typing.value.trim()) return;
    this.#people = joined(this.#people, this.typing.value);
    this.typing.value = "";
    this.#draw(), this.dispatchEvent(new CustomEvent("desk:recipients"));
  }

  #draw() {
    this.value.value = this.#people.join(", ");
    this.chips.replaceChildren(...this.#people.map((piece) => this.#chip(piece)));
  }

  #chip(piece) {
    const chip = Object.assign(document.createElement("li"), { className: "chip", title: address(piece) });
    if (!isAddress(piece)) chip.dataset.tone = "danger";
    for (const [what, text] of [["edit", shown(piece)], ["remove", "×"]]) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
      button.dataset[what] = "";
      button.ariaLabel = `${this.typing.dataset[what]}: ${shown(piece)}`;
      chip.append(button);
    }
    return chip;
  }
}
customElements.define("address-field", AddressField);
