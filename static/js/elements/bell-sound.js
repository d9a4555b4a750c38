// Two soft tones for a new line of the bell, once for all windows of this browser.
class BellSound extends HTMLElement {
  connectedCallback() {
    const newest = Number(this.dataset.rings);
    if (!newest || newest <= Number(localStorage.getItem("bell-rang") ?? 0)) return;
    localStorage.setItem("bell-rang", newest);
    if (navigator.userActivation?.hasBeenActive) this.#ring();
  }

  #ring() {
    const audio = new AudioContext();
    for (const [at, pitch] of [[0, 880], [0.14, 1318]]) {
      const [tone, volume, start] = [audio.createOscillator(), audio.createGain(), audio.currentTime + at];
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.12, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.35);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.4);
    }
    setTimeout(() => audio.close(), 1000);
  }
}
customElements.define("bell-sound", BellSound);
