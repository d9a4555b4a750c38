// A gentle timer beside the minutes of a form: it goes on over pages, and what it says can be changed.
class WorkTimer extends HTMLElement {
  connectedCallback() {
    this.place = `timer-${this.dataset.key}`;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "button quiet small";
    this.button.addEventListener("click", () => (this.#since() ? this.#stop() : this.#start()));
    this.replaceChildren(this.button);
    this.timer = setInterval(() => this.#show(), 1000);
    this.#show();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  #since() {
    return Number(localStorage.getItem(this.place)) || 0;
  }

  #start() {
    localStorage.setItem(this.place, String(Date.now()));
    this.#show();
  }

  #stop() {
    const worked = Math.max(1, Math.round((Date.now() - this.#since()) / 60000));
    const minutes = this.closest("form").minutes;
    minutes.value = String((Number(minutes.value) || 0) + worked);
    localStorage.removeItem(this.place);
    minutes.focus();
    this.#show();
  }

  #show() {
    const since = this.#since();
    const seconds = Math.floor((Date.now() - since) / 1000);
    const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const words = since ? `${this.dataset.stop} ${clock}` : this.dataset.start;
    if (this.button.textContent !== words) this.button.textContent = words;
  }
}
customElements.define("work-timer", WorkTimer);
