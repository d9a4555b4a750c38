// Keys of the whole page. A control names its own letter by data-key, so keys and buttons never differ.
import { command, isField } from "../lib/keys.js";

class DeskKeys extends HTMLElement {
  #before = "";

  connectedCallback() {
    document.addEventListener("keydown", (event) => this.#pressed(event));
    document.addEventListener("click", (event) => {
      const opener = event.target.closest?.("[data-dialog]");
      if (opener) this.#show(opener.dataset.dialog);
    });
    document.body.addEventListener("desk:changed", () => {
      document.body.dispatchEvent(new CustomEvent("desk:counts"));
      // A busy desk keeps a count for three seconds: asked within them, it has to be asked once more behind them.
      clearTimeout(this.recount);
      this.recount = setTimeout(() => document.body.dispatchEvent(new CustomEvent("desk:counts")), 3500);
    });
  }

  #pressed(event) {
    const field = isField(event.target);
    if (event.defaultPrevented || event.isComposing) return;
    if (field && event.key !== "Escape") return;
    const meant = command(event, this.#before);
    this.#before = meant === "press-g" ? "g" : "";
    if (this.#obey(meant, event, field)) event.preventDefault();
  }

  #obey(meant, event, field) {
    if (!meant || meant === "press-g") return false;
    if (meant === "help") return this.#show("keys");
    if (meant === "go-open" || meant === "go-mine") return this.#follow(meant.slice(3));
    if (meant === "back") return this.#back(field);
    if (meant === "open" && event.target.closest?.("a, button, summary, [popover], dialog")) {
      if (event.key === "Enter" && !event.target.matches(".row-link")) return false;
    }
    if (meant.startsWith("press-")) return this.#press(meant.slice(6));
    document.dispatchEvent(new CustomEvent("desk:command", { detail: meant }));
    return true;
  }

  #press(key) {
    const controls = [...document.querySelectorAll(`[data-key="${key}"]`)];
    const control = controls.findLast((each) => each.checkVisibility());
    if (!control) return false;
    if (control.matches("input:not([type=radio])")) control.focus();
    else control.click();
    return true;
  }

  #back(field) {
    if (document.querySelector("dialog[open], :popover-open")) return false;
    if (field) return document.activeElement.blur(), true;
    return this.#press("Escape");
  }

  #follow(view) {
    document.querySelector(`#nav-${view}`)?.click();
    return true;
  }

  #show(id) {
    document.querySelector("#me-menu:popover-open")?.hidePopover();
    document.getElementById(id)?.showModal();
    return true;
  }
}
customElements.define("desk-keys", DeskKeys);
