import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/page.js";

const { isChainMoved, isWaiting, locateProblem } = await import("../../api/web/static/shared/sending/refusals.js");
const { lateness, lastRoundDue, nightMoment, timetableErrors, DEFAULT_TIMETABLE } = await import(
  "../../api/web/static/control/timetable.js"
);
const { readAll, readItem } = await import("../../api/web/static/survey/questions.js");
const { fillItems } = await import("../../api/web/static/survey/pasted_answers.js");

const problem = (code, facts = {}, more = {}) => ({ type: `urn:kaihyo:${code}`, detail: "文", facts, ...more });
const fieldOf = (...about) => locateProblem(problem(...about)).field;

test("a refusal stands at the field it is about", () => {
  assert.equal(fieldOf("sheet-unbalanced", { identity: "F = D + E" }), "ballots");
  assert.equal(fieldOf("sheet-unbalanced", { identity: "j1: no ≤ D" }), "no/j1");
  assert.equal(fieldOf("votes-negative", { field: "invalid" }), "invalid");
  assert.equal(fieldOf("votes-negative", { field: "a" }), "votes/a");
  assert.equal(fieldOf("voters-exceed-electors", { field: "在外の投票者・男" }), "overseas_voters/male");
  assert.equal(fieldOf("command-malformed", { detail: "at `$.command.figures.voters.male`" }), "voters/male");
  assert.equal(fieldOf("something-new"), "");
});

test("facts that are not as expected leave the sentence at the head", () => {
  assert.deepEqual(locateProblem(problem("candidate-unknown")), { field: "", sentence: "文" });
  assert.ok(locateProblem(null).sentence);
});

test("what waits, and what is signed again, is told by the code alone", () => {
  assert.ok(isWaiting(problem("election-paused")) && !isWaiting(problem("sequence-wrong")) && !isWaiting(null));
  assert.ok(isChainMoved(problem("chain-forked")) && !isChainMoved({ title: "chain-forked" }));
});

test("a report is late after its round and grace, and missing where there is none", () => {
  const [day, table] = ["2026-11-29", DEFAULT_TIMETABLE];
  const at = (time) => nightMoment(day, time);
  assert.equal(at("01:00") - at("22:00"), 3 * 3_600_000);
  assert.equal(lastRoundDue(at("22:09"), day, table), null);
  assert.equal(lastRoundDue(at("22:45"), day, table), at("22:30"));
  const row = (as_of, state = "interim") => lateness({ as_of, state }, at("22:45"), day, table);
  assert.equal(row(null), "missing");
  assert.equal(row("2026-11-29T22:00:00+09:00"), "late");
  assert.equal(row("2026-11-29T22:30:00+09:00"), "");
  assert.equal(row(null, "confirmed"), "");
  assert.equal(lateness({ as_of: "2026-11-30T03:00:00+09:00", state: "interim" }, at("03:11"), day, table), "overdue");
  assert.deepEqual(Object.keys(timetableErrors({ first: "25:00", interval: 1, grace: -1, final_by: "3" })), [
    "first",
    "final_by",
    "interval",
    "grace",
  ]);
  assert.deepEqual(timetableErrors(DEFAULT_TIMETABLE), {});
});

test("answers are read within their limits, and sums must hold", () => {
  const item = (more) => ({
    id: "q",
    title: "問",
    kind: "count",
    unit: "人",
    minimum: 0,
    maximum: 10,
    choices: [],
    required: true,
    ...more,
  });
  assert.equal(readItem(item({}), "１０人").value, 10);
  assert.ok(readItem(item({}), "11").error);
  assert.equal(readItem(item({ kind: "time" }), "930").value, "09:30");
  assert.equal(readItem(item({ kind: "time" }), "24時10分").value, "24:10");
  assert.ok(readItem(item({ kind: "time" }), "36:00").error);
  assert.equal(readItem(item({ kind: "choice", choices: ["ｱﾘ", "無"] }), "アリ").value, "ｱﾘ");
  const items = [
    { id: "all", title: "計" },
    { id: "x", title: "甲" },
    { id: "y", title: "乙" },
  ];
  const questionnaire = { id: "s", title: "調査", items, sums: { all: ["x", "y"] } };
  assert.match(readAll(questionnaire, { all: "4", x: "1", y: "2" }).errors.all, /3.*4/);
  assert.deepEqual(readAll(questionnaire, { all: "3", x: "1", y: "2" }).errors, {});
  assert.ok(readAll(questionnaire, { all: "3", x: "1" }).errors.y);
  const within = { ...questionnaire, sums: {}, within: { all: ["x"] } };
  assert.match(readAll(within, { all: "1,000", x: "2000", y: "0" }).errors.x, /2,000.*1,000/);
  assert.deepEqual(readAll(within, { all: "2000", x: "2000", y: "0" }).errors, {});
});

test("pasted answers go behind their words, or down the column", () => {
  const items = [
    { id: "x", title: "投票所 (数)", kind: "count" },
    { id: "y", title: "備考", kind: "text" },
  ];
  assert.deepEqual(fillItems(items, [["x", "投票所（数）", "5"]], 0).texts, { x: "5" });
  assert.deepEqual(fillItems(items, [["備考", "なし", "あり"]], 0).texts, {});
  assert.deepEqual(fillItems(items, [["5"], [""], ["9"]], 0), {
    texts: { x: "5" },
    faults: ["入らなかった行が1行あります。"],
  });
});
