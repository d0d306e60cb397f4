import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/page.js";

const { completeHalfSigned, isAllShown, makeHalfSigned, parseHalfSigned } = await import(
  "../../api/web/static/shared/signing/half_signed.js"
);
const { generateKey } = await import("../../api/web/static/shared/signing/envelope.js");

const BOOK = { own: true, ballot_sha256: "ab" };
const posting = (more = {}, command = {}) => ({
  election: "house51",
  environment: "rehearsal",
  office: "centre-13101",
  submission_id: "centre-13101:1",
  command: { command: "post-tally", contest: "d1", unit: "13101", tally: {}, ballot_sha256: "ab", ...command },
  ...more,
});
/** @param {any} submission */
const parsed = async (submission) => parseHalfSigned(await makeHalfSigned(submission, await generateKey()));

test("the second signature is of the bytes that the first one signed", async () => {
  const half = await parsed(posting());
  assert.ok(half);
  assert.equal(isAllShown(half.submission, BOOK), true);
  const whole = JSON.parse(await completeHalfSigned(half, await generateKey()));
  assert.equal(whole.payload, half.envelope.payload);
  assert.equal(whole.signatures.length, 2);
});

test("nothing is signed that the page of the second person does not show", () => {
  for (const [why, submission, book] of /** @type {any[]} */ ([
    ["a field around the command", posting({ unknown: 1 }), BOOK],
    ["a field of the command", posting({}, { unknown: 1 }), BOOK],
    ["for another office, unsaid", posting(), { ...BOOK, own: false }],
    ["of its own, as if for another office", posting({ on_behalf: true }), BOOK],
    ["the names of another ballot", posting({}, { ballot_sha256: "cd" }), BOOK],
    ["figures of two forms", posting({}, { figures: {} }), BOOK],
  ]))
    assert.equal(isAllShown(submission, book), false, why);
  assert.equal(isAllShown(posting({ on_behalf: true }), { ...BOOK, own: false }), true);
});

test("a half of another unit, contest, office, election or kind is not the one that was signed", async () => {
  const text = await makeHalfSigned(posting(), await generateKey());
  const { envelope, ...rest } = JSON.parse(text);
  const body = atob(envelope.payload);
  for (const [from, to] of [
    ['"13101"', '"13102"'],
    ['"d1"', '"d2"'],
    ['"office":"centre-13101"', '"office":"centre-13102"'],
    ["house51", "house52"],
  ]) {
    const payload = btoa(body.replace(/** @type {string} */ (from), /** @type {string} */ (to)));
    assert.notEqual(payload, envelope.payload);
    assert.equal(await parseHalfSigned(JSON.stringify({ ...rest, envelope: { ...envelope, payload } })), null, from);
  }
  const other = { ...envelope, payloadType: "application/vnd.kaihyo.correct-tally+json" };
  assert.equal(await parseHalfSigned(JSON.stringify({ ...rest, envelope: other })), null);
  assert.equal(await parsed(posting({ environment: "live" })), null);
});
