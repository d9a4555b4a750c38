// Asks the device for a passkey and sends what it answers with the form inside.
// data-act: "create" or "get"; the question stands in the JSON named by data-options, or is fetched from the form's
// address when there is none (signing in without a name).
import { answer, creation, request } from "../lib/webauthn.js";

class PassKey extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const button = this.querySelector("[data-ask]");
    if (!window.PublicKeyCredential) return this.#tell("[data-unable]");
    button.hidden = false;
    button.addEventListener("click", () => this.#ask(form, button));
  }

  async #ask(form, button) {
    button.disabled = true;
    for (const told of this.querySelectorAll("[data-unable], [data-failed]")) told.hidden = true;
    try {
      const credential = await this.#credential(form);
      form.elements.credential.value = JSON.stringify(answer(credential));
      form.submit();
    } catch (trouble) {
      this.#tell(trouble.name === "SecurityError" ? "[data-unable]" : "[data-failed]");
      button.disabled = false;
    }
  }

  async #credential(form) {
    const options = await this.#options(form);
    if (this.dataset.act === "create") return navigator.credentials.create(creation(options.creation_options));
    return navigator.credentials.get(request(options.request_options));
  }

  async #options(form) {
    if (this.dataset.options) return JSON.parse(document.getElementById(this.dataset.options).textContent);
    const response = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  }

  #tell(which) {
    this.querySelector(which).hidden = false;
  }
}
customElements.define("pass-key", PassKey);
