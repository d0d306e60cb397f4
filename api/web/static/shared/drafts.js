// Drafts: what is being typed, kept at every keystroke.
import { announce, byId, el } from "./dom.js";
import { fromLocalInput, toLocalInput } from "./figures.js";
import { locale, t } from "./language.js";
import { get, putDraft, remove } from "./store.js";

/**
 * @param {string} form
 * @param {string} contest
 * @param {string} unit
 */
export const draftKey = (form, contest, unit) => `${form}|${contest}|${unit}`;

const HALF_HOUR = 30 * 60_000;

/**
 * The draft of a sheet, or a new one for the report that comes next.
 *
 * @param {ReportForm} form
 * @param {CountBook} book
 * @returns {Promise<Draft>}
 */
export async function openDraft(form, book, key = draftKey(form.name, book.contest, book.unit)) {
  return (await get("drafts", key)) ?? newDraft(form, book, key);
}

/**
 * @param {ReportForm} form
 * @param {CountBook} book
 * @param {string} key
 */
function newDraft(form, book, key) {
  const last = form.last(book);
  const isFinal = Boolean(last?.final);
  // Interim reports are as of the round half hour that has just passed.
  const moment = new Date(Math.floor(Date.now() / HALF_HOUR) * HALF_HOUR);
  const carried = isFinal ? undefined : form.carried?.(book).find(({ isSame }) => isSame);
  return {
    key,
    form: form.name,
    contest: book.contest,
    unit: book.unit,
    step: "first",
    mode: isFinal ? "correct" : "post",
    final: isFinal,
    as_of: fromLocalInput(toLocalInput(moment)),
    reason: "",
    remark: "",
    first: { ...carried?.texts },
    second: {},
    last_report: last?.report ?? null,
    carried: Object.fromEntries(
      Object.entries(carried?.texts ?? {}).map(([id, text]) => [id, { text, from: carried?.from ?? "" }]),
    ),
    // The ballot the sheet is filled in against stays that of its beginning, so a change is noticed.
    ballot_sha256: book.ballot_sha256,
    on_behalf: !book.own,
  };
}

/** @type {Promise<void> | null} */
let saving = null;
/** @type {any} */
let pendingDraft = null;

/**
 * Keep a draft now; while one write is under way only the latest state waits.
 *
 * @param {any} draft
 */
export function saveDraft(draft) {
  pendingDraft = draft;
  saving ??= (async () => {
    try {
      while (pendingDraft) {
        const next = structuredClone({ ...pendingDraft, saved_at: new Date().toISOString() });
        pendingDraft = null;
        await putDraft(next);
      }
    } finally {
      // A disk that was full may have room again: the next keystroke is kept then.
      saving = null;
    }
  })();
  return saving;
}

/**
 * Keep a draft and say so at the foot of its form, or that this device cannot.
 *
 * @param {any} draft
 */
export async function saveAndReport(draft) {
  const isKept = await saveDraft(draft).then(
    () => true,
    () => false,
  );
  const place = byId("saved");
  if (!place) return;
  place.classList.toggle("error", !isKept);
  place.textContent = isKept
    ? t`この端末に保存しました（${new Date().toLocaleTimeString(locale)}）`
    : t("この端末に保存できません。この画面を閉じず、端末の空き容量を増やしてから、もう一度入力してください。");
}

/** What is said where a posting could not even be written down. */
export const NOT_SAVED = t(
  "この端末に保存できないため、まだ送っていません。端末の空き容量を増やして、もう一度押してください。",
);

export const notSavedNotice = () =>
  el("div", { class: "notice notice-error", role: "alert", id: "errors", tabindex: "-1" }, el("p", {}, NOT_SAVED));

/** Resolves when everything typed so far is on the disk, or cannot be kept there. */
export const whenSaved = () => (saving ?? Promise.resolve()).catch(() => null);

/** @param {{ key: string }} draft */
export async function discardDraft(draft) {
  pendingDraft = null;
  await whenSaved();
  await remove("drafts", draft.key);
  announce(t("入力を破棄しました。"));
}
