// Every count on one row: who has reported, who is late, what wants a second look.
import { el, fill, labelledField } from "../shared/dom.js";
import { findElement, focusedElement, requireElement } from "../shared/elements.js";
import { formatFigure, formatMoment } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { foldSimilar, includesSimilar } from "../shared/name_folding.js";
import { loadSetting, saveSetting } from "../shared/store.js";
import { board, kindWord, serverNow } from "./board_data.js";
import { boardRow, countedTenths } from "./board_row.js";
import { bulkBar, dropChangedRows } from "./bulk_confirmation.js";
import { alertsPart, loadAlerts, tellNews } from "./night_alerts.js";
import { DEFAULT_TIMETABLE, dueRound, lateness } from "./timetable.js";
import { timetablePart } from "./timetable_view.js";
import { virtualRows } from "./virtual_rows.js";
import { isUnanswered, urgency } from "./waiting.js";

const ROW_PX = 44;

const CLOCK_MS = 15_000;

const { pollingDay = "" } = requireElement("page").dataset;

/** @type {Column[]} */
const COLUMNS = [
  ["unit_name", t("開票区"), (row) => row.unit],
  ["contest_name", t("選挙"), (row) => row.contest],
  ["state", t("状態"), (row) => ["none", "interim", "returned", "final", "confirmed"].indexOf(row.state)],
  ["wait", t("待ち"), (row) => urgency(row)],
  ["notices", t("注意・遅れ"), (row) => row.notices.length + (row.late ? 10 : 0)],
  ["as_of", t("時点"), (row) => row.as_of ?? ""],
  ["age", t("経過時間"), (row) => (row.recorded_at ? -Date.parse(row.recorded_at) : -Infinity)],
  ["ballots", t("投票総数"), (row) => row.ballots],
  ["share", t("開票率"), (row) => countedTenths(row) ?? -1],
];

const TEXT = new Set(["unit_name", "contest_name", "state", "wait", "notices"]);

/** What a narrow screen leaves out. */
const LESS = new Set(["as_of", "age", "share"]);

/** What a usual screen leaves out, besides. */
const LEAST = new Set(["age"]);

/** @type {Record<string, (row: BoardRow) => boolean>} */
const TESTS = {
  none: (row) => row.state === "none",
  interim: (row) => row.state === "interim",
  final: (row) => row.state === "final",
  confirmed: (row) => row.state === "confirmed",
  returned: (row) => row.state === "returned",
  notices: (row) => row.notices.length > 0,
  unanswered: isUnanswered,
  late: (row) => row.late === "late" || row.late === "overdue",
  missing: (row) => row.late === "missing",
};

const COUNTERS = [
  ["none", t("未報告")],
  ["interim", t("中間")],
  ["final", t("確認待ち")],
  ["confirmed", t("確認済み")],
  ["returned", t("差戻し")],
  ["notices", t("注意あり")],
  ["unanswered", t("未回答")],
  ["late", t("遅れ")],
  ["missing", t("未着")],
];

const choice = { state: "", kind: "", text: "", sort: "unit_name", down: false };

/** @type {Timetable} */
let timetable = DEFAULT_TIMETABLE;

/** Scrolling element -> its rows: of two boards put together at once only one is on the page. */
/** @type {WeakMap<Element, VirtualRows<BoardRow> & { head: HTMLElement }>} */
const views = new WeakMap();

/** Read how this device looks at the night: the timetable, and whether it sounds. */
export async function loadBoardSettings() {
  timetable = { ...DEFAULT_TIMETABLE, ...((await loadSetting("timetable")) ?? {}) };
  await loadAlerts();
}

/** @param {number} moment */
const clockWords = (moment) => formatMoment(new Date(moment).toISOString(), { date: false });

export async function boardView() {
  const counters = el("ul", { class: "counters", id: "counters" });
  const scroller = el("div", {
    class: "scroll board-scroll",
    tabindex: "0",
    role: "region",
    "aria-label": t("開票の一覧"),
  });
  const head = el(
    "thead",
    {},
    el(
      "tr",
      { "aria-rowindex": "1" },
      el("th", { scope: "col", class: "choose" }, el("span", { class: "hidden" }, t("選択"))),
      COLUMNS.map(headCell),
      el("th", { scope: "col", class: "text" }, t("操作")),
    ),
  );
  const view = virtualRows({
    scroller,
    head,
    columns: COLUMNS.length + 2,
    height: ROW_PX,
    make: (row) => boardRow(row, refreshBoard),
    label: t("開票の一覧"),
  });
  views.set(scroller, { ...view, head });
  setTimeout(() => {
    updateNews();
    refreshBoard();
  });
  return [
    el("h1", {}, t("開票状況")),
    counters,
    el("p", { id: "round", role: "status" }),
    filters(),
    el("div", { class: "night" }, timetablePart(timetable, changeTimetable), alertsPart()),
    el("p", { id: "shown-rows", role: "status", class: "small" }),
    el("div", { id: "bulk", class: "actions bulk" }),
    scroller,
  ];
}

/** @param {Timetable} wanted */
async function changeTimetable(wanted) {
  timetable = wanted;
  await saveSetting("timetable", wanted);
  updateNews();
  refreshBoard();
}

/** @param {Column} about */
function headCell([name, word]) {
  return el(
    "th",
    {
      scope: "col",
      data: { column: name },
      class: [TEXT.has(name) ? "text" : "", LESS.has(name) ? "less" : "", LEAST.has(name) ? "least" : ""].join(" "),
    },
    el("button", { type: "button", class: "sort", on: { click: () => sortBy(name) } }, word),
  );
}

/** @param {string} name */
function sortBy(name) {
  Object.assign(choice, { down: choice.sort === name ? !choice.down : false, sort: name });
  refreshBoard();
}

function filters() {
  const kinds = [...new Set([...board.contests.values()].map((each) => each.kind))];
  const kind = el(
    "select",
    {
      on: {
        change: (event) => {
          choice.kind = event.target.value;
          refreshBoard();
        },
      },
    },
    el("option", { value: "" }, t("すべて")),
    kinds.map((each) => el("option", { value: each, selected: each === choice.kind }, kindWord(each))),
  );
  const text = el("input", {
    type: "search",
    value: choice.text,
    autocomplete: "off",
    on: {
      input: (event) => {
        choice.text = event.target.value;
        refreshBoard();
      },
    },
  });
  return el(
    "div",
    { class: "filters" },
    labelledField("filter-kind", t("選挙の種類"), kind),
    labelledField("filter-text", t("開票区・選挙の名前"), text),
  );
}

/** While a button is held down nothing is drawn again: what is pressed would be gone before it is let go. */
const press = { isDown: false, owes: false };

function releasePress() {
  press.isDown = false;
  if (!press.owes) return;
  press.owes = false;
  setTimeout(refreshBoard);
}

addEventListener(
  "pointerdown",
  () => {
    press.isDown = true;
  },
  true,
);

for (const end of ["pointerup", "pointercancel"]) addEventListener(end, releasePress, true);

addEventListener("blur", releasePress);

/**
 * Who is late, each on the night of its contest: a poll that moved has one of its own (POEA 57, 86-4(7)).
 *
 * @param {number} moment
 */
function markLate(moment) {
  for (const row of board.rows.values()) row.late = lateness(row, moment, row.polling_day || pollingDay, timetable);
}

/** Announce what came in or became late, also to people on another part of the page. */
export function updateNews() {
  const moment = serverNow();
  markLate(moment);
  tellNews(board.rows.values(), clockWords(moment));
}

/** Draw counters and rows from what is known now. */
export function refreshBoard() {
  if (press.isDown) {
    press.owes = true;
    return;
  }
  const scroller = document.querySelector(".board-scroll");
  const view = scroller && views.get(scroller);
  if (!view) return;
  const wanted = foldSimilar(choice.text);
  const everything = [...board.rows.values()].filter(
    (row) =>
      (!choice.kind || row.kind === choice.kind) &&
      (!wanted || [row.unit_name, row.unit, row.contest_name].some((each) => includesSimilar(each, wanted))),
  );
  requireElement("round").textContent = roundWords(everything, serverNow());
  drawCounters(everything);
  const rows = everything.filter(TESTS[choice.state] ?? (() => true));
  rows.sort(rowComparator());
  /** @type {NodeListOf<HTMLElement>} */
  const cells = view.head.querySelectorAll("th[data-column]");
  for (const cell of cells) {
    if (cell.dataset.column === choice.sort) cell.setAttribute("aria-sort", choice.down ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
  }
  requireElement("shown-rows").textContent =
    t`${formatFigure(rows.length)}行を表示（全${formatFigure(board.rows.size)}行）　記録位置 ${formatFigure(board.position)}`;
  dropChangedRows(board.rows);
  drawBulk(rows);
  view.show(rows);
}

/**
 * How many have kept the round that was due last, and for whom the others wait.
 *
 * @param {BoardRow[]} rows
 * @param {number} moment
 */
function roundWords(rows, moment) {
  const round = dueRound(rows, moment, pollingDay, timetable);
  const late = round.rows.filter((row) => row.late).length;
  const open = rows.filter((row) => row.state === "none" || row.state === "interim").length;
  const returned = rows.filter((row) => row.state === "returned").length;
  const final = rows.filter((row) => row.state === "final").length;
  const waits = t`開票所を待つもの ${formatFigure(open)}、差戻しの訂正を待つもの ${formatFigure(returned)}、管理室の確認を待つもの ${formatFigure(final)}`;
  if (round.due === null) return waits;
  const many = round.rows.length;
  return t`${clockWords(round.due)}の回：${formatFigure(many - late)} / ${formatFigure(many)} 着　${waits}`;
}

/** @param {BoardRow[]} rows */
function drawBulk(rows) {
  const bulk = requireElement("bulk");
  const held = bulk.contains(focusedElement()) && focusedElement()?.dataset.focus;
  fill(bulk, bulkBar({ all: board.rows, rows, changed: refreshBoard }));
  if (!held) return;
  const same = findElement(`[data-focus="${held}"]`, bulk);
  (same ?? findElement("button", bulk) ?? findElement(".board-scroll"))?.focus();
}

setInterval(() => {
  updateNews();
  refreshBoard();
}, CLOCK_MS);

function rowComparator() {
  const [, , key] = COLUMNS.find(([name]) => name === choice.sort) ?? COLUMNS[0];
  const sign = choice.down ? -1 : 1;
  return (/** @type {BoardRow} */ a, /** @type {BoardRow} */ b) => {
    const [x, y] = [key(a), key(b)];
    if (x < y) return -sign;
    if (x > y) return sign;
    return a.key < b.key ? -1 : 1;
  };
}

/** @param {BoardRow[]} rows */
function drawCounters(rows) {
  const held = focusedElement()?.dataset?.counter;
  fill(
    requireElement("counters"),
    COUNTERS.map(([name, word]) => {
      const many = rows.filter(TESTS[name]).length;
      const toggle = () => {
        choice.state = choice.state === name ? "" : name;
        refreshBoard();
      };
      const isAlarm = many > 0 && ["returned", "late", "missing"].includes(name);
      return el(
        "li",
        {},
        el(
          "button",
          {
            type: "button",
            class: isAlarm ? "counter alarm" : "counter",
            "aria-pressed": String(choice.state === name),
            data: { counter: name },
            on: { click: toggle },
          },
          el("span", {}, word),
          el("strong", { class: "figures" }, formatFigure(many)),
        ),
      );
    }),
  );
  if (held) findElement(`[data-counter="${held}"]`, requireElement("counters"))?.focus();
}
