// The form of a tally: what is typed, what is checked, what is posted.

import { t } from "../shared/language.js";
import { dividePools, divisionRows, poolErrors } from "./ballot_pools.js";
import { foreseeRefusals, warnings } from "./comparison.js";
import { buildTally, identities, readFields, sheetFields, tallyValues } from "./tally_sheet.js";

/** @type {ReportForm} */
export const tallyForm = {
  name: "tally",
  title: t("開票報告"),
  isTwice: true,
  stages: [
    ["interim", t("中間速報")],
    ["final", t("確定")],
  ],

  fields: sheetFields,

  last: (book) => (book.last ? { ...book.last, values: tallyValues(book, book.last.tally) } : null),

  identities,

  derived: (book, values, draft) => divisionRows(book, buildTally(book, values, draft)),

  /**
   * { values, errors }: what cannot be sent as it is.
   *
   * @param {CountBook} book
   * @param {Draft} draft
   * @param {FieldTexts} typed
   */
  check(book, draft, typed) {
    const found = readFields(sheetFields(book, draft), typed);
    Object.assign(found.errors, { ...poolErrors(book, draft, found.values), ...found.errors });
    if (Object.keys(found.errors).length) return found;
    for (const each of identities(book, found.values, draft)) {
      if (each.state === "false") found.errors[each.field] ??= each.sentence;
    }
    const refusals = foreseeRefusals(book, buildTally(book, found.values, draft), {
      correcting: draft.mode === "correct",
    });
    return { values: found.values, errors: { ...refusals, ...found.errors } };
  },

  warnings: (book, values, draft) =>
    warnings(book, dividePools(book, buildTally(book, values, draft)), { final: draft.final }),

  /**
   * @param {CountBook} book
   * @param {Draft} draft
   * @param {FieldValues} values
   */
  command(book, draft, values) {
    const common = {
      contest: book.contest,
      unit: book.unit,
      as_of: draft.as_of,
      final: draft.final,
      tally: buildTally(book, values, draft),
      ballot_sha256: draft.ballot_sha256,
    };
    if (draft.mode === "correct") {
      return { command: "correct-tally", ...common, reason: draft.reason, supersedes: book.last?.report };
    }
    return { command: "post-tally", ...common, ...(draft.remark ? { remark: draft.remark } : {}) };
  },
};
