// Several counts confirmed with one look: each is a command of its own, signed and answered by itself.
import { announce, byId, el } from "../shared/dom.js";
import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { decidesContest, personsToDecide } from "../shared/office_data.js";
import { askAndSend, sendCommand } from "../shared/sending/commands.js";
import { locateProblem } from "../shared/sending/refusals.js";
import { board, readChanges } from "./board_data.js";
import { votesTables } from "./votes_tables.js";

/** Keys of the rows that are chosen. */
export const chosenRows = new Set();
/** Row key -> why its last confirmation failed; gone when the row changes. */
export const rowFaults = new Map();

/** @param {BoardRow} row */
export const mayConfirm = (row) =>
  decidesContest(row.contest) && (row.state === "final" || (row.state === "returned" && row.status !== "interim"));
/**
 * What to say where a count has moved since its row was looked at; else "".
 *
 * @param {BoardRow} about
 */
export const changedSinceSeen = ({ key, position }) =>
  board.rows.get(key)?.position === position
    ? ""
    : t("見ている間に、この開票区の報告か状態が変わりました。「やめる」で閉じ、新しい数字を見てください。");
/**
 * Rows that may be chosen together: a warning is looked at by itself.
 *
 * @param {BoardRow} row
 */
const isPlain = (row) => row.state === "final" && !row.notices.length;

/**
 * Let go of rows that changed meanwhile.
 *
 * @param {Map<string, BoardRow>} rows
 */
export function dropChangedRows(rows) {
  for (const key of chosenRows) {
    const row = rows.get(key);
    if (!row || !mayConfirm(row)) chosenRows.delete(key);
  }
  for (const [key, { position }] of rowFaults) if (rows.get(key)?.position !== position) rowFaults.delete(key);
}

/**
 * The box in front of a row that can be confirmed.
 *
 * @param {BoardRow} row
 * @param {() => void} changed
 */
export function chooseCell(row, changed) {
  if (!mayConfirm(row)) return el("td", { class: "choose" });
  /** @param {{ target: HTMLInputElement }} about */
  const turn = ({ target }) => {
    if (target.checked) chosenRows.add(row.key);
    else chosenRows.delete(row.key);
    changed();
  };
  return el(
    "td",
    { class: "choose" },
    el("input", {
      type: "checkbox",
      checked: chosenRows.has(row.key),
      "aria-label": t`${row.unit_name} ${row.contest_name}を選ぶ`,
      data: { focus: `${row.key}|choose` },
      on: { change: turn },
    }),
  );
}

/**
 * What can be done with the rows that are chosen.
 *
 * @param {{ all: Map<string, BoardRow>, rows: BoardRow[], changed: () => void }} about
 */
export function bulkBar({ all, rows, changed }) {
  const plain = rows.filter(isPlain);
  const picked = [...chosenRows].map((key) => all.get(key)).filter((row) => row !== undefined);
  const choose = () => {
    for (const row of plain) chosenRows.add(row.key);
    changed();
  };
  const release = () => {
    chosenRows.clear();
    changed();
  };
  return [
    plain.length
      ? el(
          "button",
          { type: "button", data: { focus: "bulk|all", act: "choose-all" }, on: { click: choose } },
          t`注意のない確認待ち ${formatFigure(plain.length)}行をすべて選ぶ`,
        )
      : null,
    picked.length
      ? [
          el(
            "button",
            {
              type: "button",
              class: "primary",
              data: { focus: "bulk|confirm", act: "bulk-confirm" },
              on: { click: () => confirmAll(picked, changed) },
            },
            t`選んだ ${formatFigure(picked.length)}行を確認する`,
          ),
          el("button", { type: "button", data: { focus: "bulk|none" }, on: { click: release } }, t("選択をやめる")),
        ]
      : null,
    rowFaults.size
      ? el(
          "span",
          { class: "error", role: "alert" },
          t`${formatFigure(rowFaults.size)}行は確認できませんでした。理由は行に出ています。`,
        )
      : null,
  ];
}

/**
 * @param {BoardRow[]} rows
 * @param {() => void} changed
 */
async function confirmAll(rows, changed) {
  const warned = rows.filter((row) => row.notices.length).length;
  await askAndSend({
    title: t`${formatFigure(rows.length)}行の確定を確認する`,
    word: t`${formatFigure(rows.length)}行を確認する`,
    persons: personsToDecide(board.phase),
    lines: [
      t("一行ずつ別の記録になり、それぞれに署名します。確認できない行があっても、ほかの行は確認されます。"),
      ...(await votesTables(rows)),
      warned
        ? el(
            "p",
            { class: "notice notice-warning" },
            t`注意のある行が ${formatFigure(warned)}行あります。開票所に確かめましたか。`,
          )
        : null,
      el("p", { id: "bulk-progress", class: "small", role: "status" }),
    ],
    send: (_about, _text, signers) => sendEach(rows, signers),
  });
  await readChanges();
  changed();
}

/**
 * Send one command per row, in order; failures stay with their rows.
 *
 * @param {BoardRow[]} rows
 * @param {Signer[]} signers
 */
async function sendEach(rows, signers) {
  let sent = 0;
  let confirmed = 0;
  for (const row of rows) {
    const moved = changedSinceSeen(row);
    if (moved) {
      rowFaults.set(row.key, { position: board.rows.get(row.key)?.position, sentence: moved });
      chosenRows.delete(row.key);
      continue;
    }
    const detail = await sendCommand(
      { command: "confirm-count", contest: row.contest, unit: row.unit, report: row.report },
      t("確定を確認する"),
      signers,
    );
    if (detail.state === "refused")
      rowFaults.set(row.key, { position: row.position, sentence: locateProblem(detail.problem).sentence });
    else {
      rowFaults.delete(row.key);
      confirmed += 1;
    }
    chosenRows.delete(row.key);
    sent += 1;
    const place = byId("bulk-progress");
    if (place) place.textContent = `${formatFigure(sent)} / ${formatFigure(rows.length)}`;
  }
  announce(t`${formatFigure(confirmed)}行を確認しました。`);
  return [];
}
