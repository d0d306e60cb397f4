import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/page.js";

const { differingFields, foreseeRefusals, warnings } = await import("../../api/web/static/centre/comparison.js");
const { buildTally, identities, readFields, sheetFields, tallyValues } = await import(
  "../../api/web/static/centre/tally_sheet.js"
);
const { tallyForm } = await import("../../api/web/static/centre/tally_form.js");
const { turnoutForm } = await import("../../api/web/static/centre/turnout_form.js");
const { readFigure } = await import("../../api/web/static/shared/figures.js");
const { decodeText, fillFields, parseRows } = await import("../../api/web/static/centre/spreadsheet_rows.js");

const BOOK = {
  contest: "d1",
  unit: "13101",
  kind: "house-district",
  ballot: [
    { id: "a", name: "青木　一郎" },
    { id: "b", name: "赤井　花子" },
  ],
  ballot_sha256: "00",
};
const TYPED = {
  "votes/a": "357.5",
  "votes/b": "232",
  cut: "0.5",
  nobody: "0",
  valid: "590",
  invalid: "10",
  ballots: "600",
  taken_away: "-1",
  rejected: "0",
  voters: "599",
};
const DRAFT = {
  mode: "post",
  final: true,
  as_of: "2026-11-29T21:00:00+09:00",
  ballot_sha256: "00",
  remark: "",
  reason: "",
};
const codes = (book, values) => warnings(book, buildTally(book, values), { final: true }).map(({ code }) => code);
const read = (typed) => readFields(sheetFields(BOOK, { final: true }), typed).values;

test("figures are read as people write them, and never guessed", () => {
  const cases = { "１，２３４": 1234, "1,234票": 1234, " 12 ": 12, "": undefined };
  for (const [typed, value] of Object.entries(cases)) assert.equal(readFigure(typed).value, value, typed);
  assert.equal(readFigure("1234.567", { votes: true }).value, 1_234_567);
  assert.equal(readFigure("▲5", { negative: true }).value, -5);
  for (const typed of ["12,34", "十二", "1 2", "1.5", "-1", "①", "1e3", "9".repeat(14)]) {
    assert.ok(readFigure(typed).error, typed);
  }
  assert.ok(readFigure("0.1234", { votes: true }).error);
});

test("a sheet that balances is sent as it was typed", () => {
  const { values, errors } = tallyForm.check(BOOK, DRAFT, TYPED);
  assert.deepEqual(errors, {});
  const { tally } = tallyForm.command(BOOK, DRAFT, values);
  assert.deepEqual(tally, {
    votes: { a: 357_500, b: 232_000 },
    cut: 500,
    nobody: 0,
    valid: 590,
    invalid: 10,
    ballots: 600,
    taken_away: -1,
    rejected: 0,
    voters: 599,
  });
  assert.deepEqual(tallyValues(BOOK, tally), values);
});

test("what does not balance stands at its field, with both figures", () => {
  const { errors } = tallyForm.check(BOOK, DRAFT, { ...TYPED, ballots: "601" });
  assert.match(errors.ballots, /601.*600/);
  assert.match(errors.voters, /599.*600/);
});

test("an empty field is open, never zero", () => {
  const values = read({ ...TYPED, "votes/b": "" });
  assert.equal(identities(BOOK, values, { final: true })[0].state, "open");
  assert.ok(tallyForm.check(BOOK, DRAFT, { ...TYPED, "votes/b": "" }).errors["votes/b"]);
});

test("a judge's sheet counts whole ballots, and × and blank stay within the valid ones", () => {
  const book = { ...BOOK, kind: "kokumin-shinsa", is_review: true };
  const typed = { ...TYPED, "votes/a": "100", "no/a": "490", "votes/b": "200", "no/b": "391" };
  const found = tallyForm.check(book, DRAFT, typed);
  assert.deepEqual(Object.keys(found.errors), ["no/b"]);
  assert.equal(buildTally(book, found.values).votes.a, 100_000);
});

test("two entries differ where one has a figure and the other none", () => {
  const fields = [{ id: "x" }, { id: "y" }, { id: "z" }];
  assert.deepEqual(differingFields(fields, { x: 1, y: 2 }, { x: 1, y: 3, z: 0 }), [{ id: "y" }, { id: "z" }]);
  assert.deepEqual(differingFields(fields, { x: 0 }, { x: 0 }), []);
});

test("what looks wrong is warned of as the server would", () => {
  const last = { report: 2, final: false, tally: buildTally(BOOK, read({ ...TYPED, "votes/a": "400" })) };
  assert.deepEqual(codes({ ...BOOK, last }, read(TYPED)), ["taken-away-negative", "cut-many", "option-fell"]);
  const many = { ...TYPED, ballots: "1000", invalid: "151", taken_away: "20", voters: "1020" };
  assert.deepEqual(codes(BOOK, read(many)), ["taken-away-many", "cut-many", "invalid-rate-high"]);
  const turnout = {
    final: true,
    figures: { electors: { male: 500, female: 500 }, voters: { male: 300, female: 300 } },
  };
  assert.deepEqual(codes({ ...BOOK, turnout }, read(TYPED)), [
    "taken-away-negative",
    "cut-many",
    "voters-differ-from-turnout",
  ]);
});

test("without a number of voters nothing is said of ballots taken away", () => {
  assert.deepEqual(codes(BOOK, read({ ...TYPED, voters: "", taken_away: "20" })), ["cut-many"]);
});

test("what the server would refuse is seen before: fewer ballots than before, more than electors", () => {
  const tally = buildTally(BOOK, read(TYPED));
  const last = { tally: { ...tally, ballots: 601 } };
  assert.match(foreseeRefusals({ ...BOOK, last }, tally, { correcting: false }).ballots, /601.*600/);
  assert.deepEqual(foreseeRefusals({ ...BOOK, last }, tally, { correcting: true }), {});
  const turnout = { figures: { electors: { male: 300, female: 299 }, voters: { male: 1, female: 1 } } };
  assert.match(foreseeRefusals({ ...BOOK, turnout }, tally, { correcting: true }).ballots, /600.*599/);
});

test("turnout does not go backwards, and nobody votes who is no elector", () => {
  const typed = { "electors/male": "10", "electors/female": "20", "voters/male": "11", "voters/female": "5" };
  const turnout = {
    report: 1,
    final: false,
    figures: { electors: { male: 10, female: 20 }, voters: { male: 3, female: 6 } },
  };
  const { errors } = turnoutForm.check({ ...BOOK, turnout }, { ...DRAFT, final: false }, typed);
  assert.deepEqual(Object.keys(errors), ["voters/male", "voters/female"]);
  assert.deepEqual(turnoutForm.check({ ...BOOK, turnout: null }, DRAFT, { ...typed, "voters/male": "4" }).errors, {});
});

test("pasted rows go where their words say, and nothing is guessed", () => {
  const fields = sheetFields(BOOK, { final: true });
  const paste = (text) => fillFields(fields, parseRows(text, { isPasted: true }));
  assert.deepEqual(paste("赤井花子\t1,232\n青木 一郎\t357.5").filled, { "votes/b": "1,232", "votes/a": "357.5" });
  assert.deepEqual(paste("1,000\n2,000").filled, { "votes/a": "1,000", "votes/b": "2,000" });
  for (const text of ["赤井花子\t1\t2", "誰か\t5", "12\t5", "赤井花子\t#N/A"]) {
    const { filled, faults } = paste(text);
    assert.deepEqual([filled, faults.length], [{}, 1], text);
  }
  assert.deepEqual(parseRows('"a,""b""",2\r\nc,3\n\n'), [
    ['a,"b"', "2"],
    ["c", "3"],
  ]);
});

test("a text file is read whatever its encoding and separator, without what nobody sees", () => {
  const rows = [["青木　一郎", "1,984"]];
  const utf16 = (text) =>
    new Uint8Array([0xff, 0xfe, ...new Uint8Array(new Uint16Array([...text].map((c) => c.charCodeAt(0))).buffer)]);
  const utf8 = (text) => new TextEncoder().encode(text);
  for (const bytes of [
    utf16("青木　一郎\t1,984"),
    utf8('\uFEFF\uFEFF青木　一郎,"1,984"'),
    utf8("青木\u200b　一郎;1,984\n;\n"),
    new Uint8Array([0x90, 0xc2, 0x96, 0xd8, 0x81, 0x40, 0x88, 0xea, 0x98, 0x59, 0x09, 0x31, 0x2c, 0x39, 0x38, 0x34]),
  ])
    assert.deepEqual(parseRows(decodeText(bytes)), rows);
});
