// What waits for whom: which of the office's counts need something, from whom, and how urgently.
import { t } from "../shared/language.js";
import { LATENESS_WORDS } from "./timetable.js";

/**
 * How urgently a row needs somebody: 0 is the most urgent.
 *
 * @param {BoardRow} row
 */
export function urgency(row) {
  if (row.late === "overdue") return 0;
  if (row.late === "missing") return 1;
  if (row.late === "late") return 2;
  if (row.state === "returned") return 3;
  if (isUnanswered(row)) return 4;
  if (row.state === "final") return 5;
  if (row.state === "interim") return 6;
  return row.state === "none" ? 7 : 8;
}

/**
 * Asked and not answered: warnings that nobody wrote about.
 *
 * @param {BoardRow} row
 */
export const isUnanswered = (row) => row.unanswered > 0 && row.state !== "confirmed";

/**
 * For whom a row waits: "centre", "room", or "" for nobody.
 *
 * @param {BoardRow} row
 */
export const waitsFor = (row) => {
  if (row.state === "confirmed") return "";
  return row.state === "final" ? "room" : "centre";
};

/**
 * What a row waits for, in words.
 *
 * @param {BoardRow} row
 */
export function waitingWords(row) {
  if (row.state === "confirmed") return "";
  if (row.state === "final") return isUnanswered(row) ? t("管理室：照会の回答なし・確認") : t("管理室：確認");
  if (row.state === "returned") return t("開票所：訂正");
  const late = row.late ? t`（${LATENESS_WORDS[row.late]}）` : "";
  return row.state === "none" ? t`開票所：第1報${late}` : t`開票所：続報か確定${late}`;
}
