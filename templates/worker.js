// Static files are kept, for their names change with their content; pages and answers never are.
const STORE = "desk-{{ version }}";
const SAVED = [{% for each in saved %}"{{ each|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const OFFLINE = "{{ offline|escapejs }}";
const ICON = "{{ icon|escapejs }}";
const STATIC = "{{ static|escapejs }}";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(SAVED)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith(STATIC)) return event.respondWith(kept(request));
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
});

async function kept(request) {
  const store = await caches.open(STORE);
  const found = await store.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && answer.status === 200) store.put(request, answer.clone());
  return answer;
}

// A notification: the desk sends it, the push service cannot read it (RFC 8291).
self.addEventListener("push", (event) => {
  const told = event.data?.json() ?? {};
  const shown = { body: told.body, tag: told.tag, renotify: Boolean(told.tag), timestamp: told.at, data: told.url };
  event.waitUntil(self.registration.showNotification(told.title ?? "", { ...shown, icon: ICON, badge: ICON }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(new URL(event.notification.data ?? "/", location.origin)));
});

/** To the tab that has the ticket open; what is written in other tabs is left alone. */
async function lead(address) {
  if (address.origin !== location.origin) return;
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = open.find(({ url }) => new URL(url).pathname === address.pathname);
  return there ? there.focus() : self.clients.openWindow(address);
}
