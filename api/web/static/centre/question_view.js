// Asked before final figures are sent: what is unlike the other units of the contest. Never blocks:
// without a connection, or where nobody answers in time, nothing is asked.
import { el, fill, labelledField, showFieldError } from "../shared/dom.js";
import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { officeData } from "../shared/office_data.js";
import { sessionHeaders } from "../shared/signing/office_session.js";
import { dividePools } from "./ballot_pools.js";

const WAIT_MS = 4000;

/** @type {{ key: string, asked: Promise<AskedQuestions | null>, isUnanswered: boolean }} */
let latest = { key: "", asked: Promise.resolve(null), isUnanswered: true };

/**
 * What the server asks of these figures; null where it could not be asked in time.
 *
 * @param {CountBook} book
 * @param {Command} command
 * @param {boolean} [isLook] Whether the sheet is looked at again: what went unanswered is asked again.
 * @returns {Promise<AskedQuestions | null>}
 */
export function askQuestions(book, command, isLook = false) {
  if (!command.final) return Promise.resolve({ questions: [], compared: 0 });
  const figures = command.tally ? { tally: dividePools(book, command.tally) } : { turnout: command.figures };
  const body = JSON.stringify([{ unit: book.unit, ...figures }]);
  const key = `${book.contest} ${body}`;
  if (latest.key !== key || (isLook && latest.isUnanswered)) {
    const made = { key, asked: readQuestions(book, body), isUnanswered: false };
    made.asked.then((found) => {
      made.isUnanswered = !found;
    });
    latest = made;
  }
  return latest.asked;
}

/**
 * @param {CountBook} book
 * @param {string} body
 * @returns {Promise<AskedQuestions | null>}
 */
async function readQuestions({ contest, unit }, body) {
  try {
    const answer = await fetch(`/centre/data/questions?contest=${encodeURIComponent(contest)}`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...(await sessionHeaders()) },
      credentials: "omit",
      signal: AbortSignal.timeout(WAIT_MS),
    });
    if (!answer.ok) return null;
    const { questions, compared } = await answer.json();
    return { questions, compared: compared[unit] ?? 0 };
  } catch {
    return null;
  }
}

/**
 * The place of the questions in the review, filled when they are known.
 *
 * @param {ReportFlow} flow
 * @param {Command} command
 */
export function questionPart(flow, command) {
  const place = el("div", { id: "questions", role: "status" });
  if (!command.final) return place;
  fill(place, el("p", { class: "small" }, t("ほかの開票区と比べています…")));
  askQuestions(flow.book, command, true).then((asked) => fill(place, questionList(flow, asked)));
  return place;
}

/**
 * @param {ReportFlow} flow
 * @param {AskedQuestions | null} asked
 */
function questionList({ book, draft, changed }, asked) {
  if (!asked) return el("p", { class: "small" }, t("サーバーにつながらないため、ほかの開票区とは比べていません。"));
  const { questions, compared } = asked;
  if (!questions.length)
    return el(
      "p",
      { class: "small" },
      compared
        ? t`ほかの${formatFigure(compared)}開票区の確定と比べました。照会はありません。`
        : t("ほかの開票区の確定がまだないため、比べていません。"),
    );
  return el(
    "div",
    { class: "notice notice-warning" },
    el("h2", { class: "plain" }, t("ほかの開票区と違います。用紙を見直してください")),
    questions.map((question) => {
      const name = answerName(question);
      const area = el("textarea", {
        rows: "2",
        maxlength: "2000",
        value: draft.answers?.[name] ?? "",
        on: {
          input: (event) => {
            draft.answers = { ...draft.answers, [name]: event.target.value };
            showFieldError(name, "");
            changed();
          },
        },
      });
      return labelledField(name, questionSentence(book, question), area, {
        hint: t("正しければ、確かめた内容を書いてください（必須・公開されます）。氏名は書かないでください。"),
      });
    }),
  );
}

/**
 * Where an answer is kept: it is about these very figures, no others.
 *
 * @param {Question} question
 */
export const answerName = ({ code, options, now }) => ["answer", code, ...options, now].join("/");

/**
 * @param {CountBook} book
 * @param {Question} question
 */
function questionSentence(book, { code, options, before, now }) {
  const [one = "", other = ""] = options.map((id) => book.ballot.find((line) => line.id === id)?.name ?? id);
  const [usual, here] = [before, now].map((votes) => formatFigure(votes, { votes: true }));
  /** @param {number} rate */
  const percent = (rate) => (rate / 100).toFixed(2);
  switch (code) {
    case "unlike-others-exchange":
      return t`${one}（${here}票）と${other}（${usual}票）を取り違えていませんか。ほかの開票区では、多いほうと少ないほうが逆です。`;
    case "unlike-others-shift":
      return t`${one}から${other}までの得票が、一行ずれていませんか。ほかの開票区と割合が違います。`;
    case "unlike-others-zero":
      return t`${one}の得票が${here}票です。ほかの開票区の割合からは、およそ${usual}票です。書き落としていませんか。`;
    case "unlike-others-digit":
      return t`${one}の得票${here}票は、桁が違いませんか。ほかの開票区の割合からは、およそ${usual}票です。`;
    default:
      return t`投票率${percent(now)}％は、ほかの開票区（中央の値${percent(before)}％）と大きく違います。投票者数と有権者数に誤りはありませんか。`;
  }
}

/**
 * Questions without an answer: field -> sentence.
 *
 * @param {Draft} draft
 * @param {AskedQuestions | null} asked
 */
export function unansweredQuestions(draft, asked) {
  /** @type {FieldErrors} */
  const errors = {};
  for (const name of asked?.questions.map(answerName) ?? [])
    if (!draft.answers?.[name]?.trim()) errors[name] = t("照会に答えてください。");
  return errors;
}

/**
 * A command with what was asked and answered; older logs have it in the remark.
 *
 * @param {Command} command
 * @param {Draft} draft
 * @param {AskedQuestions | null} asked
 * @returns {Command}
 */
export function withAnswers(command, draft, asked) {
  const answers = (asked?.questions ?? []).map((question) => ({
    code: question.code,
    ...(question.options.length ? { option: question.options[0] } : {}),
    ...(question.before ? { before: question.before } : {}),
    ...(question.now ? { now: question.now } : {}),
    answer: draft.answers?.[answerName(question)]?.trim() ?? "",
  }));
  if (!answers.length) return command;
  if (officeData()?.workbook.takes_answers) return { ...command, answers };
  const field = command.reason === undefined ? "remark" : "reason";
  return { ...command, [field]: [command[field], ...answers.map((each) => each.answer)].filter(Boolean).join("　") };
}
