import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/page.js";

const { enterStep, mayLeaveSecond } = await import("../../api/web/static/centre/second_entry_seal.js");
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

  assert.deepEqual(draft, { step: "compare", first: FIRST, second: { "votes/a": "1" }, sealed: undefined });
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
  const draft = { second: { "votes/a": "1" }, imported: "second", typists: ["a", "b"] };
  globalThis.confirm = () => false;
  assert.equal(mayLeaveSecond(draft), false);
  assert.deepEqual(draft.second, { "votes/a": "1" });

  globalThis.confirm = () => true;
  assert.equal(mayLeaveSecond(draft), true);
  assert.deepEqual(draft, { second: {}, imported: undefined, typists: ["a"] });
});
