// The definition while it is typed: kept in this browser at every keystroke, until it is founded.

const NAME = "kaihyo-setup";

/** @returns {TypedOption} */
export const blankOption = () => ({
  name: "",
  kana: "",
  party: "",
  sex: "",
  age: "",
  standing: "",
  occupation: "",
});

/** @returns {SetupDraft} */
const blankDraft = () => ({
  manager: "municipality",
  workbook: null,
  prefecture: "",
  municipality: null,
  commission: "",
  name: "",
  code: "",
  polling_day: "",
  contests: [],
  units: [],
  signatures: "1",
  first: "21:30",
  final_by: "23:59",
});

/** What was typed before, or an empty form. @returns {SetupDraft} */
export function loadDraft() {
  try {
    return { ...blankDraft(), ...JSON.parse(localStorage.getItem(NAME) ?? "{}") };
  } catch {
    return blankDraft();
  }
}

/** @param {SetupDraft} draft */
export const saveDraft = (draft) => localStorage.setItem(NAME, JSON.stringify(draft));

/** Whether a line of the ballot says anything. @param {TypedOption} option */
export const isTyped = (option) => Object.values(option).some((text) => text.trim());

/** The code of the municipality without the digit that checks it. @param {SetupDraft} draft */
export const fiveDigits = ({ municipality }) => municipality?.code.slice(0, 5) ?? "";

/** Whether it is said who holds the election. @param {SetupDraft} draft */
export const isPlaced = ({ manager, prefecture, municipality }) =>
  manager === "nation" || Boolean(manager === "prefecture" ? prefecture : municipality);

/**
 * What ids of contests and of the election say of the place: for the nation nothing but a number.
 *
 * @param {SetupDraft} draft
 */
export const placeCode = (draft) => ({ nation: "1", prefecture: draft.prefecture })[draft.manager] ?? fiveDigits(draft);

/** The office that founds the election and manages it. @param {SetupDraft} draft */
export const founderId = (draft) =>
  ({ nation: "nation", prefecture: `pref-${draft.prefecture}` })[draft.manager] ?? `city-${fiveDigits(draft)}`;

/**
 * The id of the election: what was typed, else one made of the first contest, the place and the day.
 *
 * @param {SetupDraft} draft
 */
export function electionId(draft) {
  if (draft.workbook) return draft.workbook.election;
  if (draft.code.trim()) return draft.code.trim();
  const kind = draft.contests[0]?.kind ?? "";
  const parts = draft.manager === "nation" ? [kind] : [kind.split("-")[0], placeCode(draft)];
  return kind && draft.polling_day ? [...parts, draft.polling_day.replaceAll("-", "").slice(2)].join("-") : "";
}

/**
 * The name of the election: what was typed, else its contests.
 *
 * @param {SetupDraft} draft
 * @param {Record<string, string>} words
 */
export function electionName(draft, words) {
  if (draft.name.trim()) return draft.name.trim();
  const names = (/** @type {boolean} */ arePolls) =>
    draft.contests.filter(({ ballot }) => (ballot === "options") === arePolls).map((each) => each.name);
  const elected = names(false).join(words.separator);
  // A poll is no election: the word stands after those who are elected alone.
  return [elected ? words.election.replace("{contests}", elected) : "", ...names(true)]
    .filter(Boolean)
    .join(words.separator);
}
