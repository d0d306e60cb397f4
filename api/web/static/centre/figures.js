// Figures as people type them. Votes are integer thousandths, everything else is whole.

const MOST = 2 ** 40;
const MINUS = /^[-－−‐–—ー▲△]/u;
const SEPARATORS = /[\s,，、､']/gu;
const UNITS = /[票人]$/u;

/** Typed text in its plain form: half-width digits, no separators, one minus sign. */
export function plain(typed) {
  const folded = typed.normalize("NFKC").replace(SEPARATORS, "").replace(UNITS, "").replace("．", ".");
  return MINUS.test(folded) ? `-${folded.slice(1)}` : folded;
}

/**
 * Read a figure: { value } or { error } or {} for an empty field.
 * `votes`: value in thousandths, up to three decimals; otherwise whole.
 */
export function read(typed, { votes = false, negative = false } = {}) {
  const text = plain(typed ?? "");
  if (text === "") return {};
  const parts = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (!parts) return { error: `「${typed}」は数として読めません。0～9の数字で入力してください。` };
  const [, minus, whole, decimals = ""] = parts;
  if (!votes && /[1-9]/.test(decimals)) return { error: "端数は使えません。整数で入力してください。" };
  if (decimals.length > 3) return { error: "小数は第3位までです。第4位以下は切り捨ててB（切り捨てた票数）に入れてください。" };
  const value = votes ? Number(whole) * 1000 + Number(decimals.padEnd(3, "0")) : Number(whole);
  if (value > MOST) return { error: "桁が多すぎます。桁を確かめて入力し直してください。" };
  if (minus && value !== 0 && !negative) return { error: "マイナスは使えません。0以上の数を入力してください。" };
  return { value: minus && value !== 0 ? -value : value };
}

/** A figure as people read it: 12,345 or 12,345.678. */
export function shown(value, { votes = false } = {}) {
  if (value === undefined || value === null) return "—";
  const sign = value < 0 ? "−" : "";
  const size = Math.abs(value);
  if (!votes) return sign + size.toLocaleString("ja-JP");
  const whole = Math.floor(size / 1000).toLocaleString("ja-JP");
  const rest = size % 1000;
  return sign + (rest ? `${whole}.${String(rest).padStart(3, "0")}` : whole);
}

/** A difference with its sign. */
export function signed(value, how) {
  if (value === 0) return "±0";
  return value > 0 ? `＋${shown(value, how)}` : shown(value, how);
}

/** Moments are told in Japanese time wherever the browser stands. */
export function clock(iso, { date = true } = {}) {
  if (!iso) return "—";
  const options = { timeZone: "Asia/Tokyo", hour: "2-digit", minute: "2-digit", hour12: false };
  if (date) Object.assign(options, { month: "numeric", day: "numeric" });
  return new Intl.DateTimeFormat("ja-JP", options).format(new Date(iso));
}

/** A moment for an <input type="datetime-local">, in Japanese time. */
export function localInput(moment) {
  const shifted = new Date(moment.getTime() + 9 * 3600_000);
  return shifted.toISOString().slice(0, 16);
}

export const fromLocalInput = (text) => (text ? `${text}:00+09:00` : "");
