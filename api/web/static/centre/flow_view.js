// One sheet from the first figure to the sent posting: entry, second entry, comparison, review.

import { events } from "../shared/connection.js";
import { announce, byId, el, errorSummary, fieldId, fill, showFieldError } from "../shared/dom.js";
import { draftKey, openDraft, saveAndReport, whenSaved } from "../shared/drafts.js";
import { focusedElement, focusFirstField } from "../shared/elements.js";
import { formatMoment } from "../shared/figures.js";
import { storageLossNotice } from "../shared/keys/storage_loss.js";
import { t } from "../shared/language.js";
import { countBook, deviceKeys, keysElsewhere, officeData, requireOfficeData } from "../shared/office_data.js";
import { locateProblem } from "../shared/sending/refusals.js";
import { get } from "../shared/store.js";
import { acquireTabLock, openElsewhereNotice } from "../shared/tab_lock.js";
import { compareStep } from "./compare_view.js";
import { entryStep } from "./entry_view.js";
import { ballotChangedNotice, stepList } from "./flow_parts.js";
import { handoverPart, showHandover } from "./handover_part.js";
import { otherReportNotice } from "./other_report.js";
import { beginPartial, isBegun, rememberAsked } from "./partial_entry.js";
import { reviewStep } from "./review_view.js";
import { enterStep } from "./second_entry_seal.js";
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
  if (!draft.saved_at && draft.mode === "correct") beginPartial(form, book, draft);
  const { office, workbook } = requireOfficeData();
  const keys = await deviceKeys();
  /** @type {ReportFlow} */
  const flow = {
    form,
    book,
    draft,
    office,
    keys,
    elsewhere: keysElsewhere(keys),
    handOver: (text) => showHandover(handoverPart(text, () => flow.go("first"))),
    place: el("div", { class: "flow" }),
    // An office that posts for another unit has not counted: two persons sign.
    unsigned: workbook.unsigned,
    signatures: book.own ? office.signatures_required : 2,
    go: async (step) => {
      // Nobody types into a step that is left while figures are sealed or opened.
      flow.place.querySelector(".step")?.replaceChildren();
      if (step === "second") rememberAsked(draft);
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
  flow.elsewhere = keysElsewhere(flow.keys);
  if (!book || isSame) return;
  flow.book = book;
  if (flow.form.last(book)?.final) Object.assign(flow.draft, { mode: "correct", final: true });
  if (flow.draft.step === "first" && !isBegun(flow.draft)) beginAgain(flow);
  const held = focusedElement()?.id;
  await draw(flow, false);
  if (held) byId(held)?.focus();
});

/**
 * Nothing was typed yet: the sheet is that of the report that stands now.
 *
 * @param {ReportFlow} flow
 */
function beginAgain({ form, book, draft }) {
  draft.last_report = form.last(book)?.report ?? null;
  if (draft.mode === "correct") beginPartial(form, book, draft);
}

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
    flow.unsigned ? null : storageLossNotice(officeData()?.office, flow.keys),
    ballotChangedNotice(flow),
    otherReportNotice(flow),
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
    if (!focusFirstField(place)) place.querySelector("h1")?.focus();
    await whenSaved();
  }
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
