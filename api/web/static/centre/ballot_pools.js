// Shared ballots (按分, POEA 68-2): what is typed of the pools of a sheet, and what comes of them.
// The server divides; the same is computed here, so that officers see A, B and C before they send.
import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";

const VOTE = 1000;

/** @param {CountBook} book */
export const takesPools = (book) => Boolean(book.takes_pools);

/**
 * The pools of a draft: those it was begun with are the last report's.
 *
 * @param {CountBook} book
 * @param {SheetDraft} draft
 * @returns {PoolName[]}
 */
export const draftPools = (book, draft) => (takesPools(book) ? (draft.pools ?? lastPools(book)) : []);

/** @param {CountBook} book */
const lastPools = (book) => (book.last?.tally.pools ?? []).map(namePool);

/**
 * @param {BallotPool} pool
 * @returns {PoolName}
 */
export const namePool = ({ name, sharers }) => ({ name, options: sharers.map(({ option }) => option) });

/**
 * Who may share a ballot: every line of the sheet, and members of the 特定枠, who have none.
 *
 * @param {CountBook} book
 * @returns {BallotLine[]}
 */
export const possibleSharers = (book) => [...book.ballot, ...(book.pool_members ?? [])];

/**
 * Whose votes no line of the sheet has: members of the 特定枠, and such members' lists by name alone.
 *
 * @param {CountBook} book
 */
const unlined = (book) =>
  new Set((book.pool_members ?? []).flatMap(({ id, list_id }) => (list_id ? [id, list_id] : [id])));

/**
 * The line of a sheet that has an option's votes: of a member of the 特定枠 it is the list's.
 *
 * @param {CountBook} book
 * @param {string} option
 */
const lineOf = (book, option) => book.pool_members?.find(({ id }) => id === option)?.list_id ?? option;

/**
 * @param {CountBook} book
 * @param {string} option
 */
export const optionName = (book, option) => possibleSharers(book).find(({ id }) => id === option)?.name ?? option;

/**
 * @param {CountBook} book
 * @param {PoolName} pool
 */
const poolLabel = (book, pool) =>
  t`按分票「${pool.name}」（${pool.options.map((option) => optionName(book, option)).join(t("、"))}）`;

/**
 * The field of a pool: by what is written and between whom, so that entries with lists of their own
 * are compared pool by pool.
 *
 * @param {PoolName} pool
 */
export const poolField = ({ name, options }) =>
  `pool/${[...name.normalize("NFKC")].map((each) => each.codePointAt(0)?.toString(16)).join("-")}/${options.toSorted().join("+")}`;

/**
 * The fields of the pools: how many ballots each has, and what no line of the sheet says.
 *
 * @param {CountBook} book
 * @param {SheetDraft} draft
 * @returns {Field[]}
 */
export function poolFields(book, draft) {
  const pools = draftPools(book, draft);
  const hidden = unlined(book);
  const owners = [...new Set(pools.flatMap(({ options }) => options))].filter((option) => hidden.has(option));
  return [
    ...pools.map((pool) => ({
      id: poolField(pool),
      group: "pools",
      label: poolLabel(book, pool),
      words: [t`按分票：${pool.name}`],
      required: true,
    })),
    ...owners.map((option) => ({
      id: `own/${option}`,
      group: "pools",
      label: t`「${optionName(book, option)}」とだけ書いた票（名簿の得票のうち）`,
      required: true,
    })),
  ];
}

/**
 * A tally with the pools that were typed; nothing is divided yet.
 *
 * @param {CountBook} book
 * @param {SheetDraft} draft
 * @param {FieldValues} values
 * @returns {BallotPool[]}
 */
export const typedPools = (book, draft, values) =>
  draftPools(book, draft).map((pool) => ({
    name: pool.name,
    ballots: values[poolField(pool)] ?? 0,
    sharers: pool.options.map((option) => {
      const own = values[`own/${option}`];
      return own === undefined ? { option } : { option, own: own * VOTE };
    }),
  }));

/**
 * What was typed of a posted tally's pools: field id -> value.
 *
 * @param {CountBook} book
 * @param {Tally} tally
 * @returns {FieldValues}
 */
export function poolValues(book, tally) {
  const hidden = unlined(book);
  const pools = tally.pools ?? [];
  const own = pools.flatMap(({ sharers }) => sharers).filter(({ option }) => hidden.has(option));
  return Object.fromEntries([
    ...pools.map((pool) => [poolField(namePool(pool)), pool.ballots]),
    ...own.flatMap((each) => (each.own === undefined ? [] : [[`own/${each.option}`, each.own / VOTE]])),
  ]);
}

/**
 * The tally as the server records it: shares, A, B and C of its pools.
 *
 * @param {CountBook} book
 * @param {Tally} tally
 * @returns {Tally}
 */
export function dividePools(book, tally) {
  if (!tally.pools?.length) return tally;
  const divided = tally.pools.map((pool) => dividePool(pool, tally.votes));
  const votes = { ...tally.votes };
  for (const { option, share } of divided.flatMap(({ sharers }) => sharers)) {
    const line = lineOf(book, option);
    votes[line] = (votes[line] ?? 0) + (share ?? 0);
  }
  /** @param {(pool: BallotPool) => number} part */
  const sum = (part) => divided.reduce((total, pool) => total + part(pool), 0);
  return { ...tally, votes, cut: sum(poolCut), nobody: sum(poolNobody), pools: divided };
}

/**
 * In proportion to the votes without any pool, cut after the third decimal.
 *
 * @param {BallotPool} pool
 * @param {Record<string, number>} votes
 * @returns {BallotPool}
 */
function dividePool(pool, votes) {
  const sharers = pool.sharers.map((each) => ({ ...each, own: each.own ?? votes[each.option] ?? 0 }));
  const whole = sharers.reduce((total, { own }) => total + BigInt(own), 0n);
  return {
    ...pool,
    sharers: sharers.map((each) => ({
      ...each,
      share: whole ? Number((BigInt(pool.ballots * VOTE) * BigInt(each.own)) / whole) : 0,
    })),
  };
}

/** @param {BallotPool} pool */
const poolNobody = (pool) => (pool.sharers.some(({ own }) => own) ? 0 : pool.ballots * VOTE);

/** @param {BallotPool} pool */
const poolCut = (pool) =>
  poolNobody(pool) ? 0 : pool.ballots * VOTE - pool.sharers.reduce((total, { share }) => total + (share ?? 0), 0);

/**
 * What an option has without any pool: what was typed on its line.
 *
 * @param {CountBook} book
 * @param {Tally} tally
 * @param {string} line
 */
export const votesWithoutPools = (book, tally, line) =>
  (tally.pools ?? [])
    .flatMap(({ sharers }) => sharers)
    .filter(({ option }) => lineOf(book, option) === line)
    .reduce((votes, { share }) => votes - (share ?? 0), tally.votes[line] ?? 0);

/**
 * What comes of the pools, as rows of words: who gets what, what is cut, what is nobody's.
 *
 * @param {CountBook} book
 * @param {Tally} tally
 * @returns {[string, string][]}
 */
export function divisionRows(book, tally) {
  if (!tally.pools?.length) return [];
  const divided = dividePools(book, tally);
  /** @param {number} figure */
  const votes = (figure) => formatFigure(figure, { votes: true });
  const lines = new Set(
    (divided.pools ?? []).flatMap(({ sharers }) => sharers.map(({ option }) => lineOf(book, option))),
  );
  return [
    ...(divided.pools ?? []).flatMap((pool) =>
      pool.sharers.map(
        ({ option, share }) =>
          /** @type {[string, string]} */ ([
            t`按分票「${pool.name}」から${optionName(book, option)}へ`,
            votes(share ?? 0),
          ]),
      ),
    ),
    ...book.ballot
      .filter(({ id }) => lines.has(id))
      .map(({ id, name }) => /** @type {[string, string]} */ ([t`${name}（按分後）`, votes(divided.votes[id])])),
    [`B　${t("按分の際切り捨てた票数")}`, votes(divided.cut)],
    [`C　${t("いずれの候補者にも属さない票数")}`, votes(divided.nobody)],
  ];
}

/**
 * What is wrong with the pools as a whole: field id -> sentence.
 *
 * @param {CountBook} book
 * @param {SheetDraft} draft
 * @param {FieldValues} values
 * @returns {FieldErrors}
 */
export function poolErrors(book, draft, values) {
  if (!takesPools(book)) return {};
  const pools = draftPools(book, draft);
  if (!pools.length) return divisionUnexplained(book, draft, values);
  /** @type {FieldErrors} */
  const errors = {};
  for (const field of pools.map(poolField)) {
    if (values[field] === 0) errors[field] = t("按分票が0票なら、この按分票を消してください。");
  }
  for (const { id, name } of book.ballot) {
    if ((values[`votes/${id}`] ?? 0) % VOTE)
      errors[`votes/${id}`] =
        t`${name}の得票に小数があります。按分票を書くときは、按分する前の得票（整数）を入力してください。`;
  }
  return errors;
}

/**
 * Figures that somebody divided need what was divided, or why it is not known.
 *
 * @param {CountBook} book
 * @param {SheetDraft} draft
 * @param {FieldValues} values
 * @returns {FieldErrors}
 */
function divisionUnexplained(book, draft, values) {
  const isDivided =
    Boolean(values.cut || values.nobody) || book.ballot.some(({ id }) => (values[`votes/${id}`] ?? 0) % VOTE);
  return isDivided && !draft.pools_unstated?.trim()
    ? {
        pools_unstated: t(
          "按分した数字（小数、B、C）があります。按分票を加えて按分前の票数を入力するか、内訳を書けない理由を書いてください。",
        ),
      }
    : {};
}
