// The state of a count as a chip, and where its sheet is entered.
import { el } from "./dom.js";
import { t } from "./language.js";

/** @type {Record<string, string>} */
const STATES = {
  none: t("未報告"),
  interim: t("中間"),
  final: t("確定"),
  confirmed: t("確認済み"),
  returned: t("差戻し"),
};
/** @type {Record<string, string>} */
const CHIPS = { none: "none", interim: "interim", final: "final", confirmed: "confirmed", returned: "contested" };

/**
 * @param {string} form
 * @param {string} contest
 * @param {string} unit
 */
export const sheetAddress = (form, contest, unit) =>
  `#/sheet/${[form, contest, unit].map(encodeURIComponent).join("/")}`;

/** @param {string} state */
export const stateChip = (state) => el("span", { class: `status status-${CHIPS[state]}` }, STATES[state]);

/**
 * The mark beside a figure that was spread over units, not counted there; nothing beside any other.
 *
 * @param {{ estimated: boolean }} found
 */
export const estimate = ({ estimated }) => (estimated ? el("span", { class: "estimate" }, t("推計")) : null);
