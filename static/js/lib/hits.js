// Where words stand in the text of a page, as ranges to be highlighted; nothing on the page is changed.

/** What finds these forms as whole words, whatever their capitals; null for none. */
export function pattern(forms) {
  const escaped = forms.filter(Boolean).map((form) => form.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
  if (!escaped.length) return null;
  escaped.sort((one, other) => other.length - one.length);
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

/** [start, end] of each hit in `text`. */
export function places(text, found) {
  return found ? [...text.matchAll(found)].map((hit) => [hit.index, hit.index + hit[0].length]) : [];
}

/** The ranges of all hits below `root`. */
export function ranges(root, found) {
  const all = [];
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    for (const [start, end] of places(walker.currentNode.data, found)) {
      const range = root.ownerDocument.createRange();
      range.setStart(walker.currentNode, start);
      range.setEnd(walker.currentNode, end);
      all.push(range);
    }
  }
  return all;
}
