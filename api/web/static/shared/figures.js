// Figures as people type them. Votes are integer thousandths, everything else is whole.
import { isEnglish, locale, t } from "./language.js";

const VALUE_MAX = 2 ** 40;
const MINUS = /^[-−‐–—ー▲△]/u;
const UNIT = /[票人]$/u;
const KANJI = /[〇零一二三四五六七八九十百千万壱弐参]/u;
const GROUPED = /^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$/;

/**
 * Full-width letters as half-width ones. Not more: ① and ² must not turn into 1 and 2.
 *
 * @param {string} typed
 */
const toHalfWidth = (typed) =>
  typed
    .replaceAll(/[！-～]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll("　", " ")
    .replaceAll(/、/gu, ",");

/**
 * Typed text in its plain form: half-width digits, no unit, one minus sign; separators stay.
 *
 * @param {string} typed
 */
function normalizeFigure(typed) {
  const text = toHalfWidth(typed).trim().replace(UNIT, "").trim();
  return MINUS.test(text) ? `-${text.slice(1)}` : text;
}

/**
 * A figure without its separators.
 *
 * @param {string} typed
 */
export const plainFigure = (typed) => normalizeFigure(typed).replaceAll(",", "");

/**
 * Read a figure: { value } or { error } or {} for an empty field.
 * `votes`: value in thousandths, up to three decimals; otherwise whole.
 *
 * @param {string} [typed]
 * @param {FigureFormat} [about]
 * @returns {FigureReading}
 */
export function readFigure(typed = "", { votes = false, negative = false } = {}) {
  const text = normalizeFigure(typed);
  if (text === "") return {};
  const parts = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text.replaceAll(",", ""));
  if (!parts || (text.includes(",") && !GROUPED.test(text))) return { error: explainUnreadable(typed, text) };
  const [, minus, whole, decimals = ""] = parts;
  if (!votes && /[1-9]/.test(decimals)) return { error: t("端数は使えません。整数で入力してください。") };
  if (decimals.length > 3)
    return { error: t("小数は第3位までです。第4位以下は切り捨ててB（切り捨てた票数）に入れてください。") };
  const value = votes ? Number(whole) * 1000 + Number(decimals.padEnd(3, "0")) : Number(whole);
  if (value > VALUE_MAX) return { error: t("桁が多すぎます。桁を確かめて入力し直してください。") };
  if (minus && value !== 0 && !negative) return { error: t("マイナスは使えません。0以上の数を入力してください。") };
  return { value: minus && value !== 0 ? -value : value };
}

/**
 * What to do about text that is no figure.
 *
 * @param {string} typed
 * @param {string} text
 */
function explainUnreadable(typed, text) {
  if (KANJI.test(text)) return t`「${typed}」は漢数字です。0～9の数字で入力し直してください。`;
  if (/\s/u.test(text)) return t`「${typed}」は途中に空白があります。一つの欄に一つの数だけを入れてください。`;
  if (/^-?[0-9,.]+$/.test(text) && text.includes(","))
    return t`「${typed}」は桁区切りの位置が違います。1,234 のように入力するか、区切りを除いてください。`;
  return t`「${typed}」は数として読めません。0～9の数字で入力してください。`;
}

/**
 * A figure as people read it: 12,345 or 12,345.678.
 *
 * @param {number | null | undefined} value
 * @param {FigureFormat} [about]
 */
export function formatFigure(value, { votes = false } = {}) {
  if (value === undefined || value === null) return "—";
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(value);
  if (!votes) return sign + size.toLocaleString(locale);
  const whole = Math.floor(size / 1000).toLocaleString(locale);
  const rest = size % 1000;
  return sign + (rest ? `${whole}.${String(rest).padStart(3, "0")}` : whole);
}

/**
 * A figure as somebody would type it: 12345 or 12345.678.
 *
 * @param {number} value
 * @param {FigureFormat} [about]
 */
export function figureText(value, { votes = false } = {}) {
  if (!votes) return String(value);
  const rest = value % 1000;
  return `${Math.floor(value / 1000)}${rest ? `.${String(rest).padStart(3, "0")}` : ""}`;
}

/**
 * A difference with its sign.
 *
 * @param {number} value
 * @param {FigureFormat} [how]
 */
export function formatDifference(value, how) {
  if (value === 0) return "±0";
  return value > 0 ? `＋${formatFigure(value, how)}` : formatFigure(value, how);
}

/**
 * Moments are shown in Japanese time, whatever the zone of the browser.
 *
 * @param {string | null | undefined} iso
 * @param {{ date?: boolean }} [about]
 */
export function formatMoment(iso, { date = true } = {}) {
  if (!iso) return "—";
  /** @type {Intl.DateTimeFormatOptions} */
  const options = { timeZone: "Asia/Tokyo", hour: "2-digit", minute: "2-digit", hour12: false };
  if (date) Object.assign(options, { month: isEnglish ? "short" : "numeric", day: "numeric" });
  return new Intl.DateTimeFormat(locale, options).format(new Date(iso));
}

/**
 * A moment for an <input type="datetime-local">, in Japanese time.
 *
 * @param {Date} moment
 */
export function toLocalInput(moment) {
  const shifted = new Date(moment.getTime() + 9 * 3600_000);
  return shifted.toISOString().slice(0, 16);
}

/** @param {string} text */
export const fromLocalInput = (text) => (text ? `${text}:00+09:00` : "");
