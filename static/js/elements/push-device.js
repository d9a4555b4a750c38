// Turns notifications on for this browser, and says how it stands: they cannot come, are blocked, off, or on.
import { able, forget, remember, standing, subscribe, told } from "../lib/push.js";

class PushDevice extends HTMLElement {
  async connectedCallback() {
    this.querySelector("[data-turn-on]").addEventListener("click", ({ currentTarget }) => this.#turnOn(currentTarget));
    for (const form of this.querySelectorAll("form[data-removal]"))
      form.addEventListener("submit", (event) => this.#turnOff(event, form));
    this.#show(await this.#state().catch(() => "unable"));
  }

  async #state() {
    if (!able()) return "unable";
    if (Notification.permission === "denied") return "blocked";
    const subscription = await standing();
    const row = [...this.querySelectorAll("[data-endpoint]")].find(
      ({ dataset }) => dataset.endpoint === subscription?.endpoint,
    );
    if (!row) return "off";
    row.querySelector("[data-here]").hidden = false;
    return "on";
  }

  #show(state) {
    for (const each of this.querySelectorAll("[data-state]")) each.hidden = each.dataset.state !== state;
  }

  async #turnOn(button) {
    button.disabled = true;
    try {
      const subscription = await subscribe(this.dataset.key);
      const form = this.querySelector("form[data-keep]");
      for (const [name, value] of told(subscription)) form.elements[name].value = value;
      remember(this.dataset.user);
      form.submit();
    } catch {
      this.#show(Notification.permission === "denied" ? "blocked" : "failed");
      button.disabled = false;
    }
  }

  /** Taken off the list here, the browser forgets it too. */
  async #turnOff(event, form) {
    if (form.closest("[data-endpoint]").querySelector("[data-here]").hidden) return;
    event.preventDefault();
    await forget().catch(() => {});
    form.submit();
  }
}
customElements.define("push-device", PushDevice);
