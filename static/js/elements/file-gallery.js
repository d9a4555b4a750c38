// The files of a ticket one after the other: by click, by arrows, pictures by a swipe. Without scripts each opens by itself.
const FAR = 50; // pixels that a finger moves at least

class FileGallery extends HTMLElement {
  #links = [];
  #place = 0;

  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.picture = this.querySelector("img");
    this.page = this.querySelector("[data-page]");
    this.onClick = (event) => this.#opened(event);
    document.addEventListener("click", this.onClick);
    this.addEventListener("click", ({ target }) => this.#pressed(target));
    this.addEventListener("keydown", (event) => this.#keyed(event));
    this.dialog.addEventListener("close", () => this.page.replaceChildren());
    this.picture.addEventListener("touchstart", ({ touches }) => (this.from = touches[0].clientX), { passive: true });
    this.picture.addEventListener("touchend", ({ changedTouches }) => this.#swiped(changedTouches[0].clientX - this.from));
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.onClick);
  }

  #opened(event) {
    const link = event.target.closest?.("a.file[data-preview]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#links = [...document.querySelectorAll("#stream a.file[data-preview]")];
    if (!this.#links.includes(link)) this.#links = [link]; // of a draft
    this.dialog.showModal();
    this.#show(this.#links.indexOf(link));
  }

  #show(place) {
    const many = this.#links.length;
    this.#place = (place + many) % many;
    const link = this.#links[this.#place];
    const { name, preview, file } = link.dataset;
    this.picture.hidden = preview !== "picture";
    this.page.hidden = !this.picture.hidden;
    this.page.replaceChildren();
    if (this.page.hidden) Object.assign(this.picture, { src: file, alt: name });
    else this.#fill(link);
    this.querySelector("[data-name]").textContent = name;
    this.querySelector("[data-place]").textContent = `${this.#place + 1} / ${many}`;
    this.querySelector("[data-save]").href = `${file}?save=1`;
    for (const button of this.querySelectorAll("[data-step]")) button.hidden = many < 2;
  }

  /** What the desk shows of a file: it is escaped there, and the page's policy holds for it here. */
  async #fill(link) {
    this.page.ariaLabel = link.dataset.name;
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" }, redirect: "error" }).catch(() => null);
    const words = answer?.ok ? await answer.text() : "";
    if (this.#links[this.#place] !== link || !this.dialog.open) return;
    if (!words) return (this.page.textContent = this.dialog.dataset.away);
    this.page.replaceChildren(...new DOMParser().parseFromString(words, "text/html").body.childNodes);
    this.page.scrollTop = 0;
    if (this.page.querySelector("pdf-pages")) import("./pdf-pages.js");
    this.page.focus();
  }

  #pressed(target) {
    const step = target.closest("[data-step]");
    if (step) this.#show(this.#place + Number(step.dataset.step));
    else if (target === this.dialog) this.dialog.close();
  }

  #keyed(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    event.stopPropagation(); // the keys of the desk rest meanwhile
    if (step && this.#links.length) this.#show(this.#place + step);
  }

  #swiped(far) {
    if (Math.abs(far) > FAR) this.#show(this.#place + (far < 0 ? 1 : -1));
  }
}
customElements.define("file-gallery", FileGallery);
