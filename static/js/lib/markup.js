// Formatted words: which elements may stand in them, and what they say in plain text. The server has the last word.

const ALLOWED = "p div br b strong i em u s a ul ol li blockquote pre code img h2 h3 table thead tbody tr th td hr".toUpperCase().split(" ");
const BLOCKS = "P DIV UL OL LI BLOCKQUOTE PRE H1 H2 H3 H4 H5 H6 TABLE TR SECTION ARTICLE HEADER FOOTER".split(" ");
const SILENT = "SCRIPT STYLE TITLE TEMPLATE NOSCRIPT SVG MATH IFRAME OBJECT HEAD".split(" ");
const SCHEME = /^(?:(?:https?|mailto|tel):|\/help\/)/i;
const ATTRIBUTES = /\s(?:style|on[a-z]+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi;
const OWN_PICTURE = /^\/(?:attachments\/\d+|help\/pictures\/[\w-]+)\//;

/** What may stay of pasted or kept HTML, as nodes of `document`: no scripts, no styles, nothing that loads. */
export function cleaned(html, document = globalThis.document) {
  // The policy of this page holds for what is parsed too: styles and handlers would be reported, so they go first.
  const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(ATTRIBUTES, "");
  const parsed = new DOMParser().parseFromString(bare, "text/html");
  const kept = document.createDocumentFragment();
  for (const node of parsed.body.childNodes) take(node, kept, document);
  return kept;
}

function take(node, into, document) {
  if (node.nodeType === Node.TEXT_NODE) return into.append(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE || SILENT.includes(node.nodeName)) return;
  const made = copy(node, document);
  if (made) into.append(made);
  for (const child of node.childNodes) take(child, made ?? into, document);
  if (!made && BLOCKS.includes(node.nodeName)) into.append(document.createElement("br"));
}

function copy(node, document) {
  const source = node.getAttribute("src") ?? "";
  const href = node.getAttribute("href") ?? "";
  if (!ALLOWED.includes(node.nodeName)) return null;
  if (node.nodeName === "IMG" && !OWN_PICTURE.test(source)) return null;
  if (node.nodeName === "A" && !SCHEME.test(href)) return null;
  const made = document.createElement(node.nodeName);
  if (href) made.setAttribute("href", href);
  if (source) made.setAttribute("src", source);
  if (node.getAttribute("alt")) made.setAttribute("alt", node.getAttribute("alt"));
  return made;
}

/** Whether there is anything but lines of text. */
export function isFormatted(root) {
  return root.querySelector("b,strong,i,em,u,s,a,ul,ol,blockquote,pre,code,img,h2,h3,table") !== null;
}

/** The same in plain text, line by line. */
export function plain(root) {
  let text = "";
  const apart = () => (text += text && !text.endsWith("\n") ? "\n" : "");
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) text += node.data.replaceAll("\u00a0", " ");
    else if (node.nodeName === "BR") text += "\n";
    else {
      const block = BLOCKS.includes(node.nodeName);
      if (block) apart();
      if (node.nodeName === "LI") text += "• ";
      node.childNodes.forEach(walk);
      if (block) apart();
    }
  };
  root.childNodes.forEach(walk);
  return text.replace(/\n$/, "");
}

/** Lines of plain text as nodes. */
export function lines(text, document = globalThis.document) {
  return text.split("\n").map((line) => {
    const made = document.createElement("div");
    made.append(line || document.createElement("br"));
    return made;
  });
}
