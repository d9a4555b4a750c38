// Writing: opens and shuts, sends by keyboard, takes files that are dropped or pasted.
import { carriesFiles, filesOf } from "../lib/files.js";

class MessageComposer extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("change", (event) => event.target.name === "composer-mode" && this.#form().body.focus());
    this.addEventListener("keydown", (event) => this.#pressed(event));
    this.addEventListener("dragover", (event) => carriesFiles(event.dataTransfer) && event.preventDefault());
    this.addEventListener("drop", (event) => this.#given(event, event.dataTransfer));
    this.addEventListener("paste", (event) => this.#given(event, event.clipboardData));
    this.addEventListener("htmx:after:request", ({ target }) => target.type === "file" && (target.value = ""));
    this.onPageShow = ({ persisted }) => persisted && this.#renewKeys();
    addEventListener("pageshow", this.onPageShow);
    if ("focus" in this.dataset) queueMicrotask(() => this.#start().focus());
  }

  disconnectedCallback() {
    removeEventListener("pageshow", this.onPageShow);
  }

  /** Opens the reply or the note. */
  open(mode, { focus = true } = {}) {
    this.dataset.open = "";
    this.querySelector(`[name=composer-mode][value=${mode}]`).checked = true;
    if (focus) this.#form().body.focus();
  }

  /** Where one begins to write: in a forward at the recipient, as long as there is none. */
  #start() {
    const form = this.#form();
    return form.to && !form.to.value ? form.querySelector(".typing") : form.body;
  }

  #form() {
    const mode = this.querySelector("[name=composer-mode]:checked").value;
    return this.querySelector(`form[data-mode=${mode}]`);
  }

  #clicked({ target }) {
    const write = target.closest("[data-write]");
    if (write) this.open(write.dataset.write);
    if (target.closest("[data-shut]")) this.#shut();
  }

  #shut() {
    delete this.dataset.open;
    this.querySelector("[data-write]").focus();
  }

  #pressed(event) {
    if (event.key === "Escape" && "open" in this.dataset && !this.querySelector(":popover-open")) {
      event.stopPropagation();
      this.#shut();
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.target.form?.requestSubmit(event.target.form.querySelector("[data-send]"));
  }

  #given(event, transfer) {
    const files = filesOf(transfer);
    if (!files.length) return;
    event.preventDefault();
    const carrier = new DataTransfer();
    files.forEach((file) => carrier.items.add(file));
    const input = this.#form().files;
    input.files = carrier.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** A page from the browser's memory must not send new words under an old key. */
  #renewKeys() {
    for (const form of this.querySelectorAll("form.writing")) form.key.value = crypto.randomUUID();
  }
}
customElements.define("message-composer", MessageComposer);
