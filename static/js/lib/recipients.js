// Addresses as people type them into a field. The server reads them again and has the last word.

const PIECE = /(?:"(?:\\.|[^"\\])*"|<[^<>]*>|[^,;\n"<])+|["<][^,;\n]*/g;
const NAMED = /^\s*("(?:\\.|[^"\\])*"|[^<>"]*?)\s*<\s*([^<>]*?)\s*>\s*$/;

/** What stands between commas, semicolons and line ends; those in quotes are left alone. */
export function pieces(text) {
  return (text.match(PIECE) ?? []).map((piece) => piece.trim()).filter(Boolean);
}

/** The bare address of a piece. */
export function address(piece = "") {
  return (NAMED.exec(piece)?.[2] ?? piece).trim();
}

/** Whether a piece looks like an address, with or without a name. */
export function isAddress(piece) {
  return /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]{2,}$/.test(address(piece));
}

/** What a chip shows: the name if there is one, else the address. */
export function shown(piece) {
  const name = (NAMED.exec(piece)?.[1] ?? "").replace(/^"|"$/g, "").replace(/\\(.)/g, "$1").trim();
  return name || address(piece);
}

/** The pieces with those of `typed` behind them, nobody twice. */
export function joined(known, typed) {
  const all = [...known, ...pieces(typed)];
  const places = all.map((piece) => address(piece).toLowerCase());
  return all.filter((_piece, place) => places.indexOf(places[place]) === place);
}
