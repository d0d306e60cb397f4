// A report that another device sent while a sheet was being typed: which figures are others there.

import { el, tableHead } from "../shared/dom.js";
import { formatFigure, formatMoment } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { differingFields } from "./comparison.js";
import { beginPartial, entryTexts, isPartial } from "./partial_entry.js";
import { mayLeaveSecond } from "./second_entry_seal.js";
import { readFields } from "./tally_sheet.js";

/**
 * The fields that were typed here and are others in a report.
 *
 * @param {Field[]} fields
 * @param {FieldValues} here
 * @param {FieldValues} there
 */
export const differingFigures = (fields, here, there) =>
  differingFields(
    fields.filter(({ id, required }) => here[id] !== undefined && (required || here[id] !== (there[id] ?? 0))),
    here,
    there,
  );

/**
 * Says that a report came from elsewhere since this sheet was begun; null where none did.
 *
 * @param {ReportFlow} flow
 */
export function otherReportNotice(flow) {
  const { form, book, draft } = flow;
  const last = form.last(book);
  draft.last_report ??= last?.report ?? null;
  if (!last || draft.last_report === last.report) return null;
  const goOn = () => {
    if (draft.step === "second" && !mayLeaveSecond(draft)) return;
    if (isPartial(draft)) beginPartial(form, book, draft);
    draft.last_report = last.report;
    delete draft.problem;
    flow.go("first");
  };
  return el(
    "div",
    { class: "notice notice-warning", id: "other-report", role: "alert" },
    el(
      "p",
      {},
      t`この入力の途中で、ほかから第${formatFigure(last.report - 1)}報（${last.final ? t("確定") : t("中間")}、${formatMoment(last.as_of)}現在）が送られました。`,
    ),
    draft.step === "second"
      ? el("p", {}, t("違う欄は、二人目の入力が終わってから表示します。"))
      : differencesPart(flow, last),
    el("button", { type: "button", on: { click: goOn } }, t("用紙を確かめて、入力を続ける")),
  );
}

/**
 * @param {ReportFlow} about
 * @param {LastReport} last
 */
function differencesPart({ form, book, draft }, last) {
  const fields = form.fields(book, draft);
  const { values } = readFields(fields, entryTexts(form, book, draft, "first"));
  const wrong = differingFigures(fields, values, last.values);
  if (!Object.keys(values).length) return null;
  if (!wrong.length) return el("p", {}, t("入力した数字は、その報告とすべて同じです。"));
  return el(
    "table",
    { class: "sheet" },
    tableHead([t("違う欄"), t("この端末"), t("送られた報告")]),
    el(
      "tbody",
      {},
      wrong.map((field) =>
        el(
          "tr",
          { data: { differs: field.id } },
          el("th", { scope: "row" }, field.letter ? `${field.letter}　${field.label}` : field.label),
          el("td", { data: { word: t("この端末") } }, formatFigure(values[field.id], field)),
          el("td", { data: { word: t("送られた報告") } }, formatFigure(last.values[field.id], field)),
        ),
      ),
    ),
  );
}
