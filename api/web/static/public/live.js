// Keeps a page fresh: listens to the stream, and asks for the pointer now and then where it cannot.
import { morph } from "./morph.js";

const POLL_MS = 5000;
const GATHER_MS = 400;
const AGAIN_MS = 1000;
const LOOK_MS = 15000;
const SAY_MS = 20000;
const { election, documents = "" } = document.body.dataset;
const documentNames = new Set(documents.split(" "));
const base = `/v1/elections/${election}`;
const connectionLine = document.getElementById("line");
const sentences =
  document.documentElement.lang === "en"
    ? {
        lost: "The line is down. Figures may be old; trying again.",
        back: "Connected again.",
        fresh: "Figures brought up to date:",
      }
    : {
        lost: "回線が切れています。数字が古いおそれがあります。つなぎ直しています。",
        back: "つながりました。",
        fresh: "数字を更新しました：",
      };

const news = document.getElementById("news");
let isLost = false;
let saidAt = -SAY_MS;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let awaited = 0;

const shown = () => /** @type {HTMLElement} */ (document.getElementById("live"));
const position = () => Number(shown().dataset.position);

/** Read the page again, past the browser's own cache; never go back to what one behind us holds. */
async function refresh() {
  const answer = await fetch(location.href, { cache: "no-cache", headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("live");
  if (!fresh || Number(fresh.dataset.position) < position()) return;
  // A banner may come and go while no figure changes: figures late, signing stopped.
  for (const id of ["notices", "freshness"]) {
    const [here, next] = [document.getElementById(id), page.getElementById(id)];
    if (here && next) morph(here, next);
  }
  if (Number(fresh.dataset.position) === position()) return;
  morph(shown(), fresh);
  announce();
  document.dispatchEvent(new CustomEvent("kaihyo:fresh"));
}

/** Tell those who hear the page, now and then: a burst of reports must not talk without end. */
function announce() {
  const now = performance.now();
  if (!news || now - saidAt < SAY_MS) return;
  saidAt = now;
  news.textContent = `${sentences.fresh} ${document.querySelector("#freshness time")?.textContent ?? ""}`;
}

function refreshSoon(ms = GATHER_MS) {
  if (timer) return;
  timer = setTimeout(() => {
    timer = undefined;
    refresh().then(
      () => {
        showConnection(false);
        // A cache in front of the server may be seconds behind the stream: ask until it is not.
        if (position() < awaited) refreshSoon(AGAIN_MS);
      },
      () => showConnection(true),
    );
  }, ms);
}

/** @param {boolean} lost */
function showConnection(lost) {
  if (lost === isLost || !connectionLine) return;
  isLost = lost;
  connectionLine.textContent = lost ? sentences.lost : sentences.back;
}

async function poll() {
  const pointer = documents.startsWith("districts/") ? "districts-head.json" : "head.json";
  const answer = await fetch(`${base}/${pointer}`, { cache: "no-cache" });
  if (!answer.ok) throw new Error(String(answer.status));
  const head = await answer.json();
  const latest = Math.max(...[...documentNames].map((name) => head.documents[name] ?? 0));
  awaitVersion(latest);
}

function keepPolling() {
  setInterval(() => {
    if (!document.hidden)
      poll().then(
        () => showConnection(false),
        () => showConnection(true),
      );
  }, POLL_MS);
}

/** @param {number} version */
function awaitVersion(version) {
  awaited = Math.max(awaited, version);
  if (awaited > position()) refreshSoon();
}

/**
 * The latest version of what this page shows that a batch of the stream names; 0 for none.
 *
 * @param {string} data
 */
function latestRelevantVersion(data) {
  const named = Object.entries(JSON.parse(data).documents).filter(([name]) => documentNames.has(name));
  return Math.max(0, ...named.map(([, version]) => version));
}

function listen() {
  const stream = new EventSource(`${base}/stream?after=${position()}`);
  let polling = false;
  /** @param {MessageEvent} event */
  const heard = (event) => {
    showConnection(false);
    awaitVersion(latestRelevantVersion(event.data));
  };
  stream.addEventListener("changes", heard);
  stream.onopen = () => {
    document.documentElement.dataset.line = "open";
    showConnection(false);
  };
  stream.onerror = () => {
    if (stream.readyState === EventSource.CLOSED && !polling) {
      polling = true;
      keepPolling();
    }
    poll().catch(() => showConnection(true));
  };
}

setInterval(() => {
  if (!document.hidden) refresh().catch(() => showConnection(true));
}, LOOK_MS);
// A mirror is files: it has pointers and no stream.
if ("EventSource" in window && !("mirror" in document.body.dataset)) listen();
else keepPolling();
