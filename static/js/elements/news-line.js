// Says that somebody wrote while one is writing, or oneself elsewhere. What is not said to be read holds the reply back.
import { isNews, join, keysOf, ownIn } from "../lib/news.js";

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

  #shown() {
    const shown = this.ticket.querySelector("#newest");
    return { newest: Number(shown?.value ?? 0), own: ownIn(shown?.dataset.own) };
  }

  #look() {
    const { newest, own } = this.#shown();
    const seen = Number(this.form.seen.value);
    const theirs = newest > seen;
    const news = theirs || isNews(own, seen, keysOf(this.form.own.value));
    if (news && !this.form.body.value.trim()) return this.#read();
    this.notice.hidden = !news;
    this.notice.querySelector("[data-theirs]").hidden = !theirs;
    this.notice.querySelector("[data-own]").hidden = theirs;
  }

  #read() {
    const { newest, own } = this.#shown();
    this.form.seen.value = Math.max(newest, Number(this.form.seen.value));
    this.form.own.value = join(keysOf(this.form.own.value), own);
    this.notice.hidden = true;
  }
}
customElements.define("news-line", NewsLine);
