// A tally sheet: its fields by kind of contest, its sums, the identities of the statutory form.
import { readFigure, formatFigure, formatDifference } from "../shared/figures.js";
import { t } from "../shared/language.js";

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

const isReview = (book) => book.kind === "justices";

/** The fields of a sheet in the order of the paper. */
export function sheetFields(book, { final }) {
  const totals = TOTALS.filter((field) => field.review !== false || !isReview(book)).map((field) => ({
    ...field, group: "totals", required: Boolean(field.required || (field.final && final)),
  }));
  const reasons = Object.entries(REASONS).map(([code, label]) => ({
    id: `reason/${code}`, label, group: "reasons",
  }));
  return [...book.ballot.flatMap((line) => lineFields(book, line)), ...totals, ...reasons];
}

function lineFields(book, line) {
  const common = {
    group: "ballot", label: line.name, note: line.party ?? line.of_list ?? "", required: true, option: line.id,
  };
  if (!isReview(book)) return [{ ...common, id: `votes/${line.id}`, votes: true }];
  return [
    { ...common, id: `votes/${line.id}`, label: t`${line.name}　×（罷免を可とする）` },
    { ...common, id: `no/${line.id}`, label: t`${line.name}　記載なし` },
  ];
}

/** What was typed, read: { values, errors }, both by field id. */
export function readFields(fields, typed) {
  const values = {};
  const errors = {};
  for (const field of fields) {
    const found = readFigure(typed[field.id] ?? "", field);
    if (found.error) errors[field.id] = found.error;
    else if (found.value !== undefined) values[field.id] = found.value;
    else if (field.required) errors[field.id] = t`「${field.label}」が空です。なければ0を入力してください。`;
  }
  return { values, errors };
}

const votesFactor = (book) => (isReview(book) ? 1000 : 1);

/** The sheet as it is posted. */
export function buildTally(book, values) {
  const factor = votesFactor(book);
  const part = (prefix) => Object.fromEntries(
    book.ballot.map((line) => [line.id, (values[`${prefix}/${line.id}`] ?? 0) * factor]),
  );
  const tally = { votes: part("votes") };
  for (const { id } of TOTALS) if (id !== "voters") tally[id] = values[id] ?? 0;
  if (isReview(book)) tally.no = part("no");
  if (values.voters !== undefined) tally.voters = values.voters;
  const reasons = statedReasons(values);
  if (reasons.length) {
    tally.invalid_by_reason = Object.fromEntries(reasons.map((code) => [code, values[`reason/${code}`]]));
  }
  return tally;
}

const statedReasons = (values) => Object.keys(REASONS).filter((code) => values[`reason/${code}`] !== undefined);

/** A posted sheet as field id -> value, the way `readAll` gives it. */
export function tallyValues(book, tally) {
  const factor = votesFactor(book);
  const values = {};
  for (const [option, votes] of Object.entries(tally.votes)) values[`votes/${option}`] = votes / factor;
  for (const [option, votes] of Object.entries(tally.no ?? {})) values[`no/${option}`] = votes / factor;
  for (const { id } of TOTALS) if (tally[id] !== undefined) values[id] = tally[id];
  for (const [code, count] of Object.entries(tally.invalid_by_reason ?? {})) values[`reason/${code}`] = count;
  return values;
}

/**
 * The identities of the form, as far as figures are there:
 * { id, text, field, state: "open" | "true" | "false", stated, computed, difference, sentence }.
 */
export function identities(book, values, { final }) {
  const found = isReview(book) ? book.ballot.map((line) => reviewIdentity(line, values)) : [validVotesIdentity(book, values)];
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

function validVotesIdentity(book, values) {
  const stated = values.valid === undefined ? undefined : values.valid * 1000;
  const A = sumKnown(...book.ballot.map((line) => values[`votes/${line.id}`]));
  return identity("D", "D ＝ A ＋ B ＋ C", "valid", stated, sumKnown(A, values.cut ?? 0, values.nobody ?? 0), { votes: true });
}

/** Per justice, × and blank are at most the valid ballots: the rest is invalid for that justice. */
function reviewIdentity(line, values) {
  const computed = sumKnown(values[`votes/${line.id}`], values[`no/${line.id}`]);
  const isOpen = computed === undefined || values.valid === undefined;
  const fits = isOpen || computed <= values.valid;
  return {
    id: `D-${line.id}`, text: t`${line.name}：×＋記載なし ≦ D`, field: `no/${line.id}`, how: {},
    state: isOpen ? "open" : fits ? "true" : "false", computed, stated: values.valid,
    difference: isOpen ? undefined : values.valid - computed,
    sentence: fits ? "" : t`${line.name}の×と記載なしの合計${formatFigure(computed)}が、有効投票数D ${formatFigure(values.valid)}を${formatFigure(computed - values.valid)}上回っています。用紙と照らして直してください。`,
  };
}

function identity(id, text, field, stated, computed, how = {}) {
  const isOpen = stated === undefined || computed === undefined;
  const difference = isOpen ? undefined : stated - computed;
  const state = isOpen ? "open" : difference === 0 ? "true" : "false";
  const sentence = state === "false"
    ? t`${text} が合いません。記載は${formatFigure(stated, how)}、計算では${formatFigure(computed, how)}（差 ${formatDifference(difference, how)}）。用紙と照らして直してください。`
    : "";
  return { id, text, field, state, stated, computed, difference, how, sentence };
}

/** The running sum of the ballot's lines (A), in thousandths. */
export const runningSum = (book, values) =>
  book.ballot.reduce((total, line) => total + (values[`votes/${line.id}`] ?? 0), 0);

function sumKnown(...parts) {
  return parts.includes(undefined) ? undefined : parts.reduce((a, b) => a + b, 0);
}
