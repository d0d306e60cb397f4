// Keeps a page fresh: listens to the stream, and asks for the pointer now and then where it cannot.
import { morph } from "./morph.js";

const POLL_MS = 5000;
const GATHER_MS = 400;
const { election, documents } = document.body.dataset;
const wanted = new Set(documents.split(" "));
const base = `/v1/elections/${election}`;
const line = document.getElementById("line");
const words =
  document.documentElement.lang === "en"
    ? { lost: "The line is down. Figures may be old; trying again.", back: "Connected again." }
    : { lost: "回線が切れています。数字が古いおそれがあります。つなぎ直しています。", back: "つながりました。" };

let isLost = false;
let timer = 0;

const shown = () => document.getElementById("live");
const position = () => Number(shown().dataset.position);

/** Read the page again; never go back to what a cache behind us still holds. */
async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("live");
  if (!fresh || Number(fresh.dataset.position) <= position()) return;
  morph(shown(), fresh);
  for (const id of ["freshness"]) {
    const next = page.getElementById(id);
    if (next) morph(document.getElementById(id), next);
  }
  document.dispatchEvent(new CustomEvent("kaihyo:fresh"));
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

if ("EventSource" in window) listen();
else keepPolling();
