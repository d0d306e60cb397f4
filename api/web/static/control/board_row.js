// One count as a row of the board, and what can be done with it.

import { estimate, sheetAddress, stateChip } from "../shared/count_state.js";
import { el } from "../shared/dom.js";
import { formatFigure, formatMoment } from "../shared/figures.js";
import { localizedPath, t } from "../shared/language.js";
import { NOTICE_WORDS } from "../shared/notice_words.js";
import { decidesContest, officeData, personsToDecide } from "../shared/office_data.js";
import { askAndSend } from "../shared/sending/commands.js";
import { board, readChanges, serverNow } from "./board_data.js";
import { changedSinceSeen, chooseCell, mayConfirm, rowFaults } from "./bulk_confirmation.js";
import { LATENESS_WORDS } from "./timetable.js";
import { votesTables } from "./votes_tables.js";
import { isUnanswered, waitingWords } from "./waiting.js";

/** @param {BoardRow} row */
function rowAge(row) {
  if (!row.recorded_at) return "—";
  const minutes = Math.max(0, Math.floor((serverNow() - Date.parse(row.recorded_at)) / 60_000));
  return minutes < 120 ? t`${minutes}分前` : t`${formatFigure(Math.floor(minutes / 60))}時間前`;
}

/**
 * Tenths of a percent counted, as documents say it: whole when final, whatever was taken away, and never before.
 * A share of an estimate is none.
 *
 * @param {BoardRow} about
 */
export function countedTenths({ state, ballots, voters, estimated }) {
  if (state === "final" || state === "confirmed") return 1000;
  return voters && !estimated ? Math.min(999, Math.floor((ballots * 1000) / voters)) : undefined;
}

/** @param {BoardRow} row */
function countedShare(row) {
  const tenths = countedTenths(row);
  return tenths === undefined ? "—" : `${(tenths / 10).toFixed(1)}％`;
}

/**
 * A row of the board; `changed` is called when it is chosen.
 *
 * @param {BoardRow} row
 * @param {() => void} changed
 */
export function boardRow(row, changed) {
  const fault = rowFaults.get(row.key);
  return el(
    "tr",
    { class: row.late ? `row-${row.late}` : "", data: { row: row.key } },
    chooseCell(row, changed),
    el(
      "th",
      { scope: "row" },
      el("a", { href: localizedPath(`/districts/${row.unit}`), data: { focus: `${row.key}|link` } }, row.unit_name),
    ),
    el("td", { class: "text contest", title: row.contest_name }, row.contest_name),
    el(
      "td",
      { class: "text" },
      stateChip(row.state),
      row.reason ? el("span", { class: "small cut", title: row.reason }, `　${row.reason}`) : null,
      fault ? el("span", { class: "error cut", title: fault.sentence }, fault.sentence) : null,
    ),
    el("td", { class: "text" }, waitingWords(row)),
    el(
      "td",
      { class: "text told", title: row.notices.map((code) => NOTICE_WORDS[code] ?? code).join(t("、")) },
      row.late ? el("span", { class: "status status-contested" }, LATENESS_WORDS[row.late]) : null,
      isUnanswered(row) ? el("span", { class: "status status-contested" }, t("未回答")) : null,
      row.notices.map((code) => el("span", { class: "status status-corrected" }, NOTICE_WORDS[code] ?? code)),
      row.on_behalf ? el("span", { class: "chip" }, t("代行")) : null,
    ),
    el("td", { class: "less" }, formatMoment(row.as_of)),
    el("td", { class: "less least" }, rowAge(row)),
    el("td", {}, row.report ? formatFigure(row.ballots) : "—", estimate(row)),
    el("td", { class: "less" }, countedShare(row)),
    el("td", { class: "text row-actions" }, rowActions(row)),
  );
}

/** @param {BoardRow} row */
function rowActions(row) {
  /**
   * @param {string} name
   * @param {string} word
   * @param {() => unknown} run
   */
  const act = (name, word, run) =>
    el(
      "button",
      {
        type: "button",
        class: name === "confirm" ? "small-button" : "small-button quiet",
        data: { focus: `${row.key}|${name}`, act: name },
        "aria-label": t`${row.unit_name} ${row.contest_name}を${word}`,
        on: { click: run },
      },
      word,
    );
  return [
    mayConfirm(row) ? act("confirm", t("確認する"), () => confirmRow(row)) : null,
    row.report && decidesContest(row.contest) ? act("return", t("差し戻す"), () => returnRow(row)) : null,
    entryLink(row, officeData()?.office.units.includes(row.unit) ? t("入力") : t("代行入力")),
  ];
}

/**
 * @param {BoardRow} row
 * @param {string} word
 */
const entryLink = (row, word) =>
  el(
    "a",
    {
      class: "button small-button quiet",
      data: { focus: `${row.key}|behalf`, act: "behalf" },
      "aria-label": t`${row.unit_name} ${row.contest_name}を${word}`,
      href: `${localizedPath("/centre/")}${sheetAddress("tally", row.contest, row.unit)}`,
    },
    word,
  );

/** @param {BoardRow} row */
const dialogLines = (row) =>
  el(
    "p",
    {},
    t`${row.unit_name}　${row.contest_name}　${formatMoment(row.as_of)}現在　投票総数 ${formatFigure(row.ballots)}票`,
    estimate(row),
  );

/** @param {BoardRow} row */
async function confirmRow(row) {
  await askAndSend({
    title: t("確定を確認する"),
    word: t("確認する"),
    check: () => changedSinceSeen(row),
    persons: personsToDecide(board.phase),
    make: () => ({ command: "confirm-count", contest: row.contest, unit: row.unit, report: row.report }),
    lines: [
      dialogLines(row),
      ...(await votesTables([row])),
      row.notices.length
        ? t`注意：${row.notices.map((code) => NOTICE_WORDS[code]).join(t("、"))}`
        : t("注意はありません。"),
    ],
  });
  await readChanges();
}

/** @param {BoardRow} row */
async function returnRow(row) {
  await askAndSend({
    title: t("差し戻す"),
    word: t("差し戻す"),
    danger: true,
    text: t("差し戻す理由"),
    lines: [dialogLines(row)],
    check: () => changedSinceSeen(row),
    persons: personsToDecide(board.phase),
    make: (reason) => ({ command: "return-count", contest: row.contest, unit: row.unit, reason, report: row.report }),
  });
  await readChanges();
}
