// The office's own chain: every signed posting names the number and the digest of the one before.
// Another device of the same office may have posted meanwhile; the refusal then says what comes next.
import { refusalCode } from "../sending/refusals.js";
import { loadSetting, saveSetting } from "../store.js";

/** @param {string} office */
const settingName = (office) => `link/${office}`;
const NONE = "なし";

/**
 * The last link of an office as far as this device knows: { sequence, sha256 }.
 *
 * @param {string} office
 * @returns {Promise<ChainLink>}
 */
export const lastLink = async (office) => (await loadSetting(settingName(office))) ?? { sequence: 0, sha256: null };

/**
 * @param {string} office
 * @param {ChainLink} link
 */
export const saveLink = (office, link) => saveSetting(settingName(office), link);

/**
 * Learn from a refusal where the chain stands.
 *
 * @param {string} office
 * @param {Problem} problem
 */
export async function correctLink(office, problem) {
  const known = await lastLink(office);
  const { expected } = problem.facts ?? {};
  const learnt =
    refusalCode(problem) === "sequence-wrong"
      ? { ...known, sequence: expected - 1 }
      : { ...known, sha256: expected === NONE ? null : expected };
  await saveLink(office, learnt);
}
