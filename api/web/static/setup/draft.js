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

/** The office that founds the election. @param {SetupDraft} draft */
export const founderId = (draft) => `city-${fiveDigits(draft)}`;

/**
 * The id of the election: what was typed, else one made of the first contest, the place and the day.
 *
 * @param {SetupDraft} draft
 */
export function electionId(draft) {
  if (draft.code.trim()) return draft.code.trim();
  const kind = draft.contests[0]?.kind.split("-")[0] ?? "";
  return kind && draft.polling_day
    ? `${kind}-${fiveDigits(draft)}-${draft.polling_day.replaceAll("-", "").slice(2)}`
    : "";
}

/**
 * The name of the election: what was typed, else its contests.
 *
 * @param {SetupDraft} draft
 * @param {Record<string, string>} words
 */
export function electionName(draft, words) {
  if (draft.name.trim()) return draft.name.trim();
  const names = draft.contests.map((each) => each.name);
  return names.length ? words.election.replace("{contests}", names.join(words.separator)) : "";
}
