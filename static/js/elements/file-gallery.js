// The pictures of a ticket one after the other: by click, by arrows, by a swipe. Without scripts each opens by itself.
const FAR = 50; // pixels that a finger moves at least

class FileGallery extends HTMLElement {
  #links = [];
  #place = 0;

  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.picture = this.querySelector("img");
    this.onClick = (event) => this.#opened(event);
    document.addEventListener("click", this.onClick);
    this.addEventListener("click", ({ target }) => this.#pressed(target));
    this.addEventListener("keydown", (event) => this.#keyed(event));
    this.addEventListener("touchstart", ({ touches }) => (this.from = touches[0].clientX), { passive: true });
    this.addEventListener("touchend", ({ changedTouches }) => this.#swiped(changedTouches[0].clientX - this.from));
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.onClick);
  }

  #opened(event) {
    const link = event.target.closest?.("a.file[data-picture]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#links = [...document.querySelectorAll("#stream a.file[data-picture]")];
    this.dialog.showModal();
    this.#show(Math.max(0, this.#links.indexOf(link)));
  }

  #show(place) {
    const many = this.#links.length;
    this.#place = (place + many) % many;
    const link = this.#links[this.#place];
    this.picture.src = link.href;
    this.picture.alt = link.dataset.picture;
    this.querySelector("[data-name]").textContent = link.dataset.picture;
    this.querySelector("[data-place]").textContent = `${this.#place + 1} / ${many}`;
    this.querySelector("[data-save]").href = `${link.href}?save=1`;
    for (const button of this.querySelectorAll("[data-step]")) button.hidden = many < 2;
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
