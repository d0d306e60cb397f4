// What a sheet is compared with before it is sent: the last report, the turnout, the last election,
// itself.
// The same comparisons as the server's, so that nobody is surprised by a recorded warning.
import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { votesWithoutPools } from "./ballot_pools.js";
import { namesakeFaults } from "./pool_namesakes.js";

const VOTE = 1000;
const JUMP_FROM = 1000 * VOTE;

/**
 * Every warning: { code, field, sentence }. A warning needs a written reason, never a refusal.
 *
 * @param {CountBook} book
 * @param {Tally} tally
 * @param {{ final: boolean }} about
 */
export function warnings(book, tally, { final }) {
  return [
    ...checkSheetItself(tally),
    ...namesakeFaults(book, tally),
    ...(final ? [] : checkInterimVoters(tally)),
    ...compareWithLast(book, tally),
    ...compareWithTurnout(book, tally),
    ...compareWithLastElection(book, tally),
  ];
}

/** @param {Tally} tally */
function* checkSheetItself(tally) {
  if (tally.taken_away < 0) {
    yield warning(
      "taken-away-negative",
      "taken_away",
      t`持ち帰りと思われる票数が${formatFigure(tally.taken_away)}です。投票者数より投票が多いのはなぜか、理由を書いてください。`,
    );
  }
  if (tally.taken_away >= 20 && tally.voters !== undefined && tally.taken_away * 1000 > tally.voters) {
    yield warning(
      "taken-away-many",
      "taken_away",
      t`持ち帰りと思われる票数が${formatFigure(tally.taken_away)}です。不在者・在外・期日前の箱や束の入れ忘れがないか確かめてください。`,
    );
  }
  if (tally.cut > Object.keys(tally.votes).length * 10) {
    yield warning(
      "cut-many",
      "cut",
      t`按分の際切り捨てた票数が${formatFigure(tally.cut, { votes: true })}です。案分で切り捨てるのは、案分ごとに候補者一人1000分の1票未満です。`,
    );
  }
  if (tally.ballots >= 1000 && tally.invalid * 100 > tally.ballots * 15) {
    yield warning(
      "invalid-rate-high",
      "invalid",
      t`無効投票が投票総数の15%を超えています（${formatFigure(tally.invalid)} / ${formatFigure(tally.ballots)}）。`,
    );
  }
}

/** @param {Tally} tally */
function* checkInterimVoters(tally) {
  if (tally.voters !== undefined && tally.ballots > tally.voters) {
    yield warning(
      "ballots-beyond-voters",
      "ballots",
      t`投票総数${formatFigure(tally.ballots)}が、この用紙の投票者数${formatFigure(tally.voters)}を超えています。`,
    );
  }
}

/**
 * @param {CountBook} book
 * @param {Tally} tally
 */
function* compareWithLast(book, tally) {
  const last = book.last?.tally;
  if (!last) return;
  for (const line of book.ballot) {
    const before = last.votes[line.id] ?? 0;
    const now = tally.votes[line.id] ?? 0;
    const figures = t`前回${formatFigure(before, { votes: true })} → 今回${formatFigure(now, { votes: true })}`;
    if (now < before && votesWithoutPools(book, tally, line.id) < votesWithoutPools(book, last, line.id))
      yield warning(
        "option-fell",
        `votes/${line.id}`,
        t`${line.name}の票が前回より減っています（${figures}）。候補者の取り違えがないか確かめてください。`,
      );
    else if (before >= JUMP_FROM && now >= before * 10)
      yield warning(
        "digit-jump",
        `votes/${line.id}`,
        t`${line.name}の票が前回の10倍以上です（${figures}）。桁を確かめてください。`,
      );
  }
}

/**
 * @param {CountBook} book
 * @param {Tally} tally
 */
function* compareWithTurnout(book, tally) {
  const turnout = book.turnout;
  if (!turnout) return;
  const electors = totalPeople(turnout.figures.electors);
  const voters = totalPeople(turnout.figures.voters);
  if (turnout.final && tally.voters !== undefined && tally.voters !== voters) {
    yield warning(
      "voters-differ-from-turnout",
      "voters",
      t`投票者数${formatFigure(tally.voters)}が、投票状況の確定${formatFigure(voters)}と違います。期日前・不在者・在外の入れ忘れがないか確かめてください。`,
    );
  }
  if (turnout.final && tally.voters === undefined && tally.ballots > voters) {
    yield warning(
      "voters-beyond-turnout",
      "ballots",
      t`投票総数${formatFigure(tally.ballots)}が、投票状況の投票者数${formatFigure(voters)}を超えています。`,
    );
  }
  if (tally.ballots >= 1000 && electors && tally.ballots * 100 > electors * 95) {
    yield warning(
      "turnout-high",
      "ballots",
      t`投票総数${formatFigure(tally.ballots)}が有権者数${formatFigure(electors)}の95%を超えています。`,
    );
  }
}

/**
 * @param {CountBook} book
 * @param {Tally} tally
 */
function* compareWithLastElection(book, tally) {
  const electors = book.turnout && totalPeople(book.turnout.figures.electors);
  if (!electors || book.last_rate === undefined || tally.voters === undefined || tally.ballots < 1000) return;
  const rate = Math.floor((tally.voters * 10_000) / electors);
  if (Math.abs(rate - book.last_rate) > 2000) {
    yield warning(
      "turnout-unlike-last-election",
      "voters",
      t`投票率${(rate / 100).toFixed(2)}％が、前回の選挙の都道府県の投票率${(book.last_rate / 100).toFixed(2)}％と20ポイントを超えて違います。投票者数と有権者数を確かめてください。`,
    );
  }
}

/** @param {People} people */
const totalPeople = (people) => people.male + people.female;
/**
 * @param {string} code
 * @param {string} field
 * @param {string} sentence
 */
const warning = (code, field, sentence) => ({ code, field, sentence });

/**
 * What the server would refuse and this device can already see: field id -> sentence.
 *
 * @param {CountBook} book
 * @param {Tally} tally
 * @param {{ correcting: boolean }} about
 */
export function foreseeRefusals(book, tally, { correcting }) {
  /** @type {FieldErrors} */
  const errors = {};
  const last = book.last?.tally;
  if (last && !correcting && tally.ballots < last.ballots) {
    errors.ballots = t`投票総数が前回の${formatFigure(last.ballots)}から${formatFigure(tally.ballots)}に減っています。前回が誤りなら「前の報告の訂正」を選び、理由を付けて送ってください。`;
  }
  const electors = book.turnout ? totalPeople(book.turnout.figures.electors) : undefined;
  if (electors !== undefined && tally.ballots > electors) {
    errors.ballots = t`投票総数${formatFigure(tally.ballots)}が有権者数${formatFigure(electors)}を超えています。桁と開票区を確かめてください。`;
  }
  return errors;
}

/**
 * Two officers' readings of one sheet: the fields on which they differ.
 *
 * @param {Field[]} fields
 * @param {FieldValues} first
 * @param {FieldValues} second
 */
export function differingFields(fields, first, second) {
  return fields.filter((field) => (first[field.id] ?? null) !== (second[field.id] ?? null));
}
