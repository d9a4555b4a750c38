// What the buttons and keys of formatted writing do to the words one has chosen. Each can be undone with Ctrl Z.

const COMMANDS = { bold: "bold", italic: "italic", list: "insertUnorderedList", numbers: "insertOrderedList" };
const KEYS = { Digit7: "numbers", Digit8: "list", Digit9: "quote", KeyE: "code", KeyK: "link" };
const places = new WeakMap();

/** The act a key press means; bold, italic and undo are the browser's own. */
export function meant({ ctrlKey, metaKey, shiftKey, code }) {
  return (ctrlKey || metaKey) && shiftKey ? (KEYS[code] ?? "") : "";
}

/** Remembers where one writes, so that buttons and menus find the place again. */
export function remember(page) {
  const chosen = getSelection();
  if (chosen.rangeCount && page.contains(chosen.anchorNode)) places.set(page, chosen.getRangeAt(0).cloneRange());
}

/** Back to where one wrote, else to the end. */
export function focus(page) {
  const active = document.activeElement === page;
  page.focus();
  if (active) return;
  const place = places.get(page);
  const range = place && page.contains(place.startContainer) ? place : document.createRange();
  if (range !== place) range.selectNodeContents(page), range.collapse(false);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

/** Puts words or one element there, as if typed. */
export function insert(page, what) {
  focus(page);
  if (typeof what === "string") document.execCommand("insertText", false, what);
  else document.execCommand("insertHTML", false, what.outerHTML);
}

/** Replaces the `count` letters before the place by others. */
export function replace(page, count, words) {
  focus(page);
  for (let left = count; left > 0; left--) getSelection().modify("extend", "backward", "character");
  document.execCommand("insertText", false, words);
}

/** In place of the `count` letters before the place: lines of text, which can be undone, or clean nodes. */
export function exchange(page, count, what) {
  focus(page);
  for (let left = count; left > 0; left--) getSelection().modify("extend", "backward", "character");
  if (typeof what === "string") return document.execCommand("insertText", false, what);
  if (count) document.execCommand("delete");
  return stand(page, what);
}

// Not by insertHTML, which styles what it joins: the policy of the page would report that.
function stand(page, nodes) {
  const { anchorNode } = getSelection();
  const line = [...page.children].find((each) => each.contains(anchorNode));
  const last = nodes.lastChild;
  if (line) line.after(nodes);
  else page.append(nodes);
  if (line && !line.textContent.trim() && !line.querySelector("img")) line.remove();
  getSelection().selectAllChildren(last);
  getSelection().collapseToEnd();
  page.dispatchEvent(new Event("input", { bubbles: true }));
}

/** What stands before the place, within its line. */
export function before(page) {
  const { anchorNode, anchorOffset, isCollapsed } = getSelection();
  if (!isCollapsed || !page.contains(anchorNode) || anchorNode.nodeType !== Node.TEXT_NODE) return "";
  return anchorNode.data.slice(0, anchorOffset);
}

export function perform(page, act) {
  focus(page);
  if (COMMANDS[act]) document.execCommand(COMMANDS[act]);
  if (act === "heading") block(page, "h2");
  if (act === "quote") block(page, "blockquote");
  if (act === "code") code(page);
}

/** Makes the chosen words a link; without any the address itself. */
export function link(page, typed) {
  focus(page);
  const href = /^[a-z]+:/i.test(typed) ? typed : typed.includes("@") ? `mailto:${typed}` : `https://${typed}`;
  if (!getSelection().isCollapsed) return document.execCommand("createLink", false, href);
  return insert(page, Object.assign(document.createElement("a"), { href, textContent: typed }));
}

/** Makes a link of what was typed into the little field for it. */
export function linkFrom(page, field) {
  field.closest("[popover]").hidePopover();
  if (field.value.trim()) link(page, field.value.trim());
  field.value = "";
}

/** Puts clean nodes where one writes. */
export function paste(nodes) {
  const holder = document.createElement("div");
  holder.append(nodes);
  document.execCommand("insertHTML", false, holder.innerHTML);
}

function block(page, name) {
  const within = getSelection().anchorNode?.parentElement?.closest(name);
  document.execCommand("formatBlock", false, within && page.contains(within) ? "div" : name);
}

function code(page) {
  const text = getSelection().toString();
  if (!text || text.includes("\n")) return block(page, "pre");
  return insert(page, Object.assign(document.createElement("code"), { textContent: text }));
}
