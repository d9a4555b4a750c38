// Says that somebody wrote while one is writing. What one has not said to have read holds the reply back.
class NewsLine extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.ticket = this.closest("open-ticket");
    this.notice = this.querySelector("[data-came]");
    this.looking = () => this.#look();
    this.ticket?.addEventListener("htmx:after:swap", this.looking);
    this.querySelector("[data-read]").addEventListener("click", () => this.#read());
  }

  disconnectedCallback() {
    this.ticket?.removeEventListener("htmx:after:swap", this.looking);
  }

  #newest() {
    return Number(this.ticket.querySelector("#newest")?.value ?? 0);
  }

  #look() {
    if (this.#newest() <= Number(this.form.seen.value)) return;
    if (!this.form.body.value.trim()) this.#read();
    else this.notice.hidden = false;
  }

  #read() {
    this.form.seen.value = Math.max(this.#newest(), Number(this.form.seen.value));
    this.notice.hidden = true;
  }
}
customElements.define("news-line", NewsLine);
