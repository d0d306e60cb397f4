// A step in which figures are typed: the sheet, its sums, what it reports, and the way on.

import { el, errorSummary, fill, showFieldError } from "../shared/dom.js";
import { discardDraft } from "../shared/drafts.js";
import { requireElement } from "../shared/elements.js";
import { t } from "../shared/language.js";
import { bundleOption, carriedOffers, cellFinder, correctionScope } from "./entry_options.js";
import { circumstancesPart, secondOfficerPart } from "./flow_parts.js";
import { entryTexts, isPartial } from "./partial_entry.js";
import { poolEditor } from "./pool_editor.js";
import { mayLeaveSecond } from "./second_entry_seal.js";
import { fileField } from "./sheet_file.js";
import { sheetView } from "./sheet_view.js";
import { isOneEntry, oneEntryOption, typistErrors, typistPart } from "./typist_part.js";

/** @param {ReportFlow} flow */
export function entryStep(flow) {
  const { form, book, draft } = flow;
  const which = draft.step === "second" ? "second" : "first";
  const fileTold = el("p", { class: "small", role: "status" });
  const fileError = el("p", { class: "error", id: "file-error", role: "alert", hidden: true });
  /**
   * @param {string} sentence
   * @param {string} error
   */
  const tell = (sentence, error) => {
    fileTold.textContent = sentence;
    fileError.textContent = error;
    fileError.hidden = !error;
  };
  const sheet = sheetView({ form, book, draft, which, changed: flow.changed, report: tell });
  const errors = el("div", { id: "error-place" });
  const next = el(
    "button",
    { type: "submit", class: "primary", data: { next: "true" } },
    which === "first" && form.isTwice ? t("次へ（二人目の入力）") : t("次へ"),
  );
  return el(
    "form",
    {
      novalidate: true,
      class: "entry-form",
      on: {
        submit: (event) => {
          event.preventDefault();
          continueIfRight(flow, sheet);
        },
      },
    },
    errors,
    el(
      "div",
      { class: "sheet-and-sums" },
      el(
        "div",
        { class: "about-sheet" },
        which === "first"
          ? [circumstancesPart(flow), oneEntryOption(flow), correctionScope(flow)]
          : secondOfficerPart(flow),
        typistPart(flow, which),
        cellFinder(flow, sheet),
        carriedOffers(flow),
      ),
      sheet.element,
      el(
        "aside",
        { class: "sums-place", "aria-label": t("合計と検算") },
        el("h2", { class: "plain" }, t("合計と検算")),
        sheet.sums,
      ),
    ),
    bundleOption(flow),
    fileField(sheet.put, tell, book),
    fileTold,
    fileError,
    form.name === "tally" && !isPartial(draft)
      ? poolEditor({ book, draft, which, changed: flow.changed, redraw: flow.redraw })
      : null,
    el(
      "p",
      { class: "actions" },
      next,
      which === "second"
        ? el("button", { type: "button", on: { click: () => backToFirst(flow) } }, t("一人目の入力に戻る"))
        : null,
      el(
        "button",
        { type: "button", class: "danger apart", on: { click: () => confirmDiscard(flow) } },
        t("入力を破棄"),
      ),
    ),
  );
}

/** @param {ReportFlow} about */
async function confirmDiscard({ draft }) {
  if (!confirm(t("この入力を破棄します。よろしいですか。"))) return;
  await discardDraft(draft);
  location.hash = "#/";
}

/** @param {ReportFlow} flow */
async function backToFirst(flow) {
  if (mayLeaveSecond(flow.draft)) await flow.go("first");
}

/**
 * @param {ReportFlow} flow
 * @param {SheetView} sheet
 */
function continueIfRight(flow, sheet) {
  const { form, book, draft } = flow;
  const which = draft.step === "second" ? "second" : "first";
  const { errors } = form.check(book, draft, entryTexts(form, book, draft, which));
  if (which === "second" && isPartial(draft)) {
    // Sums that do not fit show in the comparison: nobody can mend here what the first entry has.
    const asked = new Set(sheet.fields.map(({ id }) => id));
    for (const id of Object.keys(errors)) if (!asked.has(id)) delete errors[id];
  }
  Object.assign(errors, typistErrors(flow, which));
  if (!draft.as_of) errors.as_of = t("何時現在の数字かを入力してください。");
  for (const field of [
    ...sheet.fields.map((each) => each.id),
    "as_of",
    "mode",
    "pools_unstated",
    "typist",
    "one_entry",
  ])
    showFieldError(field, errors[field]);
  const summary = errorSummary(errors);
  fill(requireElement("error-place"), summary);
  if (summary) {
    openReasons(errors);
    summary.focus();
    return;
  }
  delete draft.problem;
  if (draft.step === "first") flow.go(form.isTwice && !isOneEntry(flow) ? "second" : "review");
  else flow.go("compare");
}

/** @param {FieldErrors} errors */
function openReasons(errors) {
  if (errors.pools_unstated) requireElement("pools").setAttribute("open", "");
  if (Object.keys(errors).some((id) => id.startsWith("reason/")))
    document.querySelector("details.reasons")?.setAttribute("open", "");
}
