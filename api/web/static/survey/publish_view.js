// The ministry sends a questionnaire: one of those that come along, or one from a file.

import { readJson } from "../shared/connection.js";
import { el, fill, labelledField, showFieldError, tableHead } from "../shared/dom.js";
import { formatMoment, fromLocalInput } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { askAndSend } from "../shared/sending/commands.js";
import { BASE } from "./answers.js";
import { completeItems, limits } from "./questions.js";

export async function publishView() {
  /** @type {[Questionnaire[], { surveys: SurveySummary[] }]} */
  const [standard, { surveys }] = await Promise.all([readJson("/surveys/data/standard.json"), readJson(BASE)]);
  const sent = new Set(surveys.map((survey) => survey.id));
  /** @type {{ chosen: Questionnaire | null }} */
  const state = { chosen: null };
  const preview = el("div", { id: "preview" });
  const select = el(
    "select",
    { on: { change: (event) => choose(standard.find((each) => each.id === event.target.value) ?? null) } },
    el("option", { value: "" }, t("選んでください")),
    standard.map((each) =>
      el(
        "option",
        { value: each.id, disabled: sent.has(each.id) },
        sent.has(each.id) ? t`${each.title}（配布済み）` : each.title,
      ),
    ),
  );
  /** @type {HTMLInputElement} */
  const file = el("input", { type: "file", accept: ".json", on: { change: () => fromFile(file) } });
  const due = el("input", { type: "datetime-local", on: { input: () => showFieldError("due", "") } });

  /** @param {Questionnaire | null} questionnaire */
  const choose = (questionnaire) => {
    state.chosen = questionnaire;
    showFieldError("questionnaire", "");
    fill(preview, questionnaire ? previewPart(questionnaire) : null);
  };
  /** @param {HTMLInputElement} input */
  const fromFile = async (input) => {
    showFieldError("own", "");
    try {
      choose(JSON.parse((await input.files?.[0]?.text()) ?? ""));
      select.value = "";
    } catch {
      showFieldError("own", t("質問票（JSON）として読めません。"));
    }
  };
  /** @param {Event} event */
  const send = async (event) => {
    event.preventDefault();
    showFieldError("questionnaire", state.chosen ? "" : t("質問票を選んでください。"));
    showFieldError("due", due.value ? "" : t("期限を入れてください。"));
    const { chosen } = state;
    if (!chosen || !due.value) {
      (chosen ? due : select).focus();
      return;
    }
    const moment = fromLocalInput(due.value);
    const done = await askAndSend({
      title: t("質問票を配布する"),
      word: t("配布する"),
      lines: [
        t`${chosen.title}を、すべての開票区に配布します。`,
        t`期限 ${formatMoment(moment)}`,
        t("配布した質問票は変えられません。"),
      ],
      make: () => ({ command: "publish-survey", questionnaire: chosen, due: moment }),
    });
    if (done) location.hash = "#/";
  };
  return el(
    "form",
    { novalidate: true, on: { submit: send } },
    el("h1", {}, t("質問票の配布")),
    labelledField("questionnaire", t("質問票"), select),
    labelledField("own", t("備え付けでない質問票（JSON）を使うとき"), file),
    labelledField("due", t("回答の期限（日本時間）"), due),
    preview,
    el("p", { class: "actions" }, el("button", { type: "submit", class: "primary" }, t("内容を確かめて配布する"))),
  );
}

/** @param {Questionnaire} questionnaire */
const previewPart = (questionnaire) =>
  el(
    "section",
    { "aria-labelledby": "preview-title" },
    el("h2", { id: "preview-title" }, questionnaire.title),
    questionnaire.note ? el("p", {}, questionnaire.note) : null,
    el(
      "table",
      { class: "dense" },
      tableHead([t("項目"), t("単位"), t("記入のしかた")], "text"),
      el(
        "tbody",
        {},
        completeItems(questionnaire).map((item) =>
          el(
            "tr",
            {},
            el("th", { scope: "row", class: "wrap" }, item.title),
            el("td", { class: "text" }, item.unit),
            el("td", { class: "text wrap" }, item.kind === "choice" ? item.choices.join("・") : limits(item)),
          ),
        ),
      ),
    ),
  );
