// Postings on their way: kept on this device until the log has them, sent in order, never twice.
//
// A posting is written down before it is sent, with the very bytes that go out. If the answer is
// lost, the same bytes go out again under the same number, and the log answers with the first
// receipt. Only when the log says that it does not have it is a posting signed again.

import { ConnectionLost, election, environment, events, notePosition, postBytes } from "../connection.js";
import { t } from "../language.js";
import { signEnvelope } from "../signing/envelope.js";
import { correctLink, lastLink, saveLink } from "../signing/office_chain.js";
import { asideKey, get, getAll, move, put } from "../store.js";
import { isChainMoved, isWaiting } from "./refusals.js";

const ADDRESS = `/v1/elections/${election}/submissions`;
const PLAIN = "application/json";
const SIGNED = "application/vnd.dsse+json";
const RETRY_MS = [1000, 2000, 5000, 10000, 20000];
const RELINKS_MAX = 5;

export const readOutbox = async () => (await getAll("outbox")).sort((a, b) => a.number - b.number);

/** @param {OutboxDetail} detail */
const dispatchState = (detail) => events.dispatchEvent(new CustomEvent("outbox", { detail }));
/** Another page of this device may be the one that sends: each hears what became of a posting. */
const channel = new BroadcastChannel(`kaihyo-outbox-${environment}-${election}`);
channel.addEventListener("message", ({ data }) => {
  notePosition(data.receipt?.position ?? 0);
  dispatchState(data);
});

/** @param {OutboxDetail} detail */
function broadcastState(detail) {
  dispatchState(detail);
  channel.postMessage(detail);
}

/**
 * A number for a posting: its own for ever, whatever happens to the connection.
 *
 * @param {string} office
 */
export const newSubmissionId = (office) => `${office}:${crypto.randomUUID()}`.slice(-100);

/**
 * Take a posting in and begin to send it. The draft leaves its store in the same step.
 *
 * @param {Omit<OutboxItem, "number" | "state">} item
 */
export async function enqueue(item, draftKey = "") {
  // A clock that is put back must not put what is taken in now before what was taken in earlier.
  const last = (await readOutbox()).at(-1)?.number ?? 0;
  const number = Math.max(Date.now() * 1000 + Math.floor(Math.random() * 1000), last + 1);
  await move("drafts", draftKey, "outbox", { ...item, number, state: "waiting" });
  broadcastState({ submission_id: item.submission_id, state: "kept" });
  sendOutbox();
}

let failures = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @type {Promise<void> | null} */
let queuedTurn = null;

/** Send what waits, oldest first. Only one page of this device sends at a time. */
export function sendOutbox() {
  clearTimeout(timer);
  // While one turn sends, at most one more waits for it: it will see whatever was put in meanwhile.
  queuedTurn ??= navigator.locks.request(`kaihyo-outbox-${election}`, () => {
    queuedTurn = null;
    return sendAll().catch(retryLater);
  });
  return queuedTurn;
}

/** What became of a posting: it left the outbox, reception takes no tallies now, or nothing goes out. */
const [GONE, HELD, STUCK] = ["gone", "held", "stuck"];

/**
 * What is about a count. While reception takes none of it, it keeps its order; turnout and surveys are
 * taken nevertheless, and a command about no unit may be the one that opens reception again.
 *
 * @param {OutboxItem} about
 */
const isOfCount = ({ form, unit }) => Boolean(unit) && form !== "turnout" && form !== "survey";

async function sendAll() {
  const found = new Set();
  for (const item of await readOutbox()) {
    if (found.has(STUCK) || (found.has(HELD) && isOfCount(item)))
      broadcastState({ submission_id: item.submission_id, state: "waiting", problem: null });
    else found.add(await sendItem(item));
  }
  if (found.has(STUCK) || found.has(HELD)) retryLater();
  else failures = 0;
}

function retryLater() {
  timer = setTimeout(sendOutbox, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
  failures += 1;
}

/** @param {OutboxItem} item */
async function sendItem(item) {
  for (let attempt = 0; attempt < RELINKS_MAX; attempt += 1) {
    let answer;
    try {
      if (!(await prepareText(item))) return returnRefused(item, UNSIGNABLE);
      answer = await postBytes(ADDRESS, item.text ?? "", item.signers.length ? SIGNED : PLAIN);
    } catch (error) {
      if (error instanceof ConnectionLost) return keepWaiting(item, null);
      throw error;
    }
    if (answer.status === 201)
      return isOwn(item, answer.body) ? fileReceipt(item, answer.body) : returnRefused(item, FOREIGN);
    if (!isChainMoved(answer.body)) return handleAnswer(item, answer);
    await correctLink(item.submission.office, answer.body);
    // Whoever signed elsewhere cannot sign anew here.
    if (item.is_cosigned) return returnRefused(item, OVERTAKEN);
    item.text = null;
  }
  return keepWaiting(item, null);
}

const NO_SIGNATURE = t(
  "この端末の鍵で署名できなかったため、送っていません。「端末と鍵」で鍵を確かめ、もう一度送ってください。",
);
const UNSIGNABLE = { title: NO_SIGNATURE, detail: NO_SIGNATURE };

const OVERTAKEN_SENTENCE = t(
  "この機関のほかの報告が先に記録されたため、この署名は使えません。一人目の端末で、もう一度署名してください。",
);
const OVERTAKEN = { title: OVERTAKEN_SENTENCE, detail: OVERTAKEN_SENTENCE };

const ANOTHER = t("この受付番号は別の内容で記録されています。送った内容は記録されていません。もう一度送ってください。");
const FOREIGN = { title: ANOTHER, detail: ANOTHER };

/**
 * Whether a receipt is about the very body that was signed; only then is it recorded. How the log writes
 * an unsigned body of a rehearsal this page does not know; its entry is compared when it is proven.
 *
 * @param {OutboxItem} item
 * @param {Receipt} receipt
 */
const isOwn = ({ signers, sha256 }, receipt) => !signers.length || receipt.body_sha256 === sha256;

/**
 * The bytes that go out, on the disk before they do; false where they cannot be signed.
 *
 * @param {OutboxItem} item
 */
async function prepareText(item) {
  if (item.text) return true;
  if (item.signers.length) {
    const made = await signItem(item).catch(() => null);
    if (!made) return false;
    Object.assign(item, made);
  } else {
    item.text = JSON.stringify(item.submission);
  }
  await put("outbox", item);
  return true;
}

/** @param {OutboxItem} about */
async function signItem({ submission, signers, opened = {} }) {
  const link = await lastLink(submission.office);
  const linked = {
    ...submission,
    sequence: link.sequence + 1,
    ...(link.sha256 ? { previous_sha256: link.sha256 } : {}),
  };
  const keys = await Promise.all(
    signers.map(async (keyid) => (opened[keyid] ? { keyid, private_key: opened[keyid] } : get("keys", keyid))),
  );
  return { ...(await signEnvelope(linked, keys)), sequence: linked.sequence };
}

/**
 * @param {OutboxItem} item
 * @param {Receipt} receipt
 */
async function fileReceipt(item, receipt) {
  // Whoever opened a key opened it for this posting.
  const { text, opened, ...rest } = item;
  const { sequence, sha256 } = item;
  if (sequence && sha256) await saveLink(item.submission.office, { sequence, sha256 });
  const kept = { ...rest, state: "recorded", receipt, envelope: item.signers.length ? text : undefined };
  await move("outbox", item.submission_id, "receipts", kept);
  notePosition(receipt.position);
  broadcastState({ submission_id: item.submission_id, state: "recorded", receipt });
  return GONE;
}

/**
 * @param {OutboxItem} item
 * @param {PostAnswer} about
 */
async function handleAnswer(item, { status, body }) {
  if (isWaiting(body)) {
    await keepWaiting(item, body);
    return HELD;
  }
  if (status >= 500 || status === 429 || status === 408) return keepWaiting(item, body);
  return returnRefused(item, body);
}

/**
 * @param {OutboxItem} item
 * @param {Problem | null | undefined} problem
 */
async function keepWaiting(item, problem) {
  Object.assign(item, { state: "waiting", problem });
  await put("outbox", item);
  broadcastState({ submission_id: item.submission_id, state: "waiting", problem });
  return STUCK;
}

/**
 * What was typed comes back to its form, with the refusal.
 *
 * @param {OutboxItem} item
 * @param {Problem | null | undefined} problem
 */
async function returnRefused(item, problem) {
  const restored = item.draft ? await restoreDraft(item, problem) : null;
  await move("outbox", item.submission_id, "drafts", restored);
  broadcastState({ submission_id: item.submission_id, state: "refused", problem, draft: restored?.key });
  return GONE;
}

/**
 * @param {OutboxItem} item
 * @param {Problem | null | undefined} problem
 */
const restoreDraft = async (item, problem) => ({
  ...(await draftInFreePlace(item)),
  problem,
  refused_id: item.submission_id,
});

/**
 * Somebody may have begun the next sheet meanwhile: neither may overwrite the other.
 *
 * @param {OutboxItem} about
 */
async function draftInFreePlace({ draft, submission_id }) {
  const taken = await get("drafts", draft.key);
  return taken ? { ...draft, key: asideKey(draft, submission_id) } : draft;
}

/**
 * Take a posting back before it was sent; only while nothing of it has gone out.
 *
 * @param {string} submission_id
 */
export async function withdraw(submission_id) {
  return navigator.locks.request(`kaihyo-outbox-${election}`, async () => {
    const item = await get("outbox", submission_id);
    if (!item || item.text) return false;
    await move("outbox", submission_id, "drafts", await draftInFreePlace(item));
    broadcastState({ submission_id, state: "taken-back" });
    return true;
  });
}

events.addEventListener("maybe-connected", () => {
  failures = 0;
  sendOutbox();
});
