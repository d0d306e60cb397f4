// Figures from a file: CSV is read here, workbooks by the server.
import { el } from "../shared/dom.js";
import { t } from "../shared/language.js";
import { problemSentence } from "../shared/sending/refusals.js";
import { sessionHeaders } from "../shared/signing/office_session.js";
import { decodeText, parseRows } from "./spreadsheet_rows.js";

/**
 * A button to read a file into the sheet; CSV is read here, workbooks by the server.
 *
 * @param {SheetView["put"]} put
 * @param {(sentence: string, error: string) => void} tell
 */
export function fileField(put, tell) {
  /** @type {HTMLInputElement} */
  const input = el("input", {
    type: "file",
    id: "file",
    accept: ".csv,.tsv,.txt,.xlsx,.xls,.ods",
    on: { change: () => loadFile(input, put, tell) },
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
      input,
    ),
  );
}

/**
 * @param {HTMLInputElement} input
 * @param {SheetView["put"]} put
 * @param {(sentence: string, error: string) => void} tell
 */
async function loadFile(input, put, tell) {
  const file = input.files?.[0];
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  tell("", "");
  try {
    const found = /\.(xlsx|xls|ods)$/i.test(file.name)
      ? await readWorkbook(bytes)
      : { rows: parseRows(decodeText(bytes)), others: [] };
    if (!found.rows.length) throw new Error(t("ファイルに何も入っていません。正しいファイルか確かめてください。"));
    put(found.rows, 0, found.others.length ? otherSheetsSentence(found) : "");
  } catch (error) {
    tell("", error instanceof Error ? error.message : String(error));
  }
  input.value = "";
}

/** @param {{ sheet: string, others: string[] }} about */
const otherSheetsSentence = ({ sheet, others }) =>
  t`先頭のシート「${sheet}」を読みました。ほかのシート（${others.join(t("、"))}）は読んでいません。`;

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function readWorkbook(bytes) {
  let answer;
  try {
    answer = await fetch("/centre/data/rows", {
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
