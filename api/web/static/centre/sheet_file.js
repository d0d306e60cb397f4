// Figures from a file: CSV is read here, workbooks by the server.
import { el } from "../shared/dom.js";
import { t } from "../shared/language.js";
import { problemSentence } from "../shared/sending/refusals.js";
import { sessionHeaders } from "../shared/signing/office_session.js";
import { decodeText, isTableOfUnits, parseRows } from "./spreadsheet_rows.js";

const DOUBTS_TOLD = 3;

/**
 * What was read of a file: its cells, and the figures of this unit where units stand in it.
 *
 * @typedef {{ rows: string[][], sheet: string, others: string[], figures: string[][], doubts: string[] }} ReadTable
 */

/**
 * A button to read a file into the sheet; CSV is read here, workbooks by the server.
 *
 * @param {SheetView["put"]} put
 * @param {(sentence: string, error: string) => void} tell
 * @param {CountBook} book
 */
export function fileField(put, tell, book) {
  /** @type {HTMLInputElement} */
  const input = el("input", {
    type: "file",
    id: "file",
    accept: ".csv,.tsv,.txt,.xlsx,.xls,.ods",
    on: { change: () => loadFile(input, put, tell, book) },
  });
  return el(
    "details",
    { class: "file" },
    el("summary", {}, t("表計算から取り込む（貼り付け・CSV・xlsx）")),
    el(
      "div",
      { class: "field" },
      el("p", {}, t("表計算の列を写して、下の表の欄に貼り付けると、下へ順に入ります。")),
      el("label", { for: "file" }, t("ファイルから読み込む")),
      el("p", { class: "small" }, t("1列目に氏名か欄の名前、となりに数字。読み込んでも、まだ何も送られません。")),
      el("p", { class: "small" }, t("開票区が並ぶ公表用の表からは、この開票区の数字だけを入れます。")),
      input,
    ),
  );
}

/**
 * @param {HTMLInputElement} input
 * @param {SheetView["put"]} put
 * @param {(sentence: string, error: string) => void} tell
 * @param {CountBook} book
 */
async function loadFile(input, put, tell, book) {
  const file = input.files?.[0];
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  tell("", "");
  try {
    const found = /\.(xlsx|xls|ods)$/i.test(file.name) ? await readTable(bytes, book) : await readText(bytes, book);
    if (!found.rows.length) throw new Error(t("ファイルに何も入っていません。正しいファイルか確かめてください。"));
    const others = found.others.length ? otherSheetsSentence(found) : "";
    if (found.figures.length) put(found.figures, 0, others + t("表から、この開票区の数字を読みました。"));
    else put(found.rows, 0, others + (isTableOfUnits(found.rows) ? found.doubts.slice(0, DOUBTS_TOLD).join("") : ""));
  } catch (error) {
    tell("", error instanceof Error ? error.message : String(error));
  }
  input.value = "";
}

/** @param {{ sheet: string, others: string[] }} about */
const otherSheetsSentence = ({ sheet, others }) =>
  t`先頭のシート「${sheet}」を読みました。ほかのシート（${others.join(t("、"))}）は読んでいません。`;

/**
 * A text file; where units stand in it, the server looks for the one of this sheet.
 *
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CountBook} book
 * @returns {Promise<ReadTable>}
 */
async function readText(bytes, book) {
  const rows = parseRows(decodeText(bytes));
  const here = { rows, sheet: "", others: [], figures: [], doubts: [] };
  if (!isTableOfUnits(rows)) return here;
  try {
    return await readTable(bytes, book);
  } catch {
    return here;
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CountBook} book
 * @returns {Promise<ReadTable>}
 */
async function readTable(bytes, { contest, unit }) {
  let answer;
  try {
    answer = await fetch(`/centre/data/rows?${new URLSearchParams({ contest, unit })}`, {
      method: "POST",
      body: bytes,
      credentials: "omit",
      headers: { "content-type": "application/octet-stream", ...(await sessionHeaders()) },
    });
  } catch {
    throw new Error(t("回線がないため xlsx は読めません。CSV で保存し直すか、表からコピーして貼り付けてください。"));
  }
  const body = await answer.json();
  if (!answer.ok) throw new Error(problemSentence(body));
  return body;
}
