// What turnout is compared with before it is sent: its electors, the last report, the unit's other
// contests, its sheet, the last election.
// The same comparisons as the server's, so that nobody is surprised by a recorded warning.
import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";

const FROM_ELECTORS = 1000;

/**
 * Every warning: { code, field, sentence }. A warning needs a written reason, never a refusal.
 *
 * @param {CountBook} book
 * @param {TurnoutFigures} figures
 * @param {{ final: boolean, correcting: boolean }} about
 */
export function turnoutWarnings(book, figures, about) {
  return [
    ...checkRates(figures, about),
    ...compareWithLast(book, figures, about),
    ...compareWithOthers(book, figures, about),
    ...compareWithLastElection(book, figures, about),
    ...compareWithSheet(book, figures, about),
  ];
}

/** @param {People} people */
const totalPeople = (people) => people.male + people.female;
/**
 * Hundredths of a percent.
 *
 * @param {number} voters
 * @param {number} electors
 */
const rate = (voters, electors) => (electors ? Math.floor((voters * 10_000) / electors) : 0);
/** @param {number} hundredths */
const percent = (hundredths) => (hundredths / 100).toFixed(2);
/** @param {TurnoutFigures} figures */
const totalRate = (figures) => rate(totalPeople(figures.voters), totalPeople(figures.electors));
/**
 * @param {string} code
 * @param {string} field
 * @param {string} sentence
 */
const warning = (code, field, sentence) => ({ code, field, sentence });

/**
 * @param {TurnoutFigures} figures
 * @param {{ final: boolean }} about
 */
function* checkRates({ electors, voters }, { final }) {
  if (totalPeople(electors) < FROM_ELECTORS) return;
  if (totalPeople(voters) * 100 >= totalPeople(electors) * 95) {
    yield warning(
      "turnout-high",
      "voters/male",
      t`投票者数${formatFigure(totalPeople(voters))}が有権者数${formatFigure(totalPeople(electors))}の95%以上です。欄を取り違えていないか確かめてください。`,
    );
  }
  const [men, women] = [rate(voters.male, electors.male), rate(voters.female, electors.female)];
  if (final && electors.male && electors.female && Math.abs(men - women) > 1500) {
    yield warning(
      "turnout-by-sex-apart",
      "voters/male",
      t`男の投票率${percent(men)}％と女の投票率${percent(women)}％が15ポイントを超えて違います。男女の欄を確かめてください。`,
    );
  }
}

/**
 * @param {CountBook} book
 * @param {TurnoutFigures} figures
 * @param {{ final: boolean, correcting: boolean }} about
 */
function* compareWithLast(book, figures, { final, correcting }) {
  const last = book.turnout?.figures;
  if (!last) return;
  yield* compareElectors("electors-jump", t("前回の報告"), last.electors, figures.electors);
  if (correcting || totalPeople(figures.electors) < FROM_ELECTORS) return;
  const [before, now] = [totalRate(last), totalRate(figures)];
  if (now - before > (final ? 5000 : 3000)) {
    yield warning(
      "turnout-jump",
      "voters/male",
      t`投票率が前回の${percent(before)}％から${percent(now)}％に急に上がっています。桁と欄を確かめてください。`,
    );
  }
}

/**
 * @param {People} before
 * @param {People} now
 */
function areExchanged(before, now) {
  const asStated = Math.abs(now.male - before.male) + Math.abs(now.female - before.female);
  const exchanged = Math.abs(now.male - before.female) + Math.abs(now.female - before.male);
  return exchanged * 4 < asStated;
}

/**
 * @param {string} code
 * @param {string} other
 * @param {People} before
 * @param {People} now
 */
function* compareElectors(code, other, before, now) {
  const [then, total] = [totalPeople(before), totalPeople(now)];
  if (Math.abs(total - then) * 100 > Math.max(total, then) * 5) {
    yield warning(
      code,
      "electors/male",
      t`有権者数${formatFigure(total)}が${other}の${formatFigure(then)}と5%を超えて違います。桁を確かめてください。`,
    );
  } else if (areExchanged(before, now)) {
    yield warning(
      "sexes-exchanged",
      "electors/male",
      t`有権者数の男女が${other}と入れ違っているようです。男女の欄を確かめてください。`,
    );
  }
}

/**
 * @param {CountBook} book
 * @param {TurnoutFigures} figures
 * @param {{ final: boolean }} about
 */
function* compareWithOthers(book, figures, { final }) {
  for (const other of book.other_turnouts ?? []) {
    if (other.figures.estimated) continue;
    yield* compareElectors("electors-unlike-other-contest", other.name, other.figures.electors, figures.electors);
    if (!final || !other.final) continue;
    if (areExchanged(other.figures.voters, figures.voters)) {
      yield warning(
        "sexes-exchanged",
        "voters/male",
        t`投票者数の男女が${other.name}と入れ違っているようです。男女の欄を確かめてください。`,
      );
    }
    const [before, now] = [totalRate(other.figures), totalRate(figures)];
    const electors = Math.min(totalPeople(figures.electors), totalPeople(other.figures.electors));
    if (electors >= FROM_ELECTORS && Math.abs(now - before) > 1000) {
      yield warning(
        "turnout-unlike-other-contest",
        "voters/male",
        t`投票率${percent(now)}％が、${other.name}の${percent(before)}％と10ポイントを超えて違います。投票者数と有権者数を確かめてください。`,
      );
    }
  }
}

/**
 * @param {CountBook} book
 * @param {TurnoutFigures} figures
 * @param {{ final: boolean }} about
 */
function* compareWithSheet(book, figures, { final }) {
  const sheet = book.last?.tally;
  if (!sheet) return;
  const voters = totalPeople(figures.voters);
  if (final && sheet.voters !== undefined && sheet.voters !== voters) {
    yield warning(
      "voters-differ-from-turnout",
      "voters/male",
      t`投票者数${formatFigure(voters)}が、開票報告の投票者数${formatFigure(sheet.voters)}と違います。`,
    );
  }
  if (final && sheet.voters === undefined && sheet.ballots > voters) {
    yield warning(
      "voters-beyond-turnout",
      "voters/male",
      t`開票報告の投票総数${formatFigure(sheet.ballots)}が、投票者数${formatFigure(voters)}を超えています。`,
    );
  }
}

/**
 * @param {CountBook} book
 * @param {TurnoutFigures} figures
 * @param {{ final: boolean }} about
 */
function* compareWithLastElection(book, figures, { final }) {
  if (!final || book.last_rate === undefined || totalPeople(figures.electors) < FROM_ELECTORS) return;
  const now = totalRate(figures);
  if (Math.abs(now - book.last_rate) > 2000) {
    yield warning(
      "turnout-unlike-last-election",
      "voters/male",
      t`投票率${percent(now)}％が、前回の選挙の都道府県の投票率${percent(book.last_rate)}％と20ポイントを超えて違います。投票者数と有権者数を確かめてください。`,
    );
  }
}
