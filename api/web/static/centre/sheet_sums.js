// Sums and identities beside a sheet, as far as its figures are there.
import { el, fill } from "../shared/dom.js";
import { formatDifference, formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { draftPools } from "./ballot_pools.js";
import { isReview, runningSum } from "./tally_sheet.js";

/**
 * @param {HTMLElement} place
 * @param {ReportForm} form
 * @param {CountBook} book
 * @param {Draft} draft
 * @param {FieldValues} values
 */
export function showSums(place, form, book, draft, values) {
  const parts = [];
  if (form.name === "tally" && !isReview(book)) {
    parts.push(
      el(
        "p",
        { class: "running" },
        draftPools(book, draft).length
          ? t("按分前の得票の合計 ")
          : [el("span", { class: "letter", "aria-hidden": "true" }, "A"), t("得票の合計 ")],
        el("strong", { class: "figures" }, formatFigure(runningSum(book, values), { votes: true })),
      ),
    );
  }
  if (form.name === "turnout") parts.push(...turnoutSums(values));
  parts.push(el("ul", { class: "identities" }, form.identities(book, values, draft).map(identityRow)));
  const derived = form.derived?.(book, values, draft) ?? [];
  if (derived.length) parts.push(el("dl", { class: "derived", id: "division" }, derived.map(derivedRow)));
  fill(place, parts);
}

/** @param {[string, string]} row */
const derivedRow = ([word, figure]) => el("div", {}, el("dt", {}, word), el("dd", { class: "figures" }, figure));

/** @param {FieldValues} values */
function turnoutSums(values) {
  const electors = (values["electors/male"] ?? 0) + (values["electors/female"] ?? 0);
  const voters = (values["voters/male"] ?? 0) + (values["voters/female"] ?? 0);
  const hundredths = electors ? Math.floor((voters * 20_000 + electors) / (2 * electors)) : 0;
  const rate = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}％`;
  return [
    [t("有権者数の計"), formatFigure(electors)],
    [t("投票者数の計"), formatFigure(voters)],
    [t("投票率"), electors ? rate : "—"],
  ].map(([word, figure]) => el("p", { class: "running" }, `${word} `, el("strong", { class: "figures" }, figure)));
}

/** @type {Record<string, string>} */
const MARKS = { open: "…", true: "✓", false: "✗" };

/** @type {Record<string, string>} */
const WORDS = { open: t("入力待ち"), true: t("合っています"), false: t("合いません") };

/** @param {Identity} found */
function identityRow(found) {
  return el(
    "li",
    { class: `identity identity-${found.state}`, data: { identity: found.id } },
    el("span", { class: "identity-mark", "aria-hidden": "true" }, MARKS[found.state]),
    el("span", { class: "identity-text" }, found.text),
    el(
      "span",
      { class: "identity-word" },
      found.state === "false"
        ? t`差 ${formatDifference(found.difference ?? 0, found.how)}（記載 ${formatFigure(found.stated, found.how)}・計算 ${formatFigure(found.computed, found.how)}）`
        : WORDS[found.state],
    ),
  );
}
