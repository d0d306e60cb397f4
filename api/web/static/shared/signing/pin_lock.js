// A private key at rest: encrypted under the PIN of the person whose it is, and opened to sign.
//
// PBKDF2 makes the wrapping key of the PIN, AES-GCM wraps: a wrong PIN opens nothing. What is opened
// cannot be read out of the browser. This keeps persons at one device apart. Whoever copies the disk can
// try all PINs of six digits within minutes: only a long one, or words, holds against that
// (docs/decisions/0031-a-pin-for-each-person.md).
import { utf8 } from "./envelope.js";

const ALGORITHM = "AES-GCM";
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
/** As OWASP recommends for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet). */
const ROUNDS = 600_000;
const DIGITS = /^\d{6,64}$/;
/** Words are longer than digits, as people choose them from fewer. */
const WORDS = /^.{8,64}$/u;
const DIFFERENT_MIN = 4;
const RUNS = "01234567890123456789 98765432109876543210";

/**
 * A PIN as it counts, however it was typed.
 *
 * @param {string} text
 */
const normalizePin = (text) => text.normalize("NFKC").trim();

/**
 * Whether a PIN is long enough, and not what everybody tries first.
 *
 * @param {string} text
 */
export function isPinUsable(text) {
  const pin = normalizePin(text);
  if (DIGITS.test(pin)) return new Set(pin).size > 1 && !RUNS.includes(pin);
  return WORDS.test(pin) && !/^\d*$/.test(pin) && new Set(pin).size >= DIFFERENT_MIN;
}

/**
 * @param {string} pin
 * @param {Pick<LockedKey, "salt" | "rounds">} about
 */
async function wrappingKey(pin, { salt, rounds }) {
  const secret = await crypto.subtle.importKey("raw", utf8(normalizePin(pin)), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, secret, { name: ALGORITHM, length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

/**
 * Lock a key that was just made.
 *
 * @param {CryptoKey} privateKey Extractable; it is to be forgotten afterwards.
 * @param {string} pin
 * @returns {Promise<LockedKey>}
 */
export async function lockKey(privateKey, pin) {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const wrapping = await wrappingKey(pin, { salt, rounds: ROUNDS });
  const data = await crypto.subtle.wrapKey("pkcs8", privateKey, wrapping, { name: ALGORITHM, iv });
  return { salt, rounds: ROUNDS, iv, data };
}

/**
 * The key, to sign with; null where the PIN is another one.
 *
 * @param {LockedKey} locked
 * @param {string} pin
 * @returns {Promise<CryptoKey | null>}
 */
export async function unlockKey(locked, pin) {
  const wrapping = await wrappingKey(pin, locked);
  const how = { name: ALGORITHM, iv: locked.iv };
  try {
    return await crypto.subtle.unwrapKey("pkcs8", locked.data, wrapping, how, { name: "Ed25519" }, false, ["sign"]);
  } catch {
    return null;
  }
}
