// The phrase guide without a page: which words of a text are marked, and what it still lacks.

/** As the text is looked through: as long as it was, so that places stay right. */
export function plain(text) {
  const low = text.toLowerCase();
  return (low.length === text.length ? low : text).replaceAll("ё", "е").replaceAll("’", "'");
}

/** What scans a text for all phrases of a pack at once. */
export function compiled({ pattern, pairs }) {
  return { scan: pattern ? new RegExp(pattern, "gu") : null, pairs };
}

/** The phrases in a text: where, which words, and what would be better; those that are spared left out. */
export function found(text, { scan, pairs }, spared = new Set()) {
  if (!scan) return [];
  const hits = [];
  for (const hit of plain(text).matchAll(scan)) {
    const words = text.slice(hit.index, hit.index + hit[0].length);
    const group = hit.findIndex((each, place) => place && each !== undefined);
    if (!spared.has(hit[0])) hits.push({ start: hit.index, end: hit.index + hit[0].length, words, key: hit[0], ...pairs[group - 1] });
  }
  return hits;
}

/** What a reply still lacks: `greeting`, `ending`, and the questions that none of its words touch. */
export function lacking(text, { greeting, ending, questions, shortest }) {
  const said = plain(text).trim();
  if (said.length < shortest) return { greeting: false, ending: false, questions: [] };
  const lines = said.split("\n").filter((line) => line.trim());
  const words = new Set(said.match(/[\p{L}\p{N}]+/gu));
  const touched = ({ stems }) => stems.some((stem) => [...words].some((word) => word.startsWith(stem)));
  return {
    greeting: Boolean(greeting) && !new RegExp(`^(?:${greeting})`, "u").test(lines[0] ?? ""),
    ending: Boolean(ending) && !new RegExp(`(?:${ending})`, "u").test(lines.slice(-4).join("\n")),
    questions: questions.filter((each) => !touched(each)).map((each) => each.text),
  };
}

/** A name in the first line that is nearly, but not quite, as in the record: where, and how it should be. */
export function misspelt(text, names) {
  const first = /^[^\n]{0,80}/.exec(text)[0];
  for (const { 0: word, index } of first.matchAll(/\p{Lu}[\p{L}'’-]{2,}/gu)) {
    if (names.some((name) => alike(word, name))) continue;
    const meant = names.find((name) => name.length > 3 && distance(plain(word), plain(name)) <= (name.length > 5 ? 2 : 1));
    if (meant) return { start: index, end: index + word.length, words: word, key: plain(word), prefer: [meant] };
  }
  return null;
}

/** The same, or inflected: its end alone differs. */
function alike(word, name) {
  const [one, other] = [plain(word), plain(name)];
  const stem = other.slice(0, Math.max(3, other.length - 1));
  return one === other || (one.startsWith(stem) && one.length >= other.length && one.length - other.length < 4);
}

/** Letters to change, add, drop or swap (Damerau and Levenshtein, of neighbours). */
function distance(one, other) {
  const rows = [[...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= other.length; j++) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, rows[i - 2][j - 2] + 1);
      rows[i].push(least);
    }
  }
  return rows[one.length][other.length];
}

/** The better words in the case of those they replace. */
export function cased(words, better) {
  const upper = /^\p{Lu}/u.test(words);
  return upper ? better[0].toUpperCase() + better.slice(1) : better;
}
