// A correction of single cells: what is not typed stays as the last report has it.
//
// Two persons type all the same. The second one is asked for the very cells that the first one
// changed, and sees none of the first one's figures. Sums follow from the cells where the office
// asks for it, for each of the two from what he or she typed.

import { figureText } from "../shared/figures.js";
import { readFields } from "./tally_sheet.js";

const SUMS = new Set(["D", "F", "I"]);

/**
 * Whether only cells that change are typed.
 *
 * @param {Draft} draft
 */
export const isPartial = (draft) => Boolean(draft.mode === "correct" && draft.base);

/**
 * Whether anything was typed.
 *
 * @param {Draft} about
 */
export const isBegun = ({ first }) => Object.values(first).some(Boolean);

/**
 * From now on only cells that change are typed, against the last report. What was typed stays.
 *
 * @param {ReportForm} form
 * @param {CountBook} book
 * @param {Draft} draft
 */
export function beginPartial(form, book, draft) {
  const last = form.last(book);
  if (!last) return;
  if (draft.pools) {
    // Typed of other pools than those that were reported.
    for (const id of Object.keys(draft.first)) if (/^(pool|own)\//.test(id)) delete draft.first[id];
    delete draft.pools;
  }
  delete draft.second_pools;
  const reason = form.name === "tally" ? book.last?.tally.pools_unstated : "";
  if (reason) draft.pools_unstated = reason;
  /** @type {FieldTexts} */
  const texts = {};
  for (const field of form.fields(book, draft)) {
    const value = last.values[field.id];
    if (value !== undefined) texts[field.id] = figureText(value, field);
  }
  Object.assign(draft, { base: { report: last.report, texts }, second: {} });
}

/**
 * From now on the whole sheet is typed.
 *
 * @param {Draft} draft
 */
export function endPartial(draft) {
  draft.base = undefined;
  draft.asked = undefined;
  draft.sums = false;
}

/**
 * The whole sheet that an entry stands for: what was typed, and of the rest what was reported.
 *
 * @param {ReportForm} form
 * @param {CountBook} book
 * @param {Draft} draft
 * @param {"first" | "second"} which
 * @returns {FieldTexts}
 */
export function entryTexts(form, book, draft, which) {
  const typed = draft[which];
  if (!isPartial(draft)) return typed;
  const cells = Object.fromEntries(Object.entries(typed).filter(([, text]) => text.trim()));
  const texts = { ...draft.base?.texts, ...cells };
  return draft.sums ? withSums(form, book, draft, texts, cells) : texts;
}

/**
 * The sheet with D, F and I as they follow from the other cells; a sum that was typed stays.
 *
 * @param {ReportForm} form
 * @param {CountBook} book
 * @param {Draft} draft
 * @param {FieldTexts} texts
 * @param {FieldTexts} cells
 */
function withSums(form, book, draft, texts, cells) {
  const fields = form.fields(book, draft);
  const summed = { ...texts };
  for (const sum of SUMS) {
    const { values } = readFields(fields, summed);
    const found = form.identities(book, values, draft).find(({ id }) => id === sum);
    if (found?.state !== "false" || found.computed === undefined || found.field in cells) continue;
    const figure = found.how.votes ? found.computed / 1000 : found.computed;
    // Half a ballot is nobody's sum: the identity says what does not fit.
    if (Number.isInteger(figure)) summed[found.field] = String(figure);
  }
  return summed;
}

/**
 * The fields of a step: in a second entry of single cells those that the first one changed.
 *
 * @param {Field[]} fields
 * @param {Draft} draft
 * @param {"first" | "second"} which
 */
export const askedFields = (fields, draft, which) =>
  which === "second" && isPartial(draft) ? fields.filter(({ id }) => draft.asked?.includes(id)) : fields;

/**
 * Remember which cells the first entry changes, before its figures are out of sight.
 *
 * @param {Draft} draft
 */
export function rememberAsked(draft) {
  if (isPartial(draft))
    draft.asked = Object.entries(draft.first)
      .filter(([, text]) => text.trim())
      .map(([id]) => id);
}

/**
 * The field that somebody means by 届出番号 or by the letter of the form.
 *
 * @param {Field[]} fields
 * @param {string} typed
 */
export function findCell(fields, typed) {
  const name = typed.normalize("NFKC").trim().toUpperCase();
  if (!name) return undefined;
  return fields.find(({ number, letter }) => letter === name || (number && String(number) === name));
}
