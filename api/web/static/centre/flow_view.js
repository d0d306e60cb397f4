// One sheet from the first figure to the sent posting: entry, second entry, comparison, review.
import { openElsewhereNotice, acquireTabLock } from "../shared/tab_lock.js";
import { announce, byId, el, errorSummary, fieldId, fill, showFieldError, radios, labelledField } from "../shared/dom.js";
import { countBook, officeData, deviceKeys } from "../shared/office_data.js";
import { discardDraft, draftKey, saveAndReport, whenSaved, openDraft } from "../shared/drafts.js";
import { formatMoment, fromLocalInput, toLocalInput } from "../shared/figures.js";
import { events } from "../shared/connection.js";
import { locateProblem } from "../shared/sending/refusals.js";
import { fileField, sheetView } from "./sheet_view.js";
import { compareStep } from "./compare_view.js";
import { reviewStep } from "./review_view.js";
import { enterStep } from "./second_entry_seal.js";
import { get } from "../shared/store.js";
import { tallyForm } from "./tally_form.js";
import { turnoutForm } from "./turnout_form.js";
import { t } from "../shared/language.js";

export const FORMS = { tally: tallyForm, turnout: turnoutForm };
const STEPS = [["first", t("入力")], ["second", t("二人目の入力")], ["compare", t("照合")], ["review", t("確認と送信")]];

/** `#/sheet/{form}/{contest}/{unit}` or `#/sheet/draft/{key}`. */
export async function flowView(name, contest, unit) {
  // What the other page keeps last is read once it has let go.
  if (!(await acquireTabLock(name === "draft" ? contest : draftKey(name, contest, unit)))) return openElsewhereNotice();
  const found = name === "draft" ? await get("drafts", contest) : null;
  const form = FORMS[found?.form ?? name];
  const book = officeData() && await countBook(found?.contest ?? contest, found?.unit ?? unit);
  if (!form || !book) return missingUnitPart();
  const draft = found ?? (await openDraft(form, book));
  const { office, workbook } = officeData();
  const flow = {
    form, book, draft, office, keys: await deviceKeys(), place: el("div", { class: "flow" }),
    // Whoever posts for another unit has not counted: two persons sign.
    unsigned: workbook.unsigned, signatures: book.own ? office.signatures_required : 2,
  };
  flow.go = async (step) => {
    // Nobody types into a step that is left while figures are sealed or opened.
    flow.place.querySelector(".step").replaceChildren();
    await enterStep(step, draft);
    saveAndReport(draft);
    await draw(flow, true);
  };
  flow.changed = () => { saveAndReport(draft); };
  await draw(flow, false);
  openFlow = flow;
  return flow.place;
}

let openFlow = null;

/** The ballot or the last report changed elsewhere: the sheet on the screen must know. */
events.addEventListener("office-data", async () => {
  const flow = openFlow;
  if (!flow?.place.isConnected) return;
  const book = await countBook(flow.book.contest, flow.book.unit);
  const isSame = book && book.ballot_sha256 === flow.book.ballot_sha256 && book.last?.report === flow.book.last?.report && book.turnout?.report === flow.book.turnout?.report;
  flow.keys = await deviceKeys();
  if (!book || isSame) return;
  flow.book = book;
  if (flow.form.last(book)?.final) Object.assign(flow.draft, { mode: "correct", final: true });
  const held = document.activeElement?.id;
  await draw(flow, false);
  if (held) byId(held)?.focus();
});

const missingUnitPart = () => [el("h1", {}, t("開票区がありません")), el("p", {}, t("この端末の開票区ではないか、まだ読み込めていません。"), el("a", { href: "#/" }, t("開票区の一覧に戻る")))];

async function draw(flow, moved) {
  const { draft, form, book, place } = flow;
  const step = { first: entryStep, second: entryStep, compare: compareStep, review: reviewStep }[draft.step];
  fill(place,
    el("p", { class: "trail" }, el("a", { href: "#/" }, t("開票区の一覧"))),
    el("h1", { tabindex: "-1" }, [book.unit_name, book.name, form.title].map((word) => el("span", { class: "part" }, `${word}　`))),
    book.own ? null : el("p", { class: "notice notice-warning" }, t`${flow.office.name}として、${book.unit_name}に代わって入力しています。代行であることが記録に残ります。`),
    ballotChangedNotice(flow),
    stepList(form, draft),
    el("div", { class: "step" }, step(flow)),
    el("p", { class: "small", id: "saved", role: "status" }, draft.saved_at ? t`この端末に保存済み（${formatMoment(draft.saved_at)}）` : ""));
  // The page is put together before it is shown; the refusal goes to fields that are there.
  if (draft.problem) setTimeout(() => showRefusal(flow));
  if (moved) { scrollTo(0, 0); place.querySelector("h1").focus(); await whenSaved(); }
}

/** The list of candidates changed while the sheet was open: an officer says that it was looked at. */
function ballotChangedNotice(flow) {
  const { form, book, draft } = flow;
  if (form.name !== "tally" || draft.ballot_sha256 === book.ballot_sha256) return null;
  const accept = () => {
    draft.ballot_sha256 = book.ballot_sha256;
    delete draft.problem;
    flow.go("first");
  };
  return el("div", { class: "notice notice-warning" },
    el("p", {}, t("入力の途中で候補者等の一覧が変わりました。候補者でなくなった人の票は、無効に入れてください。入力済みの数字は残っています。")),
    el("button", { type: "button", on: { click: accept } }, t("最新の一覧で入力を続ける")));
}

function stepList(form, draft) {
  const steps = form.isTwice ? STEPS : STEPS.filter(([name]) => name === "first" || name === "review");
  return el("ol", { class: "steps" }, steps.map(([name, word]) =>
    el("li", { "aria-current": name === draft.step ? "step" : undefined }, word)));
}

function entryStep(flow) {
  const { form, book, draft } = flow;
  const which = draft.step;
  const fileTold = el("p", { class: "small", role: "status" });
  const fileError = el("p", { class: "error", id: "file-error", role: "alert", hidden: true });
  const tell = (sentence, error) => { fileTold.textContent = sentence; fileError.textContent = error; fileError.hidden = !error; };
  const sheet = sheetView({ form, book, draft, which, changed: flow.changed, told: tell });
  const errors = el("div", { id: "error-place" });
  const next = el("button", { type: "submit", class: "primary", data: { next: "true" } }, which === "first" && form.isTwice ? t("次へ（二人目の入力）") : t("次へ"));
  return el("form", { novalidate: true, class: "entry-form", on: { submit: (event) => { event.preventDefault(); continueIfRight(flow, sheet); } } },
    errors,
    which === "first" ? circumstancesPart(flow) : secondOfficerPart(flow),
    fileField(sheet.put, tell), fileTold, fileError,
    el("div", { class: "sheet-and-sums" }, sheet.element, el("aside", { class: "sums-place", "aria-label": t("合計と検算") }, el("h2", { class: "plain" }, t("合計と検算")), sheet.sums)),
    el("p", { class: "actions" }, next,
      which === "second" ? el("button", { type: "button", on: { click: () => backToFirst(flow) } }, t("一人目の入力に戻る")) : null,
      el("button", { type: "button", class: "danger apart", on: { click: () => confirmDiscard(flow) } }, t("入力を破棄"))));
}

async function confirmDiscard({ draft }) {
  if (!confirm(t("この入力を破棄します。よろしいですか。"))) return;
  await discardDraft(draft);
  location.hash = "#/";
}

/** Whoever looks at the first entry again has seen it: the second one then begins anew. */
async function backToFirst(flow) {
  const isBegun = Object.values(flow.draft.second).some(Boolean);
  if (isBegun && !confirm(t("一人目の数字を表示するため、二人目の入力は消え、はじめからやり直しになります。よろしいですか。"))) return;
  flow.draft.second = {};
  await flow.go("first");
}

const secondOfficerPart = ({ draft }) => [
  el("p", { class: "notice" }, t("二人目の担当者が、用紙を見て、はじめから独立に入力してください。一人目の数字は表示しません。")),
  el("p", {}, t`${draft.final ? t("確定") : t("中間速報")}　${formatMoment(draft.as_of)}現在`),
];

function circumstancesPart(flow) {
  const { form, book, draft } = flow;
  const last = form.last(book);
  const redraw = (name, change) => {
    Object.assign(draft, change);
    flow.changed();
    draw(flow, false);
    document.querySelector(`input[name="${name}"]:checked`)?.focus();
  };
  const asOf = el("input", {
    type: "datetime-local", value: draft.as_of ? toLocalInput(new Date(draft.as_of)) : "",
    on: { change: (event) => { draft.as_of = fromLocalInput(event.target.value); showFieldError("as_of", ""); flow.changed(); } },
  });
  const stage = last?.final ? [["final", t("確定")]] : form.stages;
  return el("div", { class: "circumstances" },
    last ? radios("mode", t("この報告は"), last.final ? [["correct", t("前の報告の訂正（確定済みのため）")]] : [["post", t("新しい報告")], ["correct", t("前の報告の訂正")]], draft.mode, (mode) => redraw("mode", { mode })) : null,
    radios("stage", t("種別"), stage, draft.final ? "final" : "interim", (chosen) => redraw("stage", { final: chosen === "final" })),
    labelledField("as_of", t("何時現在の数字ですか"), asOf));
}

function continueIfRight(flow, sheet) {
  const { form, book, draft } = flow;
  const { errors } = form.check(book, draft, draft[draft.step]);
  if (!draft.as_of) errors.as_of = t("何時現在の数字かを入力してください。");
  for (const field of [...sheet.fields.map((each) => each.id), "as_of", "mode"]) showFieldError(field, errors[field]);
  const summary = errorSummary(errors);
  fill(byId("error-place"), summary);
  if (summary) { openReasons(errors); summary.focus(); return; }
  delete draft.problem;
  if (draft.step === "first") flow.go(form.isTwice ? "second" : "review");
  else flow.go("compare");
}

function openReasons(errors) {
  if (Object.keys(errors).some((id) => id.startsWith("reason/"))) document.querySelector("details.reasons")?.setAttribute("open", "");
}

/** A refusal of the server stands at its field; what was typed is all there. */
function showRefusal({ draft }) {
  const { field, sentence } = locateProblem(draft.problem);
  if (draft.step !== "first" && draft.step !== "review") return;
  showFieldError(field, sentence);
  const summary = field && byId(fieldId(field)) ? errorSummary({ [field]: sentence })
    : el("div", { class: "notice notice-error", role: "alert", id: "errors", tabindex: "-1" }, el("h2", { class: "plain" }, t("受け付けられませんでした")), el("p", {}, sentence));
  const place = byId("error-place");
  (place ? fill(place, summary) : document.querySelector(".step")?.prepend(summary));
  announce(sentence);
}
