import assert from "node:assert/strict";
import { test } from "node:test";
import { findDifferences } from "../../api/web/static/audit/published_totals.js";

const row = (id, thousandths, more = {}) => ({ id, name: id.toUpperCase(), votes: { thousandths }, ...more });
const sheet = (unit, votes, contest = "d1") => ({ contest, unit, tally: { votes } });
const reportingUnit = (code, status = "final") => ({ unit: code, name: `区${code}`, status });
const SHEETS = [sheet("1", { a: 1000, b: 2500 }), sheet("2", { a: 3000, b: 0 })];
const UNITS = [reportingUnit("1"), reportingUnit("2"), reportingUnit("3", "none")];

test("what adds up is found to agree", () => {
  assert.deepEqual(findDifferences({ options: [row("a", 4000), row("b", 2500)], units: UNITS }, SHEETS), []);
});

test("a figure that does not add up is named with both figures", () => {
  const options = [row("a", 4001), row("b", 2500)];
  assert.deepEqual(findDifferences({ options, units: UNITS }, SHEETS), ["A: 4.001 ≠ 4"]);
});

test("an option with votes that is not published is missed", () => {
  assert.deepEqual(findDifferences({ options: [row("a", 4000)], units: UNITS }, SHEETS), ["b: — ≠ 2.5"]);
});

test("a unit that reports and has no proven entry is missed", () => {
  const units = [...UNITS, reportingUnit("4", "interim")];
  assert.deepEqual(findDifferences({ options: [row("a", 4000), row("b", 2500)], units }, SHEETS), ["区4"]);
});

test("a list has the votes of its members among its own, and members are compared, too", () => {
  const sheets = [sheet("1", { list: 1000, m1: 300, m2: 200 }, "upper")];
  const members = [row("m1", 300), row("m2", 200)];
  const units = [reportingUnit("1")];
  assert.deepEqual(findDifferences({ options: [row("list", 1500, { members })], units }, sheets), []);
  const swapped = [row("m1", 200), row("m2", 300)];
  const found = findDifferences({ options: [row("list", 1500, { members: swapped })], units }, sheets);
  assert.deepEqual(found, ["M1: 0.2 ≠ 0.3", "M2: 0.3 ≠ 0.2"]);
});

test("a unit's document is compared sheet by sheet, with nobody left out or put in", () => {
  const contest = (votes) => ({ contest: "d1", name: "東京1区", tally: { votes } });
  const sheets = [sheet("1", { a: 1000, b: 2500 })];
  assert.deepEqual(findDifferences({ contests: [contest({ a: 1000, b: 2500 })] }, sheets), []);
  for (const votes of [{ a: 1000 }, { a: 1000, b: 2501 }, { a: 1000, b: 2500, c: 1 }]) {
    assert.deepEqual(findDifferences({ contests: [contest(votes)] }, sheets), ["東京1区"]);
  }
  assert.deepEqual(findDifferences({ contests: [contest({ a: 1 })] }, []), ["東京1区"]);
  assert.deepEqual(findDifferences({ contests: [{ contest: "d1", name: "東京1区" }] }, sheets), ["東京1区"]);
});
