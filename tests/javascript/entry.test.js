import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/page.js";

const { bundleSize, countBundles } = await import("../../api/web/static/centre/bundles.js");
const { checkWord } = await import("../../api/web/static/centre/check_word.js");
const { carry } = await import("../../api/web/static/centre/entry_options.js");
const { differingFigures } = await import("../../api/web/static/centre/other_report.js");
const { askedFields, beginPartial, endPartial, entryTexts, findCell, rememberAsked } = await import(
  "../../api/web/static/centre/partial_entry.js"
);
const { tallyForm } = await import("../../api/web/static/centre/tally_form.js");
const { turnoutForm } = await import("../../api/web/static/centre/turnout_form.js");
const { openDraft } = await import("../../api/web/static/shared/drafts.js");
const { nextCount } = await import("../../api/web/static/shared/sending/next_sheet.js");

const TALLY = {
  votes: { a: 350_500, b: 239_500 },
  cut: 0,
  nobody: 0,
  valid: 590,
  invalid: 10,
  ballots: 600,
  taken_away: 0,
  rejected: 0,
  voters: 600,
  pools_unstated: "内訳なし",
};
const BOOK = {
  contest: "d1",
  unit: "13101",
  kind: "house-district",
  ballot: [
    { id: "a", name: "青木　一郎", number: 1 },
    { id: "b", name: "赤井　花子", number: 3 },
  ],
  ballot_sha256: "00",
  takes_pools: true,
  last: { report: 2, final: true, as_of: "2026-11-29T22:00:00+09:00", tally: TALLY },
};
const correction = () => {
  const draft = { mode: "correct", final: true, as_of: "2026-11-29T23:00:00+09:00", first: {}, second: {}, reason: "" };
  beginPartial(tallyForm, BOOK, draft);
  return draft;
};
const entry = (draft, which) => tallyForm.check(BOOK, draft, entryTexts(tallyForm, BOOK, draft, which));

test("a correction of cells is the last report with what was typed", () => {
  const draft = correction();
  draft.first = { "votes/a": "340.5", "votes/b": "249.5", cut: " " };
  const { values, errors } = entry(draft, "first");
  assert.deepEqual(errors, {});
  const { tally, supersedes } = tallyForm.command(BOOK, draft, values);
  assert.deepEqual(tally, { ...TALLY, votes: { a: 340_500, b: 249_500 } });
  assert.equal(supersedes, 2);
});

test("sums follow from cells where that was asked for, and a sum that was typed stays", () => {
  const draft = correction();
  draft.first = { "votes/a": "360.5" };
  assert.deepEqual(Object.keys(entry(draft, "first").errors), ["valid"]);
  draft.sums = true;
  const { values, errors } = entry(draft, "first");
  assert.deepEqual(errors, {});
  assert.deepEqual([values.valid, values.ballots, values.voters], [600, 610, 610]);
  draft.first.ballots = "611";
  assert.match(entry(draft, "first").errors.ballots, /611.*610/);
  draft.first = { "votes/a": "360" };
  assert.ok(entry(draft, "first").errors.valid);
});

test("the second person is asked for the cells that the first one changed, and for no other", () => {
  const draft = correction();
  draft.first = { "votes/b": "249.5", "votes/a": "", valid: "600" };
  rememberAsked(draft);
  const asked = askedFields(tallyForm.fields(BOOK, draft), draft, "second").map(({ id }) => id);
  assert.deepEqual(asked, ["votes/b", "valid"]);
  endPartial(draft);
  assert.equal(askedFields(tallyForm.fields(BOOK, draft), draft, "second").length, 22);
  assert.deepEqual(entryTexts(tallyForm, BOOK, draft, "first"), draft.first);
});

test("a correction of cells keeps the pools as they were typed", () => {
  const pools = [
    {
      name: "あお",
      ballots: 7,
      sharers: [
        { option: "a", own: 0, share: 0 },
        { option: "p", own: 5_000, share: 7_000 },
      ],
    },
  ];
  const book = {
    ...BOOK,
    pool_members: [{ id: "p", name: "党", list_id: "b" }],
    last: { ...BOOK.last, tally: { ...TALLY, votes: { a: 350_000, b: 240_000 }, pools } },
  };
  const draft = { ...correction(), pools: [], first: { "pool/6c0f/a+b": "3", "votes/a": "1" } };
  beginPartial(tallyForm, book, draft);
  assert.deepEqual(draft.first, { "votes/a": "1" });
  assert.equal(draft.base.texts["pool/3042-304a/a+p"], "7");
  assert.equal(draft.base.texts["own/p"], "5");
  assert.equal(draft.base.texts["votes/b"], "233");
});

test("a cell is found by 届出番号 or by its letter", () => {
  const fields = tallyForm.fields(BOOK, { final: true });
  assert.equal(findCell(fields, " ３ ")?.id, "votes/b");
  assert.equal(findCell(fields, "d")?.id, "valid");
  for (const typed of ["", "2", "Z", "01"]) assert.equal(findCell(fields, typed), undefined, typed);
});

test("bundles are ballots, and nothing else is guessed to be bundles", () => {
  assert.equal(countBundles("7+123", 500), "3623");
  assert.equal(countBundles("７＋", 500), "3500");
  assert.equal(countBundles("0+12", 100), "12");
  for (const typed of ["3623", "7*5", "+5", "1.5+2", "-1+2", ""]) assert.equal(countBundles(typed, 500), typed);
  assert.equal(countBundles("7+123", undefined), "7+123");
});

test("the same sheet has the same check word on any screen, another sheet another one", async () => {
  const about = { contest: "d1", unit: "13101", final: true, as_of: "2026-11-29T22:00:00+09:00" };
  const fields = tallyForm.fields(BOOK, { final: true });
  const { values } = tallyForm.check(
    BOOK,
    { final: true },
    {
      ...{ "votes/a": "350", "votes/b": "240", valid: "590", invalid: "10", ballots: "600", voters: "600" },
    },
  );
  const found = await checkWord(about, fields, values);
  assert.deepEqual(found, { word: "マラセヒ", spelled: "マッチのマ・ラジオのラ・世界のセ・飛行機のヒ" });
  const { ROMAJI, SPELLED } = await import("../../api/web/static/shared/spelling_alphabet.js");
  assert.equal(new Set(SPELLED.map((each) => each.slice(-1))).size, 44);
  assert.equal(new Set(ROMAJI).size, 44);
  // What is 0 without having to be typed is the same; so is the moment in another spelling.
  const same = await checkWord({ ...about, as_of: "2026-11-29T13:00:00Z" }, fields, { ...values, taken_away: 0 });
  assert.deepEqual(same, found);
  for (const other of [{ final: false }, { unit: "13102" }, { contest: "d2" }, { as_of: "2026-11-29T22:30:00+09:00" }])
    assert.notEqual((await checkWord({ ...about, ...other }, fields, values)).word, found.word);
  const swapped = { ...values, "votes/a": values["votes/b"], "votes/b": values["votes/a"] };
  assert.notEqual((await checkWord(about, fields, swapped)).word, found.word);
});

test("a device with other figures is told which ones, and of no field that it left blank", () => {
  const fields = tallyForm.fields(BOOK, { final: true });
  const here = { "votes/a": 350_000, valid: 590, taken_away: 0 };
  const there = { "votes/a": 351_000, "votes/b": 1_000, valid: 590, ballots: 600 };
  assert.deepEqual(
    differingFigures(fields, here, there).map(({ id }) => id),
    ["votes/a"],
  );
});

test("electors are carried over from this contest, offered from another one, never from an estimate", async () => {
  const figures = { electors: { male: 500, female: 520 }, voters: { male: 1, female: 2 } };
  const book = {
    ...BOOK,
    contest: "c2",
    turnout: { report: 3, final: false, as_of: "", figures },
    other_turnouts: [
      { name: "市長", final: true, figures },
      { name: "知事", final: false, figures },
      { name: "推計", final: true, figures: { ...figures, estimated: true } },
    ],
  };
  const draft = await openDraft(turnoutForm, book);
  assert.deepEqual(draft.first, { "electors/male": "500", "electors/female": "520" });
  assert.deepEqual(draft.carried["electors/male"], { text: "500", from: "第2報" });
  assert.deepEqual(
    turnoutForm.carried(book).map(({ from, isSame }) => [from, isSame]),
    [
      ["第2報", true],
      ["市長", false],
    ],
  );
  assert.deepEqual((await openDraft(turnoutForm, { ...book, turnout: null, contest: "c3" })).first, {});
  carry(draft, "市長", { "electors/male": "501" });
  assert.equal(draft.first["electors/male"], "501");
  assert.equal(draft.carried["electors/male"].from, "市長");
});

test("the next sheet is the same contest in the unit that follows, then whatever is left", () => {
  const count = (unit, contest, more = {}) => ({ unit, contest, name: contest, state: "none", ...more });
  const units = [
    { code: "1", name: "一", counts: [count("1", "x"), count("1", "y")] },
    { code: "2", name: "二", counts: [count("2", "x", { last: { final: true } }), count("2", "y")] },
    { code: "3", name: "三", counts: [count("3", "x"), count("3", "z", { uncontested: true })] },
  ];
  const next = (contest, unit, waiting = []) => {
    const found = nextCount({ units }, { form: "tally", contest, unit }, waiting);
    return found && [found.contest, found.unit_name];
  };
  assert.deepEqual(next("x", "1"), ["x", "三"]);
  assert.deepEqual(next("x", "1", [{ form: "tally", contest: "x", unit: "3" }]), ["y", "一"]);
  assert.deepEqual(next("y", "2"), ["y", "一"]);
  assert.equal(nextCount({ units: [] }, { form: "tally", contest: "x", unit: "1" }, []), null);
});

test("a bundle has as many ballots as somebody types in whatever width, or none", () => {
  assert.deepEqual(["100", "５００", "1,000"].map(bundleSize), [100, 500, 1000]);
  for (const typed of ["", "0", "-5", "x", "2.5"]) assert.equal(bundleSize(typed), undefined);
});
