// Keeps the counting centre's page at hand when the connection is down. Data and postings never pass
// through here: drafts, postings and receipts are kept by the page itself.
const OURS = `centre ${ABOUT.page} `;
const CACHE = OURS + ABOUT.edition;
const PAGE = ABOUT.page;

self.addEventListener("install", (event) => {
  event.waitUntil(takeAll().then(() => self.skipWaiting()));
});

async function takeAll() {
  const files = await (await fetch("/centre/data/files.json")).json();
  const cache = await caches.open(CACHE);
  // Files carry their edition in the address: what the page has read already is not fetched twice.
  await cache.addAll([new Request(PAGE, { cache: "reload" }), ...files]);
}

self.addEventListener("activate", (event) => {
  event.waitUntil(letGo().then(() => self.clients.claim()));
});

async function letGo() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const { pathname } = new URL(event.request.url);
  if (pathname === PAGE) event.respondWith(page(event.request));
  else if (pathname.startsWith("/static/")) event.respondWith(file(event.request));
});

// The page: from the connection while there is one, so that a new edition is noticed. Where the server is
// gone, what stands before it answers: with that page nobody could go on.
async function page(request) {
  const answer = await fetch(request).catch(() => Response.error());
  if (answer.ok) (await caches.open(CACHE)).put(PAGE, answer.clone());
  const isGone = answer.type === "error" || answer.status >= 500;
  return (isGone && (await caches.match(PAGE))) || answer;
}

// Files carry their edition in the address and never change.
async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}
