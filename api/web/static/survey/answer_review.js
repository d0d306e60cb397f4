// The last look at an answer before it is sent.

import { el, tableHead } from "../shared/dom.js";
import { formatDifference } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { reviewForm, sendReviewed, showFaults } from "../shared/sending/review.js";
import { chosenSigners, SIGNER_FIELDS } from "../shared/sending/signers.js";
import { completeItems, formatAnswer, readAll } from "./questions.js";

/** @param {AnswerFlow} flow */
export function reviewStep(flow) {
  const { questionnaire, draft, book } = flow;
  const { values, errors } = readAll(questionnaire, draft.typed);
  if (Object.keys(errors).length) setTimeout(() => flow.go("entry"));
  return reviewForm(
    flow,
    { send: (button) => sendAnswer(flow, values, button), back: () => flow.go("entry") },
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": t("回答") },
      reviewTable(questionnaire, values, book.form.answer.values),
    ),
    draft.remark.trim() ? el("p", {}, t`備考：${draft.remark}`) : null,
  );
}

/**
 * @param {Questionnaire} questionnaire
 * @param {Answers} values
 * @param {Answers | undefined} before
 */
function reviewTable(questionnaire, values, before) {
  const heads = before ? [t("項目"), t("今回"), t("前の回答"), t("増減")] : [t("項目"), t("今回")];
  return el(
    "table",
    { class: "sheet review-table" },
    tableHead(heads),
    el(
      "tbody",
      {},
      completeItems(questionnaire)
        .filter((item) => values[item.id] !== undefined || before?.[item.id] !== undefined)
        .map((item) =>
          el(
            "tr",
            { data: { row: item.id } },
            el("th", { scope: "row" }, item.title, item.unit ? t`（${item.unit}）` : ""),
            el("td", { class: item.kind === "text" ? "wrap text" : "big-figure" }, formatAnswer(values[item.id])),
            before
              ? [
                  el("td", { class: item.kind === "text" ? "wrap text" : "" }, formatAnswer(before[item.id])),
                  el("td", {}, formatChange(values[item.id], before[item.id])),
                ]
              : null,
          ),
        ),
    ),
  );
}

/**
 * @param {any} now
 * @param {any} then
 */
const formatChange = (now, then) =>
  typeof now === "number" && typeof then === "number" ? formatDifference(now - then) : now === then ? "" : t("変更");

/**
 * @param {AnswerFlow} flow
 * @param {Answers} values
 * @param {HTMLButtonElement} button
 */
async function sendAnswer(flow, values, button) {
  const { survey, unit, draft, book, questionnaire } = flow;
  const { errors } = chosenSigners(flow);
  if (showFaults(SIGNER_FIELDS, errors)) return;
  const remark = draft.remark.trim();
  await sendReviewed(flow, button, {
    command: { command: "answer-survey", survey, unit, values, ...(remark ? { remark } : {}) },
    title: `${book.form.answer.name}　${questionnaire.title}`,
    form: "survey",
    contest: "",
    unit,
    rows: completeItems(questionnaire)
      .filter((item) => values[item.id] !== undefined)
      .map((item) => [item.title, formatAnswer(values[item.id])]),
  });
}
