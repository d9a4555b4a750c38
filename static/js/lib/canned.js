// Canned responses: which are meant by what was typed after a /, read and put in from the server.
import { exchange } from "./editing.js";
import { score } from "./fuzzy.js";
import { cleaned } from "./markup.js";

const TYPED = /(?:^|\s)\/((?:[\p{L}\p{N}_-][\p{L}\p{M}\p{N} _-]{0,40})?)$/u;
const MOST = 60;
const FRESH = 60_000; // milliseconds
const asked = new Map();
const GOOD = 300; // letters scattered over a name mean nothing here

/** What was typed after the /, "" for nothing yet; null where no response is called. */
export function typedIn(text) {
  return TYPED.exec(text)?.[1] ?? null;
}

/** The rows that fit, the best first; as they came where nothing is typed. A whole shortcut wins. */
export function narrowed(rows, typed) {
  const rated = rows.map((row, place) => ({ row, place, rate: rate(row, typed) }));
  const fitting = rated.filter((each) => each.rate > 0);
  fitting.sort((one, other) => other.rate - one.rate || one.place - other.place);
  return fitting.slice(0, MOST).map((each) => each.row);
}

function rate({ dataset }, typed) {
  if (!typed) return 1;
  if (dataset.shortcut && dataset.shortcut.toLowerCase() === typed.toLowerCase()) return 5000;
  const best = Math.max(score(typed, dataset.shortcut ?? ""), score(typed, dataset.name));
  return best >= GOOD ? best + ("fits" in dataset ? 50 : 0) : 0;
}

/** The responses for this ticket, those that fit first; null when they cannot be had. */
export async function offered(url) {
  if (!(Date.now() - asked.get(url)?.at < FRESH)) asked.set(url, { at: Date.now(), rows: elements(`${url}?options`) });
  const rows = await asked.get(url).rows;
  if (!rows) asked.delete(url);
  return rows;
}

/** What one would say here. */
export async function read(url, option) {
  return (await elements(`${url}${option.dataset.pk}/?preview`)) ?? [];
}

async function elements(address) {
  const answer = await fetch(address, { redirect: "error" }).catch(() => null);
  return answer?.ok ? parsed(await answer.text()) : null;
}

const parsed = (text) => [...new DOMParser().parseFromString(text, "text/html").body.children];

/** Uses it: its words as they are to be put in, or an `error`. */
export async function use({ url, mode }, option, form, wordsOnly) {
  const body = new URLSearchParams({ key: crypto.randomUUID(), mode });
  if (wordsOnly) body.set("words_only", "1");
  const headers = { Accept: "application/json", "X-CSRFToken": form.csrfmiddlewaretoken.value };
  const answer = await fetch(`${url}${option.dataset.pk}/`, { method: "POST", body, headers, redirect: "error" }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  return answer?.ok && told ? told : { error: told?.error ?? "" };
}

/** Its words in place of the `count` letters typed, its files on the draft, its actions told. */
export function put(told, form, count) {
  exchange(form.querySelector("[contenteditable]"), count, told.html ? cleaned(told.html) : told.text);
  if (told.files) form.files.dispatchEvent(new Event("change", { bubbles: true }));
  if (!told.toast) return;
  const [toast] = parsed(told.toast);
  document.querySelector("#toasts").append(toast);
  htmx.process(toast);
}
