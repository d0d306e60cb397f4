// Postings on their way: kept on this device until the log has them, sent in order, never twice.
//
// A posting is written down before it is sent, with the very bytes that go out. If the answer is
// lost, the same bytes go out again under the same number, and the log answers with the first
// receipt. Only when the log says that it does not have it is a posting signed anew.
import { sealed } from "./envelope.js";
import { LineDown, election, environment, events, post, saw } from "./line.js";
import { lastLink, learnLink, tookLink } from "./chain.js";
import { isChainMoved, isWaiting } from "./refusals.js";
import { all, asideKey, get, move, put } from "./store.js";
import { t } from "./words.js";

const ADDRESS = `/v1/elections/${election}/submissions`;
const PLAIN = "application/json";
const SIGNED = "application/vnd.dsse+json";
const RETRY_MS = [1000, 2000, 5000, 10000, 20000];
const RELINKS_MAX = 5;

export const outbox = async () => (await all("outbox")).sort((a, b) => a.number - b.number);

const hear = (detail) => events.dispatchEvent(new CustomEvent("outbox", { detail }));
/** Another page of this device may be the one that sends: each hears what became of a posting. */
const pages = new BroadcastChannel(`kaihyo-outbox-${environment}-${election}`);
pages.addEventListener("message", ({ data }) => { saw(data.receipt?.position ?? 0); hear(data); });

function tell(detail) {
  hear(detail);
  pages.postMessage(detail);
}

/** A number for a posting: its own for ever, whatever happens to the line. */
export const submissionId = (office) => `${office}:${crypto.randomUUID()}`.slice(-100);

/** Take a posting in and begin to send it. The draft leaves its store in the same step. */
export async function enqueue(item, draftKey = "") {
  // A clock that is put back must not put what is taken in now before what was taken in earlier.
  const last = (await outbox()).at(-1)?.number ?? 0;
  const number = Math.max(Date.now() * 1000 + Math.floor(Math.random() * 1000), last + 1);
  await move("drafts", draftKey, "outbox", { ...item, number, state: "waiting" });
  tell({ submission_id: item.submission_id, state: "kept" });
  drain();
}

let failures = 0;
let timer = 0;

let next = null;

/** Send what waits, oldest first. Only one page of this device sends at a time. */
export function drain() {
  clearTimeout(timer);
  // While one turn sends, at most one more waits for it: it will see whatever was put in meanwhile.
  next ??= navigator.locks.request(`kaihyo-outbox-${election}`, () => { next = null; return sendAll().catch(again); });
  return next;
}

/** What became of a posting: it left the outbox, reception takes no tallies now, or nothing goes out. */
const [GONE, HELD, STUCK] = ["gone", "held", "stuck"];

/**
 * What is about a count. While reception takes none of it, it keeps its order; turnout and surveys are
 * taken nevertheless, and a command about no unit may be the one that opens reception again.
 */
const isOfCount = ({ form, unit }) => Boolean(unit) && form !== "turnout" && form !== "survey";

async function sendAll() {
  const found = new Set();
  for (const item of await outbox()) {
    if (found.has(STUCK) || (found.has(HELD) && isOfCount(item))) tell({ submission_id: item.submission_id, state: "waiting", problem: null });
    else found.add(await sent(item));
  }
  if (found.has(STUCK) || found.has(HELD)) again();
  else failures = 0;
}

function again() {
  timer = setTimeout(drain, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
  failures += 1;
}

async function sent(item) {
  for (let attempt = 0; attempt < RELINKS_MAX; attempt += 1) {
    let answer;
    try {
      if (!(await isReady(item))) return refused(item, UNSIGNABLE);
      answer = await post(ADDRESS, item.text, item.signers.length ? SIGNED : PLAIN);
    } catch (error) {
      if (error instanceof LineDown) return waits(item, null);
      throw error;
    }
    if (answer.status === 201) return recorded(item, answer.body);
    if (!isChainMoved(answer.body)) return judged(item, answer);
    await learnLink(item.submission.office, answer.body);
    item.text = null;
  }
  return waits(item, null);
}

const NO_SIGNATURE = t("この端末の鍵で署名できなかったため、送っていません。「端末と鍵」で鍵を確かめ、もう一度送ってください。");
const UNSIGNABLE = { title: NO_SIGNATURE, detail: NO_SIGNATURE };

/** The bytes that go out, on the disk before they do; false where they cannot be signed. */
async function isReady(item) {
  if (item.text) return true;
  if (item.signers.length) {
    const made = await signed(item).catch(() => null);
    if (!made) return false;
    Object.assign(item, made);
  } else {
    item.text = JSON.stringify(item.submission);
  }
  await put("outbox", item);
  return true;
}

async function signed({ submission, signers }) {
  const link = await lastLink(submission.office);
  const linked = { ...submission, sequence: link.sequence + 1, ...(link.sha256 ? { previous_sha256: link.sha256 } : {}) };
  const keys = await Promise.all(signers.map((keyid) => get("keys", keyid)));
  return { ...(await sealed(linked, keys)), sequence: linked.sequence };
}

async function recorded(item, receipt) {
  const { text, ...rest } = item;
  if (item.signers.length) await tookLink(item.submission.office, { sequence: item.sequence, sha256: item.sha256 });
  const kept = { ...rest, state: "recorded", receipt, envelope: item.signers.length ? text : undefined };
  await move("outbox", item.submission_id, "receipts", kept);
  saw(receipt.position);
  tell({ submission_id: item.submission_id, state: "recorded", receipt });
  return GONE;
}

async function judged(item, { status, body }) {
  if (isWaiting(body)) { await waits(item, body); return HELD; }
  if (status >= 500 || status === 429 || status === 408) return waits(item, body);
  return refused(item, body);
}

async function waits(item, problem) {
  Object.assign(item, { state: "waiting", problem });
  await put("outbox", item);
  tell({ submission_id: item.submission_id, state: "waiting", problem });
  return STUCK;
}

/** What was typed comes back to its form, with the refusal. */
async function refused(item, problem) {
  const restored = item.draft ? await backToDraft(item, problem) : null;
  await move("outbox", item.submission_id, "drafts", restored);
  tell({ submission_id: item.submission_id, state: "refused", problem, draft: restored?.key });
  return GONE;
}

const backToDraft = async (item, problem) => ({ ...(await inFreePlace(item)), problem, refused_id: item.submission_id });

/** Somebody may have begun the next sheet meanwhile: neither may overwrite the other. */
async function inFreePlace({ draft, submission_id }) {
  const taken = await get("drafts", draft.key);
  return taken ? { ...draft, key: asideKey(draft, submission_id) } : draft;
}

/** Take a posting back before it was sent; only while nothing of it has gone out. */
export async function takeBack(submission_id) {
  return navigator.locks.request(`kaihyo-outbox-${election}`, async () => {
    const item = await get("outbox", submission_id);
    if (!item || item.text) return false;
    await move("outbox", submission_id, "drafts", await inFreePlace(item));
    tell({ submission_id, state: "taken-back" });
    return true;
  });
}

events.addEventListener("maybe-up", () => { failures = 0; drain(); });
