// The short fingerprint of a key: twelve digits to read aloud, as the command line shows them.

import { el } from "../dom.js";
import { t } from "../language.js";

const DIGITS = 12;
const GROUP = /.{4}/g;
const USED_OF_ID = 16;

/**
 * Twelve digits in groups of four, from the first 64 bits of the key's id.
 *
 * @param {string} keyid SHA-256 of the public key, in hexadecimal.
 */
export function keyFingerprint(keyid) {
  const number = BigInt(`0x${keyid.slice(0, USED_OF_ID)}`) % 10n ** BigInt(DIGITS);
  return (String(number).padStart(DIGITS, "0").match(GROUP) ?? []).join(" ");
}

/**
 * A key as people see it: what is read aloud, and its whole id.
 *
 * @param {string} keyid
 */
export const keyidElement = (keyid) =>
  el("span", { class: "keyid" }, el("strong", {}, keyFingerprint(keyid)), "　", el("code", { class: "small" }, keyid));

/**
 * A line with a key.
 *
 * @param {string} keyid
 * @param {{ word?: string, data?: Record<string, string> }} [about] `word` stands before it.
 */
export const keyidLine = (keyid, { word = t("鍵の番号　"), data = {} } = {}) =>
  el("p", { class: "fingerprint", data }, el("span", { class: "small" }, word), keyidElement(keyid));
