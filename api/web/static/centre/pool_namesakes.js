// Whose ballots a pool can be: those who have the name that is written on them (POEA 68-2(1)).
import { t } from "../shared/language.js";
import { foldSimilar } from "../shared/name_folding.js";
import { namePool, poolField, possibleSharers } from "./ballot_pools.js";

/**
 * Who shares a pool beside whose name is written on its ballots; asked here alone, before sending,
 * and answered in the reason of the posting. A ballot with
 * a name, a family name or a given name alone belongs to all who have it (POEA 68-2(1)). Where nobody
 * of the ballot has what is written, such as a name in kana, nothing can be said.
 *
 * @param {CountBook} book
 * @param {Tally} tally
 * @returns {{ code: string, field: string, sentence: string }[]}
 */
export function namesakeFaults(book, tally) {
  const people = possibleSharers(book);
  return (tally.pools ?? []).flatMap((pool) => {
    const { name, options } = namePool(pool);
    const alike = people.filter((each) => bearsName(each, name));
    if (!alike.length) return [];
    const sharing = new Set(options);
    const about = { code: "pool-namesake", field: poolField({ name, options }) };
    const leftOut = alike.filter(({ id }) => !sharing.has(id));
    const unlike = people.filter((each) => sharing.has(each.id) && !alike.includes(each));
    return [
      ...leftOut.map((each) => ({
        ...about,
        sentence: t`按分票「${name}」は${each.name}にもあてはまります。分ける人から落ちていないか確かめてください。`,
      })),
      ...unlike.map((each) => ({
        ...about,
        sentence: t`按分票「${name}」を分ける${each.name}の氏名には「${name}」がありません。人の取り違えがないか確かめてください。`,
      })),
    ];
  });
}

/**
 * @param {BallotLine} person
 * @param {string} written
 */
function bearsName(person, written) {
  const parts = person.name.split(/[\s　・]+/);
  return [parts.join(""), ...parts].some(
    (part) => foldSimilar(part) === foldSimilar(written.replace(/[\s　・]+/g, "")),
  );
}
