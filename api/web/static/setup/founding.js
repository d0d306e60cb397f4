// The founding: the commands that `kaihyo import election` makes, signed here and posted by the ordinary door.
//
// The first one brings the code of the server and is kept with its very bytes until it is answered: lost on
// its way, it goes out again as it was. All others go through the outbox of this device, one after the other.

import { election, environment, events, notePosition } from "../shared/connection.js";
import { t } from "../shared/language.js";
import { setOffice } from "../shared/office_data.js";
import { enqueue, readOutbox } from "../shared/sending/outbox.js";
import { signEnvelope } from "../shared/signing/envelope.js";
import { saveLink } from "../shared/signing/office_chain.js";
import { get, getAll, loadSetting, put, saveSetting } from "../shared/store.js";
import { foundingCode } from "./founding_code.js";

const ADDRESS = `/v1/elections/${election}/submissions`;
const PLAN = "founding";
const TIMEOUT_MS = 60_000;

/**
 * What is to be posted and who signs; kept before the first byte goes out.
 *
 * @typedef {{ submissions: Submission[], signers: string[], opened?: Record<string, CryptoKey>, office: FoundingOffice,
 *   first?: { text: string,
 *   sha256: string }, founded?: boolean }} FoundingPlan
 */

/** The founding that was begun on this device. @returns {Promise<FoundingPlan | undefined>} */
export const loadPlan = () => loadSetting(PLAN);

/** Words for each kind of command. @type {Record<string, string>} */
const TITLES = {
  "define-election": t("選挙の登録（設立する人の鍵とともに）"),
  "register-parties": t("党派の登録"),
  "register-units": t("開票区の登録"),
  "register-office": t("機関の登録"),
  "define-contest": t("選挙の定義"),
  "register-candidates": t("候補者の登録"),
  "register-options": t("選択肢の登録"),
  "register-list": t("名簿の登録"),
  "register-justices": t("裁判官の登録"),
  "record-particulars": t("候補者の補足"),
};

/** @param {Submission} submission */
export const submissionTitle = ({ command }) => TITLES[command.command] ?? command.command;

/**
 * Begin: the plan is on the disk, then the first posting goes out. Gives a sentence where it is refused.
 *
 * @param {FoundingPlan} plan
 */
export async function begin(plan) {
  if (!plan.first) {
    const [definition] = plan.submissions;
    const { opened = {} } = plan;
    const keys = await Promise.all(
      plan.signers.map(async (keyid) => (opened[keyid] ? { keyid, private_key: opened[keyid] } : get("keys", keyid))),
    );
    plan.first = await signEnvelope(/** @type {any} */ ({ ...definition, sequence: 1 }), keys);
    await saveSetting(PLAN, plan);
  }
  const answer = await fetch(ADDRESS, {
    method: "POST",
    body: plan.first.text,
    headers: {
      "content-type": "application/vnd.dsse+json",
      accept: "application/json",
      "kaihyo-founding-code": foundingCode(),
    },
    credentials: "omit",
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const body = await answer.json();
  if (answer.status !== 201 || body.body_sha256 !== plan.first.sha256) {
    // What was refused is nowhere recorded: it is made again, with another code or other keys.
    if (answer.status < 500) await saveSetting(PLAN, undefined);
    return String(body.detail ?? t("受け付けられませんでした。"));
  }
  await fileFirst(plan, body);
  return "";
}

/**
 * @param {FoundingPlan} plan
 * @param {Receipt} receipt
 */
async function fileFirst(plan, receipt) {
  const [submission] = plan.submissions;
  await saveLink(plan.office.id, { sequence: 1, sha256: plan.first?.sha256 ?? null });
  const { opened, ...posted } = postingItem(plan, submission);
  await put("receipts", {
    ...posted,
    number: 0,
    state: "recorded",
    receipt,
    envelope: plan.first?.text,
    sha256: plan.first?.sha256,
  });
  plan.founded = true;
  await saveSetting(PLAN, plan);
  notePosition(receipt.position);
  await setOffice(/** @type {OwnOffice} */ ({ ...plan.office, manages: true }));
}

/** @param {FoundingPlan} plan @param {Submission} submission */
const postingItem = (plan, submission) => ({
  submission_id: submission.submission_id,
  submission,
  signers: plan.signers,
  ...(plan.opened ? { opened: plan.opened } : {}),
  title: submissionTitle(submission),
  rows: [],
  office_name: plan.office.name,
  made_at: new Date().toISOString(),
});

/**
 * Post everything that this device has not posted yet; `told` hears of each. Gives whether all is recorded.
 *
 * @param {FoundingPlan} plan
 * @param {(states: Map<string, OutboxDetail>) => void} told
 */
export async function postRest(plan, told) {
  const recorded = new Set((await getAll("receipts")).map((each) => each.submission_id));
  const waiting = new Set((await readOutbox()).map((each) => each.submission_id));
  /** @type {Map<string, OutboxDetail>} */
  const states = new Map(
    plan.submissions.map(({ submission_id }) => [
      submission_id,
      { submission_id, state: recorded.has(submission_id) ? "recorded" : "waiting" },
    ]),
  );
  return new Promise((resolve) => {
    /** @param {{ detail: OutboxDetail }} event */
    const heard = ({ detail }) => {
      if (!states.has(detail.submission_id) || detail.state === "kept") return;
      states.set(detail.submission_id, detail);
      told(states);
      finish();
    };
    const finish = () => {
      const all = [...states.values()].map((each) => each.state);
      if (!all.every((state) => state === "recorded") && !all.includes("refused")) return;
      events.removeEventListener("outbox", heard);
      resolve(!all.includes("refused"));
    };
    events.addEventListener("outbox", heard);
    told(states);
    finish();
    post(plan, (id) => recorded.has(id) || waiting.has(id));
  });
}

/**
 * @param {FoundingPlan} plan
 * @param {(submissionId: string) => boolean} isKnown
 */
async function post(plan, isKnown) {
  for (const submission of plan.submissions)
    if (!isKnown(submission.submission_id)) await enqueue(postingItem(plan, submission));
  // Each posting has them until it is answered; the founders opened their keys for nothing else.
  const { opened, ...rest } = plan;
  await saveSetting(PLAN, rest);
}

export const isLive = environment === "live";
