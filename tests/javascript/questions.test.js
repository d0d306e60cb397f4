import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/page.js";

const { answerName, askQuestions, unansweredQuestions, withAnswers } = await import(
  "../../api/web/static/centre/question_view.js"
);
const { isMissing } = await import("../../api/web/static/control/contest_acts.js");

const BOOK = { contest: "d1", unit: "13101", ballot: [] };
const COMMAND = { final: true, figures: { voters: 1 } };
const ZERO = { code: "unlike-others-zero", options: ["a"], before: 90_000, now: 0 };
const asked = (...questions) => ({ questions, compared: 5 });

test("an answer is about the figures that were asked about, no others", () => {
  const draft = { answers: { [answerName(ZERO)]: "数え直した。" } };
  assert.deepEqual(unansweredQuestions(draft, asked(ZERO)), {});
  assert.deepEqual(unansweredQuestions(draft, asked({ ...ZERO, before: 91_000 })), {});

  const later = { ...ZERO, now: 2_000 };
  assert.deepEqual(Object.keys(unansweredQuestions(draft, asked(later))), [answerName(later)]);
  const { remark } = withAnswers(COMMAND, draft, asked(ZERO));
  assert.equal(remark, "数え直した。");
});

test("what went unanswered is asked again when the sheet is looked at again, not at sending", async () => {
  const answers = [null, { questions: [ZERO], compared: { 13101: 5 } }];
  let many = 0;
  globalThis.fetch = async () => {
    const found = answers[many++];
    if (!found) throw new TypeError("no connection");
    return new Response(JSON.stringify(found));
  };

  assert.equal(await askQuestions(BOOK, COMMAND, true), null);
  assert.equal(await askQuestions(BOOK, COMMAND), null);
  assert.deepEqual(await askQuestions(BOOK, COMMAND, true), asked(ZERO));
  assert.deepEqual(await askQuestions(BOOK, COMMAND, true), asked(ZERO));
  assert.equal(many, 2);
});

test("a field of a procedure goes with another: neither is left out", () => {
  const ballots = { id: "ballots", label: "", optional: true, goesWith: "unit" };
  assert.equal(isMissing(ballots, { unit: "13101", ballots: "" }), true);
  assert.equal(isMissing(ballots, { unit: "13101", ballots: "3" }), false);
  assert.equal(isMissing(ballots, { unit: "", ballots: "" }), false);
  assert.equal(isMissing({ id: "unit", label: "" }, { unit: "" }), true);
});
