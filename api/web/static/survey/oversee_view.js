// Every survey at a glance, for the prefecture and the ministry: how far, who is late.
import { el } from "../shared/dom.js";
import { formatFigure, formatMoment } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { managesElection, requireOfficeData } from "../shared/office_data.js";
import { BASE, readOrKept } from "./answers.js";
import { isOverdue } from "./list_view.js";

export async function overseeView() {
  const { office } = requireOfficeData();
  const found = await readOrKept(`surveys/${office.id}`, `${BASE}?prefecture=${office.prefecture}`);
  if (!found)
    return [
      el("h1", {}, t("調査")),
      el("p", {}, t("調査の一覧をまだ読み込めていません。回線がつながると表示されます。")),
    ];
  return [
    el("h1", {}, t("調査")),
    found.surveys.length
      ? null
      : el(
          "p",
          { class: "notice" },
          managesElection(office)
            ? t("配布した調査はまだありません。「配布」から始めます。")
            : t("届いている調査はありません。"),
        ),
    el("ul", { class: "count-cards" }, found.surveys.map(card)),
    el("p", { class: "small" }, t`記録位置 ${formatFigure(found.position)}`),
  ];
}

/** @param {SurveySummary} survey */
function card(survey) {
  const { counts } = survey;
  const isLate = counts.given < counts.asked && isOverdue(survey.due);
  return el(
    "li",
    { data: { survey: survey.id } },
    el(
      "div",
      { class: "card-head" },
      el("h2", { class: "card-title" }, el("a", { href: `#/survey/${encodeURIComponent(survey.id)}` }, survey.title)),
    ),
    el(
      "p",
      { class: isLate ? "due is-late" : "due" },
      t`期限 ${formatMoment(survey.due)}`,
      isLate ? t("（過ぎています）") : "",
    ),
    progressBar(counts),
    progressSentence(counts),
  );
}

/**
 * How far the answering is, drawn and in words.
 *
 * @param {SurveyCounts} counts
 */
export const progressBar = (counts) =>
  el("progress", {
    class: "answered",
    max: String(counts.asked || 1),
    value: counts.given,
    "aria-label": t`回答 ${counts.given} / ${counts.asked}`,
  });

/** @param {SurveyCounts} counts */
export const progressSentence = (counts) =>
  el(
    "p",
    { class: "tally" },
    el(
      "span",
      {},
      t("回答"),
      el("strong", { class: "figures" }, ` ${formatFigure(counts.given)} / ${formatFigure(counts.asked)}`),
    ),
    el("span", {}, t("未回答"), el("strong", { class: "figures" }, ` ${formatFigure(counts.missing)}`)),
    el("span", {}, t("差戻し"), el("strong", { class: "figures" }, ` ${formatFigure(counts.returned)}`)),
    el("span", {}, t("督促済み"), el("strong", { class: "figures" }, ` ${formatFigure(counts.reminded)}`)),
  );
