// DSSE 1.0 envelopes, signed with keys that cannot leave this browser.
import { decodeBase64, toBase64 } from "./base64.js";
import { canonicalJson } from "./canonical_json.js";

/** @param {string} text */
export const utf8 = (text) => new TextEncoder().encode(text);
/** @param {string} kind */
export const payloadType = (kind) => `application/vnd.kaihyo.${kind}+json`;

/** @param {BufferSource} bytes */
export async function sha256Hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * What is signed: type and body, each behind its length in bytes.
 *
 * @param {string} type
 * @param {Uint8Array<ArrayBuffer>} body
 */
export function pae(type, body) {
  const name = utf8(type);
  const head = utf8(`DSSEv1 ${name.length} ${type} ${body.length} `);
  const message = new Uint8Array(head.length + body.length);
  message.set(head);
  message.set(body, head.length);
  return message;
}

/**
 * @param {{ private_key?: CryptoKey | undefined }} key
 * @param {Uint8Array<ArrayBuffer>} message
 */
async function sign(key, message) {
  if (!key.private_key) throw new Error("The key has not been opened.");
  const bytes = await crypto.subtle.sign({ name: "Ed25519" }, key.private_key, message);
  return toBase64(new Uint8Array(bytes));
}

/**
 * A submission in its envelope, signed by one or two keys: { text, sha256 }.
 *
 * @param {{ command: Command }} submission
 * @param {SigningKey[]} keys
 */
export const signEnvelope = (submission, keys) => signStatement(submission.command.command, submission, keys);

/**
 * A statement in an envelope of its kind: { text, sha256 }.
 *
 * @param {string} kind
 * @param {object} statement
 * @param {SigningKey[]} keys
 */
export async function signStatement(kind, statement, keys) {
  const body = utf8(canonicalJson(statement));
  const type = payloadType(kind);
  const message = pae(type, body);
  const signatures = [];
  for (const key of keys) signatures.push({ keyid: key.keyid, sig: await sign(key, message) });
  const envelope = { payload: toBase64(body), payloadType: type, signatures };
  return { text: JSON.stringify(envelope), sha256: await sha256Hex(body) };
}

/**
 * The signature of bytes that another key has signed as they are.
 *
 * @param {SigningKey} key
 * @param {string} type
 * @param {Uint8Array<ArrayBuffer>} body
 */
export const signPayload = (key, type, body) => sign(key, pae(type, body));

/**
 * The proof that this device holds the private half of a key, for one office in one election.
 *
 * @param {{ public_key: string, private_key: CryptoKey }} key
 * @param {{ election: string, environment: string, office: string }} about
 */
export async function provePossession(key, { election, environment, office }) {
  const statement = { election, environment, office, public_key: key.public_key };
  const message = pae(payloadType("possession"), utf8(canonicalJson(statement)));
  return sign(key, message);
}

/**
 * A new key of this device; nobody can read its private half, not even this page, unless it is to be wrapped.
 *
 * @param {boolean} [isToBeWrapped]
 */
export async function generateKey(isToBeWrapped = false) {
  const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, isToBeWrapped, ["sign", "verify"]);
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { keyid: await sha256Hex(raw), public_key: toBase64(raw), private_key: pair.privateKey };
}

/**
 * Whether the number of a key that came from elsewhere is that of its public half: what is read aloud
 * is then about the key that is enrolled.
 *
 * @param {{ keyid: string, public_key: string }} key
 */
export async function isKeyidRight({ keyid, public_key }) {
  try {
    const raw = decodeBase64(public_key);
    return toBase64(raw) === public_key && (await sha256Hex(raw)) === keyid;
  } catch {
    return false;
  }
}
