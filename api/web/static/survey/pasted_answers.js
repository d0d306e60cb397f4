// Answers pasted from a spreadsheet, put into the items they are of.
import { readFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { foldShape } from "../shared/name_folding.js";

/** @param {string} text */
const normalizeWord = (text) => foldShape(text).replaceAll(/[()]/g, "").toLowerCase();

/**
 * Rows of a spreadsheet to items: by the words in front of the answers, else down from a field; blank
 * cells stay blank. Which of several columns is meant cannot be guessed.
 *
 * @param {Item[]} items
 * @param {string[][]} rows
 * @param {number} from
 * @returns {FilledItems} Item id -> text, and sentences about what was left out.
 */
export function fillItems(items, rows, from) {
  /** @type {Map<string, Item>} */
  const words = new Map(
    items.flatMap(
      (item) =>
        /** @type {[string, Item][]} */ ([
          [normalizeWord(item.title), item],
          [normalizeWord(item.id), item],
        ]),
    ),
  );
  const named = rows.map((cells) => readAnswer(cells, words));
  return named.some(({ item }) => item) ? fillByWords(named) : fillDownwards(items, rows, from);
}

/**
 * The answer behind an item's words in a row; `isMany` where more than one cell may be it.
 *
 * @param {string[]} cells
 * @param {Map<string, Item>} words
 * @returns {AnswerRow}
 */
function readAnswer(cells, words) {
  const first = cells.findIndex((cell) => words.has(normalizeWord(cell)));
  if (first < 0) return { rest: cells.some((cell) => cell !== "") };
  const item = words.get(normalizeWord(cells[first]));
  // The form of a survey has the code of an item and then its title.
  const after = cells.slice(first).findIndex((cell) => words.get(normalizeWord(cell)) !== item);
  const [text, ...others] = after < 0 ? [""] : cells.slice(first + after);
  /** @param {string} cell */
  const mayAnswer = (cell) =>
    cell !== "" && (item?.kind !== "count" || readFigure(cell, { negative: true }).value !== undefined);
  return { item, text, isMany: others.some(mayAnswer) };
}

/**
 * @param {AnswerRow[]} named
 * @returns {FilledItems}
 */
function fillByWords(named) {
  const many = named.flatMap(({ item, isMany }) => (item && isMany ? [item.title] : []));
  const beyond = named.filter(({ rest }) => rest).length;
  return {
    texts: Object.fromEntries(
      named.flatMap(({ item, text, isMany }) => (item && text && !isMany ? [[item.id, text]] : [])),
    ),
    faults: [
      many.length
        ? t`回答の列が二つ以上あるため入れていません：${many.join(t("、"))}。使う列だけを残して貼り付けてください。`
        : "",
      beyondSentence(beyond),
    ].filter(Boolean),
  };
}

/**
 * @param {Item[]} items
 * @param {string[][]} rows
 * @param {number} from
 * @returns {FilledItems}
 */
function fillDownwards(items, rows, from) {
  const columns = rows.map((cells) => cells.filter((cell) => cell !== ""));
  if (columns.some((cells) => cells.length > 1))
    return {
      texts: {},
      faults: [t("回答の列が二つ以上あるため、何も入れていません。使う列だけを貼り付けてください。")],
    };
  const texts = Object.fromEntries(
    items.slice(from).flatMap(({ id }, place) => (columns[place]?.[0] ? [[id, columns[place][0]]] : [])),
  );
  return { texts, faults: [beyondSentence(Math.max(0, rows.length - (items.length - from)))].filter(Boolean) };
}

/** @param {number} beyond */
const beyondSentence = (beyond) => (beyond ? t`入らなかった行が${beyond}行あります。` : "");
