// Keeps the page of a meetup's door on the phone, and answers with it when there is no network, or a bad one.
// What is kept is said by the script that loads this one: `self.kept` (midcycle/onsite/views/door.py).

interface Kept {
  page: string;
  version: string;
  language: string;
  parts: string[];
}

const worker = self as unknown as ServiceWorkerGlobalScope & { kept: Kept };
const kept = worker.kept;
const OURS = `door:${kept.page}:`;
const NAME = OURS + kept.version;

worker.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(forgetOld().then(() => worker.clients.claim()));
});

// The kept copy first, always: at a venue "online" often means a network that answers nothing, or a page to sign in to.
worker.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== worker.location.origin) return;
  const isPage = event.request.mode === "navigate" && url.pathname === kept.page;
  if (isPage) event.respondWith(answer(kept.page, event.request));
  else if (kept.parts.includes(url.pathname)) event.respondWith(answer(url.pathname, event.request));
});

async function keep(): Promise<void> {
  const cache = await caches.open(NAME);
  // Without cookies: the page as a stranger gets it, with nothing of whoever is signed in but their language.
  const how: RequestInit = { credentials: "omit", cache: "no-cache", headers: { "Accept-Language": kept.language } };
  const wanted = [kept.page, ...kept.parts].map((path) => new Request(path, how));
  await cache.addAll(wanted);
}

async function forgetOld(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== NAME).map((name) => caches.delete(name)));
}

async function answer(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(NAME);
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request);
}
