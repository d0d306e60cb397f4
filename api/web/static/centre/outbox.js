// Postings on their way: kept on this device until the log has them, sent in order, never twice.
//
// A posting is written down before it is sent, with the very bytes that go out. If the answer is
// lost, the same bytes go out again under the same number, and the log answers with the first
// receipt. Only when the log says that it does not have it is a posting signed anew.
import { sealed } from "./envelope.js";
import { LineDown, election, events, post, saw } from "./line.js";
import { lastLink, learnLink, tookLink } from "./chain.js";
import { isChainMoved, isWaiting } from "./refusals.js";
import { all, get, move, put } from "./store.js";

const ADDRESS = `/v1/elections/${election}/submissions`;
const PLAIN = "application/json";
const SIGNED = "application/vnd.dsse+json";
const RETRY_MS = [1000, 2000, 5000, 10000, 20000];
const RELINKS_MAX = 5;

export const outbox = async () => (await all("outbox")).sort((a, b) => a.number - b.number);
const tell = (detail) => events.dispatchEvent(new CustomEvent("outbox", { detail }));

/** A number for a posting: its own for ever, whatever happens to the line. */
export const submissionId = (office) => `${office}:${crypto.randomUUID()}`.slice(-100);

/** Take a posting in and try to send it. The draft leaves its store in the same step. */
export async function enqueue(item, draftKey = "") {
  const kept = { ...item, number: Date.now() * 1000 + Math.floor(Math.random() * 1000), state: "waiting" };
  await move("drafts", draftKey, "outbox", kept);
  tell({ submission_id: item.submission_id, state: "kept" });
  return drain();
}

let failures = 0;
let timer = 0;

let next = null;

/** Send what waits, oldest first. Only one page of this device sends at a time. */
export function drain() {
  clearTimeout(timer);
  // While one turn sends, at most one more waits for it: it will see whatever was put in meanwhile.
  next ??= navigator.locks.request(`kaihyo-outbox-${election}`, () => { next = null; return sendAll(); });
  return next;
}

async function sendAll() {
  for (const item of await outbox()) {
    if (!(await sent(item))) { again(); return; }
  }
  failures = 0;
}

function again() {
  timer = setTimeout(drain, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
  failures += 1;
}

/** Whether the next posting may go: this one is recorded or refused. */
async function sent(item) {
  for (let attempt = 0; attempt < RELINKS_MAX; attempt += 1) {
    let answer;
    try {
      await makeReady(item);
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

async function makeReady(item) {
  if (item.text) return;
  if (!item.signers.length) {
    item.text = JSON.stringify(item.submission);
  } else {
    const link = await lastLink(item.submission.office);
    const submission = { ...item.submission, sequence: link.sequence + 1 };
    if (link.sha256) submission.previous_sha256 = link.sha256;
    const keys = await Promise.all(item.signers.map((keyid) => get("keys", keyid)));
    const { text, sha256 } = await sealed(submission, keys);
    Object.assign(item, { text, sha256, sequence: submission.sequence });
  }
  await put("outbox", item);
}

async function recorded(item, receipt) {
  const { text, ...rest } = item;
  if (item.signers.length) await tookLink(item.submission.office, { sequence: item.sequence, sha256: item.sha256 });
  const kept = { ...rest, state: "recorded", receipt, envelope: item.signers.length ? text : undefined };
  await move("outbox", item.submission_id, "receipts", kept);
  saw(receipt.position);
  tell({ submission_id: item.submission_id, state: "recorded", receipt });
  return true;
}

async function judged(item, { status, body }) {
  if (status >= 500 || status === 429 || status === 408 || isWaiting(body)) return waits(item, body);
  return refused(item, body);
}

async function waits(item, problem) {
  Object.assign(item, { state: "waiting", problem });
  await put("outbox", item);
  tell({ submission_id: item.submission_id, state: "waiting", problem });
  return false;
}

/** What was typed comes back to its form, with the refusal. */
async function refused(item, problem) {
  const restored = item.draft ? await backToDraft(item, problem) : null;
  await move("outbox", item.submission_id, "drafts", restored);
  tell({ submission_id: item.submission_id, state: "refused", problem, draft: restored?.key });
  return true;
}

async function backToDraft(item, problem) {
  // Somebody may have begun the next sheet meanwhile: neither may overwrite the other.
  const taken = await get("drafts", item.draft.key);
  const key = taken ? `${item.draft.key}|${item.submission_id}` : item.draft.key;
  return { ...item.draft, key, problem, refused_id: item.submission_id };
}

/** Take a posting back before it was sent; only while nothing of it has gone out. */
export async function takeBack(submission_id) {
  return navigator.locks.request(`kaihyo-outbox-${election}`, async () => {
    const item = await get("outbox", submission_id);
    if (!item || item.text) return false;
    await move("outbox", submission_id, "drafts", item.draft);
    tell({ submission_id, state: "taken-back" });
    return true;
  });
}

events.addEventListener("maybe-up", () => { failures = 0; drain(); });
