// The text of an editor as one string, and the way back from a place in it to the page.

const BLOCKS = "div,p,li,blockquote,pre";

/** The words of the editor with a line break between its blocks; quotations are not read. */
export function read(page) {
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const pieces = [];
  let text = "";
  let block = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeName === "BR" && !text.endsWith("\n")) text += "\n";
    if (node.nodeType !== Node.TEXT_NODE || node.parentElement.closest("blockquote")) continue;
    const own = node.parentElement.closest(BLOCKS);
    if (block && own !== block && !text.endsWith("\n")) text += "\n";
    block = own;
    pieces.push({ node, start: text.length });
    text += node.data.replaceAll("\u00a0", " ");
  }
  return { text, pieces };
}

/** The part of the page between two places of that text. */
export function range({ pieces }, start, end) {
  const made = document.createRange();
  const at = (place, inner) => pieces.findLast((piece) => piece.start + inner <= place) ?? pieces[0];
  const [first, last] = [at(start, 0), at(end, 1)];
  made.setStart(first.node, Math.min(start - first.start, first.node.length));
  made.setEnd(last.node, Math.min(end - last.start, last.node.length));
  return made;
}
