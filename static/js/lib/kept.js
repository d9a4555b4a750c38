// Words kept on this device until the server has them, with their formatting.

const name = (user, ticket, mode) => `draft:${user}:${ticket}:${mode}`;

/** Keep `words` ({ text, html }); a full or forbidden store is no reason to stop writing. */
export function keep(store, { user, ticket, mode }, words) {
  try {
    store.setItem(name(user, ticket, mode), JSON.stringify(words));
  } catch {
    // The text is still in the field.
  }
}

export function forget(store, { user, ticket, mode }) {
  try {
    store.removeItem(name(user, ticket, mode));
  } catch {
    // Nothing was kept then.
  }
}

/** The kept words if they say something that `shown` does not; null otherwise. */
export function found(store, { user, ticket, mode }, shown) {
  try {
    const kept = read(store.getItem(name(user, ticket, mode)));
    const says = kept && (kept.text.trim() !== "" || kept.html !== "");
    return says && (kept.text !== shown.text || kept.html !== shown.html) ? kept : null;
  } catch {
    return null;
  }
}

/** Whether an event of the store is about this place: another window of this device writes there too. */
export function isAbout({ key }, { user, ticket, mode }) {
  return key === name(user, ticket, mode);
}

function read(text) {
  if (!text) return null;
  try {
    const { text: words = "", html = "" } = JSON.parse(text);
    return { text: String(words), html: String(html) };
  } catch {
    return { text, html: "" }; // from before there was formatting
  }
}
