// A short session: this device shows its key, and is then limited by it and not by its address.
import { election, environment, postBytes } from "../connection.js";
import { ownOffice } from "../office_data.js";
import { getAll } from "../store.js";
import { signStatement } from "./envelope.js";

const DSSE = "application/vnd.dsse+json";
const BASE = `/v1/elections/${election}`;
/** Shorter than a session lasts on the server, by a clock that nobody sets. */
const LIFE_MS = 10 * 60_000;

/** @type {{ office: string, token: string, begun: number } | null} */
let current = null;

/**
 * What a request says of who sends it; nothing on a device without a key that the register knows, or without a
 * connection: what is open to anybody is open to it as well.
 *
 * @returns {Promise<Record<string, string>>}
 */
export async function sessionHeaders() {
  const office = (await ownOffice())?.id;
  if (!office) return {};
  if (!isCurrent(office)) current = await openSession(office).catch(() => null);
  return current ? { authorization: `Bearer ${current.token}` } : {};
}

/** @param {string} office */
const isCurrent = (office) => current?.office === office && performance.now() - current.begun <= LIFE_MS;

/**
 * A key that somebody opened with a PIN to sign shows itself as well: a locked one cannot.
 *
 * @param {{ keyid: string, office: string }} key
 * @param {CryptoKey} opened
 */
export async function useForSession({ keyid, office }, opened) {
  if (isCurrent(office)) return;
  const begun = performance.now();
  const token = await showKey(office, { keyid, private_key: opened }).catch(() => null);
  if (token) current = { office, token, begun };
}

/** @param {string} office */
async function openSession(office) {
  const begun = performance.now();
  /** @type {DeviceKey[]} */
  const keys = await getAll("keys");
  for (const key of keys.filter((each) => each.office === office && each.private_key)) {
    const token = await showKey(office, key);
    if (token) return { office, token, begun };
  }
  return null;
}

/**
 * @param {string} office
 * @param {SigningKey} key
 * @returns {Promise<string | null>}
 */
async function showKey(office, key) {
  const { nonce } = (await postBytes(`${BASE}/challenges`, "", DSSE)).body;
  const statement = { election, environment, office, nonce };
  const { text } = await signStatement("session", statement, [key]);
  const { status, body } = await postBytes(`${BASE}/sessions`, text, DSSE);
  return status === 201 ? body.token : null;
}
