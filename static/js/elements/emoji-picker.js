// Emoji to put where one writes: drawn when first opened, walked with the arrow keys. Readers know their names.
const ROWS = [
  "🙂😊😀😄😁😅😂🤣😉😍",
  "🥰😘😎🤩🤔🤗🙃😌😴🤒",
  "😕🙁😟😢😭😤😱😳🥺😬",
  "👍👎👌👏🙌🙏🤝💪✌️👋",
  "❤️💛💚💙💜🎉🎁🎂✨⭐",
  "✅❌❗❓⚠️ℹ️⏰📅📌📎",
  "📦🚚🏠📞📧💬📝🔑🔒🔧",
  "☀️🌧️❄️🌿🌸🍀☕🍰🎄🚀",
];
const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 10, ArrowUp: -10, Home: -Infinity, End: Infinity };

class EmojiPicker extends HTMLElement {
  connectedCallback() {
    this.addEventListener("beforetoggle", ({ newState }) => newState === "open" && this.#draw());
    this.addEventListener("toggle", ({ newState }) => newState === "open" && this.firstElementChild.focus());
    this.addEventListener("keydown", (event) => this.#pressed(event));
  }

  #draw() {
    if (this.firstChild) return;
    const signs = [...new Intl.Segmenter().segment(ROWS.join(""))].map(({ segment }) => segment);
    for (const [place, sign] of signs.entries()) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: sign });
      button.tabIndex = place ? -1 : 0;
      button.dataset.insert = sign;
      this.append(button);
    }
  }

  #pressed(event) {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...this.children];
    const at = all.indexOf(document.activeElement);
    const place = Math.min(Math.max(at + step, 0), all.length - 1);
    const next = Math.abs(step) === 10 && (at + step < 0 || at + step >= all.length) ? all[at] : all[place];
    all[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}
customElements.define("emoji-picker", EmojiPicker);
