// The words of its form, kept on this device from the first letter until the server has them, and offered back.
import { forget, found, isAbout, keep } from "../lib/kept.js";

class KeptText extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.form.body.addEventListener("input", () => keep(localStorage, this.#place(), this.#words()));
    this.form.addEventListener("htmx:after:request", (event) => this.#answered(event));
    this.form.addEventListener("htmx:error", () => (this.querySelector("[data-offline]").hidden = false));
    this.addEventListener("click", ({ target }) => {
      if (target.closest("[data-take]")) this.#take();
      if (target.closest("[data-leave]")) this.#leave();
    });
    this.elsewhere = (event) => this.#heardOf(event);
    addEventListener("storage", this.elsewhere);
    this.back = () => this.#isBack();
    addEventListener("online", this.back);
    const kept = found(localStorage, this.#place(), this.#words());
    this.querySelector("[data-found]").hidden = kept === null;
    if (kept !== null) this.closest("message-composer")?.open(this.form.dataset.mode, { focus: false });
  }

  disconnectedCallback() {
    removeEventListener("storage", this.elsewhere);
    removeEventListener("online", this.back);
  }

  #place() {
    const { user, ticket } = this.closest("[data-user]").dataset;
    return { user, ticket, mode: this.form.dataset.mode };
  }

  #words() {
    return { text: this.form.body.value, html: this.form.html.value };
  }

  /** The line is there again: what was typed without it goes into the draft as if it were typed now. */
  #isBack() {
    const notice = this.querySelector("[data-offline]");
    if (notice.hidden) return;
    notice.hidden = true;
    this.form.body.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Another window writes at the same place: what it has is offered until it is kept or sent; nothing is overwritten. */
  #heardOf(event) {
    if (!isAbout(event, this.#place())) return;
    this.querySelector("[data-found]").hidden = found(localStorage, this.#place(), this.#words()) === null;
  }

  #answered({ target, detail }) {
    if (target.type === "file") target.value = ""; // they are with the draft now, or were told of
    if (detail.ctx.response.status >= 400) return;
    this.querySelector("[data-offline]").hidden = true;
    if (target === this.form || ["body", "discard"].includes(target.name)) forget(localStorage, this.#place());
  }

  #take() {
    const kept = found(localStorage, this.#place(), this.#words());
    if (kept) this.form.querySelector("rich-text").take(kept.text, kept.html);
    this.querySelector("[data-found]").hidden = true;
  }

  #leave() {
    forget(localStorage, this.#place());
    this.querySelector("[data-found]").hidden = true;
  }
}
customElements.define("kept-text", KeptText);
