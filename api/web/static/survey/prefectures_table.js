// Prefectures and how far each has answered.
import { el, tableHead } from "../shared/dom.js";
import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";

/**
 * @param {string} survey
 * @param {(SurveyCounts & { prefecture: string, name: string })[]} prefectures
 */
export function prefecturesTable(survey, prefectures) {
  const heads = [t("都道府県"), t("対象"), t("回答"), t("未回答"), t("差戻し"), t("督促済み")];
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "group", "aria-label": t("都道府県別の進み具合") },
    el(
      "table",
      { class: "dense" },
      tableHead(heads),
      el(
        "tbody",
        {},
        prefectures.map((each) =>
          el(
            "tr",
            { data: { prefecture: each.prefecture } },
            el(
              "th",
              { scope: "row" },
              el("a", { href: `#/survey/${encodeURIComponent(survey)}/${each.prefecture}` }, each.name),
            ),
            [each.asked, each.given, each.missing, each.returned, each.reminded].map((many) =>
              el("td", {}, formatFigure(many)),
            ),
          ),
        ),
      ),
    ),
  );
}
