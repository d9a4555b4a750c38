// The text of its form, kept on this device from the first letter until the server has it, and offered back.
import { forget, found, keep } from "../lib/kept.js";

class KeptText extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.form.body.addEventListener("input", () => keep(localStorage, this.#place(), this.form.body.value));
    this.form.addEventListener("htmx:after:request", (event) => this.#answered(event));
    this.form.addEventListener("htmx:error", () => (this.querySelector("[data-offline]").hidden = false));
    this.addEventListener("click", ({ target }) => {
      if (target.closest("[data-take]")) this.#take();
      if (target.closest("[data-leave]")) this.#leave();
    });
    const text = found(localStorage, this.#place(), this.form.body.value);
    this.querySelector("[data-found]").hidden = text === null;
    if (text !== null) this.closest("message-composer").open(this.form.dataset.mode, { focus: false });
  }

  #place() {
    const { user, ticket } = this.closest("message-composer").dataset;
    return { user, ticket, mode: this.form.dataset.mode };
  }

  #answered({ target, detail }) {
    if (detail.ctx.response.status >= 400) return;
    this.querySelector("[data-offline]").hidden = true;
    if (target === this.form || target.name === "body") forget(localStorage, this.#place());
  }

  #take() {
    const { body } = this.form;
    body.value = found(localStorage, this.#place(), body.value) ?? body.value;
    body.dispatchEvent(new Event("input", { bubbles: true }));
    this.querySelector("[data-found]").hidden = true;
  }

  #leave() {
    forget(localStorage, this.#place());
    this.querySelector("[data-found]").hidden = true;
  }
}
customElements.define("kept-text", KeptText);
