import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import "./support/page.js";
import { startLogServer } from "./support/log_server.js";

const { enqueue, readOutbox, sendOutbox, withdraw, newSubmissionId } = await import(
  "../../api/web/static/shared/sending/outbox.js"
);
const { lastLink, saveLink } = await import("../../api/web/static/shared/signing/office_chain.js");
const { generateKey } = await import("../../api/web/static/shared/signing/envelope.js");
const { events } = await import("../../api/web/static/shared/connection.js");
const store = await import("../../api/web/static/shared/store.js");

const OFFICE = "centre-13101";
/** @type {Awaited<ReturnType<typeof startLogServer>>} */
let server;

before(async () => {
  server = await startLogServer();
});
after(() => server.stop());
afterEach(async () => {
  server.answers.length = 0;
  await sendOutbox();
  server.seen.length = 0;
  for (const item of await readOutbox()) await store.remove("outbox", item.submission_id);
  for (const draft of await store.getAll("drafts")) await store.remove("drafts", draft.key);
  await saveLink(OFFICE, { sequence: 0, sha256: null });
});

const tally = (more = {}) => {
  const submission_id = newSubmissionId(OFFICE);
  const command = { command: "post-tally", contest: "d1", unit: "13101", tally: { votes: { a: 1000 } } };
  return {
    submission_id,
    submission: { election: "house51", environment: "rehearsal", office: OFFICE, submission_id, command },
    signers: [],
    title: "開票報告",
    rows: [],
    form: "tally",
    contest: "d1",
    unit: "13101",
    office_name: "千代田区",
    made_at: "2026-11-29T21:00:00Z",
    ...more,
  };
};

const receiptOf = (item, more = {}) => ({
  status: 201,
  body: { position: 7, recorded_at: "2026-11-29T21:00:01Z", submission_id: item.submission_id, ...more },
});
const refusal = (code, facts = {}) => ({ status: 409, body: { type: `urn:kaihyo:${code}`, detail: code, facts } });

/** Take in and wait until the turn that sends has ended. */
async function send(item, draftKey) {
  await enqueue(item, draftKey);
  await sendOutbox();
}

/** A key of this device, and the digest of what a posting signed by it will have said. */
async function deviceKey() {
  const key = { ...(await generateKey()), office: OFFICE, label: "担当1" };
  await store.put("keys", key);
  return key.keyid;
}
const digest = (text) => store.get("outbox", text).then((item) => item?.sha256);

test("what is recorded leaves the outbox and becomes a receipt", async () => {
  const item = tally();
  server.answers.push(receiptOf(item));
  await send(item);

  assert.equal((await readOutbox()).length, 0);
  const kept = await store.get("receipts", item.submission_id);
  assert.equal(kept.receipt.position, 7);
  assert.deepEqual(JSON.parse(server.seen[0].text), item.submission);
});

test("a lost answer sends the very same bytes again under the same number", async () => {
  const item = tally({ signers: [await deviceKey()] });
  await send(item);
  const [waiting] = await readOutbox();
  assert.equal(waiting.state, "waiting");

  server.answers.push(receiptOf(item, { body_sha256: await digest(item.submission_id) }));
  await sendOutbox();

  const texts = server.seen.map(({ text }) => text);
  assert.equal(new Set(texts).size, 1);
  assert.ok(texts.length >= 2);
  assert.equal((await readOutbox()).length, 0);
});

test("a key opened for a posting signs it however often, and is gone once it is answered", async () => {
  const { private_key, ...half } = await generateKey();
  await store.put("keys", { ...half, office: OFFICE, label: "担当1" });
  const item = tally({ signers: [half.keyid], opened: { [half.keyid]: private_key } });
  await send(item);
  assert.equal((await readOutbox())[0].state, "waiting");
  server.answers.push(receiptOf(item, { body_sha256: await digest(item.submission_id) }));
  await sendOutbox();
  assert.equal((await store.get("receipts", item.submission_id)).opened, undefined);

  const unopened = tally({ signers: [half.keyid] });
  await send(unopened);
  assert.equal((await readOutbox()).length, 0);
  assert.equal(await store.get("receipts", unopened.submission_id), undefined);
});

test("a page of a proxy is no answer of the log: what was sent waits", async () => {
  const item = tally();
  server.answers.push({ status: 200, body: "<h1>Login</h1>", type: "text/html" });
  await send(item);

  assert.deepEqual(
    (await readOutbox()).map(({ state }) => state),
    ["waiting"],
  );
});

test("a server that is overloaded or has failed is asked again later", async () => {
  for (const status of [500, 503, 429, 408]) {
    const item = tally();
    server.answers.push({ status, body: { title: "later" } });
    await send(item);
    assert.equal((await readOutbox()).at(-1)?.state, "waiting", String(status));
    await store.remove("outbox", item.submission_id);
  }
});

test("a refusal gives back what was typed, with its sentence", async () => {
  const draft = { key: "tally|d1|13101", form: "tally", first: { "votes/a": "1" } };
  await store.put("drafts", draft);
  const item = tally({ draft });
  server.answers.push(refusal("sheet-unbalanced"));
  await send(item, draft.key);

  assert.equal((await readOutbox()).length, 0);
  const back = await store.get("drafts", draft.key);
  assert.deepEqual(back.first, draft.first);
  assert.equal(back.problem.detail, "sheet-unbalanced");
  assert.equal(back.refused_id, item.submission_id);
});

test("a sheet that was begun meanwhile is not overwritten by one that comes back", async () => {
  const draft = { key: "tally|d1|13101", form: "tally", first: { "votes/a": "1" } };
  const item = tally({ draft });
  await enqueue(item);
  await store.put("drafts", { ...draft, first: { "votes/a": "2" } });
  server.answers.push(refusal("sheet-unbalanced"));
  await sendOutbox();
  await sendOutbox();

  const drafts = await store.getAll("drafts");
  assert.deepEqual(drafts.map(({ first }) => first["votes/a"]).sort(), ["1", "2"]);
});

test("where the chain has moved the posting is signed again, and again at most five times", async () => {
  const item = tally({ signers: [await deviceKey()] });
  server.answers.push(
    refusal("sequence-wrong", { expected: 5 }),
    refusal("chain-forked", { expected: "ab".repeat(32) }),
  );
  await send(item);

  const sequences = server.seen.map(({ text }) => JSON.parse(atob(JSON.parse(text).payload)).sequence);
  assert.deepEqual(sequences.slice(0, 3), [1, 5, 5]);
  const third = JSON.parse(atob(JSON.parse(server.seen[2].text).payload));
  assert.equal(third.previous_sha256, "ab".repeat(32));

  server.seen.length = 0;
  for (let place = 0; place < 5; place += 1) server.answers.push(refusal("sequence-wrong", { expected: 9 }));
  await store.put("outbox", { ...(await store.get("outbox", item.submission_id)), text: null });
  await sendOutbox();
  assert.equal(server.seen.length, 5);
  assert.equal((await readOutbox())[0].state, "waiting");
});

test("what another device signed as well is not signed anew when the chain has moved", async () => {
  const heard = [];
  const note = ({ detail }) => heard.push([detail.state, detail.problem?.detail ?? ""]);
  events.addEventListener("outbox", note);
  server.answers.push(refusal("sequence-wrong", { expected: 5 }));
  await send(tally({ signers: ["a", "b"], text: "{}", sha256: "0", is_cosigned: true }));
  events.removeEventListener("outbox", note);
  assert.equal(server.seen.length, 1);
  assert.match(heard.at(-1)[1], /もう一度署名/);
  assert.deepEqual(await readOutbox(), []);
  assert.equal((await lastLink(OFFICE)).sequence, 4);
});

test("the chain goes on from what was recorded", async () => {
  const item = tally({ signers: [await deviceKey()] });
  await send(item);
  const sha256 = await digest(item.submission_id);
  server.answers.push(receiptOf(item, { body_sha256: sha256 }));
  await sendOutbox();

  assert.deepEqual(await lastLink(OFFICE), { sequence: 1, sha256 });
});

test("a receipt about another body is none: nothing is said to be recorded", async () => {
  const item = tally({ signers: [await deviceKey()], draft: { key: "tally|d1|13101", first: {} } });
  server.answers.push(receiptOf(item, { body_sha256: "00".repeat(32) }));
  await send(item);

  assert.equal(await store.get("receipts", item.submission_id), undefined);
  assert.equal((await store.get("drafts", "tally|d1|13101")).refused_id, item.submission_id);
  assert.deepEqual(await lastLink(OFFICE), { sequence: 0, sha256: null });
});

test("a key that is gone is said; nothing unsigned goes out", async () => {
  const item = tally({ signers: ["ff".repeat(32)] });
  await send(item);

  assert.equal(server.seen.length, 0);
  assert.equal((await readOutbox()).length, 0);
});

test("while reception is paused tallies keep their order, and turnout and commands go on", async () => {
  const [first, second, turnout] = [tally(), tally(), tally({ form: "turnout" })];
  server.answers.push(refusal("election-paused"), receiptOf(turnout));
  for (const [number, item] of [first, second, turnout].entries()) await store.put("outbox", { ...item, number });
  await sendOutbox();

  assert.equal(server.seen.length, 2);
  const waiting = (await readOutbox()).map(({ submission_id }) => submission_id);
  assert.deepEqual(new Set(waiting), new Set([first.submission_id, second.submission_id]));
  assert.ok(await store.get("receipts", turnout.submission_id));
});

test("behind one that nobody took, nothing goes out: order is kept", async () => {
  const [first, second] = [tally(), tally()];
  await store.put("outbox", { ...first, number: 1 });
  await store.put("outbox", { ...second, number: 2 });
  await sendOutbox();

  assert.equal(server.seen.length, 1);
  assert.equal(JSON.parse(server.seen[0].text).submission_id, first.submission_id);
});

test("what has not gone out can be taken back, what has cannot", async () => {
  const draft = { key: "tally|d1|13101", first: {} };
  const [unsent, sent] = [tally({ draft }), tally({ draft, text: "{}" })];
  for (const item of [unsent, sent]) await store.put("outbox", { ...item, number: 1 });

  assert.equal(await withdraw(unsent.submission_id), true);
  assert.equal(await withdraw(sent.submission_id), false);
  assert.equal(await withdraw("never"), false);
  assert.ok(await store.get("drafts", draft.key));
});

test("a clock that is put back does not put what is taken in now first", async () => {
  const future = { ...tally(), number: Date.now() * 2000 };
  await store.put("outbox", future);
  const item = tally();
  await enqueue(item);

  const [first, second] = await readOutbox();
  assert.deepEqual([first.submission_id, second.submission_id], [future.submission_id, item.submission_id]);
  await sendOutbox();
});

test("each posting says what becomes of it", async () => {
  const item = tally();
  const heard = [];
  events.addEventListener(
    "outbox",
    ({ detail }) => detail.submission_id === item.submission_id && heard.push(detail.state),
  );
  server.answers.push(receiptOf(item));
  await send(item);

  assert.deepEqual(heard, ["kept", "recorded"]);
});
