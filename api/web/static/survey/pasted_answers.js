// Answers pasted from a spreadsheet, put into the items they are of.
import { readFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";

const normalizeWord = (text) => text.normalize("NFKC").replaceAll(/[\s()]/g, "").toLowerCase();

/**
 * Rows of a spreadsheet to items: by the words in front of the answers, else down from a field; blank
 * cells stay blank. Which of several columns is meant cannot be guessed.
 *
 * @returns {{ texts, faults }} item id -> text, and sentences about what was left out.
 */
export function fillItems(items, rows, from) {
  const words = new Map(items.flatMap((item) => [[normalizeWord(item.title), item], [normalizeWord(item.id), item]]));
  const named = rows.map((cells) => readAnswer(cells, words));
  return named.some(({ item }) => item) ? fillByWords(named) : fillDownwards(items, rows, from);
}

/** The answer behind an item's words in a row; `isMany` where more than one cell may be it. */
function readAnswer(cells, words) {
  const first = cells.findIndex((cell) => words.has(normalizeWord(cell)));
  if (first < 0) return { rest: cells.some((cell) => cell !== "") };
  const item = words.get(normalizeWord(cells[first]));
  // The form of a survey has the code of an item and then its title.
  const after = cells.slice(first).findIndex((cell) => words.get(normalizeWord(cell)) !== item);
  const [text, ...others] = after < 0 ? [""] : cells.slice(first + after);
  const mayAnswer = (cell) => cell !== "" && (item.kind !== "count" || readFigure(cell, { negative: true }).value !== undefined);
  return { item, text, isMany: others.some(mayAnswer) };
}

function fillByWords(named) {
  const many = named.filter(({ isMany }) => isMany).map(({ item }) => item.title);
  const beyond = named.filter(({ rest }) => rest).length;
  return {
    texts: Object.fromEntries(named.filter(({ text, isMany }) => text && !isMany).map(({ item, text }) => [item.id, text])),
    faults: [
      many.length ? t`回答の列が二つ以上あるため入れていません：${many.join(t("、"))}。使う列だけを残して貼り付けてください。` : "",
      beyondSentence(beyond),
    ].filter(Boolean),
  };
}

function fillDownwards(items, rows, from) {
  const columns = rows.map((cells) => cells.filter((cell) => cell !== ""));
  if (columns.some((cells) => cells.length > 1)) return { texts: {}, faults: [t("回答の列が二つ以上あるため、何も入れていません。使う列だけを貼り付けてください。")] };
  const texts = {};
  columns.forEach(([text], place) => {
    const item = items[from + place];
    if (item && text) texts[item.id] = text;
  });
  return { texts, faults: [beyondSentence(Math.max(0, rows.length - (items.length - from)))].filter(Boolean) };
}

const beyondSentence = (beyond) => (beyond ? t`入らなかった行が${beyond}行あります。` : "");
