// A ticket on the page: starts at the end of its letters, keeps that place when something comes.
class OpenTicket extends HTMLElement {
  connectedCallback() {
    this.letters = this.querySelector("#letters");
    this.#toEnd();
    document.dispatchEvent(new CustomEvent("desk:shown"));
    this.letters.addEventListener("scroll", () => (this.atEnd = this.#isAtEnd()), { passive: true });
    const growth = new ResizeObserver(() => this.atEnd && this.#toEnd());
    growth.observe(this.querySelector("#stream"));
    growth.observe(this.letters); // it shrinks when the composer opens
    this.addEventListener("toggle", (event) => this.#keepOpen(event), { capture: true });
    this.addEventListener("htmx:before:request", ({ target }) => {
      if (!target.closest("[data-stays]")) target.closest(".menu")?.hidePopover();
    });
    this.addEventListener("htmx:after:request", ({ target, detail }) => {
      this.sends = target.matches?.("form.writing") && detail.ctx.response.status < 400;
    });
    this.addEventListener("htmx:after:swap", () => {
      if (this.sends) this.letters.scrollTop = this.letters.scrollHeight; // what goes out, and its "Undo", are seen
      this.sends = false;
      document.querySelector("#history")?.dispatchEvent(new CustomEvent("desk:history"));
    });
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.letters;
    return scrollHeight - scrollTop - clientHeight < 40;
  }

  #toEnd() {
    const last = this.querySelector(".message:last-of-type");
    const long = last && last.offsetHeight > this.letters.clientHeight;
    this.letters.scrollTop = long ? last.offsetTop - this.letters.offsetTop : this.letters.scrollHeight;
    this.atEnd = !long;
  }

  /** What a colleague changes meanwhile must not wipe what is typed in an open menu, nor close what is open. */
  #keepOpen({ target, newState }) {
    if (target.matches(".menu, .whole-subject")) target.toggleAttribute("hx-morph-skip", newState === "open");
  }
}
customElements.define("open-ticket", OpenTicket);
