// Shared ballots on the page: divided as the server divides them (POEA 68-2, 68-3).
import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/page.js";

const { buildTally, identities, sheetFields } = await import("../../api/web/static/centre/tally_sheet.js");
const { warnings } = await import("../../api/web/static/centre/comparison.js");
const { dividePools, poolErrors, poolField } = await import("../../api/web/static/centre/ballot_pools.js");

const BOOK = {
  kind: "house-district",
  takes_pools: true,
  ballot: [
    { id: "a", name: "甲" },
    { id: "b", name: "乙" },
    { id: "c", name: "丙" },
  ],
};
const POOLS = [
  { name: "氏", options: ["a", "b"] },
  { name: "名", options: ["b", "c"] },
  { name: "共通", options: ["a", "b", "c"] },
];
/** @param {...number} ballots */
const poolBallots = (...ballots) => Object.fromEntries(ballots.map((each, place) => [poolField(POOLS[place]), each]));
const T17 = { "votes/a": 100_000, "votes/b": 50_000, "votes/c": 30_000, ...poolBallots(10, 4, 1) };

test("several pools take the votes without any pool as weights", () => {
  const draft = { final: true, pools: POOLS };
  const divided = dividePools(BOOK, buildTally(BOOK, T17, draft));

  assert.deepEqual(divided.votes, { a: 107_221, b: 56_110, c: 31_666 });
  assert.deepEqual([divided.cut, divided.nobody], [3, 0]);
});

test("what is posted is what lies on the table", () => {
  const tally = buildTally(BOOK, T17, { final: true, pools: POOLS });

  assert.deepEqual(tally.votes, { a: 100_000, b: 50_000, c: 30_000 });
  assert.deepEqual(tally.pools[1], { name: "名", ballots: 4, sharers: [{ option: "b" }, { option: "c" }] });
  assert.equal(tally.cut, 0);
});

test("B and C are no fields beside pools, and D counts their ballots", () => {
  const draft = { final: true, pools: POOLS };
  const fields = sheetFields(BOOK, draft).map(({ id }) => id);

  assert.ok(!fields.includes("cut") && !fields.includes("nobody"));
  assert.equal(identities(BOOK, { ...T17, valid: 195 }, draft)[0].state, "true");
});

test("a pool whose sharers have no vote belongs to nobody", () => {
  const values = { "votes/a": 0, "votes/b": 0, "votes/c": 9_000, ...poolBallots(5) };
  const divided = dividePools(BOOK, buildTally(BOOK, values, { final: true, pools: POOLS.slice(0, 1) }));

  assert.deepEqual([divided.cut, divided.nobody], [0, 5_000]);
});

test("ballots of a member of the 特定枠 stand in a pool only, and the share is the list's", () => {
  const book = {
    kind: "upper-list",
    takes_pools: true,
    ballot: [
      { id: "x", name: "甲の会" },
      { id: "y", name: "乙の会" },
    ],
    pool_members: [{ id: "p", name: "甲野", list_id: "y" }],
  };
  const draft = { final: true, pools: [{ name: "甲", options: ["x", "p"] }] };
  const values = { "votes/x": 900_000, "votes/y": 80_000, [poolField(draft.pools[0])]: 5, "own/p": 60 };
  const divided = dividePools(book, buildTally(book, values, draft));

  assert.ok(sheetFields(book, draft).some(({ id }) => id === "own/p"));
  assert.deepEqual(divided.votes, { x: 904_687, y: 80_312 });
  assert.equal(divided.cut, 1);
});

test("divided figures need their pools or a reason", () => {
  const values = { "votes/a": 666 };

  assert.ok(poolErrors(BOOK, { final: true }, values).pools_unstated);
  assert.deepEqual(poolErrors(BOOK, { final: true, pools_unstated: "表にない" }, values), {});
  assert.ok(poolErrors(BOOK, { final: true, pools: POOLS }, { ...T17, ...values })["votes/a"]);
});

test("a namesake who was left out of a pool, and who has another name, are asked about", () => {
  const book = {
    ...BOOK,
    ballot: [
      { id: "a", name: "佐藤　一郎" },
      { id: "b", name: "佐藤 花子" },
      { id: "c", name: "鈴木　一郎" },
    ],
  };
  const values = { "votes/a": 100_000, "votes/b": 50_000, "votes/c": 30_000 };
  const asked = (name, ...options) =>
    warnings(book, buildTally(book, values, { final: true, pools: [{ name, options }] }), { final: true })
      .filter(({ code }) => code === "pool-namesake")
      .map(({ field, sentence }) => `${field} ${sentence}`);

  assert.deepEqual(asked("佐藤", "a", "b"), []);
  assert.deepEqual(asked("一郎", "a", "c"), []);
  // In kana nobody of the ballot has it: nothing can be said.
  assert.deepEqual(asked("さとう", "a", "b"), []);
  const [leftOut, unlike, ...more] = asked("佐藤", "a", "c");
  assert.match(leftOut, /^pool\/4f50-85e4\/a\+c .*佐藤 花子にもあてはまります/);
  assert.match(unlike, /^pool\/4f50-85e4\/a\+c .*鈴木　一郎の氏名には「佐藤」がありません/);
  assert.deepEqual(more, []);
});
