// What a sheet is compared with before it is sent: the last report, the turnout, the last election,
// itself.
// The same comparisons as the server's, so that nobody is surprised by a recorded warning.
import { shown } from "./figures.js";
import { t } from "./words.js";

const VOTE = 1000;
const JUMP_FROM = 1000 * VOTE;

/** Every warning: { code, field, sentence }. A warning needs a written reason, never a refusal. */
export function warnings(book, tally) {
  return [...ownWarnings(tally), ...againstLast(book, tally), ...againstTurnout(book, tally), ...againstLastElection(book, tally)];
}

function* ownWarnings(tally) {
  if (tally.taken_away < 0) {
    yield note("taken-away-negative", "taken_away", t`持ち帰りと思われる票数が${shown(tally.taken_away)}です。投票者数より投票が多いのはなぜか、理由を書いてください。`);
  }
  if (tally.taken_away >= 20 && tally.taken_away * 1000 > tally.voters) {
    yield note("taken-away-many", "taken_away", t`持ち帰りと思われる票数が${shown(tally.taken_away)}です。不在者・在外・期日前の箱や束の入れ忘れがないか確かめてください。`);
  }
  if (tally.ballots >= 1000 && tally.invalid * 100 > tally.ballots * 15) {
    yield note("invalid-rate-high", "invalid", t`無効投票が投票総数の15%を超えています（${shown(tally.invalid)} / ${shown(tally.ballots)}）。`);
  }
}

function* againstLast(book, tally) {
  const last = book.last?.tally;
  if (!last) return;
  for (const line of book.ballot) {
    const before = last.votes[line.id] ?? 0;
    const now = tally.votes[line.id] ?? 0;
    const figures = t`前回${shown(before, { votes: true })} → 今回${shown(now, { votes: true })}`;
    if (now < before) yield note("option-fell", `votes/${line.id}`, t`${line.name}の票が前回より減っています（${figures}）。候補者の取り違えがないか確かめてください。`);
    else if (before >= JUMP_FROM && now >= before * 10) yield note("digit-jump", `votes/${line.id}`, t`${line.name}の票が前回の10倍以上です（${figures}）。桁を確かめてください。`);
  }
}

function* againstTurnout(book, tally) {
  const turnout = book.turnout;
  if (!turnout) return;
  const electors = total(turnout.figures.electors);
  const voters = total(turnout.figures.voters);
  if (turnout.final && tally.voters !== undefined && tally.voters !== voters) {
    yield note("voters-differ-from-turnout", "voters", t`投票者数${shown(tally.voters)}が、投票状況の確定${shown(voters)}と違います。期日前・不在者・在外の入れ忘れがないか確かめてください。`);
  }
  if (turnout.final && tally.voters === undefined && tally.ballots > voters) {
    yield note("voters-beyond-turnout", "ballots", t`投票総数${shown(tally.ballots)}が、投票状況の投票者数${shown(voters)}を超えています。`);
  }
  if (tally.ballots >= 1000 && electors && tally.ballots * 100 > electors * 95) {
    yield note("turnout-high", "ballots", t`投票総数${shown(tally.ballots)}が有権者数${shown(electors)}の95%を超えています。`);
  }
}

function* againstLastElection(book, tally) {
  const electors = book.turnout && total(book.turnout.figures.electors);
  if (!electors || book.last_rate === undefined || tally.voters === undefined || tally.ballots < 1000) return;
  const rate = Math.floor((tally.voters * 10_000) / electors);
  if (Math.abs(rate - book.last_rate) > 2000) {
    yield note("turnout-unlike-last-election", "voters", t`投票率${(rate / 100).toFixed(2)}％が、前回の選挙の都道府県の投票率${(book.last_rate / 100).toFixed(2)}％と20ポイントを超えて違います。投票者数と有権者数を確かめてください。`);
  }
}

const total = (people) => people.male + people.female;
const note = (code, field, sentence) => ({ code, field, sentence });

/** What the server would refuse and this device can already see: field id -> sentence. */
export function certainRefusals(book, tally, { correcting }) {
  const errors = {};
  const last = book.last?.tally;
  if (last && !correcting && tally.ballots < last.ballots) {
    errors.ballots = t`投票総数が前回の${shown(last.ballots)}から${shown(tally.ballots)}に減っています。前回が誤りなら「前の報告の訂正」を選び、理由を付けて送ってください。`;
  }
  const electors = book.turnout ? total(book.turnout.figures.electors) : undefined;
  if (electors !== undefined && tally.ballots > electors) {
    errors.ballots = t`投票総数${shown(tally.ballots)}が有権者数${shown(electors)}を超えています。桁と開票区を確かめてください。`;
  }
  return errors;
}

export const NOTICE_WORDS = {
  "taken-away-negative": t("持ち帰りがマイナス"),
  "option-fell": t("票が前回より減少"),
  "digit-jump": t("票が前回の10倍以上"),
  "voters-differ-from-turnout": t("投票者数が投票状況と不一致"),
  "invalid-rate-high": t("無効率15%超"),
  "turnout-high": t("投票率95%超"),
  "voters-beyond-turnout": t("投票総数が投票者数を超過"),
  "taken-away-many": t("持ち帰りが多い"),
  "turnout-unlike-last-election": t("投票率が前回の選挙と20ポイント超の差"),
};

/** Two officers' readings of one sheet: the fields on which they differ. */
export function differing(fields, first, second) {
  return fields.filter((field) => (first[field.id] ?? null) !== (second[field.id] ?? null));
}
