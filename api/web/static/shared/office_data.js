// Whose device this is and what its units are: from the server when the connection is up, else as kept.
import { ConnectionLost, events, oneAtATime, readJson } from "./connection.js";
import { getAll, loadSetting, saveSetting } from "./store.js";

/** @type {OfficeData | null} */
let current = null;

/** { office, workbook, read_at } of this device; null before it was set up. */
export const officeData = () => current;

/** The same where a page is drawn only once they are there. */
export function requireOfficeData() {
  if (!current) throw new Error("The data of this office have not been read.");
  return current;
}

/**
 * Whose device this is from now on.
 *
 * @param {OwnOffice} office
 */
export async function setOffice(office) {
  await saveSetting("office", { id: office.id, name: office.name, role: office.role, manages: office.manages });
  current = null;
  // What cannot be read now is read once the page is drawn for this office.
  await refreshOfficeData().catch(() => null);
}

/** @returns {Promise<OwnOffice | undefined>} */
export const ownOffice = () => loadSetting("office");

/**
 * Whether an office manages the election. A device that was set up for the nation's office before others
 * could manage one has not kept it.
 *
 * @param {OwnOffice | undefined} office
 */
export const managesElection = (office) => current?.office.manages ?? office?.manages ?? office?.role === "nation";

/** Begin with what is kept, so that the page works without a connection. */
export async function loadOfficeData() {
  const office = await ownOffice();
  current = office ? ((await loadSetting(`workbook/${office.id}`)) ?? null) : null;
}

/** Read the workbook again; keeps the old one when the connection is down. */
export const refreshOfficeData = oneAtATime(async () => {
  const office = await ownOffice();
  if (!office) return null;
  try {
    const found = await readJson(`/centre/data/workbook.json?office=${encodeURIComponent(office.id)}`);
    const read = { ...found, read_at: new Date().toISOString() };
    await saveSetting(`workbook/${office.id}`, read);
    // The device may have become another office's while the answer was on its way.
    if ((await ownOffice())?.id !== office.id) return current;
    current = read;
    events.dispatchEvent(new Event("office-data"));
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
  }
  return current;
});

/**
 * Whether this office confirms the counts of a contest and declares it: a municipality for its own alone.
 *
 * @param {string} contest
 */
export function decidesContest(contest) {
  const office = current?.office;
  if (!office || office.manages || office.role !== "municipality") return true;
  return (office.contests ?? []).includes(contest);
}

/**
 * How many persons sign what this office decides on a contest: two after the closing, and for a municipality that
 * manages its contest in the log of others.
 *
 * @param {string} phase
 */
export function personsToDecide(phase) {
  const office = current?.office;
  const isAlone = office?.role === "municipality" && !office.manages;
  return phase === "closed" || isAlone ? 2 : 1;
}

/**
 * One count: of an own unit, or of a unit that this office stands in for.
 *
 * @param {string} contest
 * @param {string} unit
 * @returns {Promise<CountBook | null>}
 */
export async function countBook(contest, unit) {
  const own = current?.workbook.units.find((each) => each.code === unit);
  const place = own ?? (await readSubstitutedUnit(unit));
  const book = place?.counts.find((each) => each.contest === contest);
  return place && book ? { ...book, unit_name: place.name, own: Boolean(own) } : null;
}

/**
 * @param {string} unit
 * @returns {Promise<WorkbookUnit | null | undefined>}
 */
async function readSubstitutedUnit(unit) {
  const office = await ownOffice();
  if (!office || office.role === "centre") return null;
  const kept = `unit/${unit}`;
  try {
    const found = await readJson(
      `/centre/data/workbook.json?office=${encodeURIComponent(office.id)}&unit=${encodeURIComponent(unit)}`,
    );
    await saveSetting(kept, found.workbook.units[0] ?? null);
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
  }
  return loadSetting(kept);
}

/**
 * Keys of this office on other devices: who has one of them signs there.
 *
 * @param {{ keyid: string }[]} own Keys of this device.
 * @returns {DeviceKey[]}
 */
export const keysElsewhere = (own) =>
  (current?.office.keys ?? [])
    .filter(({ keyid, state }) => state === "active" && !own.some((key) => key.keyid === keyid))
    .map(({ keyid, state }) => ({
      keyid,
      state,
      isElsewhere: true,
      office: current?.office.id ?? "",
      label: "",
      public_key: "",
      made_at: "",
      proof: "",
    }));

/**
 * Keys of this device for its office, with what became of them in the register.
 *
 * @returns {Promise<DeviceKey[]>}
 */
export async function deviceKeys() {
  const office = await ownOffice();
  const registered = new Map((current?.office.keys ?? []).map((key) => [key.keyid, key.state]));
  const kept = (await getAll("keys")).filter((key) => key.office === office?.id);
  return kept.map((key) => ({ ...key, state: registered.get(key.keyid) ?? "unregistered" }));
}
