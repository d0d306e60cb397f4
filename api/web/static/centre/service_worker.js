// Keeps the counting centre's page at hand when the connection is down. Data and postings never pass
// through here: drafts, postings and receipts are kept by the page itself.
const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const CACHE_PREFIX = `centre ${ABOUT.page} `;
const CACHE = CACHE_PREFIX + ABOUT.edition;
const PAGE = ABOUT.page;

scope.addEventListener("install", (event) => {
  event.waitUntil(cacheFiles().then(() => scope.skipWaiting()));
});

async function cacheFiles() {
  const files = await (await fetch("/centre/data/files.json")).json();
  const cache = await caches.open(CACHE);
  // Files carry their edition in the address: what the page has read already is not fetched twice.
  await cache.addAll([new Request(PAGE, { cache: "reload" }), ...files]);
}

scope.addEventListener("activate", (event) => {
  event.waitUntil(deleteOldCaches().then(() => scope.clients.claim()));
});

async function deleteOldCaches() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  );
}

scope.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const { pathname } = new URL(event.request.url);
  if (pathname === PAGE) event.respondWith(answerPage(event.request));
  else if (pathname.startsWith("/static/")) event.respondWith(answerFile(event.request));
});

// The page: from the connection while there is one, so that a new edition is noticed. Where the server is
// gone, what stands before it answers: with that page nobody could go on.
/** @param {Request} request */
async function answerPage(request) {
  const answer = await fetch(request).catch(() => Response.error());
  if (answer.ok) (await caches.open(CACHE)).put(PAGE, answer.clone());
  const isGone = answer.type === "error" || answer.status >= 500;
  return (isGone && (await caches.match(PAGE))) || answer;
}

// Files carry their edition in the address and never change.
/** @param {Request} request */
async function answerFile(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}
