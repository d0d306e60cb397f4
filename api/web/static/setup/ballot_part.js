// Who stands, in the order of the notice: typed row by row, pasted, or taken from a workbook.

import { el, fill } from "../shared/dom.js";
import { t } from "../shared/language.js";
import { blankOption, isTyped } from "./draft.js";
import { cellField } from "./form_fields.js";
import { readWorkbook } from "./setup_data.js";

/** @type {[keyof TypedOption, string, string][]} */
const PERSON = [
  ["name", t("氏名（告示のとおり）"), "name"],
  ["kana", t("ふりがな"), "name"],
  ["party", t("党派（無所属は空欄）"), "party"],
  ["sex", t("性別"), "short"],
  ["age", t("年齢"), "short"],
  ["standing", t("新・前・元"), "short"],
  ["occupation", t("職業"), "party"],
];
/** @type {[keyof TypedOption, string, string][]} */
const OPTION = [["name", t("選択肢（投票用紙のとおり）"), "wide-cell"]];

/**
 * The part of the form.
 *
 * @param {SetupDraft} draft
 * @param {{ changed: () => void, redraw: () => Promise<void> }} does
 */
export function ballotPart(draft, does) {
  const own = draft.contests.filter((each) => !each.answers.length);
  return el(
    "section",
    { "aria-labelledby": "ballot" },
    el("h2", { id: "ballot" }, t("3　候補者・選択肢")),
    own.length
      ? el("p", {}, t("届出番号の順に入れます。表計算の列を写して「氏名」に貼り付けることもできます。"))
      : draft.contests.map(({ name, answers }) =>
          el("p", {}, t`${name}の選択肢は「${answers.join(t("、"))}」と決まっています。`),
        ),
    own.map((contest) => ballotTable(contest, does)),
  );
}

/**
 * @param {TypedContest} contest
 * @param {{ changed: () => void, redraw: () => Promise<void> }} does
 */
function ballotTable(contest, does) {
  const columns = contest.ballot === "persons" ? PERSON : OPTION;
  if (isTyped(contest.options.at(-1) ?? blankOption()) || !contest.options.length) contest.options.push(blankOption());
  const told = el("p", { class: "small", role: "status" });
  const table = el(
    "table",
    { class: "ballot dense", data: { kind: contest.kind } },
    el("caption", {}, contest.name),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col" }, contest.ballot === "persons" ? t("届出番号") : t("順")),
        columns.map(([, word]) => el("th", { scope: "col", class: "text" }, word)),
        el("th", { scope: "col", class: "text" }, t("操作")),
      ),
    ),
  );
  const body = el("tbody");
  const drawRows = () =>
    fill(
      body,
      contest.options.map((_, place) => optionRow(contest, place, columns, does, drawRows)),
    );
  drawRows();
  table.append(body);
  return el(
    "div",
    { class: "ballot-part" },
    el("div", { class: "scroll", role: "group", "aria-label": contest.name, tabindex: "0" }, table),
    contest.ballot === "persons" ? workbookField(contest, does, told) : null,
    told,
  );
}

/**
 * @param {TypedContest} contest
 * @param {number} place
 * @param {[keyof TypedOption, string, string][]} columns
 * @param {{ changed: () => void }} does
 * @param {() => void} drawRows
 */
function optionRow(contest, place, columns, { changed }, drawRows) {
  const option = contest.options[place];
  const number = String(place + 1);
  /** @param {ClipboardEvent} event */
  const paste = (event) => {
    const rows = pastedRows(event.clipboardData?.getData("text/plain") ?? "");
    if (rows.length < 2 && (rows[0]?.length ?? 0) < 2) return;
    event.preventDefault();
    takeRows(contest, place, columns, rows);
    drawRows();
    changed();
  };
  /** @param {number} by */
  const move = (by) => () => {
    const [taken] = contest.options.splice(place, 1);
    contest.options.splice(place + by, 0, taken);
    drawRows();
    changed();
  };
  const remove = () => {
    contest.options.splice(place, 1);
    if (!contest.options.length) contest.options.push(blankOption());
    drawRows();
    changed();
  };
  const called = option.name || t`${number}行目`;
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, number),
    columns.map(([field, word, size]) =>
      el(
        "td",
        { class: "text", data: { word } },
        cellField({
          id: `field-${field}-${contest.kind}-${place}`,
          label: t`${number}　${word}`,
          value: option[field],
          size,
          mode: field === "age" ? "numeric" : undefined,
          paste: field === "name" ? paste : undefined,
          set: (text) => {
            option[field] = text;
            if (place === contest.options.length - 1) {
              contest.options.push(blankOption());
              addRow();
            }
            changed();
          },
        }),
      ),
    ),
    el(
      "td",
      { class: "text row-actions" },
      el(
        "button",
        {
          type: "button",
          class: "small-button",
          "aria-label": t`${called}を一つ上へ`,
          disabled: !place,
          on: { click: move(-1) },
        },
        t("上へ"),
      ),
      el(
        "button",
        { type: "button", class: "small-button", "aria-label": t`${called}を消す`, on: { click: remove } },
        t("消す"),
      ),
    ),
  );

  /** A row more at the end; what is being typed keeps its place. */
  function addRow() {
    const last = contest.options.length - 1;
    const body = document.querySelector(`table[data-kind="${contest.kind}"] tbody`);
    body?.append(optionRow(contest, last, columns, { changed }, drawRows));
  }
}

/** @param {string} text */
const pastedRows = (text) =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim())
    .map((line) => line.split("\t").map((cell) => cell.trim()));

/**
 * Pasted rows from a place on, column by column.
 *
 * @param {TypedContest} contest
 * @param {number} place
 * @param {[keyof TypedOption, string, string][]} columns
 * @param {string[][]} rows
 */
function takeRows(contest, place, columns, rows) {
  const taken = rows.map((cells) =>
    Object.assign(blankOption(), Object.fromEntries(columns.map(([field], at) => [field, cells[at] ?? ""]))),
  );
  const rest = contest.options.slice(place + taken.length);
  contest.options = [...contest.options.slice(0, place), ...taken, ...rest];
  if (isTyped(contest.options.at(-1) ?? blankOption())) contest.options.push(blankOption());
}

/**
 * @param {TypedContest} contest
 * @param {{ changed: () => void, redraw: () => Promise<void> }} does
 * @param {HTMLElement} told
 */
function workbookField(contest, { changed, redraw }, told) {
  /** @param {any} event */
  const take = async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    try {
      const { candidates = [], parties = [] } = await readWorkbook(file);
      const found = candidates.filter(
        ({ contest: named }) =>
          !named || named === contest.name || named === contest.kind || candidatesOfOne(candidates),
      );
      if (!found.length) {
        fill(told, t`「${contest.name}」の候補者がありません。表の「選挙区」の名称を確かめてください。`);
        return;
      }
      const names = new Map(
        parties.flatMap((each) => [
          [each.code, each.name],
          [each.name, each.name],
        ]),
      );
      contest.options = found.map((row) =>
        Object.assign(blankOption(), {
          ...Object.fromEntries(PERSON.map(([field]) => [field, row[field] ?? ""])),
          party: names.get(row.party) ?? row.party ?? "",
        }),
      );
      changed();
      await redraw();
    } catch (error) {
      fill(told, error instanceof Error ? error.message : "");
    }
  };
  const input = el("input", {
    type: "file",
    id: `workbook-${contest.kind}`,
    accept: ".xlsx,.ods,.xls",
    on: { change: take },
  });
  return el(
    "details",
    { class: "file" },
    el("summary", {}, t("表計算から取り込む")),
    el(
      "div",
      { class: "field" },
      el("label", { for: `workbook-${contest.kind}` }, t("「候補者」の表がある xlsx・ods・xls")),
      input,
    ),
  );
}

/** Whether all rows are about one contest. @param {TypedRow[]} rows */
const candidatesOfOne = (rows) => new Set(rows.map((each) => each.contest)).size === 1;
