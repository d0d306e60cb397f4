// The surveys an office has to answer: due date, state of each of its units, and where to go on.
import { el } from "../shared/dom.js";
import { formatMoment } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { officeData } from "../shared/office_data.js";
import { getAll } from "../shared/store.js";
import { draftKey, officeSurveys } from "./answers.js";

/** @type {Record<string, string>} */
export const STATES = { missing: t("未回答"), given: t("回答済み"), returned: t("差戻し") };
/** @type {Record<string, string>} */
const CHIPS = { missing: "none", given: "final", returned: "contested" };

/** @param {string} state */
export const stateChip = (state) => el("span", { class: `status status-${CHIPS[state]}` }, STATES[state]);
/** @param {string} due */
export const isOverdue = (due) => Date.parse(due) < Date.now();
/**
 * @param {string} survey
 * @param {string} unit
 */
export const answerAddress = (survey, unit) => `#/answer/${encodeURIComponent(survey)}/${encodeURIComponent(unit)}`;

export async function listView() {
  const office = officeData()?.office;
  /** @type {{ surveys: SurveySummary[] } | null | undefined} */
  const found = office && (await officeSurveys(office));
  if (!found)
    return [
      el("h1", {}, t("調査")),
      el("p", {}, t("調査の一覧をまだ読み込めていません。回線がつながると表示されます。")),
    ];
  const drafts = new Map((await getAll("drafts")).map((draft) => [draft.key, draft]));
  const waiting = new Set(
    (await getAll("outbox")).filter((item) => item.form === "survey").map((item) => item.draft?.key),
  );
  const owing = found.surveys.flatMap((survey) =>
    survey.answers.filter((answer) => answer.state !== "given").map(() => survey),
  );
  return [
    el("h1", {}, t("調査")),
    found.surveys.length
      ? el(
          "p",
          { class: "lead" },
          owing.length ? t`回答していないものが${owing.length}件あります。` : t("すべて回答済みです。"),
        )
      : el("p", {}, t("届いている調査はありません。")),
    el(
      "ul",
      { class: "count-cards" },
      found.surveys.map((survey) => card(survey, drafts, waiting)),
    ),
  ];
}

/**
 * @param {SurveySummary} survey
 * @param {Map<string, any>} drafts
 * @param {Set<string>} waiting
 */
function card(survey, drafts, waiting) {
  const owes = survey.answers.some((answer) => answer.state !== "given");
  return el(
    "li",
    { data: { survey: survey.id } },
    el("div", { class: "card-head" }, el("h2", { class: "card-title" }, survey.title)),
    el(
      "p",
      { class: owes && isOverdue(survey.due) ? "due is-late" : "due" },
      t`期限 ${formatMoment(survey.due)}`,
      owes && isOverdue(survey.due) ? t("（過ぎています）") : "",
    ),
    el("p", { class: "small" }, t`${survey.items}項目`),
    el(
      "ul",
      { class: "unit-states" },
      survey.answers.map((answer) => unitRow(survey, answer, drafts, waiting)),
    ),
  );
}

/**
 * @param {SurveySummary} survey
 * @param {UnitAnswer} answer
 * @param {Map<string, any>} drafts
 * @param {Set<string>} waiting
 */
function unitRow(survey, answer, drafts, waiting) {
  const key = draftKey(survey.id, answer.unit);
  const draft = drafts.get(key);
  const word = draft ? t("続きを入力") : answer.state === "given" ? t("見る・直す") : t("回答する");
  return el(
    "li",
    { data: { unit: answer.unit } },
    el(
      "p",
      { class: "unit-line" },
      el("strong", {}, answer.name),
      stateChip(answer.state),
      draft ? el("span", { class: "status status-interim" }, t("下書き")) : null,
      waiting.has(key) ? el("span", { class: "status status-interim" }, t("送信待ち")) : null,
    ),
    answer.returned ? el("p", { class: "error" }, t`差戻しの理由：${answer.returned}`) : null,
    answer.state !== "given" && answer.reminders
      ? el(
          "p",
          { class: "small" },
          t`督促 ${answer.reminders}回（${formatMoment(answer.reminded_at)}）　${answer.reminded_note ?? ""}`,
        )
      : null,
    el(
      "a",
      {
        class: answer.state === "given" ? "button" : "button primary",
        href: answerAddress(survey.id, answer.unit),
        "aria-label": `${answer.name}　${survey.title}　${word}`,
      },
      word,
    ),
  );
}
