// Every count on one row: who has reported, who is late, what wants a second look.
import { byId, el, errorSummary, labelledField, fill, showFieldError } from "../shared/dom.js";
import { sheetAddress, stateChip } from "../shared/count_state.js";
import { NOTICE_WORDS } from "../shared/notice_words.js";
import { officeData } from "../shared/office_data.js";
import { formatMoment, formatFigure } from "../shared/figures.js";
import { saveSetting, loadSetting } from "../shared/store.js";
import { askAndSend } from "../shared/sending/commands.js";
import { board, serverNow, readChanges } from "./board_data.js";
import { LATENESS_WORDS, DEFAULT_TIMETABLE, lateness, timetableErrors } from "./timetable.js";
import { bulkBar, chooseCell, rowFaults, mayConfirm, changedSinceSeen, dropChangedRows } from "./bulk_confirmation.js";
import { virtualRows } from "./virtual_rows.js";
import { CONTEST_KINDS } from "./contest_kinds.js";
import { localizedPath, t } from "../shared/language.js";

const ROW_PX = 56;
const CLOCK_MS = 15_000;
const pollingDay = byId("page").dataset.pollingDay;

const COLUMNS = [
  ["unit_name", t("開票区"), (row) => row.unit], ["contest_name", t("選挙"), (row) => row.contest],
  ["state", t("状態"), (row) => ["none", "interim", "returned", "final", "confirmed"].indexOf(row.state)],
  ["as_of", t("時点"), (row) => row.as_of ?? ""], ["age", t("経過"), (row) => (row.recorded_at ? -Date.parse(row.recorded_at) : -Infinity)],
  ["ballots", t("投票総数"), (row) => row.ballots], ["share", t("開票率"), (row) => countedTenths(row) ?? -1],
  ["notices", t("注意・遅れ"), (row) => row.notices.length + (row.late ? 10 : 0)],
];

const TEXT = new Set(["unit_name", "contest_name", "state", "notices"]);
/** What a narrow screen leaves out. */
const LESS = new Set(["as_of", "age", "share"]);

const TESTS = {
  none: (row) => row.state === "none", interim: (row) => row.state === "interim", final: (row) => row.state === "final",
  confirmed: (row) => row.state === "confirmed", returned: (row) => row.state === "returned",
  notices: (row) => row.notices.length > 0, late: (row) => row.late === "late" || row.late === "overdue", missing: (row) => row.late === "missing",
};
const COUNTERS = [["none", t("未報告")], ["interim", t("中間")], ["final", t("確認待ち")], ["confirmed", t("確認済み")], ["returned", t("差戻し")], ["notices", t("注意あり")], ["late", t("遅れ")], ["missing", t("未着")]];

const choice = { state: "", kind: "", text: "", sort: "unit_name", down: false };
let timetable = DEFAULT_TIMETABLE;
/** Scrolling element -> its rows: of two boards put together at once only one is on the page. */
const views = new WeakMap();

export async function boardView() {
  timetable = { ...DEFAULT_TIMETABLE, ...((await loadSetting("timetable")) ?? {}) };
  const counters = el("ul", { class: "counters", id: "counters" });
  const scroller = el("div", { class: "scroll board-scroll", tabindex: "0", role: "region", "aria-label": t("開票の一覧") });
  const head = el("thead", {}, el("tr", { "aria-rowindex": "1" }, el("th", { scope: "col", class: "choose" }, el("span", { class: "hidden" }, t("選択"))), COLUMNS.map(headCell), el("th", { scope: "col", class: "text" }, t("操作"))));
  const view = virtualRows({ scroller, head, columns: COLUMNS.length + 2, height: ROW_PX, make: boardRow, label: t("開票の一覧") });
  views.set(scroller, { ...view, head });
  setTimeout(refreshBoard);
  return [el("h1", {}, t("開票状況")), counters, filters(), timetablePart(), el("p", { id: "shown-rows", role: "status", class: "small" }), el("div", { id: "bulk", class: "actions bulk" }), scroller];
}

function headCell([name, word]) {
  return el("th", { scope: "col", data: { column: name }, class: [TEXT.has(name) ? "text" : "", LESS.has(name) ? "less" : ""].join(" ") },
    el("button", { type: "button", class: "sort", on: { click: () => sortBy(name) } }, word));
}

function sortBy(name) {
  Object.assign(choice, { down: choice.sort === name ? !choice.down : false, sort: name });
  refreshBoard();
}

function filters() {
  const kinds = [...new Set([...board.contests.values()].map((each) => each.kind))];
  const kind = el("select", { on: { change: (event) => { choice.kind = event.target.value; refreshBoard(); } } },
    el("option", { value: "" }, t("すべて")), kinds.map((each) => el("option", { value: each, selected: each === choice.kind }, CONTEST_KINDS[each] ?? each)));
  const text = el("input", { type: "search", value: choice.text, autocomplete: "off", on: { input: (event) => { choice.text = event.target.value.normalize("NFKC").trim(); refreshBoard(); } } });
  return el("div", { class: "filters" }, labelledField("filter-kind", t("選挙の種類"), kind), labelledField("filter-text", t("開票区・選挙の名前"), text));
}

/** While a button is held down nothing is drawn anew: what is pressed would be gone before it is let go. */
const press = { isDown: false, owes: false };

function releasePress() {
  press.isDown = false;
  if (!press.owes) return;
  press.owes = false;
  setTimeout(refreshBoard);
}

addEventListener("pointerdown", () => { press.isDown = true; }, true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, releasePress, true);
addEventListener("blur", releasePress);

/** Draw counters and rows from what is known now. */
export function refreshBoard() {
  if (press.isDown) { press.owes = true; return; }
  const view = views.get(document.querySelector(".board-scroll"));
  if (!view) return;
  const moment = serverNow();
  for (const row of board.rows.values()) row.late = lateness(row, moment, pollingDay, timetable);
  const everything = [...board.rows.values()].filter((row) => (!choice.kind || row.kind === choice.kind) && (!choice.text || `${row.unit_name} ${row.unit} ${row.contest_name}`.includes(choice.text)));
  drawCounters(everything);
  const rows = everything.filter(TESTS[choice.state] ?? (() => true));
  rows.sort(rowComparator());
  for (const cell of view.head.querySelectorAll("th[data-column]")) {
    if (cell.dataset.column === choice.sort) cell.setAttribute("aria-sort", choice.down ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
  }
  byId("shown-rows").textContent = t`${formatFigure(rows.length)}行を表示（全${formatFigure(board.rows.size)}行）　記録位置 ${formatFigure(board.position)}`;
  dropChangedRows(board.rows);
  drawBulk(rows);
  view.show(rows);
}

function drawBulk(rows) {
  const held = document.activeElement?.closest("#bulk") && document.activeElement.dataset.focus;
  fill(byId("bulk"), bulkBar({ all: board.rows, rows, changed: refreshBoard }));
  if (held) (byId("bulk").querySelector(`[data-focus="${held}"]`) ?? byId("bulk").querySelector("button") ?? document.querySelector(".board-scroll"))?.focus();
}

setInterval(refreshBoard, CLOCK_MS);

function rowComparator() {
  const [, , key] = COLUMNS.find(([name]) => name === choice.sort);
  const sign = choice.down ? -1 : 1;
  return (a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x < y) return -sign;
    if (x > y) return sign;
    return a.key < b.key ? -1 : 1;
  };
}

function drawCounters(rows) {
  const held = document.activeElement?.dataset?.counter;
  fill(byId("counters"), COUNTERS.map(([name, word]) => {
    const many = rows.filter(TESTS[name]).length;
    const press = () => { choice.state = choice.state === name ? "" : name; refreshBoard(); };
    const isAlarm = many > 0 && ["returned", "late", "missing"].includes(name);
    return el("li", {}, el("button", { type: "button", class: isAlarm ? "counter alarm" : "counter", "aria-pressed": String(choice.state === name), data: { counter: name }, on: { click: press } },
      el("span", {}, word), el("strong", { class: "figures" }, formatFigure(many))));
  }));
  if (held) byId("counters").querySelector(`[data-counter="${held}"]`)?.focus();
}

function rowAge(row) {
  if (!row.recorded_at) return "—";
  const minutes = Math.max(0, Math.floor((serverNow() - Date.parse(row.recorded_at)) / 60_000));
  return minutes < 120 ? t`${minutes}分前` : t`${formatFigure(Math.floor(minutes / 60))}時間前`;
}

/** Tenths of a percent counted, as documents say it: whole when final, whatever was taken away, and never before. */
function countedTenths({ state, ballots, voters }) {
  if (state === "final" || state === "confirmed") return 1000;
  return voters ? Math.min(999, Math.floor((ballots * 1000) / voters)) : undefined;
}

function countedShare(row) {
  const tenths = countedTenths(row);
  return tenths === undefined ? "—" : `${(tenths / 10).toFixed(1)}％`;
}

function boardRow(row) {
  const fault = rowFaults.get(row.key);
  return el("tr", { class: row.late ? `row-${row.late}` : "", data: { row: row.key } },
    chooseCell(row, refreshBoard),
    el("th", { scope: "row" }, el("a", { href: localizedPath(`/districts/${row.unit}`), data: { focus: `${row.key}|link` } }, row.unit_name)),
    el("td", { class: "text" }, row.contest_name),
    el("td", { class: "text" }, stateChip(row.state), row.reason ? el("span", { class: "small cut", title: row.reason }, `　${row.reason}`) : null,
      fault ? el("span", { class: "error cut", title: fault.sentence }, fault.sentence) : null),
    el("td", { class: "less" }, formatMoment(row.as_of)), el("td", { class: "less" }, rowAge(row)), el("td", {}, row.report ? formatFigure(row.ballots) : "—"), el("td", { class: "less" }, countedShare(row)),
    el("td", { class: "text" }, row.late ? el("span", { class: "status status-contested" }, LATENESS_WORDS[row.late]) : null,
      row.notices.map((code) => el("span", { class: "status status-corrected" }, NOTICE_WORDS[code] ?? code)), row.on_behalf ? el("span", { class: "chip" }, t("代行")) : null),
    el("td", { class: "text row-actions" }, rowActions(row)));
}

function rowActions(row) {
  const act = (name, word, run) => el("button", { type: "button", class: name === "confirm" ? "small-button" : "small-button quiet", data: { focus: `${row.key}|${name}`, act: name }, "aria-label": t`${row.unit_name} ${row.contest_name}を${word}`, on: { click: run } }, word);
  return [
    mayConfirm(row) ? act("confirm", t("確認"), () => confirmRow(row)) : null,
    row.report ? act("return", t("差し戻す"), () => returnRow(row)) : null,
    entryLink(row, officeData()?.office.units.includes(row.unit) ? t("入力") : t("代行入力")),
  ];
}

const entryLink = (row, word) => el("a", {
  class: "button small-button quiet", data: { focus: `${row.key}|behalf`, act: "behalf" },
  "aria-label": t`${row.unit_name} ${row.contest_name}を${word}`, href: `${localizedPath("/centre/")}${sheetAddress("tally", row.contest, row.unit)}`,
}, word);

const dialogLines = (row) => el("p", {}, t`${row.unit_name}　${row.contest_name}　${formatMoment(row.as_of)}現在　投票総数 ${formatFigure(row.ballots)}票`);

async function confirmRow(row) {
  await askAndSend({
    title: t("確定を確認する"), word: t("確認する"), check: () => changedSinceSeen(row), make: () => ({ command: "confirm-count", contest: row.contest, unit: row.unit, report: row.report }),
    lines: [dialogLines(row), row.notices.length ? t`注意：${row.notices.map((code) => NOTICE_WORDS[code]).join(t("、"))}` : t("注意はありません。")],
  });
  await readChanges();
}

async function returnRow(row) {
  await askAndSend({
    title: t("差し戻す"), word: t("差し戻す"), danger: true, text: t("差し戻す理由"), lines: [dialogLines(row)], check: () => changedSinceSeen(row),
    make: (reason) => ({ command: "return-count", contest: row.contest, unit: row.unit, reason, report: row.report }),
  });
  await readChanges();
}

function timetablePart() {
  const input = (name, type) => el("input", { type, value: String(timetable[name]), on: { input: () => showFieldError(name, "") } });
  const inputs = { first: input("first", "time"), interval: input("interval", "number"), grace: input("grace", "number"), final_by: input("final_by", "time") };
  const save = async (event) => {
    event.preventDefault();
    const wanted = { first: inputs.first.value, interval: Number(inputs.interval.value), grace: Number(inputs.grace.value), final_by: inputs.final_by.value };
    const errors = timetableErrors(wanted);
    for (const name of Object.keys(inputs)) showFieldError(name, errors[name]);
    fill(byId("timetable-errors"), errorSummary(errors));
    if (Object.keys(errors).length) return;
    timetable = wanted;
    await saveSetting("timetable", wanted);
    refreshBoard();
  };
  return el("details", { class: "timetable" }, el("summary", {}, t`時刻表：第1報 ${timetable.first}、以後${timetable.interval}分ごと、猶予${timetable.grace}分、確定の目安 ${timetable.final_by}`),
    el("form", { novalidate: true, class: "filters", on: { submit: save } }, el("div", { id: "timetable-errors" }),
      labelledField("first", t("第1報の時刻"), inputs.first), labelledField("interval", t("報告の間隔（分）"), inputs.interval), labelledField("grace", t("猶予（分）"), inputs.grace), labelledField("final_by", t("確定の目安の時刻"), inputs.final_by),
      el("p", { class: "actions" }, el("button", { type: "submit" }, t("この時刻表で見る")))));
}
