// Toasts stay ten seconds, or until they are closed or acted on; not while somebody points at them.
const SECONDS = 10;

class ToastStack extends HTMLElement {
  connectedCallback() {
    this.observer = new MutationObserver(() => this.#tend());
    this.observer.observe(this, { childList: true });
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-close]")) event.target.closest(".toast").remove();
    });
    this.addEventListener("htmx:after:request", (event) => event.target.closest?.(".toast")?.remove());
    for (const trouble of ["htmx:response:error", "htmx:error"])
      document.addEventListener(trouble, ({ target, detail }) => this.#tellTrouble(detail.ctx?.response?.status ?? 0, target));
    this.#tend();
  }

  /** Answers that say themselves what is wrong (400 to 499, but for "not yours" and "gone") need no toast, nor does a form that has said it is without a line. */
  #tellTrouble(status, target) {
    if (status >= 400 && status < 500 && ![403, 404].includes(status)) return;
    if (!status && target?.closest?.("form")?.querySelector("[data-offline]:not([hidden])")) return;
    const toast = document.querySelector("#toast-trouble").content.cloneNode(true);
    const said = toast.textContent.trim();
    for (const old of this.querySelectorAll(".toast")) if (old.textContent.trim() === said) old.remove();
    this.append(toast);
  }

  #tend() {
    for (const toast of this.querySelectorAll(".toast:not([data-tended])")) {
      toast.dataset.tended = "";
      this.#fade(toast, SECONDS);
    }
    for (const old of [...this.querySelectorAll(".toast")].slice(0, -3)) old.remove();
  }

  #fade(toast, left) {
    if (!toast.isConnected) return;
    if (left <= 0) return toast.remove();
    const resting = toast.matches(":hover, :focus-within");
    setTimeout(() => this.#fade(toast, resting ? left : left - 1), 1000);
  }
}
customElements.define("toast-stack", ToastStack);
