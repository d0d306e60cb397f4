// What a confirmation is about: the votes of every sheet, unit by unit, beside the ballot's names.
import { readJson } from "../shared/connection.js";
import { el, tableHead } from "../shared/dom.js";
import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { board } from "./board_data.js";

/** @typedef {{ lines: string[], sheets: Map<string, SheetOfUnit> }} ContestVotes */
/** @typedef {{ report: number, votes: (number | null)[], valid: number | null, invalid: number | null, voters: number | null }} SheetOfUnit */

/**
 * A table for each contest of some rows; a sentence where the server could not be read.
 *
 * @param {BoardRow[]} rows
 * @returns {Promise<HTMLElement[]>}
 */
export function votesTables(rows) {
  /** @type {Map<string, BoardRow[]>} */
  const byContest = new Map();
  for (const row of rows) byContest.set(row.contest, [...(byContest.get(row.contest) ?? []), row]);
  return Promise.all(
    [...byContest].map(async ([contest, own]) => {
      const found = await readVotes(contest).catch(() => null);
      if (!found)
        return el("p", { class: "notice notice-warning" }, t("得票を読めませんでした。回線を確かめてください。"));
      return votesTable(own, found);
    }),
  );
}

/**
 * @param {string} contest
 * @returns {Promise<ContestVotes>}
 */
async function readVotes(contest) {
  const query = new URLSearchParams({ contest, prefecture: board.prefecture });
  const { lines, sheets } = await readJson(`/control/data/sheets.json?${query}`);
  const byUnit = new Map();
  for (const [unit, report, votes, valid, invalid, voters] of sheets)
    byUnit.set(unit, { report, votes, valid, invalid, voters });
  return { lines, sheets: byUnit };
}

/**
 * Lines stand below each other and units beside each other where one unit is looked at; else units below each other.
 *
 * @param {BoardRow[]} rows
 * @param {ContestVotes} found
 */
function votesTable(rows, { lines, sheets }) {
  const heads = [t("開票区"), ...lines, t("有効"), t("無効"), t("投票者数"), t("注意")];
  const body = rows.map((row) => [row.unit_name, ...sheetCells(row, lines.length, sheets.get(row.unit))]);
  const [first] = rows;
  const isOne = rows.length === 1;
  const lying = isOne ? heads.map((head, place) => [head, body[0]?.[place] ?? ""]).slice(1) : body;
  return el(
    "div",
    { class: "scroll votes-scroll", tabindex: "0", role: "region", "aria-label": first?.contest_name },
    el(
      "table",
      { class: "dense votes-table" },
      el("caption", {}, isOne ? `${first?.unit_name}　${first?.contest_name}` : first?.contest_name),
      isOne ? null : tableHead(heads),
      el(
        "tbody",
        {},
        lying.map(([head, ...cells]) =>
          el(
            "tr",
            {},
            el("th", { scope: "row" }, head),
            cells.map((cell) => el("td", {}, cell)),
          ),
        ),
      ),
    ),
  );
}

/**
 * @param {BoardRow} row
 * @param {number} many
 * @param {SheetOfUnit | undefined} sheet
 */
function sheetCells(row, many, sheet) {
  const isSame = sheet?.report === row.report;
  const whole = [sheet?.valid, sheet?.invalid, sheet?.voters].map((each) => figure(isSame ? each : null, false));
  const votes = Array.from({ length: many }, (_, place) => figure(isSame ? sheet?.votes[place] : null, true));
  const warned = row.notices.length ? t`${formatFigure(row.notices.length)}件` : "";
  return [...votes, ...whole, isSame ? warned : t("数字が変わりました")];
}

/**
 * @param {number | null | undefined} value
 * @param {boolean} votes
 */
const figure = (value, votes) => (value === null || value === undefined ? "—" : formatFigure(value, { votes }));
