// What of one's own replies a page knows: those it sent or has shown. Others came from another tab or device.

const MOST = 60;

/** The replies that a stream names, "id:key" each, parted by spaces; the id is 0 while one waits for its time. */
export function ownIn(words = "") {
  const pairs = words.split(" ").filter(Boolean);
  return pairs.map((pair) => pair.split(":")).map(([id, key]) => ({ id: Number(id), key }));
}

export const keysOf = (words = "") => words.split(" ").filter(Boolean);

/** Whether one of these is neither known by its key nor as old as the newest message seen. */
export function isNews(own, seen, known) {
  return own.some(({ id, key }) => !known.includes(key) && (!id || id > seen));
}

/** The known keys with those of `own`, as a form sends them; of very many the last. */
export function join(known, own) {
  return [...new Set([...known, ...own.map(({ key }) => key)])].slice(-MOST).join(" ");
}

/** A new key for a form; what went out under the old one is no news to it. */
export function renew({ key, own }) {
  if (own) own.value = join(keysOf(own.value), [{ key: key.value }]);
  key.value = crypto.randomUUID();
}
