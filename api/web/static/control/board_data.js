// The board as this page knows it: read once, then only what changed since.
import { ConnectionLost, election, events, oneAtATime, readJson } from "../shared/connection.js";
import { isEnglish, t } from "../shared/language.js";

const FIELDS = [
  "contest",
  "unit",
  "status",
  "state",
  "position",
  "report",
  "reports",
  "as_of",
  "recorded_at",
  "ballots",
  "voters",
  "notices",
  "office",
  "on_behalf",
  "reason",
  "estimated",
  "unanswered",
];
const GATHER_MS = 400;
const POLL_MS = 10_000;

/** @type {Board} */
export const board = {
  rows: new Map(),
  contests: new Map(),
  kinds: new Map(),
  polls: new Set(),
  units: new Map(),
  phase: "",
  pause_reason: "",
  position: 0,
  clock_ahead: 0,
  prefecture: "",
};

/**
 * What the rules of this log call a kind of contest.
 *
 * @param {string} kind
 */
export const kindWord = (kind) => board.kinds.get(kind) ?? kind;

/** What is decided: of polls alone a result, as nobody is elected. */
export const decisionsWord = () =>
  board.kinds.size && board.polls.size === board.kinds.size ? t("結果の決定") : t("当選人の決定");

/** The server's time now, as far as it is known. */
export const serverNow = () => Date.now() + board.clock_ahead;

/** @param {{ contest: string, unit: string }} row */
const rowKey = (row) => `${row.contest}|${row.unit}`;

/** @param {{ now: string, board: any }} about */
function applyBoard({ now: served, board: found }) {
  board.clock_ahead = Date.parse(served) - Date.now();
  for (const [id, name, kind, uncontested, polling_day] of found.contests ?? [])
    board.contests.set(id, { id, name, kind, uncontested, polling_day });
  for (const [id, name, english, ballot] of found.kinds ?? []) {
    board.kinds.set(id, isEnglish ? english : name);
    if (ballot === "options") board.polls.add(id);
  }
  for (const [code, name, prefecture] of found.units ?? []) board.units.set(code, { code, name, prefecture });
  for (const values of found.rows) {
    /** @type {BoardRow} */
    const row = /** @type {any} */ (Object.fromEntries(FIELDS.map((field, place) => [field, values[place]])));
    row.key = rowKey(row);
    row.unit_name = board.units.get(row.unit)?.name ?? row.unit;
    row.prefecture = board.units.get(row.unit)?.prefecture ?? "";
    row.contest_name = board.contests.get(row.contest)?.name ?? row.contest;
    row.kind = board.contests.get(row.contest)?.kind ?? "";
    row.polling_day = board.contests.get(row.contest)?.polling_day ?? "";
    row.changed_at = board.position ? performance.now() : 0;
    board.rows.set(row.key, row);
  }
  const moved = found.phase !== board.phase || found.rows.length > 0;
  if (found.position !== board.position) events.dispatchEvent(new Event("log"));
  Object.assign(board, { phase: found.phase, pause_reason: found.pause_reason, position: found.position });
  return moved;
}

/**
 * Read everything, of one prefecture or of the nation.
 *
 * @param {string} prefecture
 */
export async function readBoard(prefecture) {
  const rows = new Map();
  Object.assign(board, { rows, contests: new Map(), units: new Map(), position: 0, prefecture });
  const found = await readJson(`/control/data/board.json?prefecture=${prefecture}`);
  // Another office may have been chosen meanwhile, whose board is on its way.
  if (board.rows !== rows) return;
  applyBoard(found);
  events.dispatchEvent(new CustomEvent("board", { detail: { whole: true } }));
}

/** Read what changed. */
export const readChanges = oneAtATime(async () => {
  const { position, prefecture, rows } = board;
  if (!position) return;
  try {
    const found = await readJson(`/control/data/board.json?prefecture=${prefecture}&after=${position}`);
    // Everything may have been read again meanwhile, for another office perhaps.
    if (board.rows === rows && applyBoard(found))
      events.dispatchEvent(new CustomEvent("board", { detail: { whole: false } }));
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
  }
});

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Ask once for many changes that come together. */
export function readSoon() {
  if (timer) return;
  timer = setTimeout(() => {
    timer = undefined;
    readChanges();
  }, GATHER_MS);
}

/** Follow the night: the stream says that something changed, the clock asks where it cannot. */
export function followStream() {
  const stream = new EventSource(`/v1/elections/${election}/stream?after=${board.position}`);
  stream.onmessage = readSoon;
  stream.addEventListener("changes", readSoon);
  setInterval(readChanges, POLL_MS);
}
