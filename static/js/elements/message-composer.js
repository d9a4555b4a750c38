// Writing: opens and shuts, sends by keyboard, takes files that are dropped or pasted.
import { carriesFiles, filesOf, hand } from "../lib/files.js";
import { renew } from "../lib/news.js";
import { place } from "../lib/pictures.js";

class MessageComposer extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("keydown", (event) => this.#pressed(event));
    this.addEventListener("dragover", (event) => carriesFiles(event.dataTransfer) && event.preventDefault());
    this.addEventListener("drop", (event) => this.#given(event, event.dataTransfer));
    this.addEventListener("paste", (event) => this.#given(event, event.clipboardData));
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
    const put = target.closest("[data-insert]");
    if (write) this.open(write.dataset.write);
    else if (target.name === "composer-mode") this.#form().body.focus();
    if (target.closest("[data-shut]")) this.#shut();
    if (put) this.#put(put);
  }

  #put(button) {
    button.closest(":popover-open")?.hidePopover();
    this.#form().querySelector("rich-text").insert(button.dataset.insert);
  }

  #shut = () => (delete this.dataset.open, this.querySelector("[data-write]").focus());

  #pressed(event) {
    if (event.key === "Escape" && "open" in this.dataset && !this.querySelector(":popover-open")) {
      event.stopPropagation();
      this.#shut();
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const form = event.target.closest("form");
    const resolving = event.shiftKey && form?.querySelector("[data-send-resolve]");
    form?.requestSubmit(resolving || form.querySelector("[data-send]"));
  }

  #given(event, transfer) {
    const files = filesOf(transfer);
    if (!files.length) return;
    event.preventDefault();
    const pictures = event.type === "paste" && files.every((file) => file.type.startsWith("image/"));
    if (pictures) files.forEach((file) => place(this.#form(), file));
    else hand(files, this.#form().files);
  }

  /** A page from the browser's memory must not send new words under an old key. */
  #renewKeys = () => this.querySelectorAll("form.writing").forEach(renew);
}
customElements.define("message-composer", MessageComposer);
