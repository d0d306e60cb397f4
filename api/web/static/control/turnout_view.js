// Turnout through the day: one row per unit, one column per hour of the timetable.

import { oneAtATime, readJson } from "../shared/connection.js";
import { estimate, sheetAddress } from "../shared/count_state.js";
import { byId, el, fill, labelledField } from "../shared/dom.js";
import { requireElement } from "../shared/elements.js";
import { formatFigure, formatMoment } from "../shared/figures.js";
import { localizedPath, t } from "../shared/language.js";
import { board, kindWord } from "./board_data.js";
import { virtualRows } from "./virtual_rows.js";

const HOURS = ["10:00", "11:00", "14:00", "16:00", "18:00", "19:30"];
const ROW_PX = 56;
const { pollingDay = "" } = requireElement("page").dataset;
let kind = "";

/**
 * @param {number} part
 * @param {number} whole
 */
const formatPercent = (part, whole) => {
  if (!whole) return "—";
  // Two decimals, half up, in whole numbers: (20000 part + whole) / (2 whole).
  const hundredths = Math.floor((part * 20_000 + whole) / (2 * whole));
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}％`;
};

export async function turnoutView() {
  const kinds = [...new Set([...board.contests.values()].map((each) => each.kind))];
  kind ||= kinds[0] ?? "";
  const select = el(
    "select",
    {
      on: {
        change: (event) => {
          kind = event.target.value;
          load();
        },
      },
    },
    kinds.map((each) => el("option", { value: each, selected: each === kind }, kindWord(each))),
  );
  const place = el("div", { id: "turnout-place" });
  setTimeout(load);
  return [
    el("h1", {}, t("投票状況")),
    el("div", { class: "filters" }, labelledField("turnout-kind", t("選挙の種類"), select)),
    el("p", { id: "turnout-told", class: "small", role: "status" }),
    place,
  ];
}

/** Scrolling element -> its rows. */
/** @type {WeakMap<Element, VirtualRows<TurnoutRow>>} */
const views = new WeakMap();

const load = oneAtATime(async () => {
  const asked = kind;
  /** @type {[string, string, number, boolean, number, number, [string, number][], boolean][]} */
  const found = await readJson(`/control/data/turnout.json?kind=${asked}&prefecture=${board.prefecture}`);
  if (asked !== kind || !byId("turnout-place")) return;
  const rows = found.map(([contest, unit, report, final, ...figures]) => {
    const [registered, cast, course, estimated] = figures;
    return { contest, unit, report, final, electors: registered, voters: cast, course, estimated };
  });
  const electors = rows.reduce((total, row) => total + row.electors, 0);
  const voters = rows.reduce((total, row) => total + row.voters, 0);
  requireElement("turnout-told").textContent =
    t`${formatFigure(rows.length)}行のうち報告あり ${formatFigure(rows.filter((row) => row.report).length)}、確定 ${formatFigure(rows.filter((row) => row.final).length)}。投票率（報告のある分）${formatPercent(voters, electors)}` +
    (rows.some((row) => row.estimated) ? `　${t("推計")}` : "");
  currentRows()?.show(rows);
});

function currentRows() {
  const found = document.querySelector("#turnout-place .board-scroll");
  if (found) return views.get(found);
  const scroller = el("div", {
    class: "scroll board-scroll",
    tabindex: "0",
    role: "region",
    "aria-label": t("投票状況の一覧"),
  });
  const head = el(
    "thead",
    {},
    el(
      "tr",
      { "aria-rowindex": "1" },
      [t("開票区"), t("選挙"), t("有権者数"), ...HOURS, t("最新"), t("投票率"), t("操作")].map((word, place, words) =>
        el("th", { scope: "col", class: place < 2 || place === words.length - 1 ? "text" : "" }, word),
      ),
    ),
  );
  fill(requireElement("turnout-place"), scroller);
  views.set(
    scroller,
    virtualRows({
      scroller,
      head,
      columns: HOURS.length + 6,
      height: ROW_PX,
      make: turnoutRow,
      label: t("投票状況の一覧"),
    }),
  );
  return views.get(scroller);
}

/** Reports came in: the same rows with their new figures, where the reader stands. */
export const refreshTurnout = () => (byId("turnout-place") ? load() : null);

/** @param {string} iso */
const hourLabel = (iso) =>
  new Intl.DateTimeFormat("ja-JP", {
    timeZone: "Asia/Tokyo",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  }).format(new Date(iso));

/** @param {TurnoutRow} row */
function turnoutRow(row) {
  const name = board.units.get(row.unit)?.name ?? row.unit;
  const onDay = row.course.filter(
    ([as_of]) => as_of.startsWith(pollingDay) || Date.parse(as_of) < Date.parse(`${pollingDay}T20:00:00+09:00`),
  );
  const byHour = new Map(onDay.map(([as_of, voters]) => [hourLabel(as_of), voters]));
  const last = row.course.at(-1);
  return el(
    "tr",
    { data: { row: `${row.contest}|${row.unit}` } },
    el("th", { scope: "row" }, name),
    el("td", { class: "text" }, board.contests.get(row.contest)?.name ?? row.contest),
    el("td", {}, row.electors ? formatFigure(row.electors) : "—"),
    HOURS.map((hour) => el("td", {}, byHour.has(hour) ? formatFigure(byHour.get(hour)) : "—")),
    el(
      "td",
      {},
      last ? t`${formatFigure(last[1])}（${row.final ? t("確定") : formatMoment(last[0], { date: false })}）` : "—",
    ),
    el("td", {}, formatPercent(row.voters, row.electors), estimate(row)),
    el(
      "td",
      { class: "text" },
      el(
        "a",
        {
          class: "button small-button",
          "aria-label": t`${name}の投票状況を代行入力`,
          href: `${localizedPath("/centre/")}${sheetAddress("turnout", row.contest, row.unit)}`,
        },
        t("代行入力"),
      ),
    ),
  );
}
