// The page's socket. A hint names what changed; the parts of the page that show it fetch themselves anew.
import { backOff, paced } from "../lib/pace.js";

class LiveHints extends HTMLElement {
  #socket = null;
  #tries = 0;
  #timer = 0;
  #stopped = false;
  #refreshTicket = paced(() => (this.#tell("desk:ticket", "#stream"), this.#subscribe()));
  #refreshHere = paced(() => this.#tell("desk:here"));
  #refreshList = paced(() => this.#tell("desk:changed"));

  connectedCallback() {
    this.#connect();
    for (const name of ["online", "pagehide", "pageshow"]) addEventListener(name, this);
    for (const name of ["desk:shown", "desk:say"]) document.addEventListener(name, this);
  }

  handleEvent(event) {
    if (event.type === "online") this.#again(0);
    if (event.type === "pagehide") this.#socket?.close();
    if (event.type === "pageshow" && event.persisted) this.#again(0);
    if (event.type === "desk:shown") this.#subscribe();
    if (event.type === "desk:say") this.#say(event.detail);
  }

  #connect() {
    const address = new URL(this.dataset.url, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    this.#socket = new WebSocket(address);
    this.#socket.onopen = () => this.#opened();
    this.#socket.onmessage = ({ data }) => this.#heard(JSON.parse(data));
    this.#socket.onclose = ({ code }) => this.#closed(code);
  }

  #opened() {
    const missed = this.#tries > 0;
    this.#tries = 0;
    this.replaceChildren();
    this.#subscribe();
    if (missed) this.#heard({ name: "" });
  }

  #closed(code) {
    if (code === 4403) this.#stopped = true;
    if (this.#tries > 1 && !this.firstChild && !this.#stopped) {
      const notice = Object.assign(document.createElement("p"), { className: "notice offline", role: "status" });
      notice.dataset.tone = "warn";
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
    for (const { dataset } of document.querySelectorAll("open-ticket")) this.#say({ ticket: `ticket-${dataset.pk}` });
  }

  #say(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #heard({ name, spread }) {
    if (name === "here") return this.#refreshHere(spread);
    if (name.startsWith("bell-")) return this.#tell("desk:bell", "#bell-button");
    if (name === "" || name.startsWith("ticket-")) this.#refreshTicket(spread);
    if (!name.startsWith("ticket-")) this.#refreshList(spread);
  }

  #tell(event, where = "body") {
    document.querySelector(where)?.dispatchEvent(new CustomEvent(event, { bubbles: true }));
  }
}
customElements.define("live-hints", LiveHints);
