import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import "./support/page.js";
import { startLogServer } from "./support/log_server.js";

const { sessionHeaders } = await import("../../api/web/static/shared/signing/office_session.js");
const { generateKey } = await import("../../api/web/static/shared/signing/envelope.js");
const store = await import("../../api/web/static/shared/store.js");

/** @type {Awaited<ReturnType<typeof startLogServer>>} */
let server;

before(async () => {
  server = await startLogServer();
});
after(() => server.stop());
afterEach(() => {
  server.answers.length = 0;
  server.seen.length = 0;
});

const challenge = (nonce) => ({ status: 201, body: { nonce, expires_at: "2026-11-29T21:01:00Z" } });
const session = (token) => ({ status: 201, body: { token, expires_at: "2026-11-29T21:15:00Z" } });
const refused = { status: 403, body: { type: "urn:kaihyo:signer-revoked" } };

const setOffice = (id) => store.saveSetting("office", { id, name: id, role: "centre", manages: false });
const keep = async (office) => {
  const key = { ...(await generateKey()), office };
  await store.put("keys", key);
  return key;
};
const signed = (text) => JSON.parse(Buffer.from(JSON.parse(text).payload, "base64").toString());

test("a device of no office, or without a key of its office, says nothing of itself", async () => {
  assert.deepEqual(await sessionHeaders(), {});
  await setOffice("centre-13101");
  await keep("centre-13102");
  assert.deepEqual(await sessionHeaders(), {});
  assert.equal(server.seen.length, 0);
});

test("without a connection it says nothing, and asks again the next time", async () => {
  await setOffice("centre-13102");
  assert.deepEqual(await sessionHeaders(), {});
  server.answers.push(challenge("n1"), session("t1"));
  assert.deepEqual(await sessionHeaders(), { authorization: "Bearer t1" });
});

test("one session serves many requests; another office opens its own, with the key that is taken", async () => {
  assert.deepEqual(await sessionHeaders(), { authorization: "Bearer t1" });
  assert.equal(server.seen.length, 0);

  const keys = [await keep("centre-13103"), await keep("centre-13103")];
  await setOffice("centre-13103");
  server.answers.push(challenge("n2"), refused, challenge("n3"), session("t3"));
  assert.deepEqual(await sessionHeaders(), { authorization: "Bearer t3" });

  const statements = server.seen.filter(({ address }) => address.endsWith("/sessions")).map(({ text }) => text);
  assert.deepEqual(
    statements.map(signed),
    ["n2", "n3"].map((nonce) => ({
      election: "house51",
      environment: "rehearsal",
      office: "centre-13103",
      nonce,
    })),
  );
  const signers = statements.map((text) => JSON.parse(text).signatures[0].keyid).sort();
  assert.deepEqual(signers, keys.map(({ keyid }) => keyid).sort());
  assert.equal(JSON.parse(statements[0]).payloadType, "application/vnd.kaihyo.session+json");
});
