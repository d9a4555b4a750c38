// The pages of a PDF, each drawn when it comes near the view; its words lie above them, to be chosen and read aloud.
const MOST = 300; // pages
const WIDEST = 1100; // pixels

class PdfPages extends HTMLElement {
  async connectedCallback() {
    try {
      await this.#open();
    } catch {
      this.querySelector("[data-failed]").hidden = false;
    }
    this.querySelector("[data-waiting]").hidden = true;
  }

  disconnectedCallback() {
    this.observer?.disconnect();
    this.loading?.destroy();
  }

  async #open() {
    const { file, library, worker } = this.dataset;
    this.pdf = await import(library);
    this.pdf.GlobalWorkerOptions.workerSrc = worker;
    const safe = { verbosity: 0, isEvalSupported: false, enableXfa: false, useWasm: false, useWorkerFetch: false };
    this.loading = this.pdf.getDocument({ url: file, disableAutoFetch: true, ...safe });
    this.file = await this.loading.promise;
    const size = (await this.file.getPage(1)).getViewport({ scale: 1 });
    this.observer = new IntersectionObserver((seen) => this.#seen(seen), { rootMargin: "600px" });
    for (let number = 1; number <= Math.min(this.file.numPages, MOST); number++) {
      const page = Object.assign(document.createElement("div"), { className: "pdf-page", role: "group" });
      page.ariaLabel = `${this.dataset.page} ${number}`;
      page.dataset.number = number;
      this.#fit(page, size);
      this.append(page);
      this.observer.observe(page);
    }
  }

  #fit(page, size) {
    const wide = Math.min(this.clientWidth, WIDEST);
    page.style.inlineSize = `${wide}px`;
    page.style.blockSize = `${(wide * size.height) / size.width}px`;
    return wide / size.width;
  }

  #seen(seen) {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      this.observer.unobserve(target);
      this.#draw(target).catch(() => target.remove());
    }
  }

  async #draw(place) {
    const page = await this.file.getPage(Number(place.dataset.number));
    const scale = this.#fit(place, page.getViewport({ scale: 1 }));
    const sharp = page.getViewport({ scale: scale * Math.min(devicePixelRatio, 2) });
    const canvas = Object.assign(document.createElement("canvas"), { width: sharp.width, height: sharp.height });
    const words = Object.assign(document.createElement("div"), { className: "pdf-words" });
    words.style.setProperty("--total-scale-factor", scale);
    place.append(canvas, words);
    await page.render({ canvas, viewport: sharp }).promise;
    const given = { textContentSource: page.streamTextContent(), viewport: page.getViewport({ scale }) };
    await new this.pdf.TextLayer({ ...given, container: words }).render();
  }
}
customElements.define("pdf-pages", PdfPages);
