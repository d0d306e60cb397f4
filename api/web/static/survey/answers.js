// Questionnaires and answers: from the server when the connection is up, else as this device kept them.
import { ConnectionLost, election, readJson } from "../shared/connection.js";
import { officeData } from "../shared/office_data.js";
import { get, loadSetting, put, saveSetting } from "../shared/store.js";
import { typedTexts } from "./questions.js";

export const BASE = `/v1/elections/${election}/surveys`;

/**
 * @param {string} survey
 * @param {string} unit
 */
export const draftKey = (survey, unit) => `survey|${survey}|${unit}`;

/**
 * Read from the server and keep; without a connection what was kept.
 *
 * @param {string} name
 * @param {string} address
 */
export async function readOrKept(name, address) {
  try {
    const found = await readJson(address);
    await saveSetting(name, found);
    return found;
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
    return (await loadSetting(name)) ?? null;
  }
}

/** @param {string[]} units */
const unitQuery = (units) => units.map((unit) => `unit=${encodeURIComponent(unit)}`).join("&");

/**
 * Surveys that ask units of this office, with the state of each.
 *
 * @param {Office} office
 */
export const officeSurveys = async (office) =>
  office.units.length ? readOrKept(`surveys/${office.id}`, `${BASE}?${unitQuery(office.units)}`) : { surveys: [] };

/**
 * One questionnaire and the unit that answers it: { detail, form, own }; null when it is not asked.
 *
 * @param {string} survey
 * @param {string} unit
 * @returns {Promise<AnswerBook | null>}
 */
export async function answerBook(survey, unit) {
  const address = `${BASE}/${encodeURIComponent(survey)}`;
  try {
    const [detail, form] = await Promise.all([
      readOrKept(`survey/${survey}`, address),
      readOrKept(`survey/${survey}/${unit}`, `${address}/units/${encodeURIComponent(unit)}`),
    ]);
    return detail && form ? { detail, form, own: officeData()?.office.units.includes(unit) ?? false } : null;
  } catch (error) {
    if (error instanceof Error && "status" in error && error.status === 404) return null;
    throw error;
  }
}

/**
 * The draft of an answer, or a new one that begins with what was answered last.
 *
 * @param {string} survey
 * @param {string} unit
 * @param {AnswerBook} book
 */
export async function openDraft(survey, unit, book) {
  const key = draftKey(survey, unit);
  return (await get("drafts", key)) ?? newDraft(key, survey, unit, book.own, book.form.answer);
}

/**
 * @param {string} key
 * @param {string} survey
 * @param {string} unit
 * @param {boolean} own
 * @param {UnitAnswer | null} answer
 */
export const newDraft = (key, survey, unit, own, answer) => ({
  key,
  form: "survey",
  survey,
  unit,
  on_behalf: !own,
  step: "entry",
  typed: typedTexts(answer?.values),
  remark: answer?.remark ?? "",
});

/**
 * What a file said of a unit goes into its draft, beside what was typed.
 *
 * @param {string} survey
 * @param {FilledForm} filled
 * @param {boolean} own
 */
export async function fillDraft(survey, filled, own) {
  const key = draftKey(survey, filled.unit);
  const draft = (await get("drafts", key)) ?? newDraft(key, survey, filled.unit, own, null);
  await put("drafts", { ...draft, typed: { ...draft.typed, ...filled.texts }, remark: filled.remark || draft.remark });
}
