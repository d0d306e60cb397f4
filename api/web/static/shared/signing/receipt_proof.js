// From "recorded" to "proven": the proof that a posting is in the signed log, computed on this device.
//
// The answer to a posting is only the server's word. Here the entry is fetched back, compared with
// what was sent, and its inclusion under a signed checkpoint is computed with the auditor's code.

import { election, events } from "../connection.js";
import { get, getAll, loadSetting, put, saveSetting } from "../store.js";
import { Verifier } from "./log_verifier.js";

const KEY = "log-key";
const RETRY_MS = [500, 1000, 2000, 4000, 8000, 15000];
const MISSING = 404;
const EARLY = 503;

/** Keeps the text of the receipt it read: what can be verified later without any server. */
class ReceiptVerifier extends Verifier {
  receipt = "";

  /** @param {string} path */
  async text(path) {
    const found = await super.text(path);
    if (path.startsWith("/receipts/")) this.receipt = found;
    return found;
  }
}

/**
 * Whether an entry is what this device sent.
 *
 * @param {any} entry
 * @param {ReceiptItem} about
 */
function matchesItem(entry, { envelope, submission }) {
  const { provenance, contest, unit } = entry.event;
  if (provenance.office !== submission.office || provenance.submission !== submission.submission_id) return false;
  if (envelope && provenance.envelope?.payload !== JSON.parse(envelope).payload) return false;
  return (
    contest === submission.command.contest &&
    unit === submission.command.unit &&
    hasFigures(entry.event, submission.command)
  );
}

/**
 * @param {any} event
 * @param {Command} about
 */
function hasFigures(event, { tally, figures }) {
  /** @param {Tally | undefined} sheet */
  const votes = (sheet) => JSON.stringify(Object.entries(sheet?.votes ?? {}).sort());
  if (tally) return votes(event.tally) === votes(tally) && event.tally.ballots === tally.ballots;
  /** @param {People} about */
  const people = ({ male, female }) => `${male}/${female}`;
  return !figures || people(event.figures.voters) === people(figures.voters);
}

/**
 * The key of the log as this device saw it first: another one later is no honest log.
 *
 * @param {LogKey} about
 */
async function isKnownLog({ name, fingerprint }) {
  const known = await loadSetting(KEY);
  if (!known) await saveSetting(KEY, { name, fingerprint });
  return !known || (known.name === name && known.fingerprint === fingerprint);
}

/**
 * @param {ReceiptItem} item
 * @returns {Promise<LogProof>}
 */
async function computeProof(item) {
  const verifier = new ReceiptVerifier(election);
  try {
    const { entry, signed } = await verifier.entry(item.receipt.position);
    const log = await verifier.log();
    if (!(await isKnownLog(log))) return { state: "bad", why: "key" };
    if (!matchesItem(entry, item)) return { state: "bad", why: "entry" };
    return {
      state: "proven",
      size: signed.size,
      origin: signed.origin,
      fingerprint: log.fingerprint,
      text: verifier.receipt,
      at: new Date().toISOString(),
    };
  } catch (problem) {
    const error = /** @type {{ status?: number }} */ (problem);
    if (error.status === MISSING) return { state: "absent" };
    // No connection, a busy server, not hashed yet: later. Anything else is a proof that does not hold.
    if (error.status === EARLY || error.status || error instanceof TypeError) return { state: "pending" };
    return { state: "bad", why: "proof" };
  }
}

/** @param {number} position */
async function readEntryCode(position) {
  const text = `${location.origin}/audit/entries/${position}`;
  const answer = await fetch(`/centre/data/code.json?text=${encodeURIComponent(text)}`, { credentials: "omit" }).catch(
    () => null,
  );
  return answer?.ok ? { text, rows: await answer.json() } : null;
}

/** @param {ReceiptItem} item */
const isUnproven = (item) => !item.proof || item.proof.state === "pending";

/**
 * Prove one receipt now, and keep what was found with it.
 *
 * @param {string} submission_id
 * @returns {Promise<LogProof | undefined>}
 */
export async function prove(submission_id) {
  const item = await get("receipts", submission_id);
  if (!item?.form || (!isUnproven(item) && item.code)) return item?.proof;
  const found = isUnproven(item) ? await computeProof(item) : item.proof;
  await put("receipts", { ...item, proof: found, code: item.code ?? (await readEntryCode(item.receipt.position)) });
  events.dispatchEvent(new CustomEvent("outbox", { detail: { submission_id, state: "proof" } }));
  return found;
}

/**
 * Prove a receipt again that could not be verified.
 *
 * @param {string} submission_id
 */
export async function proveAgain(submission_id) {
  await put("receipts", { ...(await get("receipts", submission_id)), proof: undefined });
  return prove(submission_id);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let tries = 0;

/** Prove whatever is not proven yet, again and again until the checkpoints cover it. */
export async function proveAll() {
  clearTimeout(timer);
  const open = (await getAll("receipts")).filter((item) => item.form && isUnproven(item));
  /** @type {(LogProof | undefined)[]} */
  const found = [];
  for (const item of open) found.push(await prove(item.submission_id));
  if (!found.some((each) => each?.state === "pending")) {
    tries = 0;
    return;
  }
  timer = setTimeout(proveAll, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
  tries += 1;
}

events.addEventListener("outbox", ({ detail }) => {
  if (detail.state === "recorded") {
    tries = 0;
    proveAll();
  }
});
events.addEventListener("maybe-connected", () => {
  tries = 0;
  proveAll();
});
