// What the form asks the server: pure answers; nothing that is typed stays there.

const TIMEOUT_MS = 30_000;

/** What the server says of a request that it does not answer. */
export class Unanswered extends Error {
  /** @param {number} status @param {any} problem */
  constructor(status, problem) {
    super(problem?.detail ?? `HTTP ${status}`);
    this.status = status;
  }
}

/**
 * @param {string} address
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
export async function readJson(address, options = {}) {
  const answer = await fetch(address, {
    ...options,
    credentials: "omit",
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) throw new Unanswered(answer.status, await answer.json().catch(() => null));
  return answer.json();
}

/** @returns {Promise<SetupOffer>} */
export const readOffer = () => readJson("/setup/data/offer.json");

/**
 * What is wrong with a definition, decided by the server as `kaihyo import check` decides it.
 *
 * @param {DefinitionContent} content
 * @param {Record<string, NewKey[]>} [founders]
 * @returns {Promise<CheckedDefinition>}
 */
export const checkDefinition = (content, founders = {}) =>
  readJson("/setup/data/check", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...content, founders }),
  });

/**
 * The tables of a workbook, as rows of fields.
 *
 * @param {File} file
 * @returns {Promise<Partial<TypedTables>>}
 */
export const readWorkbook = (file) => readJson("/setup/data/workbook", { method: "POST", body: file });

/**
 * The sheets of a workbook of a whole definition, which are sent as they are to be checked.
 *
 * @param {File} file
 * @returns {Promise<unknown[]>}
 */
export const readSheets = (file) => readJson("/setup/data/sheets", { method: "POST", body: file });
