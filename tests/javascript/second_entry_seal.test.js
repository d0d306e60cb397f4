import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/page.js";

const { enterStep, mayLeaveSecond, secondEntry } = await import("../../api/web/static/centre/second_entry_seal.js");
const { getAll, loadSetting } = await import("../../api/web/static/shared/store.js");

const FIRST = { "votes/a": "357", "votes/b": "233" };

test("while the second officer types, the first figures are nowhere to be read", async () => {
  const draft = { step: "first", first: { ...FIRST }, second: {} };
  await enterStep("second", draft);

  assert.deepEqual(draft.first, {});
  const kept = JSON.stringify([draft, await getAll("shelf")]);
  assert.ok(!kept.includes('"357"') && !kept.includes('"233"'));
  assert.ok(!Buffer.from(draft.sealed.data).includes("votes"));
});

test("side by side the very same figures are there again", async () => {
  const draft = { step: "first", first: { ...FIRST }, second: { "votes/a": "1" } };
  await enterStep("second", draft);
  await enterStep("second", draft);
  await enterStep("compare", draft);

  assert.deepEqual([draft.step, draft.first, draft.second], ["compare", FIRST, { "votes/a": "1" }]);
  assert.deepEqual([draft.sealed, draft.sealed_pools], [undefined, undefined]);
});

test("the second officer sees none of the first one's pools and names pools of their own", async () => {
  const pools = [{ name: "佐藤", options: ["a", "b"] }];
  const own = [{ name: "さとう", options: ["a", "b"] }];
  const draft = { step: "first", first: { ...FIRST }, second: {}, pools };
  await enterStep("second", draft);
  assert.equal(draft.pools, undefined);
  assert.ok(!JSON.stringify(draft).includes("佐藤") && !Buffer.from(draft.sealed_pools.data).includes("佐藤"));

  draft.pools = own;
  await enterStep("compare", draft);
  assert.deepEqual([draft.pools, secondEntry(draft).pools], [pools, own]);
  // Back to put it right: each has their own again.
  await enterStep("second", draft);
  assert.deepEqual(draft.pools, own);
  await enterStep("review", draft);
  assert.deepEqual(draft.pools, pools);
});

test("a draft that an earlier version of the page sealed keeps its pools", async () => {
  const pools = [{ name: "佐藤", options: ["a", "b"] }];
  const draft = { step: "first", first: { ...FIRST }, second: {} };
  await enterStep("second", draft);
  delete draft.sealed_pools;
  draft.pools = pools;
  await enterStep("compare", draft);
  assert.deepEqual([draft.first, draft.pools], [FIRST, pools]);
});

test("two seals of the same figures differ, and a changed one does not open", async () => {
  const [one, other] = [{ first: { ...FIRST } }, { first: { ...FIRST } }];
  await enterStep("second", one);
  await enterStep("second", other);
  assert.notDeepEqual(new Uint8Array(one.sealed.data), new Uint8Array(other.sealed.data));

  new Uint8Array(one.sealed.data)[0] ^= 1;
  await assert.rejects(enterStep("compare", one));
});

test("one key seals all drafts of a device and cannot be taken out", async () => {
  const key = await loadSetting("seal");
  assert.equal(key.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("raw", key), { name: /^InvalidAccess/ });
});

test("whoever goes back to the first figures keeps nothing of the second entry", () => {
  const pools = [{ name: "佐藤", options: ["a", "b"] }];
  const draft = { second: { "votes/a": "1" }, pools, imported: "second", typists: ["a", "b"] };
  globalThis.confirm = () => false;
  assert.equal(mayLeaveSecond(draft), false);
  assert.deepEqual(draft.second, { "votes/a": "1" });

  globalThis.confirm = () => true;
  assert.equal(mayLeaveSecond(draft), true);
  assert.deepEqual(draft, { second: {}, pools: undefined, imported: undefined, typists: ["a"] });
});
