// The form of a turnout report (投票状況), by sex.

import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { readFields } from "./tally_sheet.js";
import { turnoutWarnings } from "./turnout_comparison.js";

/** @type {[string, string, boolean][]} */
const LINES = [
  ["electors", t("当日有権者数（在外を含む）"), true],
  ["voters", t("投票者数（在外を含む）"), true],
  ["overseas_electors", t("うち在外の有権者数"), false],
  ["overseas_voters", t("うち在外の投票者数"), false],
];
const SEXES = [
  ["male", t("男")],
  ["female", t("女")],
];
const METHODS = [
  ["on_the_day", t("当日投票")],
  ["early", t("期日前投票")],
  ["absentee", t("不在者投票")],
];

/** @type {Field[]} */
const FIELDS = [
  ...LINES.flatMap(([id, label, required]) =>
    SEXES.map(([sex, word]) => ({
      id: `${id}/${sex}`,
      label: `${label}　${word}`,
      group: "ballot",
      required,
      people: true,
    })),
  ),
  ...METHODS.map(([id, label]) => ({ id: `by_method/${id}`, label, group: "totals", note: t("確定時・任意") })),
];

/**
 * @param {FieldValues} values
 * @param {string} name
 */
const bothSexes = (values, name) => (values[`${name}/male`] ?? 0) + (values[`${name}/female`] ?? 0);
/**
 * @param {FieldValues} values
 * @param {string} name
 */
const figuresBySex = (values, name) => ({ male: values[`${name}/male`] ?? 0, female: values[`${name}/female`] ?? 0 });
/** @param {FieldValues} values */
const methodFigures = (values) => METHODS.map(([id]) => values[`by_method/${id}`]);

/** @param {FieldValues} values */
function buildFigures(values) {
  /** @type {TurnoutFigures} */
  const figures = { electors: figuresBySex(values, "electors"), voters: figuresBySex(values, "voters") };
  for (const name of /** @type {const} */ (["overseas_electors", "overseas_voters"])) {
    if (bothSexes(values, name)) figures[name] = figuresBySex(values, name);
  }
  if (methodFigures(values).some((value) => value !== undefined)) {
    figures.by_method = Object.fromEntries(METHODS.map(([id]) => [id, values[`by_method/${id}`] ?? 0]));
  }
  return figures;
}

/** @param {TurnoutFigures} figures */
function figureValues(figures) {
  /** @type {FieldValues} */
  const values = {};
  for (const [name, people] of Object.entries(figures)) {
    if (people !== null && typeof people === "object") {
      for (const [part, value] of Object.entries(people)) values[`${name}/${part}`] = value;
    }
  }
  return values;
}

/** @param {FieldValues} values */
function* findImpossible(values) {
  const pairs = [
    ["voters", "electors", t("投票者数"), t("有権者数")],
    ["overseas_voters", "overseas_electors", t("在外の投票者数"), t("在外の有権者数")],
    ["overseas_electors", "electors", t("在外の有権者数"), t("有権者数")],
    ["overseas_voters", "voters", t("在外の投票者数"), t("投票者数")],
  ];
  for (const [some, whole, someWord, wholeWord] of pairs) {
    for (const [sex, word] of SEXES) {
      const part = values[`${some}/${sex}`] ?? 0;
      const all = values[`${whole}/${sex}`] ?? 0;
      if (part > all)
        yield [
          `${some}/${sex}`,
          t`${someWord}（${word}）${formatFigure(part)}が${wholeWord}${formatFigure(all)}を超えています。確かめて直してください。`,
        ];
    }
  }
}

/**
 * @param {CountBook} _book
 * @param {FieldValues} values
 * @returns {Identity[]}
 */
function identities(_book, values) {
  const parts = methodFigures(values);
  if (parts.every((part) => part === undefined)) return [];
  const computed = parts.reduce((total, part) => total + (part ?? 0), 0);
  const stated = bothSexes(values, "voters");
  const state = computed === stated ? "true" : "false";
  return [
    {
      id: "methods",
      text: t("投票者数 ＝ 当日 ＋ 期日前 ＋ 不在者"),
      field: "by_method/on_the_day",
      how: {},
      stated,
      computed,
      difference: stated - computed,
      state,
      sentence:
        state === "true"
          ? ""
          : t`当日・期日前・不在者の合計${formatFigure(computed)}が投票者数${formatFigure(stated)}と一致しません。内訳を確かめてください。`,
    },
  ];
}

/**
 * Electors that this unit reported before: of this contest at another hour, finally of another one.
 * Estimates are nobody's report.
 *
 * @param {CountBook} book
 * @returns {CarriedFigures[]}
 */
function carriedElectors({ turnout, other_turnouts }) {
  /**
   * @param {TurnoutFigures} figures
   * @returns {FieldTexts}
   */
  const texts = ({ electors }) => ({
    "electors/male": String(electors.male),
    "electors/female": String(electors.female),
  });
  const others = (other_turnouts ?? []).filter(({ final, figures }) => final && !figures.estimated);
  return [
    ...(turnout && !turnout.figures.estimated
      ? [{ from: t`第${formatFigure(turnout.report - 1)}報`, isSame: true, texts: texts(turnout.figures) }]
      : []),
    ...others.map(({ name, figures }) => ({ from: name, isSame: false, texts: texts(figures) })),
  ];
}

/** @type {ReportForm} */
export const turnoutForm = {
  name: "turnout",
  title: t("投票状況"),
  isTwice: false,
  stages: [
    ["interim", t("途中（当日投票のみ）")],
    ["final", t("確定（期日前・不在者を含む）")],
  ],
  fields: () => FIELDS,
  last: (book) => (book.turnout ? { ...book.turnout, values: figureValues(book.turnout.figures) } : null),
  carried: carriedElectors,
  identities,

  /**
   * @param {CountBook} book
   * @param {Draft} draft
   * @param {FieldTexts} typed
   */
  check(book, draft, typed) {
    const { values, errors } = readFields(FIELDS, typed);
    for (const [id, sentence] of findImpossible(values)) errors[id] ??= sentence;
    for (const each of identities(book, values)) if (each.state === "false") errors[each.field] ??= each.sentence;
    const before = this.last(book)?.values;
    for (const [sex, word] of draft.mode === "correct" ? [] : SEXES) {
      const id = `voters/${sex}`;
      const [now, then] = [values[id], before?.[id]];
      if (now !== undefined && then !== undefined && now < then) {
        errors[id] ??=
          t`投票者数（${word}）が前回の${formatFigure(then)}から${formatFigure(now)}に減っています。前回が誤りなら「前の報告の訂正」を選んでください。`;
      }
    }
    return { values, errors };
  },

  warnings: (book, values, draft) =>
    turnoutWarnings(book, buildFigures(values), { final: draft.final, correcting: draft.mode === "correct" }),

  /**
   * @param {CountBook} book
   * @param {Draft} draft
   * @param {FieldValues} values
   */
  command(book, draft, values) {
    const common = {
      contest: book.contest,
      unit: book.unit,
      as_of: draft.as_of,
      final: draft.final,
      figures: buildFigures(values),
    };
    if (draft.mode === "correct") {
      return { command: "correct-turnout", ...common, reason: draft.reason, supersedes: book.turnout?.report };
    }
    return { command: "report-turnout", ...common, ...(draft.remark ? { remark: draft.remark } : {}) };
  },
};
