// A tally sheet: its fields by kind of contest, its sums, the identities of the statutory form.
import { formatDifference, formatFigure, readFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { draftPools, poolField, poolFields, poolValues, typedPools, votesWithoutPools } from "./ballot_pools.js";

/** @type {Record<string, string>} */
export const REASONS = {
  "not-official-paper": t("所定の用紙を用いないもの"),
  "not-a-candidate": t("候補者でない者の氏名を記載したもの"),
  "may-not-stand": t("候補者となることができない者の氏名を記載したもの"),
  "party-not-entitled": t("届出のできない政党等の候補者の氏名を記載したもの"),
  "several-names": t("二人以上の氏名を記載したもの"),
  "not-eligible": t("被選挙権のない候補者の氏名を記載したもの"),
  "anything-besides-the-name": t("氏名のほか他事を記載したもの"),
  "not-own-hand": t("氏名を自書しないもの"),
  "unclear-whom": t("何人を記載したか確認し難いもの"),
  blank: t("白紙投票"),
  scribble: t("雑事を記載したもの"),
  "mark-or-sign": t("記号・符号を記載したもの"),
};

/** @type {Field[]} */
const TOTALS = [
  { id: "cut", letter: "B", label: t("按分の際切り捨てた票数"), votes: true, review: false },
  { id: "nobody", letter: "C", label: t("いずれの候補者にも属さない票数"), votes: true, review: false },
  { id: "valid", letter: "D", label: t("有効投票数"), required: true },
  { id: "invalid", letter: "E", label: t("無効投票数"), required: true },
  { id: "ballots", letter: "F", label: t("投票総数"), required: true },
  { id: "taken_away", letter: "G", label: t("持ち帰りと思われる票数"), negative: true },
  { id: "rejected", letter: "H", label: t("不受理と決定した票数") },
  { id: "voters", letter: "I", label: t("投票者数"), final: true },
];

/** @param {CountBook} book */
export const isReview = (book) => book.is_review === true;

/**
 * The fields of a sheet in the order of the paper.
 *
 * @param {CountBook} book
 * @param {SheetDraft} draft
 * @returns {Field[]}
 */
export function sheetFields(book, draft) {
  const totals = TOTALS.filter((field) => field.review !== false || (!isReview(book) && !isComputed(book, draft))).map(
    (field) => ({
      ...field,
      group: "totals",
      required: Boolean(field.required || (field.final && draft.final)),
    }),
  );
  const reasons = Object.entries(REASONS).map(([code, label]) => ({
    id: `reason/${code}`,
    label,
    group: "reasons",
  }));
  return [...book.ballot.flatMap((line) => lineFields(book, line)), ...poolFields(book, draft), ...totals, ...reasons];
}

/**
 * Whether B and C follow from the pools of the sheet.
 *
 * @param {CountBook} book
 * @param {SheetDraft} draft
 */
const isComputed = (book, draft) => draftPools(book, draft).length > 0;

/**
 * @param {CountBook} book
 * @param {BallotLine} line
 */
function lineFields(book, line) {
  const common = {
    group: "ballot",
    label: line.name,
    note: line.party ?? line.of_list ?? "",
    number: line.number,
    required: true,
    option: line.id,
  };
  if (!isReview(book)) return [{ ...common, id: `votes/${line.id}`, votes: true }];
  return [
    { ...common, id: `votes/${line.id}`, label: t`${line.name}　×（罷免を可とする）` },
    { ...common, id: `no/${line.id}`, label: t`${line.name}　記載なし` },
  ];
}

/**
 * What was typed, read: { values, errors }, both by field id.
 *
 * @param {Field[]} fields
 * @param {FieldTexts} typed
 * @returns {FieldReadings}
 */
export function readFields(fields, typed) {
  /** @type {FieldValues} */
  const values = {};
  /** @type {FieldErrors} */
  const errors = {};
  for (const field of fields) {
    const found = readFigure(typed[field.id] ?? "", field);
    if (found.error) errors[field.id] = found.error;
    else if (found.value !== undefined) values[field.id] = found.value;
    else if (field.required) errors[field.id] = t`「${field.label}」が空です。なければ0を入力してください。`;
  }
  return { values, errors };
}

/** @param {CountBook} book */
const votesFactor = (book) => (isReview(book) ? 1000 : 1);

/**
 * The sheet as it is posted: with pools, votes are those without them.
 *
 * @param {CountBook} book
 * @param {FieldValues} values
 * @param {SheetDraft} draft
 * @returns {Tally}
 */
export function buildTally(book, values, draft) {
  const factor = votesFactor(book);
  /** @param {string} prefix */
  const part = (prefix) =>
    Object.fromEntries(book.ballot.map((line) => [line.id, (values[`${prefix}/${line.id}`] ?? 0) * factor]));
  const totals = TOTALS.filter(({ id }) => id !== "voters").map(({ id }) => [id, values[id] ?? 0]);
  /** @type {Tally} */
  const tally = { votes: part("votes"), ...Object.fromEntries(totals) };
  if (isReview(book)) tally.no = part("no");
  if (values.voters !== undefined) tally.voters = values.voters;
  const pools = typedPools(book, draft, values);
  if (pools.length) Object.assign(tally, { pools, cut: 0, nobody: 0 });
  else if (book.takes_pools && draft.pools_unstated?.trim()) tally.pools_unstated = draft.pools_unstated.trim();
  const reasons = statedReasons(values);
  if (reasons.length) {
    tally.invalid_by_reason = Object.fromEntries(reasons.map((code) => [code, values[`reason/${code}`]]));
  }
  return tally;
}

/** @param {FieldValues} values */
const statedReasons = (values) => Object.keys(REASONS).filter((code) => values[`reason/${code}`] !== undefined);

/**
 * A posted sheet as field id -> value, the way `readFields` gives it.
 *
 * @param {CountBook} book
 * @param {Tally} tally
 */
export function tallyValues(book, tally) {
  const factor = votesFactor(book);
  /** @type {FieldValues} */
  const values = {};
  for (const option of Object.keys(tally.votes))
    values[`votes/${option}`] = votesWithoutPools(book, tally, option) / factor;
  for (const [option, votes] of Object.entries(tally.no ?? {})) values[`no/${option}`] = votes / factor;
  for (const { id } of TOTALS) {
    const figure = tally[/** @type {"ballots"} */ (id)];
    if (figure !== undefined) values[id] = figure;
  }
  for (const [code, count] of Object.entries(tally.invalid_by_reason ?? {})) values[`reason/${code}`] = count;
  return Object.assign(values, poolValues(book, tally));
}

/**
 * The identities of the form, as far as figures are there:
 * { id, text, field, state: "open" | "true" | "false", stated, computed, difference, sentence }.
 *
 * @param {CountBook} book
 * @param {FieldValues} values
 * @param {SheetDraft} draft
 * @returns {Identity[]}
 */
export function identities(book, values, draft) {
  const { final } = draft;
  const found = isReview(book)
    ? book.ballot.map((line) => reviewIdentity(line, values))
    : [validVotesIdentity(book, values, draft)];
  found.push(identity("F", "F ＝ D ＋ E", "ballots", values.ballots, sumKnown(values.valid, values.invalid)));
  if (final) {
    const computed = sumKnown(values.ballots, values.taken_away ?? 0, values.rejected ?? 0);
    found.push(identity("I", "I ＝ F ＋ G ＋ H", "voters", values.voters, computed));
  }
  const reasons = statedReasons(values).map((code) => values[`reason/${code}`]);
  if (reasons.length) {
    found.push(identity("E", t("E ＝ 無効投票の理由別の合計"), "invalid", values.invalid, sumKnown(...reasons)));
  }
  return found;
}

/**
 * However pools are divided, their ballots are A, B and C together.
 *
 * @param {CountBook} book
 * @param {FieldValues} values
 * @param {SheetDraft} draft
 */
function validVotesIdentity(book, values, draft) {
  const stated = values.valid === undefined ? undefined : values.valid * 1000;
  const A = sumKnown(...book.ballot.map((line) => values[`votes/${line.id}`]));
  const pools = draftPools(book, draft).map((pool) => values[poolField(pool)]);
  const rest = pools.length ? pools.map((ballots) => ballots && ballots * 1000) : [values.cut ?? 0, values.nobody ?? 0];
  return identity("D", "D ＝ A ＋ B ＋ C", "valid", stated, sumKnown(A, ...rest), { votes: true });
}

/**
 * Per justice, × and blank are at most the valid ballots: the rest is invalid for that justice.
 *
 * @param {BallotLine} line
 * @param {FieldValues} values
 * @returns {Identity}
 */
function reviewIdentity(line, values) {
  const computed = sumKnown(values[`votes/${line.id}`], values[`no/${line.id}`]);
  const difference = computed === undefined || values.valid === undefined ? undefined : values.valid - computed;
  const isExceeded = difference !== undefined && difference < 0;
  return {
    id: `D-${line.id}`,
    text: t`${line.name}：×＋記載なし ≦ D`,
    field: `no/${line.id}`,
    how: {},
    state: difference === undefined ? "open" : isExceeded ? "false" : "true",
    computed,
    stated: values.valid,
    difference,
    sentence: !isExceeded
      ? ""
      : t`${line.name}の×と記載なしの合計${formatFigure(computed)}が、有効投票数D ${formatFigure(values.valid)}を${formatFigure(-difference)}上回っています。用紙と照らして直してください。`,
  };
}

/**
 * @param {string} id
 * @param {string} text
 * @param {string} field
 * @param {number | undefined} stated
 * @param {number | undefined} computed
 * @param {FigureFormat} [how]
 * @returns {Identity}
 */
function identity(id, text, field, stated, computed, how = {}) {
  const difference = stated === undefined || computed === undefined ? undefined : stated - computed;
  const state = difference === undefined ? "open" : difference === 0 ? "true" : "false";
  const sentence = difference
    ? t`${text} が合いません。記載は${formatFigure(stated, how)}、計算では${formatFigure(computed, how)}（差 ${formatDifference(difference, how)}）。用紙と照らして直してください。`
    : "";
  return { id, text, field, state, stated, computed, difference, how, sentence };
}

/**
 * The running sum of the ballot's lines (A), in thousandths.
 *
 * @param {CountBook} book
 * @param {FieldValues} values
 */
export const runningSum = (book, values) =>
  book.ballot.reduce((total, line) => total + (values[`votes/${line.id}`] ?? 0), 0);

/** @param {...(number | undefined)} parts */
function sumKnown(...parts) {
  const known = parts.filter((part) => part !== undefined);
  return known.length < parts.length ? undefined : known.reduce((a, b) => a + b, 0);
}
