import assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { canonicalJson } from "../../api/web/static/shared/signing/canonical_json.js";
import {
  generateKey,
  isKeyidRight,
  pae,
  payloadType,
  provePossession,
  signEnvelope,
  utf8,
} from "../../api/web/static/shared/signing/envelope.js";

// DER of an Ed25519 public key, before its 32 bytes (RFC 8410).
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** Verified by OpenSSL, not by what signed. */
function isSignedBy(key, message, signature) {
  const der = Buffer.concat([SPKI, Buffer.from(key.public_key, "base64")]);
  const publicKey = createPublicKey({ key: der, format: "der", type: "spki" });
  return verify(null, message, publicKey, Buffer.from(signature, "base64"));
}

test("canonical JSON: names by code unit, integers, no blank", () => {
  assert.equal(
    canonicalJson({ b: 1, a: [true, null, "開票"], "\u{1F600}": {}, "\uFB33": -0 }),
    '{"a":[true,null,"開票"],"b":1,"😀":{},"\uFB33":0}',
  );
  assert.equal(canonicalJson({ gone: undefined, here: '\u2028\n"\\' }), '{"here":"\u2028\\n\\"\\\\"}');
});

test("what has no canonical form is refused, never rounded", () => {
  for (const value of [1.5, 2 ** 53, Number.NaN, "\ud800", { "\udc00": 1 }, undefined, () => 1, 1n]) {
    assert.throws(() => canonicalJson(value), TypeError);
  }
});

test("an envelope holds the canonical body, its digest, and one signature per key", async () => {
  const keys = [await generateKey(), await generateKey()];
  const submission = { office: "centre-13101", command: { command: "post-tally", votes: { b: 2000, a: 1000 } } };
  const { text, sha256 } = await signEnvelope(submission, keys);

  const envelope = JSON.parse(text);
  const body = Buffer.from(envelope.payload, "base64");
  assert.equal(body.toString(), canonicalJson(submission));
  assert.equal(sha256, createHash("sha256").update(body).digest("hex"));
  assert.equal(envelope.payloadType, payloadType("post-tally"));
  assert.deepEqual(
    envelope.signatures.map(({ keyid }) => keyid),
    keys.map(({ keyid }) => keyid),
  );
  const message = pae(envelope.payloadType, body);
  for (const [place, { sig }] of envelope.signatures.entries()) {
    assert.ok(isSignedBy(keys[place], message, sig));
    assert.ok(!isSignedBy(keys[place], pae(payloadType("declare"), body), sig));
  }
});

test("what is signed says type and length before each part", () => {
  const bytes = new TextDecoder().decode(pae("application/x", utf8("開票")));
  assert.equal(bytes, "DSSEv1 13 application/x 6 開票");
});

test("a proof of possession is for one office in one election", async () => {
  const key = await generateKey();
  const place = { election: "house51", environment: "rehearsal", office: "centre-13101" };
  const proof = await provePossession(key, place);
  const message = (about) =>
    pae(payloadType("possession"), utf8(canonicalJson({ ...about, public_key: key.public_key })));

  assert.ok(isSignedBy(key, message(place), proof));
  assert.ok(!isSignedBy(key, message({ ...place, office: "centre-13102" }), proof));
});

test("the private half of a key cannot be taken out", async () => {
  const { private_key: half } = await generateKey();
  assert.equal(half.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("pkcs8", half), { name: /^InvalidAccess/ });
});

test("a key from elsewhere has the number of its public half, or is none", async () => {
  const [key, other] = [await generateKey(), await generateKey()];
  assert.equal(await isKeyidRight(key), true);
  assert.equal(await isKeyidRight({ ...key, public_key: other.public_key }), false);
  assert.equal(await isKeyidRight({ ...key, public_key: `${key.public_key} ` }), false);
  assert.equal(await isKeyidRight({ keyid: key.keyid }), false);
});
