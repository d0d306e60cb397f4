// The same bounds as those of aggregates/counting/turnout_checks.py, at and beyond each.
import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/page.js";

const { turnoutWarnings } = await import("../../api/web/static/centre/turnout_comparison.js");

const FINAL = { final: true, correcting: false };
const INTERIM = { final: false, correcting: false };
const people = (male, female) => ({ male, female });
const figures = (electors, voters) => ({ electors: people(...electors), voters: people(...voters) });
const HALF = figures([1000, 1000], [500, 500]);
const codes = (book, typed, about = FINAL) => turnoutWarnings(book, typed, about).map((each) => each.code);

/** What warns one step beyond its bound, and what is silent at it: book, typed, about. */
const BOUNDS = {
  "turnout-high": [
    [{}, figures([1000, 1000], [949, 950]), INTERIM],
    [{}, figures([1000, 1000], [950, 950]), INTERIM],
  ],
  "turnout-by-sex-apart": [
    [{}, figures([1000, 1000], [500, 650]), FINAL],
    [{}, figures([1000, 1000], [500, 651]), FINAL],
  ],
  "electors-jump": [
    [{ turnout: { figures: HALF } }, figures([1000, 900], [475, 475]), FINAL],
    [{ turnout: { figures: HALF } }, figures([1000, 899], [475, 475]), FINAL],
  ],
  "turnout-jump": [
    [{ turnout: { figures: figures([1000, 1000], [100, 100]) } }, figures([1000, 1000], [400, 400]), INTERIM],
    [{ turnout: { figures: figures([1000, 1000], [100, 100]) } }, figures([1000, 1000], [401, 400]), INTERIM],
  ],
  "electors-unlike-other-contest": [
    [{ other_turnouts: [{ name: "比例", final: false, figures: HALF }] }, figures([1000, 900], [475, 475]), FINAL],
    [{ other_turnouts: [{ name: "比例", final: false, figures: HALF }] }, figures([1000, 899], [475, 475]), FINAL],
  ],
  "turnout-unlike-other-contest": [
    [{ other_turnouts: [{ name: "比例", final: true, figures: HALF }] }, figures([1000, 1000], [600, 600]), FINAL],
    [{ other_turnouts: [{ name: "比例", final: true, figures: HALF }] }, figures([1000, 1000], [601, 600]), FINAL],
  ],
  "turnout-unlike-last-election": [
    [{ last_rate: 3000 }, HALF, FINAL],
    [{ last_rate: 2999 }, HALF, FINAL],
  ],
  "voters-differ-from-turnout": [
    [{ last: { tally: { voters: 1000, ballots: 990 } } }, HALF, FINAL],
    [{ last: { tally: { voters: 1001, ballots: 990 } } }, HALF, FINAL],
  ],
  "voters-beyond-turnout": [
    [{ last: { tally: { ballots: 1000 } } }, HALF, FINAL],
    [{ last: { tally: { ballots: 1001 } } }, HALF, FINAL],
  ],
};

for (const [code, [within, beyond]] of Object.entries(BOUNDS)) {
  test(`${code} warns beyond its bound and not at it`, () => {
    assert.deepEqual(codes(...within), []);
    assert.deepEqual(codes(...beyond), [code]);
  });
}

test("sexes are exchanged when they fit four times as well the other way round", () => {
  const book = { turnout: { figures: figures([1200, 800], [600, 400]) } };
  assert.deepEqual(codes(book, figures([800, 1200], [400, 600])), ["sexes-exchanged"]);
  assert.deepEqual(codes(book, figures([880, 1120], [440, 560])), []);
  const others = [{ name: "比例", final: true, figures: figures([1000, 1000], [560, 440]) }];
  assert.deepEqual(codes({ other_turnouts: others }, figures([1000, 1000], [440, 560])), ["sexes-exchanged"]);
});

test("a small place has no rate, an unfinished report no final comparison", () => {
  assert.deepEqual(codes({ last_rate: 1000 }, figures([499, 500], [499, 500])), []);
  const other = [{ name: "比例", final: false, figures: HALF }];
  assert.deepEqual(codes({ other_turnouts: other }, figures([1000, 1000], [700, 700])), []);
  assert.deepEqual(codes({ last_rate: 1000 }, figures([1000, 1000], [600, 600]), INTERIM), []);
});

test("the end of the day may rise further, and a correction as far as it is right", () => {
  const book = { turnout: { figures: figures([1000, 1000], [100, 100]) } };
  assert.deepEqual(codes(book, figures([1000, 1000], [600, 600])), []);
  assert.deepEqual(codes(book, figures([1000, 1000], [601, 601])), ["turnout-jump"]);
  assert.deepEqual(codes(book, figures([1000, 1000], [601, 601]), { final: true, correcting: true }), []);
});

test("estimates are compared with nothing, and nothing is compared without electors", () => {
  const spread = { ...figures([5000, 5000], [1, 1]), estimated: true };
  assert.deepEqual(codes({ other_turnouts: [{ name: "比例", final: true, figures: spread }] }, HALF), []);
  assert.deepEqual(codes({ last_rate: 9000 }, figures([0, 0], [0, 0])), []);
});
