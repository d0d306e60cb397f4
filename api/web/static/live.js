// Keeps a page fresh: listens to the stream, and asks for the pointer now and then where it cannot.
import { morph } from "./morph.js";

const POLL_MS = 5000;
const GATHER_MS = 400;
const LOOK_MS = 15000;
const SAY_MS = 20000;
const { election, documents } = document.body.dataset;
const wanted = new Set(documents.split(" "));
const base = `/v1/elections/${election}`;
const line = document.getElementById("line");
const words =
  document.documentElement.lang === "en"
    ? { lost: "The line is down. Figures may be old; trying again.", back: "Connected again.", fresh: "Figures brought up to date:" }
    : { lost: "回線が切れています。数字が古いおそれがあります。つなぎ直しています。", back: "つながりました。", fresh: "数字を更新しました：" };

const news = document.getElementById("news");
let isLost = false;
let saidAt = -SAY_MS;
let timer = 0;

const shown = () => document.getElementById("live");
const position = () => Number(shown().dataset.position);

/** Read the page again; never go back to what a cache behind us still holds. */
async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
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
  news.textContent = `${words.fresh} ${document.querySelector("#freshness time")?.textContent ?? ""}`;
}

function refreshSoon() {
  if (timer) return;
  timer = setTimeout(() => {
    timer = 0;
    refresh().then(() => tell(false), () => tell(true));
  }, GATHER_MS);
}

function tell(lost) {
  if (lost === isLost || !line) return;
  isLost = lost;
  line.textContent = lost ? words.lost : words.back;
}

async function poll() {
  const pointer = documents.startsWith("districts/") ? "districts-head.json" : "head.json";
  const answer = await fetch(`${base}/${pointer}`, { cache: "no-cache" });
  if (!answer.ok) throw new Error(String(answer.status));
  const head = await answer.json();
  const latest = Math.max(...[...wanted].map((name) => head.documents[name] ?? 0));
  if (latest > position()) refreshSoon();
}

function keepPolling() {
  setInterval(() => {
    if (!document.hidden) poll().then(() => tell(false), () => tell(true));
  }, POLL_MS);
}

/** Whether a batch of the stream is about this page. */
function concerns(data) {
  return Object.keys(JSON.parse(data).documents).some((name) => wanted.has(name));
}

function listen() {
  const stream = new EventSource(`${base}/stream?after=${position()}`);
  let polling = false;
  const heard = (event) => {
    tell(false);
    if (concerns(event.data)) refreshSoon();
  };
  stream.addEventListener("changes", heard);
  stream.onopen = () => tell(false);
  stream.onerror = () => {
    if (stream.readyState === EventSource.CLOSED && !polling) {
      polling = true;
      keepPolling();
    }
    poll().catch(() => tell(true));
  };
}

setInterval(() => {
  if (!document.hidden) refresh().catch(() => tell(true));
}, LOOK_MS);
if ("EventSource" in window) listen();
else keepPolling();
