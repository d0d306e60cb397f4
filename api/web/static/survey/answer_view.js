// One answer from the first figure to the sent posting: entry, then a last look and the signature.

import { el, errorSummary, fill, labelledField, showFieldError } from "../shared/dom.js";
import { discardDraft, saveAndReport } from "../shared/drafts.js";
import { requireElement } from "../shared/elements.js";
import { formatMoment } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { deviceKeys, officeData, requireOfficeData } from "../shared/office_data.js";
import { problemSentence } from "../shared/sending/refusals.js";
import { acquireTabLock, openElsewhereNotice } from "../shared/tab_lock.js";
import { reviewStep } from "./answer_review.js";
import { answerBook, draftKey, openDraft } from "./answers.js";
import { entryForm } from "./entry_form.js";
import { formFile } from "./form_file.js";
import { readAll, typedTexts } from "./questions.js";

const STEPS = [
  ["entry", t("入力")],
  ["review", t("確認と送信")],
];

/**
 * `#/answer/{survey}/{unit}`
 *
 * @param {string} survey
 * @param {string} unit
 */
export async function answerView(survey, unit) {
  if (!(await acquireTabLock(draftKey(survey, unit)))) return openElsewhereNotice();
  const book = officeData() && (await answerBook(survey, unit));
  if (!book)
    return [
      el("h1", {}, t("調査がありません")),
      el(
        "p",
        {},
        t("この調査はこの開票区を対象にしていないか、まだ読み込めていません。"),
        el("a", { href: "#/" }, t("調査の一覧に戻る")),
      ),
    ];
  const { office, workbook } = requireOfficeData();
  /** @type {AnswerFlow} */
  const flow = {
    survey,
    unit,
    book,
    office,
    questionnaire: book.detail.questionnaire,
    draft: await openDraft(survey, unit, book),
    keys: await deviceKeys(),
    signatures: Math.max(1, office.signatures_required),
    unsigned: workbook.unsigned,
    place: el("div", { class: "flow" }),
    changed: () => {
      saveAndReport(flow.draft);
    },
    go: (step) => {
      flow.draft.step = step;
      saveAndReport(flow.draft);
      draw(flow, true);
    },
  };
  draw(flow, false);
  return flow.place;
}

/**
 * @param {AnswerFlow} flow
 * @param {boolean} moved
 */
function draw(flow, moved) {
  const { draft, book, place, questionnaire } = flow;
  const step = draft.step === "review" ? reviewStep : entryStep;
  fill(
    place,
    el("p", { class: "trail" }, el("a", { href: "#/" }, t("調査の一覧"))),
    el("h1", { tabindex: "-1" }, questionnaire.title),
    el("p", { class: "lead" }, el("strong", {}, book.form.answer.name), t`　期限 ${formatMoment(book.detail.due)}`),
    questionnaire.note ? el("p", {}, questionnaire.note) : null,
    book.own
      ? null
      : el(
          "p",
          { class: "notice notice-warning" },
          t`${flow.office.name}として、${book.form.answer.name}に代わって入力しています。代行であることが記録に残ります。`,
        ),
    answerStateNotice(book.form.answer),
    el(
      "ol",
      { class: "steps" },
      STEPS.map(([name, word]) => el("li", { "aria-current": name === draft.step ? "step" : undefined }, word)),
    ),
    el("div", { class: "step" }, step(flow)),
    el("p", { class: "small", id: "saved", role: "status" }),
  );
  if (draft.problem) setTimeout(() => showRefusal(flow));
  if (moved) {
    scrollTo(0, 0);
    place.querySelector("h1")?.focus();
  }
}

/** @param {UnitAnswer} answer */
function answerStateNotice(answer) {
  if (answer.state === "returned")
    return el("p", { class: "notice notice-error" }, t`差し戻されています。理由：${answer.returned}`);
  if (answer.state === "given")
    return el(
      "p",
      { class: "notice notice-done" },
      t`回答済みです（${formatMoment(answer.given_at)}）。直して送り直すと、新しい回答に置き換わります。`,
    );
  if (!answer.reminders) return null;
  return el(
    "p",
    { class: "notice notice-warning" },
    t`督促が${answer.reminders}回届いています（最後は${formatMoment(answer.reminded_at)}）。`,
    answer.reminded_note,
  );
}

/** @param {AnswerFlow} flow */
function entryStep(flow) {
  const { questionnaire, draft, book } = flow;
  const offered = offeredValues(book.form);
  const form = entryForm({ questionnaire, draft, changed: flow.changed, offered });
  const remark = el("textarea", {
    rows: "2",
    maxlength: "2000",
    value: draft.remark,
    on: {
      input: (event) => {
        draft.remark = event.target.value;
        flow.changed();
      },
    },
  });
  return el(
    "form",
    {
      novalidate: true,
      on: {
        submit: (event) => {
          event.preventDefault();
          continueIfRight(flow);
        },
      },
    },
    el("div", { id: "error-place" }),
    offered && !book.form.answer.values
      ? el(
          "div",
          { class: "notice" },
          el("p", {}, t("分かっている数字を右の列に示しています。押すと入ります。確かめてから使ってください。")),
          el(
            "button",
            { type: "button", data: { act: "take-all" }, on: { click: () => form.put(typedTexts(offered.values)) } },
            t("右の列をすべて入れる"),
          ),
        )
      : null,
    el(
      "div",
      { class: "sheet-and-sums" },
      el(
        "div",
        { class: "sheet-part" },
        form.element,
        labelledField("remark", t("備考（任意・公開されます）"), remark, {
          hint: t("個人の氏名は書かないでください。"),
        }),
      ),
      el(
        "aside",
        { class: "sums-place", "aria-label": t("合計と検算") },
        el("h2", { class: "plain" }, t("合計と検算")),
        form.sums,
      ),
    ),
    formFile(flow, (filled) => {
      form.put(filled.texts);
      if (filled.remark) {
        draft.remark = filled.remark;
        remark.value = filled.remark;
      }
    }),
    el(
      "p",
      { class: "actions" },
      el("button", { type: "submit", class: "primary", data: { next: "true" } }, t("次へ（確認）")),
      el("button", { type: "button", class: "danger", on: { click: () => confirmDiscard(draft) } }, t("入力を破棄")),
    ),
  );
}

/**
 * What stands beside the fields: this survey's last answer, else the night's figures and the last election's answer.
 *
 * @param {AnswerBook["form"]} about
 */
function offeredValues({ answer, proposed, earlier }) {
  if (answer.values) return { word: t("前の回答"), values: answer.values };
  const night = Object.keys(proposed).length > 0;
  const before = Object.keys(earlier).length > 0;
  if (!night && !before) return null;
  const word = night && before ? t("当夜の報告・前回の選挙") : night ? t("当夜の報告") : t("前回の選挙");
  return { word, values: { ...earlier, ...proposed } };
}

/** @param {AnswerDraft} draft */
async function confirmDiscard(draft) {
  if (!confirm(t("この入力を破棄します。よろしいですか。"))) return;
  await discardDraft(draft);
  location.hash = "#/";
}

/** @param {AnswerFlow} flow */
function continueIfRight(flow) {
  const { errors } = readAll(flow.questionnaire, flow.draft.typed);
  showErrors(flow, errors);
  if (Object.keys(errors).length) return;
  delete flow.draft.problem;
  flow.go("review");
}

/**
 * @param {AnswerFlow} flow
 * @param {FieldErrors} errors
 */
function showErrors(flow, errors) {
  for (const item of flow.questionnaire.items) showFieldError(item.id, errors[item.id]);
  const summary = errorSummary(errors);
  fill(requireElement("error-place"), summary);
  summary?.focus();
}

/**
 * A refusal of the server stands at the items it is about; what was typed is all there.
 *
 * @param {AnswerFlow} flow
 */
function showRefusal(flow) {
  const { draft } = flow;
  if (draft.step !== "entry") {
    flow.go("entry");
    return;
  }
  const { items = [], faults = [] } = draft.problem?.facts ?? {};
  const errors = Object.fromEntries(
    items.map((/** @type {string} */ id, /** @type {number} */ place) => [id, faults[place]]),
  );
  if (Object.keys(errors).length) {
    showErrors(flow, errors);
    return;
  }
  const notice = el(
    "div",
    { class: "notice notice-error", role: "alert", id: "errors", tabindex: "-1" },
    el("h2", { class: "plain" }, t("受け付けられませんでした")),
    el("p", {}, problemSentence(draft.problem)),
  );
  fill(requireElement("error-place"), notice);
  notice.focus();
}
