// Keys that are made on this device, each under the PIN of one person.

import { election, environment } from "../connection.js";
import { officeData } from "../office_data.js";
import { generateKey, provePossession } from "../signing/envelope.js";
import { lockKey, unlockKey } from "../signing/pin_lock.js";
import { getAll, put } from "../store.js";

/**
 * A new key for an office, kept on this device under the PIN of its person.
 *
 * @param {string} office
 * @param {string} label
 * @param {string} pin
 * @returns {Promise<DeviceKey>}
 */
export async function makeKey(office, label, pin) {
  const { private_key, ...half } = await generateKey(true);
  const proof = await provePossession({ ...half, private_key }, { election, environment, office });
  const locked = await lockKey(private_key, pin);
  const key = { ...half, locked, office, label, made_at: new Date().toISOString(), proof };
  await put("keys", key);
  return key;
}

/**
 * Whether a PIN opens another key of this device, whichever office it is for. Keys that no longer sign do not count.
 *
 * @param {string} pin
 * @param {string} [replaced] A key of the same person that goes.
 */
export async function isPinTaken(pin, replaced) {
  const ended = new Set(
    (officeData()?.office.keys ?? [])
      .filter(({ state }) => state === "retired" || state === "revoked")
      .map(({ keyid }) => keyid),
  );
  /** @type {DeviceKey[]} */
  const keys = await getAll("keys");
  for (const { keyid, locked } of keys)
    if (locked && keyid !== replaced && !ended.has(keyid) && (await unlockKey(locked, pin))) return true;
  return false;
}
