// The page's socket. A hint names what changed; the parts of the page that show it fetch themselves anew.
import { backOff, paced } from "../lib/pace.js";

class LiveHints extends HTMLElement {
  #socket = null;
  #tries = 0;
  #timer = 0;
  #stopped = false;
  #refreshTicket = paced(() => this.#tell("desk:ticket", "#stream"));
  #refreshList = paced(() => this.#tell("desk:changed"));

  connectedCallback() {
    this.#connect();
    addEventListener("online", this);
    addEventListener("pagehide", this);
    addEventListener("pageshow", this);
    document.addEventListener("desk:shown", this);
  }

  handleEvent(event) {
    if (event.type === "online") this.#again(0);
    if (event.type === "pagehide") this.#socket?.close();
    if (event.type === "pageshow" && event.persisted) this.#again(0);
    if (event.type === "desk:shown") this.#subscribe();
  }

  #connect() {
    const address = new URL(this.dataset.url, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    this.#socket = new WebSocket(address);
    this.#socket.onopen = () => this.#opened();
    this.#socket.onmessage = ({ data }) => this.#heard(JSON.parse(data).name);
    this.#socket.onclose = ({ code }) => this.#closed(code);
  }

  #opened() {
    const missed = this.#tries > 0;
    this.#tries = 0;
    this.replaceChildren();
    this.#subscribe();
    if (missed) this.#heard("");
  }

  #closed(code) {
    if (code === 4403) this.#stopped = true;
    if (this.#tries > 1 && !this.firstChild && !this.#stopped) {
      const notice = document.createElement("p");
      notice.className = "notice offline";
      notice.dataset.tone = "warn";
      notice.setAttribute("role", "status");
      notice.textContent = this.dataset.away;
      this.append(notice);
    }
    this.#again(backOff({ tries: this.#tries++, chance: Math.random() }));
  }

  #again(wait) {
    clearTimeout(this.#timer);
    if (this.#stopped || this.#socket?.readyState === WebSocket.OPEN) return;
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  #subscribe() {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    for (const ticket of document.querySelectorAll("open-ticket"))
      this.#socket.send(JSON.stringify({ ticket: `ticket-${ticket.dataset.pk}` }));
  }

  #heard(name) {
    if (name === "" || name.startsWith("ticket-")) this.#refreshTicket();
    if (!name.startsWith("ticket-")) this.#refreshList();
  }

  #tell(event, where) {
    const target = where ? document.querySelector(where) : document.body;
    target?.dispatchEvent(new CustomEvent(event, { bubbles: true }));
  }
}
customElements.define("live-hints", LiveHints);
