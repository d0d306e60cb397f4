// One answer from the first figure to the sent posting: entry, then a last look and the signature.
import { openElsewhereNotice, acquireTabLock } from "../shared/tab_lock.js";
import { byId, el, errorSummary, labelledField, fill, showFieldError } from "../shared/dom.js";
import { deviceKeys, officeData } from "../shared/office_data.js";
import { discardDraft, saveAndReport, whenSaved, notSavedNotice } from "../shared/drafts.js";
import { formatMoment, formatDifference } from "../shared/figures.js";
import { election, environment } from "../shared/connection.js";
import { enqueue, newSubmissionId } from "../shared/sending/outbox.js";
import { problemSentence } from "../shared/sending/refusals.js";
import { t } from "../shared/language.js";
import { answerBook, draftKey, openDraft } from "./answers.js";
import { entryForm } from "./entry_form.js";
import { formFile } from "./form_file.js";
import { completeItems, readAll, formatAnswer, typedTexts } from "./questions.js";
import { chosenSigners, signersPart } from "./signers.js";

const STEPS = [["entry", t("入力")], ["review", t("確認と送信")]];

/** `#/answer/{survey}/{unit}` */
export async function answerView(survey, unit) {
  if (!(await acquireTabLock(draftKey(survey, unit)))) return openElsewhereNotice();
  const book = officeData() && await answerBook(survey, unit);
  if (!book) return [el("h1", {}, t("調査がありません")), el("p", {}, t("この調査はこの開票区を対象にしていないか、まだ読み込めていません。"), el("a", { href: "#/" }, t("調査の一覧に戻る")))];
  const { office, workbook } = officeData();
  const flow = {
    survey, unit, book, office, questionnaire: book.detail.questionnaire, draft: await openDraft(survey, unit, book), keys: await deviceKeys(),
    signatures: Math.max(1, office.signatures_required), unsigned: workbook.unsigned, place: el("div", { class: "flow" }),
  };
  flow.changed = () => { saveAndReport(flow.draft); };
  flow.go = (step) => { flow.draft.step = step; saveAndReport(flow.draft); draw(flow, true); };
  draw(flow, false);
  return flow.place;
}

function draw(flow, moved) {
  const { draft, book, place, questionnaire } = flow;
  const step = draft.step === "review" ? reviewStep : entryStep;
  fill(place,
    el("p", { class: "trail" }, el("a", { href: "#/" }, t("調査の一覧"))),
    el("h1", { tabindex: "-1" }, questionnaire.title),
    el("p", { class: "lead" }, el("strong", {}, book.form.answer.name), t`　期限 ${formatMoment(book.detail.due)}`),
    questionnaire.note ? el("p", {}, questionnaire.note) : null,
    book.own ? null : el("p", { class: "notice notice-warning" }, t`${flow.office.name}として、${book.form.answer.name}に代わって入力しています。代行であることが記録に残ります。`),
    answerStateNotice(book.form.answer),
    el("ol", { class: "steps" }, STEPS.map(([name, word]) => el("li", { "aria-current": name === draft.step ? "step" : undefined }, word))),
    el("div", { class: "step" }, step(flow)),
    el("p", { class: "small", id: "saved", role: "status" }));
  if (draft.problem) setTimeout(() => showRefusal(flow));
  if (moved) { scrollTo(0, 0); place.querySelector("h1").focus(); }
}

function answerStateNotice(answer) {
  if (answer.state === "returned") return el("p", { class: "notice notice-error" }, t`差し戻されています。理由：${answer.returned}`);
  if (answer.state === "given") return el("p", { class: "notice notice-done" }, t`回答済みです（${formatMoment(answer.given_at)}）。直して送り直すと、新しい回答に置き換わります。`);
  if (!answer.reminders) return null;
  return el("p", { class: "notice notice-warning" }, t`督促が${answer.reminders}回届いています（最後は${formatMoment(answer.reminded_at)}）。`, answer.reminded_note);
}

function entryStep(flow) {
  const { questionnaire, draft, book } = flow;
  const offered = offeredValues(book.form);
  const form = entryForm({ questionnaire, draft, changed: flow.changed, offered });
  const remark = el("textarea", { rows: "2", maxlength: "2000", value: draft.remark, on: { input: (event) => { draft.remark = event.target.value; flow.changed(); } } });
  return el("form", { novalidate: true, on: { submit: (event) => { event.preventDefault(); continueIfRight(flow); } } },
    el("div", { id: "error-place" }),
    offered && !book.form.answer.values ? el("div", { class: "notice" }, el("p", {}, t("分かっている数字を右の列に示しています。押すと入ります。確かめてから使ってください。")),
      el("button", { type: "button", data: { act: "take-all" }, on: { click: () => form.put(typedTexts(offered.values)) } }, t("右の列をすべて入れる"))) : null,
    el("div", { class: "sheet-and-sums" }, el("div", { class: "sheet-part" }, form.element, labelledField("remark", t("備考（任意・公開されます）"), remark, { hint: t("個人の氏名は書かないでください。") })),
      el("aside", { class: "sums-place", "aria-label": t("合計と検算") }, el("h2", { class: "plain" }, t("合計と検算")), form.sums)),
    formFile(flow, (filled) => { form.put(filled.texts); if (filled.remark) { draft.remark = filled.remark; remark.value = filled.remark; } }),
    el("p", { class: "actions" }, el("button", { type: "submit", class: "primary", data: { next: "true" } }, t("次へ（確認）")),
      el("button", { type: "button", class: "danger", on: { click: () => confirmDiscard(draft) } }, t("入力を破棄"))));
}

/** What stands beside the fields: this survey's last answer, else the night's figures and the last election's answer. */
function offeredValues({ answer, proposed, earlier }) {
  if (answer.values) return { word: t("前の回答"), values: answer.values };
  const night = Object.keys(proposed).length > 0;
  const before = Object.keys(earlier).length > 0;
  if (!night && !before) return null;
  const word = night && before ? t("当夜の報告・前回の選挙") : night ? t("当夜の報告") : t("前回の選挙");
  return { word, values: { ...earlier, ...proposed } };
}

async function confirmDiscard(draft) {
  if (!confirm(t("この入力を破棄します。よろしいですか。"))) return;
  await discardDraft(draft);
  location.hash = "#/";
}

function continueIfRight(flow) {
  const { errors } = readAll(flow.questionnaire, flow.draft.typed);
  showErrors(flow, errors);
  if (Object.keys(errors).length) return;
  delete flow.draft.problem;
  flow.go("review");
}

function showErrors(flow, errors) {
  for (const item of flow.questionnaire.items) showFieldError(item.id, errors[item.id]);
  const summary = errorSummary(errors);
  fill(byId("error-place"), summary);
  summary?.focus();
}

function reviewStep(flow) {
  const { questionnaire, draft, book } = flow;
  const { values, errors } = readAll(questionnaire, draft.typed);
  if (Object.keys(errors).length) setTimeout(() => flow.go("entry"));
  const send = el("button", { type: "submit", class: "primary", data: { next: "true" } }, flow.keys.some((key) => key.state === "active") ? t("署名して送る") : t("送る"));
  return el("form", { novalidate: true, class: "review", on: { submit: (event) => { event.preventDefault(); sendAnswer(flow, values, send); } } },
    el("div", { id: "error-place" }),
    el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("回答") }, reviewTable(questionnaire, values, book.form.answer.values)),
    draft.remark.trim() ? el("p", {}, t`備考：${draft.remark}`) : null,
    signersPart(flow),
    el("p", { class: "actions" }, send, el("button", { type: "button", on: { click: () => flow.go("entry") } }, t("入力に戻る"))));
}

function reviewTable(questionnaire, values, before) {
  const heads = before ? [t("項目"), t("今回"), t("前の回答"), t("増減")] : [t("項目"), t("今回")];
  return el("table", { class: "sheet review-table" },
    el("thead", {}, el("tr", {}, heads.map((word) => el("th", { scope: "col" }, word)))),
    el("tbody", {}, completeItems(questionnaire).filter((item) => values[item.id] !== undefined || before?.[item.id] !== undefined).map((item) => el("tr", { data: { row: item.id } },
      el("th", { scope: "row" }, item.title, item.unit ? t`（${item.unit}）` : ""),
      el("td", { class: item.kind === "text" ? "wrap text" : "big-figure" }, formatAnswer(values[item.id])),
      before ? [el("td", { class: item.kind === "text" ? "wrap text" : "" }, formatAnswer(before[item.id])), el("td", {}, formatChange(values[item.id], before[item.id]))] : null))));
}

const formatChange = (now, then) => (typeof now === "number" && typeof then === "number" ? formatDifference(now - then) : now === then ? "" : t("変更"));

async function sendAnswer(flow, values, button) {
  const { survey, unit, draft, office, book, questionnaire } = flow;
  const { chosen, errors } = chosenSigners(flow);
  for (const name of ["signer0", "signer1"]) showFieldError(name, errors[name]);
  const summary = errorSummary(errors);
  fill(byId("error-place"), summary);
  if (summary) { summary.focus(); return; }
  // Pressed twice is sent once: the button is dead and the draft leaves with the posting.
  button.disabled = true;
  delete draft.problem;
  await whenSaved();
  const remark = draft.remark.trim();
  const submission = {
    election, environment, office: office.id, submission_id: newSubmissionId(office.id),
    command: { command: "answer-survey", survey, unit, values, ...(remark ? { remark } : {}) }, ...(book.own ? {} : { on_behalf: true }),
  };
  await enqueue({
    submission_id: submission.submission_id, submission, signers: chosen, draft: structuredClone(draft),
    title: `${book.form.answer.name}　${questionnaire.title}`, form: "survey", contest: "", unit,
    rows: completeItems(questionnaire).filter((item) => values[item.id] !== undefined).map((item) => [item.title, formatAnswer(values[item.id])]),
    office_name: office.name, made_at: new Date().toISOString(),
  }, draft.key).then(
    () => { location.hash = `#/sent/${encodeURIComponent(submission.submission_id)}`; },
    () => { button.disabled = false; fill(byId("error-place"), notSavedNotice()); byId("errors").focus(); },
  );
}

/** A refusal of the server stands at the items it is about; what was typed is all there. */
function showRefusal(flow) {
  const { draft } = flow;
  if (draft.step !== "entry") { flow.go("entry"); return; }
  const { facts = {} } = draft.problem;
  const errors = Object.fromEntries((facts.items ?? []).map((id, place) => [id, facts.faults[place]]));
  if (Object.keys(errors).length) { showErrors(flow, errors); return; }
  const notice = el("div", { class: "notice notice-error", role: "alert", id: "errors", tabindex: "-1" }, el("h2", { class: "plain" }, t("受け付けられませんでした")), el("p", {}, problemSentence(draft.problem)));
  fill(byId("error-place"), notice);
  notice.focus();
}
