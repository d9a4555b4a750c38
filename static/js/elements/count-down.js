// Seconds until something happens; without scripts the time of day stands here.
class CountDown extends HTMLElement {
  connectedCallback() {
    this.until = Date.parse(this.dataset.until);
    this.#tick();
    this.timer = setInterval(() => this.#tick(), 500);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  #tick() {
    const left = Math.ceil((this.until - Date.now()) / 1000);
    const words = left > 0 ? this.dataset.words.replace("{seconds}", left) : this.dataset.over;
    if (this.textContent !== words) this.textContent = words;
  }
}
customElements.define("count-down", CountDown);
