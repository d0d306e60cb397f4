// Figures from a spreadsheet: pasted columns, CSV text, rows that the server read from a workbook.
import { readFigure } from "../shared/figures.js";
import { printedWord, t } from "../shared/language.js";
import { foldShape } from "../shared/name_folding.js";

// Zero-width characters, byte-order marks, directions: nobody sees them. The server leaves out the same.
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;

/**
 * What stands between cells; in a pasted column of figures commas are within them.
 *
 * @param {string} text
 * @param {boolean} isPasted
 */
function detectSeparator(text, isPasted) {
  if (text.includes("\t")) return "\t";
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const linesWith = (/** @type {string} */ separator) => lines.filter((line) => line.includes(separator)).length;
  if (linesWith(";") > linesWith(",")) return ";";
  return isPasted && text.split(/\r?\n/).every((line) => line.trim() === "" || isFigure(line)) ? "" : ",";
}

/**
 * Text of a clipboard or a CSV file as rows of cells.
 *
 * @param {string} text
 * @param {{ isPasted?: boolean }} [about]
 */
export function parseRows(text, { isPasted = false } = {}) {
  const separator = detectSeparator(text, isPasted);
  /** @type {string[][]} */
  const rows = [];
  let cell = "";
  /** @type {string[]} */
  let row = [];
  let isQuoted = false;
  const endCell = () => {
    row.push(cell.replaceAll(INVISIBLE, "").trim());
    cell = "";
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  const body = text
    .replace(/^\uFEFF+/, "")
    .replaceAll("\r\n", "\n")
    .replaceAll("\r", "\n");
  for (let at = 0; at < body.length; at += 1) {
    const letter = body[at];
    if (isQuoted) {
      if (letter === '"' && body[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (letter === '"') isQuoted = false;
      else cell += letter;
    } else if (letter === '"' && cell === "") isQuoted = true;
    else if (separator && letter === separator) endCell();
    else if (letter === "\n") endRow();
    else cell += letter;
  }
  if (cell !== "" || row.length) endRow();
  // An empty row in between is a field left empty; those at the end are nothing.
  return rows.slice(0, rows.findLastIndex((each) => each.some((found) => found !== "")) + 1);
}

/**
 * Bytes of a text file: UTF-16 as spreadsheets save "Unicode text", UTF-8, and Shift_JIS of old ones.
 *
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export function decodeText(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("shift_jis").decode(bytes);
  }
}

/** @param {string} cell */
const isFigure = (cell) => cell !== "" && readFigure(cell, { votes: true, negative: true }).value !== undefined;
/** @param {string} text */
const normalizeWord = (text) =>
  foldShape(text)
    .replaceAll(/[・()]/g, "")
    .toLowerCase();

/**
 * Whether pasted text is more than one figure.
 *
 * @param {string} text
 */
export const isColumn = (text) => /[\n\t]/.test(text.trim());

/**
 * Put rows into fields: by the words beside the figures where they are known, else down the column
 * from a field. Gives { filled: field id -> text, faults: sentences about what was left out }.
 *
 * @param {Field[]} fields
 * @param {string[][]} rows
 * @returns {{ filled: FieldTexts, faults: string[] }}
 */
export function fillFields(fields, rows, from = 0) {
  const known = fieldsByWord(fields);
  const labelled = rows.map((row) => readLabelledRow(row, known)).filter((found) => found.word || found.figures.length);
  if (labelled.some((found) => found.word)) return fillByWords(labelled, known);
  return fillDownwards(fields, rows, from);
}

/**
 * Whether more than one column of figures stands in rows, as where units or candidates have one each.
 *
 * @param {string[][]} rows
 */
export const isTableOfUnits = (rows) => rows.some((row) => row.filter(isFigure).length > 1);

/** @param {Field} field */
const fieldNames = (field) =>
  new Set([
    field.id,
    field.option,
    field.letter,
    field.label,
    field.label.split("　")[0],
    printedWord(field.label),
    ...(field.words ?? []),
  ]);

/** @param {Field[]} fields */
function fieldsByWord(fields) {
  /** @type {Map<string, Field[]>} */
  const known = new Map();
  for (const field of fields) {
    for (const name of fieldNames(field)) {
      const key = normalizeWord(name ?? "");
      const found = known.get(key) ?? [];
      if (key && !found.includes(field)) known.set(key, [...found, field]);
    }
  }
  return known;
}

/**
 * The fields of a word: where names differ in the form of a character only, those written so.
 *
 * @param {string} word
 * @param {Map<string, Field[]>} known
 */
function matchingFields(word, known) {
  const fields = known.get(normalizeWord(word)) ?? [];
  const exact = fields.filter((field) => fieldNames(field).has(word));
  return exact.length ? exact : fields;
}

/** @param {Field[]} fields */
const areOneOption = (fields) => new Set(fields.map((field) => field.option)).size === 1;

/**
 * @param {string[]} row
 * @param {Map<string, Field[]>} known
 */
function readLabelledRow(row, known) {
  const words = row.filter((cell) => cell !== "" && !isFigure(cell));
  const word = row.find((cell) => known.has(normalizeWord(cell)));
  const after = word === undefined ? row : row.slice(row.indexOf(word) + 1).filter((cell) => cell !== "");
  const unreadable = word !== undefined && !after.some(isFigure) ? after.filter((cell) => cell !== "") : [];
  return { word, figures: word === undefined ? after.filter(isFigure) : after, words, unreadable };
}

/**
 * @param {LabelledRow[]} labelled
 * @param {Map<string, Field[]>} known
 */
function fillByWords(labelled, known) {
  /** @type {FieldTexts} */
  const filled = {};
  /** @type {Leftovers} */
  const left = { unknown: [], twice: [], many: [], alike: [], nameless: [], unreadable: [] };
  for (const { word, figures, words, unreadable } of labelled) {
    if (word === undefined) {
      if (words.length) left.unknown.push(words[0]);
      else left.nameless.push(figures[0]);
      continue;
    }
    // A justice has two fields: × and blank stand side by side.
    const fields = matchingFields(word, known);
    if (!areOneOption(fields)) {
      left.alike.push(word);
      continue;
    }
    if (unreadable.length) {
      left.unreadable.push(t`${word}「${unreadable[0]}」`);
      continue;
    }
    // Which of several columns is meant cannot be guessed: a share in percent is a figure, too.
    if (figures.length > fields.length) left.many.push(word);
    else if (fields.some((field) => field.id in filled)) left.twice.push(word);
    else Object.assign(filled, textsInOrder(fields, figures));
  }
  return { filled, faults: faultSentences(left) };
}

/**
 * Figures one after the other into fields; an empty one leaves its field as it is.
 *
 * @param {Field[]} fields
 * @param {string[]} figures
 * @returns {FieldTexts}
 */
const textsInOrder = (fields, figures) =>
  Object.fromEntries(fields.map(({ id }, place) => [id, figures[place] ?? ""]).filter(([, figure]) => figure !== ""));

/** @param {Partial<Leftovers>} about */
const faultSentences = ({ unknown = [], twice = [], many = [], alike = [], nameless = [], unreadable = [] }) =>
  [
    unreadable.length
      ? t`数として読めないため入れていません：${unreadable.join(t("、"))}。表計算のエラーなら式を直すか、数字を書いてください。`
      : "",
    alike.length
      ? t`同じ名前か、字体だけが違う名前が用紙に二つ以上あるため、入れていません：${alike.join(t("、"))}。欄に直接入れてください。`
      : "",
    unknown.length
      ? t`この開票区の用紙にない名前の行は入れていません：${unknown.join(t("、"))}。名前を確かめてください。`
      : "",
    nameless.length
      ? t`名前のない数字の行は入れていません：${nameless.join(t("、"))}。どの欄の数字かを確かめてください。`
      : "",
    twice.length ? t`同じ名前の行が二つ以上あります：${twice.join(t("、"))}。はじめの行だけを入れました。` : "",
    many.length
      ? t`数字の列が二つ以上あるため入れていません：${many.join(t("、"))}。使う列だけを残すか、その列だけを貼り付けてください。`
      : "",
  ].filter(Boolean);

/**
 * Down the column from a field: only where nothing but figures is there, for words would say whose they are.
 *
 * @param {Field[]} fields
 * @param {string[][]} rows
 * @param {number} from
 */
function fillDownwards(fields, rows, from) {
  /** @param {...string} faults */
  const leaveOut = (...faults) => ({ filled: {}, faults });
  const cells = rows.map((row) => row.filter((cell) => cell !== ""));
  if (cells.some((row) => row.filter(isFigure).length > 1))
    return leaveOut(t("数字の列が二つ以上あります。使う列だけを残すか、その列だけを貼り付けてください。"));
  const unknown = cells
    .filter((row) => row.some(isFigure))
    .flatMap((row) => row.filter((cell) => !isFigure(cell)).slice(0, 1));
  if (unknown.length) return leaveOut(...faultSentences({ unknown }));
  const figures = cells.map((row) => row.at(-1) ?? "");
  const first = figures.find((figure) => figure !== "");
  if (first !== undefined && !isFigure(first))
    return leaveOut(
      t`はじめの行の「${first}」が数として読めないため、何も入れていません。見出しなら除いて、数字だけを貼り付けてください。`,
    );
  const filled = textsInOrder(fields.slice(from), figures);
  const beyond = Math.max(0, figures.length - (fields.length - from));
  return {
    filled,
    faults: beyond ? [t`欄より${beyond}行多いため、余りは入れていません。貼り付けた範囲を確かめてください。`] : [],
  };
}
