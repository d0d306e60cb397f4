// The office's own chain: every signed posting names the number and the digest of the one before.
// Another device of the same office may have posted meanwhile; the refusal then says what comes next.
import { codeOf } from "./refusals.js";
import { shelve, shelved } from "./store.js";

const name = (office) => `link/${office}`;
const NONE = "なし";

/** The last link of an office as far as this device knows: { sequence, sha256 }. */
export const lastLink = async (office) => (await shelved(name(office))) ?? { sequence: 0, sha256: null };

export const tookLink = (office, link) => shelve(name(office), link);

/** Learn from a refusal where the chain stands. */
export async function learnLink(office, problem) {
  const known = await lastLink(office);
  const { expected } = problem.facts;
  const learnt = codeOf(problem) === "sequence-wrong"
    ? { ...known, sequence: expected - 1 }
    : { ...known, sha256: expected === NONE ? null : expected };
  await tookLink(office, learnt);
}
