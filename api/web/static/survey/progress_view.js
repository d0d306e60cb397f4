// One survey as the prefecture and the ministry see it: who is missing, what was answered, and what to do.
import { byId, el, fill } from "../shared/dom.js";
import { officeData } from "../shared/office_data.js";
import { formatMoment, formatFigure } from "../shared/figures.js";
import { readJson } from "../shared/connection.js";
import { t } from "../shared/language.js";
import { askAndSend } from "../shared/sending/commands.js";
import { BASE } from "./answers.js";
import { answerAddress, isOverdue, stateChip } from "./list_view.js";
import { progressBar, progressSentence } from "./oversee_view.js";
import { completeItems, formatAnswer } from "./questions.js";

const FILTERS = [["", t("すべて")], ["owing", t("未回答・差戻し")], ["given", t("回答済み")]];

const page = { survey: "", prefecture: "", filter: "", beside: false, detail: null, answers: [] };

/** `#/survey/{survey}` or `#/survey/{survey}/{prefecture}` */
export async function progressView(survey, prefecture = "") {
  const chosen = officeData().office.prefecture || prefecture;
  if (survey !== page.survey || chosen !== page.prefecture) Object.assign(page, { survey, prefecture: chosen, filter: "", beside: false });
  const place = el("div", { id: "progress" });
  if (await load()) draw(place);
  return place;
}

/** Read what was chosen; false when something else has been chosen meanwhile. */
async function load() {
  const { survey, prefecture } = page;
  const query = `prefecture=${prefecture}`;
  const address = `${BASE}/${encodeURIComponent(survey)}`;
  const detail = await readJson(`${address}?${query}`);
  // The nation looks at prefectures first; their units are read when one is chosen.
  const wanted = prefecture || detail.prefectures.length < 2;
  const answers = wanted ? (await readJson(`${address}/answers?${query}`)).answers : [];
  if (survey !== page.survey || prefecture !== page.prefecture) return false;
  Object.assign(page, { detail, answers });
  return true;
}

async function reload() {
  const isChosen = await load();
  const place = byId("progress");
  if (place && isChosen) draw(place);
}

const unansweredUnits = () => page.answers.filter((each) => each.state !== "given");

function draw(place) {
  const { questionnaire, due, total } = page.detail;
  const isLate = total.given < total.asked && isOverdue(due);
  const files = `${BASE}/${encodeURIComponent(page.survey)}/compiled`;
  fill(place,
    el("p", { class: "trail" }, el("a", { href: "#/" }, t("調査の一覧")), page.prefecture && !officeData().office.prefecture ? el("a", { href: `#/survey/${page.survey}` }, t("全国")) : null),
    el("h1", { tabindex: "-1" }, questionnaire.title),
    el("p", { class: isLate ? "due is-late" : "due" }, `${total.name}　`, t`期限 ${formatMoment(due)}`, isLate ? t("（過ぎています）") : ""),
    progressBar(total), progressSentence(total),
    el("p", { class: "actions" },
      remindButton(),
      el("a", { class: "button", href: `${files}.xlsx`, download: "" }, t("集計表（xlsx）")),
      el("a", { class: "button", href: `${files}.csv`, download: "" }, t("集計 CSV")),
      el("a", { class: "button", href: `${files}.answers.csv`, download: "" }, t("全回答 CSV")),
      el("a", { class: "button", href: `${BASE}/${page.survey}/form.xlsx?prefecture=${page.prefecture}`, download: "" }, t("回答票（xlsx）"))),
    page.answers.length ? units() : prefectures());
}

function remindButton() {
  const many = page.answers.length ? unansweredUnits().length : page.detail.total.missing + page.detail.total.returned;
  if (!many) return null;
  return el("button", { type: "button", class: "primary", data: { act: "remind" }, on: { click: remindUnits } }, t`未回答・差戻しの${formatFigure(many)}件に督促する`);
}

async function remindUnits() {
  const every = page.answers.length ? page.answers : (await readJson(`${BASE}/${page.survey}/answers`)).answers;
  const late = every.filter((each) => each.state !== "given");
  const done = await askAndSend({
    title: t("督促する"), word: t("督促を記録する"), text: t("添える言葉"), lines: [t`${late.length}件：${late.slice(0, 8).map((each) => each.name).join(t("、"))}${late.length > 8 ? t("ほか") : ""}`],
    make: (note) => ({ command: "remind-survey", survey: page.survey, units: late.map((each) => each.unit), note }),
  });
  if (done) await reload();
}

async function returnAnswer(answer) {
  const done = await askAndSend({
    title: t("回答を差し戻す"), word: t("差し戻す"), text: t("差戻しの理由"), danger: true, lines: [`${answer.name}　${page.detail.questionnaire.title}`],
    make: (reason) => ({ command: "return-answer", survey: page.survey, unit: answer.unit, reason }),
  });
  if (done) await reload();
}

function prefectures() {
  const heads = [t("都道府県"), t("対象"), t("回答"), t("未回答"), t("差戻し"), t("督促済み")];
  return el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("都道府県別の進み具合") }, el("table", { class: "dense" },
    el("thead", {}, el("tr", {}, heads.map((word) => el("th", { scope: "col" }, word)))),
    el("tbody", {}, page.detail.prefectures.map((each) => el("tr", { data: { prefecture: each.prefecture } },
      el("th", { scope: "row" }, el("a", { href: `#/survey/${encodeURIComponent(page.survey)}/${each.prefecture}` }, each.name)),
      [each.asked, each.given, each.missing, each.returned, each.reminded].map((many) => el("td", {}, formatFigure(many))))))));
}

function units() {
  const chosen = page.answers.filter((each) => !page.filter || (page.filter === "given") === (each.state === "given"));
  const press = (name) => () => { page.filter = name; draw(byId("progress")); };
  const turn = () => { page.beside = !page.beside; draw(byId("progress")); };
  return [
    el("div", { class: "tools", role: "group", "aria-label": t("表示") },
      FILTERS.map(([name, word]) => el("button", { type: "button", class: "small-button", "aria-pressed": String(page.filter === name), data: { filter: name }, on: { click: press(name) } }, word)),
      el("button", { type: "button", class: "small-button", "aria-pressed": String(page.beside), data: { act: "beside" }, on: { click: turn } }, t("回答を並べて見る"))),
    el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("開票区ごとの回答") }, page.beside ? sideBySideTable(chosen) : statesTable(chosen)),
  ];
}

function statesTable(answers) {
  const heads = [t("開票区"), t("状態"), t("回答の時刻"), t("督促"), t("操作")];
  return el("table", {}, el("thead", {}, el("tr", {}, heads.map((word) => el("th", { scope: "col", class: "text" }, word)))),
    el("tbody", {}, answers.map((answer) => el("tr", { data: { unit: answer.unit } },
      el("th", { scope: "row" }, answer.name, el("span", { class: "small" }, `　${answer.unit}`)),
      el("td", { class: "text wrap" }, stateChip(answer.state), answer.returned ? el("span", { class: "small" }, `　${answer.returned}`) : null),
      el("td", { class: "text" }, answer.given_at ? formatMoment(answer.given_at) : "—", answer.on_behalf ? el("span", { class: "chip" }, t("代行")) : null),
      el("td", { class: "text" }, answer.reminders ? t`${answer.reminders}回（${formatMoment(answer.reminded_at)}）` : "—"),
      el("td", { class: "text row-actions" }, actions(answer))))));
}

const actions = (answer) => [
  answer.state === "given" ? el("button", { type: "button", class: "small-button", data: { act: "return" }, "aria-label": t`${answer.name}の回答を差戻し`, on: { click: () => returnAnswer(answer) } }, t("差戻し")) : null,
  el("a", { class: "button small-button", "aria-label": t`${answer.name}の回答を代行入力`, href: answerAddress(page.survey, answer.unit) }, t("代行入力")),
];

/** Answers side by side: one row per unit, one column per item, sums of numbers below. */
function sideBySideTable(answers) {
  const items = completeItems(page.detail.questionnaire);
  const given = answers.filter((answer) => answer.values);
  const sum = (item) => given.reduce((total, answer) => total + (answer.values[item.id] ?? 0), 0);
  return el("table", { class: "dense beside" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("開票区")), items.map((item) => el("th", { scope: "col" }, item.title, item.unit ? t`（${item.unit}）` : "")), el("th", { scope: "col", class: "text" }, t("備考")))),
    el("tbody", {}, given.map((answer) => el("tr", { data: { unit: answer.unit } }, el("th", { scope: "row" }, answer.name),
      items.map((item) => el("td", { class: item.kind === "text" ? "wrap text" : "" }, formatAnswer(answer.values[item.id]))), el("td", { class: "wrap text" }, answer.remark ?? "")))),
    el("tfoot", {}, el("tr", { class: "total" }, el("th", { scope: "row" }, t("合計")), items.map((item) => el("td", {}, item.kind === "count" ? formatFigure(sum(item)) : "")), el("td", {}))));
}
