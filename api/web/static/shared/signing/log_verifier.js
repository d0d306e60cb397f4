// Verification without trusting the server: signed notes, inclusion proofs (RFC 9162), receipts
// (c2sp.org/tlog-proof). Nothing here asks anybody whether it is right; it computes.
import { decodeBase64 } from "./base64.js";

const encoder = new TextEncoder();

/**
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 */
const areEqual = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);
/** @param {Uint8Array<ArrayBuffer>} bytes */
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** @param {Uint8Array} bytes */
export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {...Uint8Array} parts */
function concatenate(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * The verifier key of a log: `name+id+base64(0x01 ‖ key)`; the id must be that of name and key.
 *
 * @param {string} text
 * @returns {Promise<LogKey>}
 */
export async function readKey(text) {
  const parts = /^(.+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\s*$/u.exec(text);
  if (!parts) throw new Error("not a verifier key");
  const [, name, id, encoded] = parts;
  const data = decodeBase64(encoded);
  if (data[0] !== 1 || data.length !== 33) throw new Error("not an Ed25519 key");
  const digest = await sha256(concatenate(encoder.encode(`${name}\n`), data));
  if (hex(digest.slice(0, 4)) !== id) throw new Error("the id is not that of the key");
  const key = await crypto.subtle.importKey("raw", data.slice(1), "Ed25519", false, ["verify"]);
  return { name, id, key, fingerprint: hex(await sha256(data.slice(1))) };
}

/**
 * A checkpoint whose signature by this key fits: {origin, size, root}.
 *
 * @param {string} note
 * @param {LogKey} log
 * @returns {Promise<SignedCheckpoint>}
 */
export async function verifyCheckpoint(note, log) {
  const end = note.indexOf("\n\n");
  const text = note.slice(0, end + 1);
  for (const line of note.slice(end + 2).split("\n")) {
    const found = /^— (\S+) (\S+)$/u.exec(line);
    if (!found || found[1] !== log.name) continue;
    const data = decodeBase64(found[2]);
    if (hex(data.slice(0, 4)) !== log.id) continue;
    if (!(await crypto.subtle.verify("Ed25519", log.key, data.slice(4), encoder.encode(text))))
      throw new Error("the signature does not fit");
    const [origin, size, root] = text.split("\n");
    if (origin !== log.name) throw new Error("a checkpoint of another log");
    return { origin, size: Number(size), root: decodeBase64(root) };
  }
  throw new Error("the log did not sign this");
}

/** @param {Uint8Array} entry */
export const hashLeaf = (entry) => sha256(concatenate(Uint8Array.of(0), entry));
/**
 * @param {Uint8Array} left
 * @param {Uint8Array} right
 */
const hashNode = (left, right) => sha256(concatenate(Uint8Array.of(1), left, right));

/**
 * Verify that a leaf is number `index` (from 0) of `size` under a root: RFC 9162, 2.1.3.2.
 *
 * @param {Uint8Array<ArrayBuffer>} leaf
 * @param {number} index
 * @param {number} size
 * @param {Uint8Array[]} proof
 * @param {Uint8Array} root
 */
export async function verifyInclusion(leaf, index, size, proof, root) {
  if (!(index >= 0 && index < size)) throw new Error("not in a tree of this size");
  let [position, last, found] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) throw new Error("the proof is too long");
    if (position % 2 === 1 || position === last) {
      found = await hashNode(sibling, found);
      while (position % 2 === 0 && position !== 0) [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
    } else {
      found = await hashNode(found, sibling);
    }
    [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
  }
  if (last !== 0) throw new Error("the proof is too short");
  if (!areEqual(found, root)) throw new Error("the proof does not lead to the signed root");
}

/**
 * Read a receipt: {index, hashes, checkpoint}.
 *
 * @param {string} text
 */
function readReceipt(text) {
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, end).split("\n");
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") throw new Error("not a receipt");
  if (lines[0].startsWith("extra ")) lines.shift();
  const index = /^index (\d+)$/.exec(lines.shift() ?? "");
  if (!index) throw new Error("a receipt without an index");
  return { index: Number(index[1]), hashes: lines.map(decodeBase64), checkpoint: text.slice(end + 2) };
}

export class Verifier {
  /** @type {Promise<LogKey> | undefined} */
  key;

  /** @param {string} election */
  constructor(election) {
    this.base = `/v1/elections/${election}`;
  }

  /** @param {string} path */
  async text(path) {
    const answer = await fetch(this.base + path);
    if (!answer.ok) throw Object.assign(new Error(path), { status: answer.status });
    return answer.text();
  }

  async log() {
    this.key ??= this.text("/log/key").then(readKey);
    return this.key;
  }

  async checkpoint() {
    return verifyCheckpoint(await this.text("/log/checkpoint"), await this.log());
  }

  /**
   * An entry as an object, once it is proven to be in the tree under a signed checkpoint.
   *
   * @param {number} position
   */
  async entry(position) {
    const [body, receipt] = await Promise.all([this.text(`/log/${position}`), this.text(`/receipts/${position}`)]);
    const { index, hashes, checkpoint } = readReceipt(receipt);
    if (index !== position - 1) throw new Error("the receipt is of another entry");
    const signed = await verifyCheckpoint(checkpoint, await this.log());
    await verifyInclusion(await hashLeaf(encoder.encode(body)), index, signed.size, hashes, signed.root);
    const entry = JSON.parse(body);
    if (entry.position !== position) throw new Error("the entry is of another position");
    return { entry, signed };
  }
}
