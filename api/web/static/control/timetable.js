// The timetable of the night: which report was due when, and who is late or missing.
import { t } from "../shared/language.js";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const DEFAULT_TIMETABLE = { first: "22:00", interval: 30, grace: 10, final_by: "03:00" };

/**
 * A time of day of the night that begins on polling day; hours before noon belong to the next day.
 *
 * @param {string} pollingDay
 * @param {string} time
 */
export function nightMoment(pollingDay, time) {
  const moment = Date.parse(`${pollingDay}T${time}:00+09:00`);
  return Number(time.slice(0, 2)) < 12 ? moment + DAY : moment;
}

/**
 * The last round whose reports should be here by now; null before the first.
 *
 * @param {number} now
 * @param {string} pollingDay
 * @param {Timetable} timetable
 */
export function lastRoundDue(now, pollingDay, timetable) {
  const first = nightMoment(pollingDay, timetable.first);
  const since = now - timetable.grace * MINUTE - first;
  if (since < 0) return null;
  return first + Math.floor(since / (timetable.interval * MINUTE)) * timetable.interval * MINUTE;
}

/**
 * The round that was due last, and the rows that are in it: those whose own poll has come so far.
 * A contest whose poll moved has its rounds on its own day.
 *
 * @template {{ polling_day?: string }} TRow
 * @param {TRow[]} rows
 * @param {number} now
 * @param {string} pollingDay
 * @param {Timetable} timetable
 * @returns {{ due: number | null, rows: TRow[] }}
 */
export function dueRound(rows, now, pollingDay, timetable) {
  const dues = new Map(rows.map((row) => [row, lastRoundDue(now, row.polling_day || pollingDay, timetable)]));
  const begun = rows.filter((row) => dues.get(row) !== null);
  return { due: begun.reduce((last, row) => Math.max(last, dues.get(row) ?? 0), 0) || null, rows: begun };
}

/**
 * "missing" without any report, "late" without the due one, "overdue" without a final one; else "".
 *
 * @param {{ state: string, as_of: string | null }} row
 * @param {number} now
 * @param {string} pollingDay
 * @param {Timetable} timetable
 */
export function lateness(row, now, pollingDay, timetable) {
  if (row.state === "final" || row.state === "confirmed") return "";
  const due = lastRoundDue(now, pollingDay, timetable);
  if (due !== null && !row.as_of) return "missing";
  if (now > nightMoment(pollingDay, timetable.final_by) + timetable.grace * MINUTE) return "overdue";
  return due !== null && Date.parse(row.as_of ?? "") < due ? "late" : "";
}

/** @type {Record<string, string>} */
export const LATENESS_WORDS = { missing: t("未着"), late: t("遅れ"), overdue: t("確定遅れ") };

/**
 * What cannot be a timetable: field -> sentence.
 *
 * @param {Timetable} about
 */
export function timetableErrors({ first, interval, grace, final_by }) {
  /** @type {FieldErrors} */
  const errors = {};
  /** @param {string} text */
  const isTime = (text) => /^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(text);
  if (!isTime(first)) errors.first = t("第1報の時刻を 22:00 のように入力してください。");
  if (!isTime(final_by)) errors.final_by = t("確定の目安を 03:00 のように入力してください。");
  if (!Number.isInteger(interval) || interval < 5 || interval > 240)
    errors.interval = t("報告の間隔は5～240分の整数で入力してください。");
  if (!Number.isInteger(grace) || grace < 0 || grace > 120)
    errors.grace = t("猶予は0～120分の整数で入力してください。");
  return errors;
}
