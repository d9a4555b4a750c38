// Formatted writing in place of a plain field, which stays the form's own and works without this.
import * as editing from "../lib/editing.js";
import { filesOf } from "../lib/files.js";
import { cleaned, isFormatted, lines, plain } from "../lib/markup.js";

class RichText extends HTMLElement {
  connectedCallback() {
    if (this.page) return;
    this.source = this.querySelector("textarea");
    this.html = this.querySelector("[name=html], [data-html]");
    this.page = this.#made();
    this.source.before(this.page);
    Object.assign(this.source, { hidden: true, ariaLabel: null }); // the page bears the name now
    this.source.focus = () => editing.focus(this.page);
    this.load(this.source.value, this.html.value);
    this.page.addEventListener("input", () => this.#typed());
    this.page.addEventListener("keydown", (event) => this.#pressed(event));
    this.page.addEventListener("paste", (event) => this.#pasted(event));
    this.page.addEventListener("blur", () => editing.remember(this.page));
    this.addEventListener("click", ({ target }) => this.#clicked(target));
    document.execCommand("defaultParagraphSeparator", false, "div");
  }

  /** Shows these words; HTML wins when there is any. */
  load(text, html = "") {
    this.page.replaceChildren(...(html ? [cleaned(html)] : lines(text)));
    this.#weigh();
  }

  /** Takes these words over, as if typed. */
  take(text, html) {
    this.load(text, html);
    this.#typed();
  }

  /** Puts words or an element where one writes. */
  insert(what) {
    editing.insert(this.page, what);
  }

  #made() {
    const page = document.createElement("div");
    Object.assign(page, { className: "editor words", contentEditable: "true", dir: "auto", role: "textbox", ariaMultiLine: "true" });
    Object.assign(page, { id: `words-${this.dataset.mode}`, ariaLabel: this.source.ariaLabel });
    page.dataset.hint = this.source.placeholder;
    return page;
  }

  #typed() {
    this.html.value = isFormatted(this.page) ? this.page.innerHTML : "";
    this.source.value = plain(this.page);
    this.#weigh();
    this.source.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #weigh = () => this.page.toggleAttribute("data-empty", !plain(this.page).trim() && !this.page.querySelector("img, li"));

  #pressed(event) {
    const act = editing.meant(event);
    if (!act) return;
    event.preventDefault();
    editing.remember(this.page);
    this.querySelector(`[data-act=${act}]`).click();
  }

  #clicked(target) {
    const act = target.closest("[data-act]")?.dataset.act;
    if (act) editing.perform(this.page, act);
    if (target.closest("[data-set-link]")) editing.linkFrom(this.page, this.querySelector("[data-address]"));
  }

  /** Formatted words come in clean; a picture is uploaded by the composer, which hears of it too. */
  #pasted(event) {
    const html = event.clipboardData.getData("text/html");
    if (filesOf(event.clipboardData).length || !html) return;
    event.preventDefault();
    editing.paste(cleaned(html));
  }
}
customElements.define("rich-text", RichText);
