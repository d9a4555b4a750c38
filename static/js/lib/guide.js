// What the phrase guide shows and does, apart from when: chips, choices, words in place of others.
import { cased, compiled, found, lacking, misspelt } from "./phrases.js";
import { range } from "./places.js";

const MOST_CHIPS = 5;
const LEFT_OUT = "–";

/** What it needs: the facts of the ticket, and the phrases of its customer's language. */
export async function load({ facts, pack }) {
  const get = async (address) => (await fetch(address, { redirect: "error" })).json();
  const known = await get(facts);
  const language = known.language || document.documentElement.lang.slice(0, 2);
  return { ...known, guide: compiled(await get(pack.replace("xx", language))) };
}

/** The words to mark in this text, a misspelt name before all else; and what the text lacks. */
export function looked(text, facts, left, why) {
  const spared = new Set([...facts.spared, ...left]);
  const hits = found(text, facts.guide, spared);
  const name = misspelt(text, facts.name);
  if (name && !spared.has(name.key)) hits.unshift({ ...name, why });
  return { hits, lacks: lacking(text, facts) };
}

/** Marks them in the editor, which knows nothing of it. */
export function mark(read, hits) {
  if (!globalThis.Highlight) return;
  CSS.highlights.set("phrase", new Highlight(...hits.map((hit) => range(read, hit.start, hit.end))));
}

/** A button for each of the marked words, and what the text lacks in words. */
export function chips(hits, { greeting, ending, questions }, template, words) {
  const lacks = [greeting && words.greeting, ending && words.ending, ...questions.map((each) => `${words.question} ${each}`)];
  const marked = hits.slice(0, MOST_CHIPS).map((hit, place) => {
    const chip = template.content.firstElementChild.cloneNode(true);
    chip.querySelector("span").textContent = hit.words;
    chip.dataset.hit = place;
    return chip;
  });
  return [...marked, ...lacks.filter(Boolean).map((text) => made("span", "hint", text))];
}

/** The menu says why, and offers what is better. */
export function offer(menu, hit, leftOut) {
  menu.querySelector("[data-words]").textContent = hit.words;
  menu.querySelector("[data-why]").textContent = hit.why;
  const better = hit.prefer.map((words) => {
    const button = made("button", "menu-item", words === LEFT_OUT ? leftOut : words);
    Object.assign(button, { type: "button" }).dataset.better = words;
    return button;
  });
  menu.querySelector("[data-better]").replaceChildren(...better);
}

/** Puts the better words in place of the marked ones; it can be undone with Ctrl Z. */
export function replace(page, read, hit, better) {
  const words = better === LEFT_OUT ? "" : cased(hit.words, better);
  page.focus();
  getSelection().removeAllRanges();
  getSelection().addRange(range(read, hit.start, hit.end));
  document.execCommand(words ? "insertText" : "delete", false, words);
}

/** These words are not marked for this colleague any more. */
export function spare(address, form, words) {
  const headers = { Accept: "application/json", "X-CSRFToken": form.csrfmiddlewaretoken.value };
  fetch(address, { method: "POST", body: new URLSearchParams({ words }), headers }).catch(() => {});
}

const made = (name, className, textContent) => Object.assign(document.createElement(name), { className, textContent });
