// The workspace's own elements; every page works without them.
import "./elements/address-field.js";
import "./elements/bell-sound.js";
import "./elements/command-palette.js";
import "./elements/count-down.js";
import "./elements/desk-keys.js";
import "./elements/emoji-picker.js";
import "./elements/live-hints.js";
import "./elements/live-search.js";
import "./elements/mail-frame.js";
import "./elements/rich-text.js";
import "./elements/message-composer.js";
import "./elements/kept-text.js";
import "./elements/mention-list.js";
import "./elements/news-line.js";
import "./elements/open-ticket.js";
import "./elements/row-presence.js";
import "./elements/row-selection.js";
import "./elements/search-box.js";
import "./elements/search-hits.js";
import "./elements/ticket-list.js";
import "./elements/toast-stack.js";
import "./elements/work-board.js";
import "./elements/work-timer.js";
import "./elements/list-memory.js"; // last: it brings back what the others show

// What helps one write comes when somebody begins to: the first page does not wait for it.
const begin = ({ target }) => {
  if (!target.closest?.(".composer")) return;
  document.removeEventListener("focusin", begin);
  const helpers = [import("./elements/canned-list.js"), import("./elements/phrase-guide.js")];
  Promise.all(helpers).catch(() => document.addEventListener("focusin", begin)); // no connection: at the next try
};
document.addEventListener("focusin", begin);

// So do the parts that put something into the reply from beside it: with what holds them.
const beside = () => document.querySelector("put-words") && import("./elements/put-words.js").catch(() => {});
document.addEventListener("htmx:after:swap", beside);

// What was refused comes back with its first wrong field focused.
const mend = (place) => place?.querySelector("main [aria-invalid=true], form [aria-invalid=true]")?.focus();
if (document.activeElement === document.body) mend(document);
document.addEventListener("htmx:after:swap", ({ detail }) => detail.ctx?.response?.status === 422 && mend(detail.ctx.target?.parentElement));

// The gallery of files comes with the first click on one.
const show = (event) => {
  const link = event.target.closest?.("a.file[data-preview]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  document.removeEventListener("click", show);
  event.preventDefault();
  import("./elements/file-gallery.js").then(() => link.click()).catch(() => location.assign(link.href));
};
document.addEventListener("click", show);

// What few pages hold comes with them.
if (document.querySelector("pdf-pages")) import("./elements/pdf-pages.js");
if (document.querySelector("push-device")) import("./elements/push-device.js");

const manifest = document.querySelector("link[rel=manifest]");
if (isSecureContext && manifest) navigator.serviceWorker?.register(manifest.dataset.worker).catch(() => {});

const told = document.querySelector("live-hints")?.dataset;
if (told && window.Notification?.permission === "granted") {
  const token = JSON.parse(document.body.getAttribute("hx-headers:inherited"))["X-CSRFToken"];
  import("./lib/push.js").then(({ renew }) => renew(told, token)).catch(() => {}); // no connection: at the next page
}
