// How well a name fits what somebody typed: letters in their order, better at the beginnings of words and in a row.

const plain = (text) => text.toLowerCase().replaceAll("ё", "е").normalize("NFD").replace(/\p{M}/gu, "");

/** A score above 0, the higher the better; 0 when the letters are not all there. An empty query fits all alike. */
export function score(query, name) {
  const [wanted, text] = [plain(query).trim(), plain(name)];
  if (!wanted) return 1;
  const whole = text.indexOf(wanted);
  if (whole === 0) return 1000 - text.length / 100;
  if (whole > 0) return (/[\s:·(]/.test(text[whole - 1]) ? 800 : 500) - whole / 10 - text.length / 100;
  return words(wanted, text) || scattered(wanted.replace(/\s+/g, ""), text);
}

/** Every word begins some word of the name. */
function words(wanted, text) {
  const parts = wanted.split(/\s+/);
  const names = text.split(/[\s:·()]+/);
  return parts.length > 1 && parts.every((part) => names.some((each) => each.startsWith(part))) ? 400 : 0;
}

/** The letters one after another, few apart. */
function scattered(wanted, text) {
  let at = -1;
  let gaps = 0;
  for (const letter of wanted) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return 0;
    const starts = next === 0 || /[\s:·(]/.test(text[next - 1]);
    if (at >= 0 && next > at + 1 && !starts) gaps += next - at - 1;
    at = next;
  }
  return gaps > wanted.length ? 0 : 200 - gaps * 10;
}
