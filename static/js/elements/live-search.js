// Results as one types: rows and what stands above them come anew, the field is left alone.
const PAUSE = 200; // milliseconds without a key

class LiveSearch extends HTMLElement {
  connectedCallback() {
    this.field = document.querySelector("#search-field");
    this.list = this.closest(".list").querySelector("ticket-list");
    this.onInput = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#ask(), PAUSE);
    };
    this.field.addEventListener("input", this.onInput);
    this.field.form.addEventListener("submit", () => clearTimeout(this.timer));
    const end = this.field.value.length;
    if (this.field.matches(":focus")) this.field.setSelectionRange(end, end);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  #ask() {
    const place = new URLSearchParams(this.list.dataset.place);
    if ((place.get("q") ?? "") === this.field.value.trim()) return;
    place.set("q", this.field.value.trim());
    const rows = this.list.querySelector("#rows");
    const address = `${this.dataset.list}?${place}`;
    this.list.dataset.place = `${place}`;
    rows.setAttribute("hx-get", address);
    history.replaceState(history.state, "", address);
    this.list.scrollTop = 0;
    htmx.ajax("GET", `${address}&live=1`, { source: rows, target: "#rows", swap: "innerHTML" });
  }
}
customElements.define("live-search", LiveSearch);
