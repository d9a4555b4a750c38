// Work is dragged from one colleague to another: the ticket is ticked, and the button of where it is dropped is
// pressed. What is done by hand goes the same way. A ticket that is not ticked is dragged alone; with a ticked one go
// all that are. Once they are given, nothing stays ticked: the next drag would take them along.
class WorkBoard extends HTMLElement {
  #held = null;

  connectedCallback() {
    for (const name of ["dragstart", "dragover", "dragleave", "drop", "dragend", "htmx:after:request"]) this.addEventListener(name, this);
  }

  handleEvent(event) {
    const card = event.target.closest?.(".card");
    if (event.type === "htmx:after:request" && event.target.closest("form")) this.#untick();
    if (event.type === "dragstart") this.#held = event.target.closest("li[draggable]");
    if (event.type === "dragover" && this.#held && card) event.preventDefault();
    if (event.type === "dragover" || event.type === "dragleave") this.#mark(event.type === "dragover" ? card : null);
    if (event.type === "drop" && this.#held && card) this.#drop(event, card);
    if (event.type === "dragend") this.#mark((this.#held = null));
  }

  #mark(card) {
    for (const each of this.querySelectorAll(".card")) each.toggleAttribute("data-over", each === card);
  }

  #untick() {
    for (const each of this.querySelectorAll("input:checked")) each.checked = false;
  }

  #drop(event, card) {
    event.preventDefault();
    const tick = this.#held.querySelector("input");
    if (!tick.checked) this.#untick();
    tick.checked = true;
    this.querySelector("form").requestSubmit(card.querySelector("button[name=assignee]"));
    this.#mark(null);
  }
}
customElements.define("work-board", WorkBoard);
