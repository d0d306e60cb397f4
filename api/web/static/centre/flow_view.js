// One sheet from the first figure to the sent posting: entry, second entry, comparison, review.

import { events } from "../shared/connection.js";
import { announce, byId, el, errorSummary, fieldId, fill, showFieldError } from "../shared/dom.js";
import { discardDraft, draftKey, openDraft, saveAndReport, whenSaved } from "../shared/drafts.js";
import { focusedElement, requireElement } from "../shared/elements.js";
import { formatMoment } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { countBook, deviceKeys, officeData, requireOfficeData } from "../shared/office_data.js";
import { locateProblem } from "../shared/sending/refusals.js";
import { get } from "../shared/store.js";
import { acquireTabLock, openElsewhereNotice } from "../shared/tab_lock.js";
import { compareStep } from "./compare_view.js";
import { ballotChangedNotice, circumstancesPart, secondOfficerPart, stepList } from "./flow_parts.js";
import { poolEditor } from "./pool_editor.js";
import { reviewStep } from "./review_view.js";
import { enterStep } from "./second_entry_seal.js";
import { fileField } from "./sheet_file.js";
import { sheetView } from "./sheet_view.js";
import { tallyForm } from "./tally_form.js";
import { turnoutForm } from "./turnout_form.js";

/** @type {Record<string, ReportForm>} */
export const FORMS = { tally: tallyForm, turnout: turnoutForm };

/**
 * `#/sheet/{form}/{contest}/{unit}` or `#/sheet/draft/{key}`.
 *
 * @param {string} name
 * @param {string} contest
 * @param {string} unit
 */
export async function flowView(name, contest, unit) {
  // What the other page keeps last is read once it has let go.
  if (!(await acquireTabLock(name === "draft" ? contest : draftKey(name, contest, unit)))) return openElsewhereNotice();
  const found = name === "draft" ? await get("drafts", contest) : null;
  const form = FORMS[found?.form ?? name];
  const book = officeData() && (await countBook(found?.contest ?? contest, found?.unit ?? unit));
  if (!form || !book) return missingUnitPart();
  const draft = found ?? (await openDraft(form, book));
  const { office, workbook } = requireOfficeData();
  /** @type {ReportFlow} */
  const flow = {
    form,
    book,
    draft,
    office,
    keys: await deviceKeys(),
    place: el("div", { class: "flow" }),
    // Whoever posts for another unit has not counted: two persons sign.
    unsigned: workbook.unsigned,
    signatures: book.own ? office.signatures_required : 2,
    go: async (step) => {
      // Nobody types into a step that is left while figures are sealed or opened.
      flow.place.querySelector(".step")?.replaceChildren();
      await enterStep(step, draft);
      saveAndReport(draft);
      await draw(flow, true);
    },
    changed: () => {
      saveAndReport(draft);
    },
    redraw: () => draw(flow, false),
  };
  await draw(flow, false);
  openFlow = flow;
  return flow.place;
}

/** @type {ReportFlow | null} */
let openFlow = null;

/** The ballot or the last report changed elsewhere: the sheet on the screen must know. */
events.addEventListener("office-data", async () => {
  const flow = openFlow;
  if (!flow?.place.isConnected) return;
  const book = await countBook(flow.book.contest, flow.book.unit);
  const isSame =
    book &&
    book.ballot_sha256 === flow.book.ballot_sha256 &&
    book.last?.report === flow.book.last?.report &&
    book.turnout?.report === flow.book.turnout?.report;
  flow.keys = await deviceKeys();
  if (!book || isSame) return;
  flow.book = book;
  if (flow.form.last(book)?.final) Object.assign(flow.draft, { mode: "correct", final: true });
  const held = focusedElement()?.id;
  await draw(flow, false);
  if (held) byId(held)?.focus();
});

const missingUnitPart = () => [
  el("h1", {}, t("開票区がありません")),
  el(
    "p",
    {},
    t("この端末の開票区ではないか、まだ読み込めていません。"),
    el("a", { href: "#/" }, t("開票区の一覧に戻る")),
  ),
];

/** @type {Record<string, (flow: ReportFlow) => HTMLElement>} */
const STEP_PARTS = { compare: compareStep, review: reviewStep };

/**
 * @param {ReportFlow} flow
 * @param {boolean} moved
 */
async function draw(flow, moved) {
  const { draft, form, book, place } = flow;
  const step = STEP_PARTS[draft.step] ?? entryStep;
  fill(
    place,
    el("p", { class: "trail" }, el("a", { href: "#/" }, t("開票区の一覧"))),
    el(
      "h1",
      { tabindex: "-1" },
      [book.unit_name, book.name, form.title].map((word) => el("span", { class: "part" }, `${word}　`)),
    ),
    book.own
      ? null
      : el(
          "p",
          { class: "notice notice-warning" },
          t`${flow.office.name}として、${book.unit_name}に代わって入力しています。代行であることが記録に残ります。`,
        ),
    ballotChangedNotice(flow),
    stepList(form, draft),
    el("div", { class: "step" }, step(flow)),
    el(
      "p",
      { class: "small", id: "saved", role: "status" },
      draft.saved_at ? t`この端末に保存済み（${formatMoment(draft.saved_at)}）` : "",
    ),
  );
  // The page is put together before it is shown; the refusal goes to fields that are there.
  if (draft.problem) setTimeout(() => showRefusal(flow));
  if (moved) {
    scrollTo(0, 0);
    place.querySelector("h1")?.focus();
    await whenSaved();
  }
}

/** @param {ReportFlow} flow */
function entryStep(flow) {
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
    which === "first" ? circumstancesPart(flow) : secondOfficerPart(flow),
    fileField(sheet.put, tell, book),
    fileTold,
    fileError,
    el(
      "div",
      { class: "sheet-and-sums" },
      sheet.element,
      el(
        "aside",
        { class: "sums-place", "aria-label": t("合計と検算") },
        el("h2", { class: "plain" }, t("合計と検算")),
        sheet.sums,
      ),
    ),
    which === "first" && form.name === "tally"
      ? poolEditor({ book, draft, changed: flow.changed, redraw: flow.redraw })
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

/**
 * Whoever looks at the first entry again has seen it: the second one then begins anew.
 *
 * @param {ReportFlow} flow
 */
async function backToFirst(flow) {
  const isBegun = Object.values(flow.draft.second).some(Boolean);
  if (
    isBegun &&
    !confirm(t("一人目の数字を表示するため、二人目の入力は消え、はじめからやり直しになります。よろしいですか。"))
  )
    return;
  flow.draft.second = {};
  await flow.go("first");
}

/**
 * @param {ReportFlow} flow
 * @param {SheetView} sheet
 */
function continueIfRight(flow, sheet) {
  const { form, book, draft } = flow;
  const { errors } = form.check(book, draft, draft.step === "second" ? draft.second : draft.first);
  if (!draft.as_of) errors.as_of = t("何時現在の数字かを入力してください。");
  for (const field of [...sheet.fields.map((each) => each.id), "as_of", "mode", "pools_unstated"])
    showFieldError(field, errors[field]);
  const summary = errorSummary(errors);
  fill(requireElement("error-place"), summary);
  if (summary) {
    openReasons(errors);
    summary.focus();
    return;
  }
  delete draft.problem;
  if (draft.step === "first") flow.go(form.isTwice ? "second" : "review");
  else flow.go("compare");
}

/** @param {FieldErrors} errors */
function openReasons(errors) {
  if (errors.pools_unstated) requireElement("pools").setAttribute("open", "");
  if (Object.keys(errors).some((id) => id.startsWith("reason/")))
    document.querySelector("details.reasons")?.setAttribute("open", "");
}

/**
 * A refusal of the server stands at its field; what was typed is all there.
 *
 * @param {ReportFlow} about
 */
function showRefusal({ draft }) {
  const { field, sentence } = locateProblem(draft.problem);
  if (draft.step !== "first" && draft.step !== "review") return;
  showFieldError(field, sentence);
  const summary =
    field && byId(fieldId(field))
      ? errorSummary({ [field]: sentence })
      : el(
          "div",
          { class: "notice notice-error", role: "alert", id: "errors", tabindex: "-1" },
          el("h2", { class: "plain" }, t("受け付けられませんでした")),
          el("p", {}, sentence),
        );
  const place = byId("error-place");
  if (place) fill(place, summary);
  else document.querySelector(".step")?.prepend(summary ?? "");
  announce(sentence);
}
