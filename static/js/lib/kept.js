// Text kept on this device until the server has it.

const name = (user, ticket, mode) => `draft:${user}:${ticket}:${mode}`;

/** Keep `text`; a full or forbidden store is no reason to stop writing. */
export function keep(store, { user, ticket, mode }, text) {
  try {
    store.setItem(name(user, ticket, mode), text);
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

/** The kept text if it says something that `shown` does not; null otherwise. */
export function found(store, { user, ticket, mode }, shown) {
  try {
    const text = store.getItem(name(user, ticket, mode));
    return text !== null && text.trim() !== "" && text !== shown ? text : null;
  } catch {
    return null;
  }
}
