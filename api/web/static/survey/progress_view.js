// One survey as the prefecture and the ministry see it: who is missing, what was answered, and what to do.

import { readJson } from "../shared/connection.js";
import { byId, el, fill, tableHead } from "../shared/dom.js";
import { requireElement } from "../shared/elements.js";
import { formatFigure, formatMoment } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { requireOfficeData } from "../shared/office_data.js";
import { askAndSend } from "../shared/sending/commands.js";
import { BASE } from "./answers.js";
import { answerAddress, isOverdue, stateChip } from "./list_view.js";
import { progressBar, progressSentence } from "./oversee_view.js";
import { prefecturesTable } from "./prefectures_table.js";
import { sideBySideTable } from "./side_by_side.js";

const FILTERS = [
  ["", t("すべて")],
  ["owing", t("未回答・差戻し")],
  ["given", t("回答済み")],
];

/** @type {{ survey: string, prefecture: string, filter: string, beside: boolean, answers: UnitAnswer[] }} */
const page = { survey: "", prefecture: "", filter: "", beside: false, answers: [] };

/** @type {SurveyDetail} */
let detail;

/**
 * `#/survey/{survey}` or `#/survey/{survey}/{prefecture}`
 *
 * @param {string} survey
 */
export async function progressView(survey, prefecture = "") {
  const chosen = requireOfficeData().office.prefecture || prefecture;
  if (survey !== page.survey || chosen !== page.prefecture)
    Object.assign(page, { survey, prefecture: chosen, filter: "", beside: false });
  const place = el("div", { id: "progress" });
  if (await load()) draw(place);
  return place;
}

/** Read what was chosen; false when something else has been chosen meanwhile. */
async function load() {
  const { survey, prefecture } = page;
  const query = `prefecture=${prefecture}`;
  const address = `${BASE}/${encodeURIComponent(survey)}`;
  /** @type {SurveyDetail} */
  const found = await readJson(`${address}?${query}`);
  // The nation looks at prefectures first; their units are read when one is chosen.
  const wanted = prefecture || found.prefectures.length < 2;
  const answers = wanted ? (await readJson(`${address}/answers?${query}`)).answers : [];
  if (survey !== page.survey || prefecture !== page.prefecture) return false;
  page.answers = answers;
  detail = found;
  return true;
}

async function reload() {
  const isChosen = await load();
  const place = byId("progress");
  if (place && isChosen) draw(place);
}

const unansweredUnits = () => page.answers.filter((each) => each.state !== "given");

/** @param {HTMLElement} place */
function draw(place) {
  const { questionnaire, due, total } = detail;
  const isLate = total.given < total.asked && isOverdue(due);
  const files = `${BASE}/${encodeURIComponent(page.survey)}/compiled`;
  fill(
    place,
    el(
      "p",
      { class: "trail" },
      el("a", { href: "#/" }, t("調査の一覧")),
      page.prefecture && !requireOfficeData().office.prefecture
        ? el("a", { href: `#/survey/${page.survey}` }, t("全国"))
        : null,
    ),
    el("h1", { tabindex: "-1" }, questionnaire.title),
    el(
      "p",
      { class: isLate ? "due is-late" : "due" },
      `${total.name}　`,
      t`期限 ${formatMoment(due)}`,
      isLate ? t("（過ぎています）") : "",
    ),
    progressBar(total),
    progressSentence(total),
    el(
      "p",
      { class: "actions" },
      remindButton(),
      el("a", { class: "button", href: `${files}.xlsx`, download: "" }, t("集計表（xlsx）")),
      el("a", { class: "button", href: `${files}.csv`, download: "" }, t("集計 CSV")),
      el("a", { class: "button", href: `${files}.answers.csv`, download: "" }, t("全回答 CSV")),
      el(
        "a",
        { class: "button", href: `${BASE}/${page.survey}/form.xlsx?prefecture=${page.prefecture}`, download: "" },
        t("回答票（xlsx）"),
      ),
    ),
    page.answers.length ? units() : prefecturesTable(page.survey, detail.prefectures),
  );
}

function remindButton() {
  const many = page.answers.length ? unansweredUnits().length : detail.total.missing + detail.total.returned;
  if (!many) return null;
  return el(
    "button",
    { type: "button", class: "primary", data: { act: "remind" }, on: { click: remindUnits } },
    t`未回答・差戻しの${formatFigure(many)}件に督促する`,
  );
}

async function remindUnits() {
  /** @type {UnitAnswer[]} */
  const every = page.answers.length ? page.answers : (await readJson(`${BASE}/${page.survey}/answers`)).answers;
  const late = every.filter((each) => each.state !== "given");
  const done = await askAndSend({
    title: t("督促する"),
    word: t("督促を記録する"),
    text: t("添える言葉"),
    lines: [
      t`${late.length}件：${late
        .slice(0, 8)
        .map((each) => each.name)
        .join(t("、"))}${late.length > 8 ? t("ほか") : ""}`,
    ],
    make: (note) => ({ command: "remind-survey", survey: page.survey, units: late.map((each) => each.unit), note }),
  });
  if (done) await reload();
}

/** @param {UnitAnswer} answer */
async function returnAnswer(answer) {
  const done = await askAndSend({
    title: t("回答を差し戻す"),
    word: t("差し戻す"),
    text: t("差戻しの理由"),
    danger: true,
    lines: [`${answer.name}　${detail.questionnaire.title}`],
    make: (reason) => ({ command: "return-answer", survey: page.survey, unit: answer.unit, reason }),
  });
  if (done) await reload();
}

function units() {
  const chosen = page.answers.filter((each) => !page.filter || (page.filter === "given") === (each.state === "given"));
  /** @param {string} name */
  const press = (name) => () => {
    page.filter = name;
    draw(requireElement("progress"));
  };
  const turn = () => {
    page.beside = !page.beside;
    draw(requireElement("progress"));
  };
  return [
    el(
      "div",
      { class: "tools", role: "group", "aria-label": t("表示") },
      FILTERS.map(([name, word]) =>
        el(
          "button",
          {
            type: "button",
            class: "small-button",
            "aria-pressed": String(page.filter === name),
            data: { filter: name },
            on: { click: press(name) },
          },
          word,
        ),
      ),
      el(
        "button",
        {
          type: "button",
          class: "small-button",
          "aria-pressed": String(page.beside),
          data: { act: "beside" },
          on: { click: turn },
        },
        t("回答を並べて見る"),
      ),
    ),
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "group", "aria-label": t("開票区ごとの回答") },
      page.beside ? sideBySideTable(detail.questionnaire, chosen) : statesTable(chosen),
    ),
  ];
}

/** @param {UnitAnswer[]} answers */
function statesTable(answers) {
  const heads = [t("開票区"), t("状態"), t("回答の時刻"), t("督促"), t("操作")];
  return el(
    "table",
    {},
    tableHead(heads, "text"),
    el(
      "tbody",
      {},
      answers.map((answer) =>
        el(
          "tr",
          { data: { unit: answer.unit } },
          el("th", { scope: "row" }, answer.name, el("span", { class: "small" }, `　${answer.unit}`)),
          el(
            "td",
            { class: "text wrap" },
            stateChip(answer.state),
            answer.returned ? el("span", { class: "small" }, `　${answer.returned}`) : null,
          ),
          el(
            "td",
            { class: "text" },
            answer.given_at ? formatMoment(answer.given_at) : "—",
            answer.on_behalf ? el("span", { class: "chip" }, t("代行")) : null,
          ),
          el(
            "td",
            { class: "text" },
            answer.reminders ? t`${answer.reminders}回（${formatMoment(answer.reminded_at)}）` : "—",
          ),
          el("td", { class: "text row-actions" }, actions(answer)),
        ),
      ),
    ),
  );
}

/** @param {UnitAnswer} answer */
const actions = (answer) => [
  answer.state === "given"
    ? el(
        "button",
        {
          type: "button",
          class: "small-button",
          data: { act: "return" },
          "aria-label": t`${answer.name}の回答を差戻し`,
          on: { click: () => returnAnswer(answer) },
        },
        t("差戻し"),
      )
    : null,
  el(
    "a",
    {
      class: "button small-button",
      "aria-label": t`${answer.name}の回答を代行入力`,
      href: answerAddress(page.survey, answer.unit),
    },
    t("代行入力"),
  ),
];
