// A frame as high as the mail in it. The frame runs nothing; this page measures it from outside.
const TALLEST = 20000; // pixels; a mail that claims more scrolls in its frame

class MailFrame extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector("iframe");
    this.frame.addEventListener("load", () => this.#watch());
    if (this.frame.contentDocument?.readyState === "complete") this.#watch();
  }

  disconnectedCallback() {
    this.observer?.disconnect();
  }

  #watch() {
    const body = this.frame.contentDocument?.body;
    if (!body) return;
    this.observer?.disconnect();
    this.observer = new ResizeObserver(() => this.#fit(body));
    this.observer.observe(body);
    this.#fit(body);
  }

  #fit(body) {
    const wide = body.scrollWidth > this.frame.clientWidth ? 18 : 2; // room for a scroll bar
    this.frame.setAttribute("height", Math.min(Math.ceil(body.scrollHeight) + wide, TALLEST));
  }
}
customElements.define("mail-frame", MailFrame);
