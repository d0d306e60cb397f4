// What a published document says, beside what the proven entries add up to.

/**
 * @typedef {{ thousandths: number }} Votes
 * @typedef {{ id: string, name: string, votes: Votes, members?: PublishedRow[] }} PublishedRow
 * @typedef {{ contest: string, unit: string, tally: { votes: Record<string, number> } }} Sheet
 */

/**
 * Votes of each option over all sheets, in thousandths.
 *
 * @param {Sheet[]} sheets
 */
function sumVotes(sheets) {
  /** @type {Record<string, number>} */
  const sums = {};
  for (const { tally } of sheets) {
    for (const [option, votes] of Object.entries(tally.votes)) sums[option] = (sums[option] ?? 0) + votes;
  }
  return sums;
}

/**
 * Sentences about published figures that are not those computed here; none when all agree.
 *
 * @param {any} published A contest's document, or a unit's.
 * @param {Sheet[]} sheets The entries that stand, each proven.
 * @returns {string[]}
 */
export const findDifferences = (published, sheets) =>
  published.options ? compareContest(published, sheets) : compareUnit(published.contests, sheets);

/**
 * @param {{ options: PublishedRow[], units: { unit: string, name: string, status: string }[] }} published
 * @param {Sheet[]} sheets
 */
function compareContest({ options, units }, sheets) {
  const sums = sumVotes(sheets);
  const covered = new Set(sheets.map((sheet) => sheet.unit));
  const missing = units.filter((unit) => unit.status !== "none" && !covered.has(unit.unit)).map((unit) => unit.name);
  return [...missing, ...options.flatMap((row) => compareRow(row, sums)), ...findUnpublished(options, sums)];
}

/**
 * A list of the Upper House has the votes of its members among its own.
 *
 * @param {PublishedRow} row
 * @param {Record<string, number>} sums
 * @returns {string[]}
 */
function compareRow({ id, name, votes, members = [] }, sums) {
  const computed = [id, ...members.map((member) => member.id)].reduce((sum, each) => sum + (sums[each] ?? 0), 0);
  const own = votes.thousandths === computed ? [] : [`${name}: ${votes.thousandths / 1000} ≠ ${computed / 1000}`];
  return [...own, ...members.flatMap((member) => compareRow(member, sums))];
}

/**
 * Everybody who has votes is published: nobody may be left out.
 *
 * @param {PublishedRow[]} options
 * @param {Record<string, number>} sums
 */
function findUnpublished(options, sums) {
  const ids = new Set(options.flatMap((row) => [row.id, ...(row.members ?? []).map((member) => member.id)]));
  return Object.entries(sums)
    .filter(([option, votes]) => votes && !ids.has(option))
    .map(([option, votes]) => `${option}: — ≠ ${votes / 1000}`);
}

/**
 * @param {{ contest: string, name: string, tally?: { votes: Record<string, number> } }[]} contests
 * @param {Sheet[]} sheets
 */
function compareUnit(contests, sheets) {
  const isPublished = (/** @type {Sheet} */ sheet) =>
    contests.some(({ contest, tally }) => contest === sheet.contest && tally && haveEqualVotes(tally, sheet.tally));
  const unproven = contests.filter(({ contest, tally }) => tally && !sheets.some((sheet) => sheet.contest === contest));
  const different = sheets.filter((sheet) => !isPublished(sheet));
  return [
    ...unproven.map(({ name }) => name),
    ...different.map((sheet) => contests.find(({ contest }) => contest === sheet.contest)?.name ?? sheet.contest),
  ];
}

/**
 * @param {{ votes: Record<string, number> }} one
 * @param {{ votes: Record<string, number> }} other
 */
function haveEqualVotes(one, other) {
  const options = new Set([...Object.keys(one.votes), ...Object.keys(other.votes)]);
  return [...options].every((option) => (one.votes[option] ?? 0) === (other.votes[option] ?? 0));
}
