// What is put into the reply from beside it: an article, the canned response of a step. Without scripts its
// link leads to a page that does the same, and its form writes the draft.
class PutWords extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.#meant(event, event.target.action, new FormData(event.target, event.submitter)));
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-put]");
      if (link && !event.ctrlKey && !event.metaKey) this.#meant(event, link.href, new FormData());
    });
  }

  #meant(event, address, data) {
    const composer = document.querySelector("message-composer");
    if (!composer) return;
    event.preventDefault();
    this.#put(composer, address, new URLSearchParams(data));
  }

  async #put(composer, address, body) {
    const form = composer.querySelector("form[data-mode=reply]");
    body.set("mode", "reply");
    body.set("key", crypto.randomUUID());
    const headers = { Accept: "application/json", "X-CSRFToken": form.csrfmiddlewaretoken.value };
    const answer = await fetch(address, { method: "POST", body, headers, redirect: "error" }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    if (!answer?.ok || !told) return this.#trouble(told?.error);
    this.querySelector("[role=alert]")?.remove();
    const { put } = await import("../lib/canned.js");
    document.querySelector("#panel:popover-open")?.hidePopover(); // on a phone it lies above the composer
    composer.open("reply");
    put(told, form, 0);
  }

  #trouble(said) {
    let line = this.querySelector("[role=alert]");
    if (!line) this.append((line = Object.assign(document.createElement("p"), { className: "error", role: "alert" })));
    line.textContent = said || this.dataset.trouble;
  }
}
customElements.define("put-words", PutWords);
