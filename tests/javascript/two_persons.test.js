import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/page.js";

const { entryFacts, isOneEntry, namesTypists, signersOfEntries, signerFault, typistErrors, typistFault } = await import(
  "../../api/web/static/centre/typist_part.js"
);
const { chosenSigners } = await import("../../api/web/static/shared/sending/signers.js");
const { isWithoutKeys } = await import("../../api/web/static/shared/keys/storage_loss.js");

const KEYS = ["a", "b"].map((keyid) => ({ keyid, state: "active" }));
const flow = (draft, more = {}) => ({ form: { isTwice: true }, keys: KEYS, signatures: 2, draft, ...more });

test("a sheet names who typed it where two sign with keys of this device", () => {
  assert.equal(namesTypists(flow({})), true);
  for (const more of [{ signatures: 1 }, { keys: [] }, { form: { isTwice: false } }])
    assert.equal(namesTypists(flow({}, more)), false);
});

test("nobody is put forward, and one key does not type twice", () => {
  assert.ok(typistFault({}, "first"));
  assert.ok(typistFault({ typists: ["a"] }, "second"));
  assert.ok(typistFault({ typists: ["a", "a"] }, "second"));
  assert.equal(typistFault({ typists: ["a", "b"] }, "second"), "");
  assert.deepEqual(Object.keys(typistErrors(flow({}), "first")), ["typist"]);
  assert.deepEqual(typistErrors(flow({}, { signatures: 1 }), "first"), {});
});

test("who typed signs, and the posting says so", () => {
  const draft = { typists: ["a", "b"], final: true };
  assert.deepEqual(signersOfEntries(draft), ["a", "b"]);
  assert.deepEqual(entryFacts(flow(draft)), { typists: ["a", "b"] });
  assert.equal(signerFault(flow(draft), ["b", "a"]), "");
  assert.ok(signerFault(flow(draft), ["a", "c"]));
  assert.ok(signerFault(flow({ typists: ["a"], final: true }), ["a", "b"]));
  assert.ok(chosenSigners(flow({ signers: ["a", "a"] })).errors.signer1);
  assert.ok(chosenSigners(flow({ signers: ["a", ""] })).errors.signer0);
});

test("an interim report after one entry says why, a final one or a correction never is one", () => {
  const draft = { typists: ["a"], final: false, mode: "post", one_entry: "停電" };
  assert.deepEqual(entryFacts(flow(draft)), { typists: ["a"], one_entry: "停電" });
  for (const blank of ["", " "]) {
    const errors = typistErrors(flow({ ...draft, one_entry: blank }), "first");
    assert.deepEqual(Object.keys(errors), ["one_entry"]);
    assert.match(errors.one_entry, /\S/);
  }
  assert.equal(isOneEntry(flow({ ...draft, final: true })), false);
  assert.equal(isOneEntry(flow({ ...draft, mode: "correct" })), false);
  assert.equal(isOneEntry(flow({ ...draft, one_entry: undefined })), false);
  assert.deepEqual(entryFacts(flow({ ...draft, final: true })), { typists: ["a"] });
});

test("a device without any key of an office that has some is told so", () => {
  const office = { registered: true, keys: [{ keyid: "a", state: "active" }] };
  assert.equal(isWithoutKeys(office, []), true);
  assert.equal(isWithoutKeys(office, [{ keyid: "a" }]), false);
  assert.equal(isWithoutKeys({ registered: true, keys: [{ keyid: "a", state: "revoked" }] }, []), false);
  assert.equal(isWithoutKeys(undefined, []), false);
});
