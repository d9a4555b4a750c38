// Which rows are chosen, by their numbers. Pure: no page.

/** What lies between two of `values`, both included; nothing when one of them is not there. */
export function range(values, from, to) {
  const [first, last] = [values.indexOf(from), values.indexOf(to)].sort((one, other) => one - other);
  return first < 0 ? [] : values.slice(first, last + 1);
}

/** Whether keys mean "choose all": Ctrl+A, or Cmd+A on a Mac. */
export const isAll = ({ key, ctrlKey, metaKey, shiftKey, altKey }) =>
  key?.toLowerCase() === "a" && (ctrlKey || metaKey) && !shiftKey && !altKey;
