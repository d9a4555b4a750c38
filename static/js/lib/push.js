// Notifications of this browser (W3C Push API, Notifications API): its subscription, and what the desk is told of it.
import { toBytes, toText } from "./webauthn.js";

/** Whether this browser can be told at all: not without HTTPS; on an iPhone only as an app on the home screen. */
export const able = () =>
  isSecureContext && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** The subscription that stands, if there is one. */
export async function standing() {
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.pushManager.getSubscription();
}

/** A subscription for the desk with this key; the browser asks whoever sits before it. */
export async function subscribe(key) {
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  if (before && toText(before.options.applicationServerKey) !== key) await before.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: toBytes(key) });
}

/** What the desk wants to know of a subscription, into this form. */
export function told(subscription, given = new FormData()) {
  given.set("endpoint", subscription.endpoint);
  for (const name of ["p256dh", "auth"]) given.set(name, toText(subscription.getKey(name)));
  return given;
}

/** Whose notifications these are, remembered in the browser: nobody else is told here unasked. */
export const remember = (user) => localStorage.setItem("push-user", user);

/** Nothing more comes here. */
export async function forget() {
  for (const name of ["push-user", "push-mark"]) localStorage.removeItem(name);
  await (await standing())?.unsubscribe();
}

/** After one has signed in again, or the browser took another address, the desk hears of it once. */
export async function renew({ push, renewal }, token) {
  const [user] = push.split(".");
  if (!able() || localStorage.getItem("push-user") !== user) return;
  const subscription = await standing();
  const mark = `${push} ${subscription?.endpoint}`;
  const before = localStorage.getItem("push-mark");
  if (!subscription || before === mark) return;
  const body = told(subscription);
  body.set("before", before?.split(" ")[1] ?? "");
  const answer = await fetch(renewal, { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "error" });
  if (answer.ok) localStorage.setItem("push-mark", mark);
  if (answer.status === 410) await forget();
}
