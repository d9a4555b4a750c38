// Which command a key means. Letters count by what they type in Latin and by where they lie otherwise.

const SEQUENCES = { i: "go-open", m: "go-mine", n: "press-next", d: "press-drafts" };
const SHIFTED = "r"; // letters that mean something else with shift
const PLAIN = { j: "next", k: "previous", x: "select", o: "open", Enter: "open", "?": "help", Escape: "back" };

/** Whether keys belong to the element, because somebody types or chooses there. */
export function isField({ tagName = "", type = "", isContentEditable = false } = {}) {
  if (isContentEditable || tagName === "TEXTAREA" || tagName === "SELECT") return true;
  return tagName === "INPUT" && !["radio", "checkbox", "button", "submit", "file"].includes(type);
}

/** The letter a key stands for: on a Russian keyboard the key of r still means r. */
export function letter({ key = "", code = "" }) {
  if (key.length !== 1) return key;
  if (/^[a-z?/]$/i.test(key)) return key.toLowerCase();
  return code.startsWith("Key") ? code.slice(3).toLowerCase() : key;
}

/** The command for a key press, given the letter pressed before ("g" begins a sequence); "" for none. */
export function command(event, before = "") {
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  const pressed = letter(event);
  if (before === "g") return SEQUENCES[pressed] ?? "";
  if (event.shiftKey && SHIFTED.includes(pressed)) return `press-${pressed.toUpperCase()}`;
  return PLAIN[pressed] ?? (/^[a-z/]$/.test(pressed) ? `press-${pressed}` : "");
}
