// The commands of the palette: which are there, how well they fit, and what they do.
import { score } from "./fuzzy.js";

/** The control of the page that this key presses, if it is there. */
export const control = (key) =>
  [...document.querySelectorAll(`[data-key="${key}"]`)].findLast((each) => each.checkVisibility());

/** Numbers of the tickets that are meant: those chosen in the list, else the one that is open. */
export function targets(page) {
  const chosen = [...page.querySelectorAll(".row-check :checked")].map((box) => box.value);
  const open = page.querySelector("open-ticket")?.dataset.number;
  return chosen.length ? chosen : open ? [open] : [];
}

/** How well an option fits, 0 when it does not or its control is not on the page; shows and sorts it so. */
export function rate(option, query, numbers) {
  const { name, also = "", press, click, field } = option.dataset;
  const least = field === "merge" ? 2 : 1;
  const there = press ? control(press) : click ? document.querySelector(click) : field ? numbers.length >= least && query : true;
  const rated = there ? Math.max(score(query, name), ...also.split(" · ").map((each) => score(query, each) * 0.95)) : 0;
  option.hidden = !rated;
  option.style.order = query ? -Math.round(rated) : 0;
  return rated;
}

/** Follow, press, or change the tickets with these numbers by the palette's own form. */
export function run(option, { form, numbers, aside }) {
  const { press, click, field, value, here } = option.dataset;
  if (here && numbers.length === 1) return readFirst(here.replace("/0/", `/${numbers[0]}/`), field, aside);
  if (option.href) return aside ? window.open(option.href) : location.assign(option.href);
  if (click) return document.querySelector(click)?.click();
  if (!field) {
    const pressed = control(press);
    return pressed?.matches("input:not([type=radio])") ? pressed.focus() : pressed?.click();
  }
  const given = [["key", crypto.randomUUID?.() ?? ""], [field, value], ["place", document.querySelector("#bulk [name=place]")?.value ?? ""], ...numbers.map((number) => ["number", number])];
  form.querySelector("[data-given]").replaceChildren(
    ...given.map(([name, text]) => Object.assign(document.createElement("input"), { type: "hidden", name, value: text })),
  );
  // What is read first is a page of its own: no part of this one stands for it.
  field === "macro" || field === "merge" ? form.submit() : form.requestSubmit();
}

/** What would be done to the open ticket: in the menu of macros where there is one, else on a page of its own. */
function readFirst(address, field, aside) {
  const isOpen = document.querySelector("open-ticket")?.dataset.number === address.split("/")[2];
  const menu = isOpen && field === "macro" && document.querySelector("#macro-menu[popover]");
  if (aside) return window.open(address);
  if (!menu) return location.assign(address);
  menu.showPopover();
  return htmx.ajax("GET", address, { target: menu, swap: "innerHTML" });
}

/** Whether keys mean the palette: Ctrl+K, or Cmd+K on a Mac, on whatever keyboard. */
export const isPalette = ({ code, key, ctrlKey, metaKey, shiftKey, altKey }) =>
  (ctrlKey || metaKey) && !shiftKey && !altKey && (code === "KeyK" || key?.toLowerCase() === "k");
