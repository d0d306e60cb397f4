// Applications for keys on their way from the device of a centre to the office that enrols them.

import { election, environment, readJson } from "../shared/connection.js";
import { applicationText } from "../shared/keys/key_application.js";
import { isKeyidRight } from "../shared/signing/envelope.js";
import { loadSetting, saveSetting } from "../shared/store.js";

const WORD_BYTES = 16;

/** A word that nobody can guess: anybody who has the link may leave an application under it. */
const newWord = () =>
  [...crypto.getRandomValues(new Uint8Array(WORD_BYTES))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Words are made one after the other, or the last one that is kept would undo the others. @type {Promise<unknown>} */
let making = Promise.resolve();

/** The word of an office's link, made once on this device. @param {string} office @returns {Promise<string>} */
export function linkWord(office) {
  const mine = making.then(() => keptWord(office));
  making = mine.catch(() => null);
  return mine;
}

/** @param {string} office */
async function keptWord(office) {
  const words = (await loadSetting("link-words")) ?? {};
  if (!words[office]) {
    words[office] = newWord();
    await saveSetting("link-words", words);
  }
  return /** @type {string} */ (words[office]);
}

/**
 * Leave the application for a key; false where the server does not take it: the text is handed over by hand.
 *
 * @param {string} word
 * @param {DeviceKey} key
 */
export async function leaveApplication(word, key) {
  const answer = await fetch(`/setup/data/applications/${word}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: applicationText(key, key.office),
    credentials: "omit",
  }).catch(() => null);
  return answer?.ok ?? false;
}

/**
 * What was left under a word for an office of this election.
 *
 * @param {string} word
 * @param {string} office
 * @returns {Promise<{ keyid: string, public_key: string, proof: string }[]>}
 */
export async function findApplications(word, office) {
  const found = await readJson(`/setup/data/applications/${word}`);
  const own = found.filter(
    (/** @type {any} */ each) =>
      each.office === office && each.election === election && each.environment === environment,
  );
  // The number that is read aloud is computed from the key, never believed.
  const isRight = await Promise.all(own.map(isKeyidRight));
  return own.filter((/** @type {any} */ _, /** @type {number} */ place) => isRight[place]);
}
