// What an office can ask for about a contest besides its counts: who is gone, who moves up, what was registered wrongly.

import { t } from "../shared/language.js";
import { REGISTER_ACTS } from "./register_acts.js";

/** @type {[string, string][]} */
const WITHDRAWALS = [
  ["withdrawn", t("辞退・取下げ")],
  ["died", t("死亡")],
  ["dismissed", t("却下・除名")],
];
/** @type {[string, string][]} */
const DEPARTURES = [
  ["died", t("死亡")],
  ["ineligible", t("被選挙権の喪失・失格")],
  ["resigned", t("辞職")],
  ["void", t("当選無効")],
  ["party-changed", t("所属政党の変更")],
];
/** @type {[string, string][]} */
const STAGES = [
  ["before-office", t("就任前")],
  ["election-crime", t("選挙犯罪による当選無効")],
  ["in-term", t("任期中")],
];
/** @type {[string, string][]} */
const GROUNDS = [
  ["objection", t("異議の申出に対する決定")],
  ["review", t("審査の申立てに対する裁決")],
  ["judgment", t("判決")],
];
const LOT_MAX = 6;

/**
 * Who stands, of some roles or of all: [id, name].
 *
 * @param {ContestActs} about
 * @param {string[]} roles
 * @returns {[string, string][]}
 */
const standing = ({ people, withdrawn }, ...roles) =>
  people
    .filter((each) => !withdrawn.includes(each.id) && (!roles.length || roles.includes(each.role)))
    .map((each) => [each.id, each.of_list ? t`${each.name}（${each.of_list}）` : each.name]);

/** @param {ContestActs} about */
const persons = (about) => standing(about, "candidate", "member", "justice");

/** Whether persons or lists stand, who can be gone. @param {ContestActs} about */
const isElection = ({ ballot }) => ballot !== "options";

/** @param {ContestActs} about */
const isCounting = ({ phase }) => phase !== "defined";

/** @param {ContestActs} about */
const isOpenForChanges = ({ phase }) => phase !== "closed";

/**
 * What replaces the registered entry of somebody whose name was wrong.
 *
 * @param {ContestActs} about
 * @param {ActValues} values
 */
function namedAnew(about, { person, name, kana }) {
  const changed = { name, ...(kana ? { kana } : {}) };
  const known = about.people.find((each) => each.id === person);
  const entry = about.registered.find((each) => each.id === (known?.of_list || person));
  if (known?.role === "list") return { command: "amend-list", party_list: { ...entry, name } };
  if (known?.role === "option") return { command: "amend-option", option: { ...entry, name } };
  if (known?.role === "justice") return { command: "amend-justice", justice: { ...entry, ...changed } };
  if (known?.role === "candidate") return { command: "amend-candidate", candidate: { ...entry, ...changed } };
  const members = entry?.members?.map((each) => (each.id === person ? { ...each, ...changed } : each));
  return { command: "amend-list", party_list: { ...entry, members } };
}

/**
 * The fields of a lot, for equals of whom one moves up.
 *
 * @param {ContestActs} about
 * @returns {ActField[]}
 */
const lotFields = (about) =>
  persons(about)
    .slice(0, LOT_MAX)
    .map((_, place) => ({
      id: `lot${place}`,
      label: t`くじの${place + 1}番目（得票が同じときだけ）`,
      options: persons(about),
      optional: true,
    }));

/**
 * The counting districts of a contest: [code, name].
 *
 * @param {ContestActs["contest"]} contest
 * @param {ContestActs["units"]} units
 * @returns {[string, string][]}
 */
const unitOptions = (contest, units) =>
  units.filter((each) => contest.units.includes(each.code)).map((each) => [each.code, t`${each.name}（${each.code}）`]);

/**
 * Whether a field has to be filled in and is not: what goes with another field, wherever that one is.
 *
 * @param {ActField} field
 * @param {Record<string, string>} values
 */
export const isMissing = ({ id, optional, goesWith }, values) =>
  !values[id] && (!optional || Boolean(goesWith && values[goesWith]));

/**
 * Every act, in the order of the form.
 *
 * @type {ContestAct[]}
 */
export const ACTS = [
  {
    id: "no-poll",
    word: t("投票を行わない旨の告示（無投票）"),
    isOpen: (about) => isElection(about) && about.phase === "defined" && !about.no_poll_announced,
    fields: () => [],
    make: (contest) => ({ command: "announce-no-poll", contest }),
  },
  {
    id: "withdraw",
    word: t("候補者の取下げ・除名（投票日より前）"),
    isOpen: (about) => isElection(about) && isOpenForChanges(about),
    fields: (about) => [
      {
        id: "option",
        label: t("候補者・名簿・裁判官"),
        options: standing(about, "candidate", "list", "member", "justice"),
      },
      { id: "cause", label: t("理由の種類"), options: WITHDRAWALS },
      { id: "day", label: t("候補者でなくなった日"), kind: "date", optional: !isCounting(about) },
    ],
    make: (contest, { day, ...values }) => ({
      command: "withdraw-candidate",
      contest,
      ...values,
      ...(day ? { day } : {}),
    }),
  },
  {
    id: "departure",
    word: t("選挙後の異動（死亡・辞職・失格）"),
    hint: t("投票日より後のことです。票も、有効投票も、法定得票数も変わりません。"),
    isOpen: (about) => isElection(about) && isCounting(about),
    fields: (about) => [
      { id: "person", label: t("だれ"), options: persons(about) },
      { id: "cause", label: t("理由の種類"), options: DEPARTURES },
      { id: "stage", label: t("いつの段階か"), options: STAGES },
      { id: "day", label: t("その日"), kind: "date" },
    ],
    needsTwo: () => true,
    reason: t("根拠"),
    make: (contest, values, reason) => ({ command: "record-departure", contest, ...values, reason }),
  },
  {
    id: "successor",
    word: t("繰上補充"),
    hint: t("法の定める者だけを記録できます。違うときは、だれかを知らせます。"),
    isOpen: ({ vacated }) => vacated.length > 0,
    fields: (about) => [
      {
        id: "departed",
        label: t("欠員となった当選人"),
        options: persons(about).filter(([id]) => about.vacated.includes(id)),
      },
      { id: "successor", label: t("繰上補充の当選人"), options: persons(about) },
      ...lotFields(about),
    ],
    needsTwo: () => true,
    reason: t("根拠"),
    make: (contest, { departed, successor, ...drawn }, reason) => {
      const order = Object.values(drawn).filter(Boolean);
      const lot = order.length ? { lot: { order, drawn_by: "選挙長" } } : {};
      return { command: "declare-successor", contest, departed, successor, reason, ...lot };
    },
  },
  {
    id: "set-aside",
    word: t("決定の取消し"),
    hint: t("異議、審査、裁判で決定が取り消されたときに記録します。新しい決定は後で記録します。"),
    isOpen: ({ declared }) => declared,
    fields: ({ contest, units }) => [
      { id: "ground", label: t("手続き"), options: GROUNDS },
      { id: "decision", label: t("決定・裁決・判決（機関、日付、番号）") },
      {
        id: "area",
        label: t("投票をやり直す開票区（選挙の一部が無効とされたときだけ）"),
        kind: "several",
        options: unitOptions(contest, units),
        optional: true,
      },
      {
        id: "hidden_unit",
        label: t("帰属の分からない無効票があった開票区（あるときだけ）"),
        options: unitOptions(contest, units),
        optional: true,
        goesWith: "hidden_ballots",
      },
      {
        id: "hidden_ballots",
        label: t("その無効票の数"),
        kind: "number",
        optional: true,
        goesWith: "hidden_unit",
      },
    ],
    needsTwo: () => true,
    reason: t("理由"),
    make: (contest, { area, hidden_unit, hidden_ballots, ...values }, reason) => ({
      command: "set-aside-declaration",
      contest,
      ...values,
      reason,
      ...(area ? { area: area.split(" ") } : {}),
      ...(hidden_unit ? { hidden_invalid: [{ unit: hidden_unit, ballots: Number(hidden_ballots) }] } : {}),
    }),
  },
  {
    id: "name",
    word: t("氏名・名称の補正"),
    hint: t("補正より前の報告は、開票所が訂正するか確認されるまで「要確認」になります。"),
    isOpen: (about) => isOpenForChanges(about) && (isElection(about) || about.has_own_options),
    fields: (about) => [
      { id: "person", label: t("候補者・名簿・裁判官・選択肢"), options: standing(about) },
      { id: "name", label: t("正しい氏名・名称") },
      { id: "kana", label: t("ふりがな（変わるときだけ）"), optional: true },
    ],
    needsTwo: isCounting,
    reason: t("補正の理由"),
    make: (contest, values, reason, about) => ({ ...namedAnew(about, values), contest, reason }),
  },
  {
    id: "order",
    word: t("用紙の順序の補正"),
    isOpen: isOpenForChanges,
    fields: (about) =>
      about.registered.map((_, place) => ({
        id: `place${place}`,
        label: t`${place + 1}番目`,
        options: about.registered.map((each) => [each.id, each.name]),
        value: about.registered[place]?.id,
      })),
    needsTwo: isCounting,
    reason: t("補正の理由"),
    make: (contest, values, reason) => ({ command: "reorder-ballot", contest, order: Object.values(values), reason }),
  },
  {
    id: "units",
    word: t("開票区の追加（分割・登録漏れ）"),
    hint: t("登録してから、「選挙の補正」でこの選挙に加えます。"),
    isOpen: ({ phase }) => phase === "counting",
    fields: () => [
      { id: "code", label: t("開票区のコード"), hint: t("13102.2 のように。市区町村の一部には番号を付けます。") },
      { id: "name", label: t("開票区の名前") },
    ],
    needsTwo: () => true,
    reason: t("追加の理由"),
    make: (_, values, reason, { contest }) => {
      const unit = { ...values, prefecture: contest.prefectures[0] ?? "", kind: "counting-district" };
      return { command: "add-units", units: [unit], reason };
    },
  },
  {
    id: "contest",
    word: t("選挙の補正（名称・定数・投票日・開票区）"),
    hint: t("外す開票区にすでに報告があるときは、その数字を使わないことも記録されます。"),
    isOpen: isOpenForChanges,
    fields: ({ contest, units }) => [
      { id: "name", label: t("名称"), value: contest.name },
      { id: "seats", label: t("選挙すべき数"), kind: "number", value: String(contest.seats) },
      {
        id: "full_seats",
        label: t("議員定数（違うときだけ）"),
        kind: "number",
        value: contest.full_seats ? String(contest.full_seats) : "",
        optional: true,
      },
      {
        id: "polling_day",
        label: t("投票日（選挙の投票日より後になったときだけ）"),
        kind: "date",
        value: contest.polling_day,
        optional: true,
      },
      {
        id: "units",
        label: t("開票区"),
        kind: "several",
        options: units.map((each) => [each.code, t`${each.name}（${each.code}）`]),
        chosen: contest.units,
      },
    ],
    needsTwo: isCounting,
    reason: t("補正の理由"),
    make: (_, { name, seats, full_seats, polling_day, units }, reason, { contest, reported }) => {
      const chosen = units ? units.split(" ") : [];
      // Units that stay keep their place in the order.
      const ordered = [
        ...contest.units.filter((each) => chosen.includes(each)),
        ...chosen.filter((each) => !contest.units.includes(each)),
      ];
      const { full_seats: _seats, polling_day: _day, ...defined } = contest;
      const day = polling_day ? { polling_day } : {};
      const facts = { ...defined, ...day, name, seats: Number(seats), units: ordered };
      return {
        command: "amend-contest",
        contest: contest.id,
        facts: full_seats ? { ...facts, full_seats: Number(full_seats) } : facts,
        set_aside: reported.filter((each) => !chosen.includes(each)),
        reason,
      };
    },
  },
  ...REGISTER_ACTS,
];
