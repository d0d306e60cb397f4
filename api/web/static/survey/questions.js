// A questionnaire in the browser: what each item takes, what is wrong with what was typed, sums.
import { formatFigure, readFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";

const TIME = /^([0-2]?[0-9]|3[0-5])(?::|時)?(?:([0-5][0-9])(?::00|分)?)?$/;
const TEXT_MAX = 2000;
const ITEM_DEFAULTS = { kind: "count", unit: "", minimum: 0, maximum: null, choices: [], required: true };

/**
 * Items with everything that the server leaves out where it is usual.
 *
 * @param {Questionnaire} questionnaire
 */
export const completeItems = (questionnaire) => questionnaire.items.map((item) => ({ ...ITEM_DEFAULTS, ...item }));

/**
 * What can be answered, in words.
 *
 * @param {Item} item
 */
export function limits(item) {
  if (item.kind === "time") return t("20:30 の形。翌日は 24:10");
  if (item.kind === "text") return item.required ? "" : t("任意");
  const needed = item.required ? "" : t("・任意");
  if (item.kind === "choice") return t("一つ選ぶ") + needed;
  if (item.maximum === null)
    return (item.minimum > 0 ? t`${formatFigure(item.minimum)}以上` : "") + (item.required ? "" : t("任意"));
  return t`${formatFigure(item.minimum)}～${formatFigure(item.maximum)}` + needed;
}

/**
 * Read one answer: { value }, { error }, or {} for an empty field.
 *
 * @param {Item} item
 * @param {string} [typed]
 * @returns {ItemReading}
 */
export function readItem(item, typed = "") {
  const text = typed.normalize("NFKC").trim();
  if (text === "") return {};
  if (item.kind === "count") return readCount(item, typed);
  if (item.kind === "time") return readTime(text);
  if (item.kind === "choice") return readChoice(item, text);
  const whole = typed.trim();
  return whole.length > TEXT_MAX ? { error: t`${TEXT_MAX}字以内で書いてください。` } : { value: whole };
}

/**
 * @param {Item} item
 * @param {string} typed
 */
function readCount(item, typed) {
  const found = readFigure(typed.replace(/[箇個]?所|[件台分]$/u, ""), { negative: true });
  if (found.value === undefined) return found;
  if (found.value < item.minimum) return { error: t`${formatFigure(item.minimum)}${item.unit}以上で答えてください。` };
  if (item.maximum !== null && found.value > item.maximum)
    return { error: t`${formatFigure(item.maximum)}${item.unit}以下で答えてください。` };
  return found;
}

/** @param {string} text */
function readTime(text) {
  const compact = /^[0-9]{3,4}$/.test(text) ? `${text.slice(0, -2)}:${text.slice(-2)}` : text;
  const parts = TIME.exec(compact.replaceAll(" ", ""));
  if (!parts) return { error: t("20:30 の形の時刻で答えてください（翌日は 24:10 のように）。") };
  return { value: `${parts[1].padStart(2, "0")}:${parts[2] ?? "00"}` };
}

/**
 * @param {Item} item
 * @param {string} text
 */
function readChoice(item, text) {
  const found = item.choices.find((each) => each.normalize("NFKC") === text);
  return found === undefined ? { error: t`「${item.choices.join("・")}」から選んでください。` } : { value: found };
}

/**
 * Everything typed, read: { values, errors }.
 *
 * @param {Questionnaire} questionnaire
 * @param {FieldTexts} typed
 */
export function readAll(questionnaire, typed) {
  /** @type {Answers} */
  const values = {};
  /** @type {FieldErrors} */
  const errors = {};
  for (const item of completeItems(questionnaire)) {
    const found = readItem(item, typed[item.id]);
    if (found.error) errors[item.id] = t`${item.title}：${found.error}`;
    else if (found.value !== undefined) values[item.id] = found.value;
    else if (item.required) errors[item.id] = t`${item.title}：${missingSentence(item)}`;
  }
  for (const each of identities(questionnaire, values))
    if (each.state === "false") errors[each.field] ??= each.sentence;
  return { values, errors: { ...partsBeyond(questionnaire, values), ...errors } };
}

/**
 * Items that exceed what they are a part of, with a sentence each: voters beyond electors.
 *
 * @param {Questionnaire} questionnaire
 * @param {Answers} values
 * @returns {FieldErrors}
 */
function partsBeyond(questionnaire, values) {
  const titles = new Map(questionnaire.items.map((item) => [item.id, item.title]));
  const beyond = Object.entries(questionnaire.within ?? {}).flatMap(([whole, parts]) =>
    parts.filter((part) => values[part] > values[whole]).map((part) => [part, whole]),
  );
  return Object.fromEntries(
    beyond.map(([part, whole]) => [
      part,
      t`${titles.get(part)}（${formatFigure(values[part])}）が${titles.get(whole)}（${formatFigure(values[whole])}）を超えています。`,
    ]),
  );
}

/** @param {Item} item */
const missingSentence = (item) =>
  item.kind === "count" && item.minimum === 0
    ? t("回答がありません。ないときは 0 を入れてください。")
    : t("回答がありません。");

/**
 * Sums that must hold: { field, text, state: "open" | "true" | "false", stated, computed, difference, sentence }.
 *
 * @param {Questionnaire} questionnaire
 * @param {Answers} values
 */
export function identities(questionnaire, values) {
  const titles = new Map(questionnaire.items.map((item) => [item.id, item.title]));
  return Object.entries(questionnaire.sums ?? {}).map(([whole, parts]) => {
    const known = parts.filter((part) => values[part] !== undefined);
    const computed = known.reduce((total, part) => total + values[part], 0);
    const stated = values[whole];
    const isOpen = stated === undefined || known.length < parts.length;
    const state = isOpen ? "open" : stated === computed ? "true" : "false";
    const difference = isOpen ? undefined : stated - computed;
    const text = t`${titles.get(whole)} ＝ 内訳${parts.length}項目の合計`;
    const sentence =
      state === "false"
        ? t`${titles.get(whole)}は内訳の合計${formatFigure(computed)}のはずですが${formatFigure(stated)}です（差${formatFigure(Math.abs(difference ?? 0))}）。`
        : "";
    return { field: whole, text, state, stated, computed, difference, sentence };
  });
}

/**
 * An answer as it was typed: for a form that is filled in from it.
 *
 * @param {Answers | undefined} values
 */
export const typedTexts = (values) =>
  Object.fromEntries(Object.entries(values ?? {}).map(([id, value]) => [id, String(value)]));

/**
 * An answer as people read it.
 *
 * @param {any} value
 */
export const formatAnswer = (value) =>
  value === undefined || value === null ? "—" : typeof value === "number" ? formatFigure(value) : value;
