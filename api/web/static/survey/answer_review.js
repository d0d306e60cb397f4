// The last look at an answer before it is sent.

import { election, environment } from "../shared/connection.js";
import { el, errorSummary, fill, showFieldError } from "../shared/dom.js";
import { notSavedNotice, whenSaved } from "../shared/drafts.js";
import { requireElement } from "../shared/elements.js";
import { formatDifference } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { enqueue, newSubmissionId } from "../shared/sending/outbox.js";
import { completeItems, formatAnswer, readAll } from "./questions.js";
import { chosenSigners, signersPart } from "./signers.js";

/** @param {AnswerFlow} flow */
export function reviewStep(flow) {
  const { questionnaire, draft, book } = flow;
  const { values, errors } = readAll(questionnaire, draft.typed);
  if (Object.keys(errors).length) setTimeout(() => flow.go("entry"));
  const send = el(
    "button",
    { type: "submit", class: "primary", data: { next: "true" } },
    flow.keys.some((key) => key.state === "active") ? t("署名して送る") : t("送る"),
  );
  return el(
    "form",
    {
      novalidate: true,
      class: "review",
      on: {
        submit: (event) => {
          event.preventDefault();
          sendAnswer(flow, values, send);
        },
      },
    },
    el("div", { id: "error-place" }),
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": t("回答") },
      reviewTable(questionnaire, values, book.form.answer.values),
    ),
    draft.remark.trim() ? el("p", {}, t`備考：${draft.remark}`) : null,
    signersPart(flow),
    el(
      "p",
      { class: "actions" },
      send,
      el("button", { type: "button", on: { click: () => flow.go("entry") } }, t("入力に戻る")),
    ),
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
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        heads.map((word) => el("th", { scope: "col" }, word)),
      ),
    ),
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
  const { survey, unit, draft, office, book, questionnaire } = flow;
  const { chosen, errors } = chosenSigners(flow);
  for (const name of ["signer0", "signer1"]) showFieldError(name, errors[name]);
  const summary = errorSummary(errors);
  fill(requireElement("error-place"), summary);
  if (summary) {
    summary.focus();
    return;
  }
  // Pressed twice is sent once: the button is dead and the draft leaves with the posting.
  button.disabled = true;
  delete draft.problem;
  await whenSaved();
  const remark = draft.remark.trim();
  const submission = {
    election,
    environment,
    office: office.id,
    submission_id: newSubmissionId(office.id),
    command: { command: "answer-survey", survey, unit, values, ...(remark ? { remark } : {}) },
    ...(book.own ? {} : { on_behalf: true }),
  };
  await enqueue(
    {
      submission_id: submission.submission_id,
      submission,
      signers: chosen,
      draft: structuredClone(draft),
      title: `${book.form.answer.name}　${questionnaire.title}`,
      form: "survey",
      contest: "",
      unit,
      rows: completeItems(questionnaire)
        .filter((item) => values[item.id] !== undefined)
        .map((item) => [item.title, formatAnswer(values[item.id])]),
      office_name: office.name,
      made_at: new Date().toISOString(),
    },
    draft.key,
  ).then(
    () => {
      location.hash = `#/sent/${encodeURIComponent(submission.submission_id)}`;
    },
    () => {
      button.disabled = false;
      fill(requireElement("error-place"), notSavedNotice());
      requireElement("errors").focus();
    },
  );
}
