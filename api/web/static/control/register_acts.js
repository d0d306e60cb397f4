// What an office can ask for about the register: a unit or party that was registered wrongly, a contest forgotten.

import { t } from "../shared/language.js";
import { managesElection, officeData } from "../shared/office_data.js";

/** @param {ContestActs} about */
const isOpenForChanges = ({ phase }) => phase !== "closed";

/** @param {ContestActs} about */
const isCounting = ({ phase }) => phase !== "defined";

/** Names that are listed in one field, with any usual comma between. @param {string} text */
const listed = (text) =>
  text
    .split(/[、，,\n]/)
    .map((each) => each.trim())
    .filter(Boolean);

/** What somebody calls each of the ballot of a contest that is added. @param {ContestActs} about */
const ballotWord = ({ ballot }) => (ballot === "options" ? t("選択肢") : t("候補者の氏名"));

/**
 * The ballot of a contest that is added, in the order in which it was typed.
 *
 * @param {string} slug
 * @param {string} typed
 * @param {ContestActs} about
 */
function addedBallot(slug, typed, { ballot }) {
  const named = listed(typed).map((name, place) => ({ id: `${slug}-${place + 1}`, name }));
  return ballot === "options" ? { options: named } : { candidates: named };
}

/** @type {ContestAct[]} */
export const REGISTER_ACTS = [
  {
    id: "unit",
    word: t("開票区の名称の補正"),
    isOpen: isOpenForChanges,
    fields: ({ units }) => [
      { id: "code", label: t("開票区"), options: units.map((each) => [each.code, t`${each.name}（${each.code}）`]) },
      { id: "name", label: t("正しい名称") },
    ],
    needsTwo: isCounting,
    reason: t("補正の理由"),
    make: (_, { code, name }, reason, { units }) => ({
      command: "amend-unit",
      amended: { ...units.find((each) => each.code === code), name },
      reason,
    }),
  },
  {
    id: "party",
    word: t("党派の名称の補正"),
    isOpen: (about) => isOpenForChanges(about) && about.parties.length > 0 && managesElection(officeData()?.office),
    fields: ({ parties }) => [
      { id: "party", label: t("党派"), options: parties.map((each) => [each.id, each.name]) },
      { id: "name", label: t("正しい名称") },
      { id: "short", label: t("略称（変わるときだけ）"), optional: true },
    ],
    needsTwo: isCounting,
    reason: t("補正の理由"),
    make: (_, { party, name, short }, reason, { parties }) => ({
      command: "amend-party",
      party: { ...parties.find((each) => each.id === party), name, ...(short ? { short } : {}) },
      reason,
    }),
  },
  {
    id: "add-contest",
    word: t("登録漏れの選挙の追加"),
    hint: t("この選挙と同じ種類の選挙を加えます。候補者の党派などは、あとで「氏名・名称の補正」等で直せます。"),
    isOpen: ({ phase, ballot, has_own_options }) =>
      phase === "counting" && (ballot === "persons" || (ballot === "options" && has_own_options)),
    fields: (about) => [
      { id: "slug", label: t("コード"), hint: t("種類の後の部分です。13-05 のように。") },
      { id: "name", label: t("名称") },
      ...(about.ballot === "persons"
        ? [/** @type {ActField} */ ({ id: "seats", label: t("選挙すべき数"), kind: "number", value: "1" })]
        : []),
      {
        id: "units",
        label: t("開票区"),
        kind: "several",
        options: about.units.map((each) => [each.code, t`${each.name}（${each.code}）`]),
      },
      { id: "ballot", label: ballotWord(about), hint: t("用紙の順に「、」で並べてください。") },
    ],
    needsTwo: () => true,
    reason: t("追加の理由"),
    make: (_, { slug, name, seats, units, ballot }, reason, about) => {
      const { kind, prefectures } = about.contest;
      const id = `${kind}/${slug}`;
      const codes = units ? units.split(" ") : [];
      return {
        command: "add-contest",
        contest: id,
        facts: { id, kind, name, seats: Number(seats ?? 0), prefectures, units: codes },
        ...addedBallot(slug ?? "", ballot ?? "", about),
        reason,
      };
    },
  },
];
