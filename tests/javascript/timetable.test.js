// Rounds of the board: a contest whose poll moved has them on its own day.
import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/page.js";

const { DEFAULT_TIMETABLE, dueRound } = await import("../../api/web/static/control/timetable.js");

const DAY = "2026-11-29";
const COUNCIL = { polling_day: DAY };
const MOVED = { polling_day: "2026-12-06" };
/** @param {string} text */
const at = (text) => Date.parse(`${text}:00+09:00`);
/** @param {string} now */
const round = (now) => dueRound([COUNCIL, MOVED], at(now), DAY, DEFAULT_TIMETABLE);

test("before the first round nothing is due of anybody", () => {
  assert.deepEqual(round("2026-11-29T21:59"), { due: null, rows: [] });
});

test("on the day of the election only its contests are in the round", () => {
  assert.deepEqual(round("2026-11-29T22:45"), { due: at("2026-11-29T22:30"), rows: [COUNCIL] });
});

test("on its own day a contest that moved is in the round as well", () => {
  assert.deepEqual(round("2026-12-06T22:15"), { due: at("2026-12-06T22:00"), rows: [COUNCIL, MOVED] });
});

test("a row without a day of its own goes by the election's", () => {
  const row = { polling_day: "" };
  assert.deepEqual(dueRound([row], at("2026-11-29T22:15"), DAY, DEFAULT_TIMETABLE).rows, [row]);
});
