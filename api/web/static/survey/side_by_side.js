// Answers side by side.
import { el } from "../shared/dom.js";
import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { completeItems, formatAnswer } from "./questions.js";

/**
 * Answers side by side: one row per unit, one column per item, sums of numbers below.
 *
 * @param {Questionnaire} questionnaire
 * @param {UnitAnswer[]} answers
 */
export function sideBySideTable(questionnaire, answers) {
  const items = completeItems(questionnaire);
  const given = answers.filter((answer) => answer.values);
  /** @param {Item} item */
  const sum = (item) => given.reduce((total, answer) => total + (answer.values?.[item.id] ?? 0), 0);
  return el(
    "table",
    { class: "dense beside" },
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col" }, t("開票区")),
        items.map((item) => el("th", { scope: "col" }, item.title, item.unit ? t`（${item.unit}）` : "")),
        el("th", { scope: "col", class: "text" }, t("備考")),
      ),
    ),
    el(
      "tbody",
      {},
      given.map((answer) =>
        el(
          "tr",
          { data: { unit: answer.unit } },
          el("th", { scope: "row" }, answer.name),
          items.map((item) =>
            el("td", { class: item.kind === "text" ? "wrap text" : "" }, formatAnswer(answer.values?.[item.id])),
          ),
          el("td", { class: "wrap text" }, answer.remark ?? ""),
        ),
      ),
    ),
    el(
      "tfoot",
      {},
      el(
        "tr",
        { class: "total" },
        el("th", { scope: "row" }, t("合計")),
        items.map((item) => el("td", {}, item.kind === "count" ? formatFigure(sum(item)) : "")),
        el("td", {}),
      ),
    ),
  );
}
