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
  if (current?.office !== office || performance.now() - current.begun > LIFE_MS)
    current = await openSession(office).catch(() => null);
  return current ? { authorization: `Bearer ${current.token}` } : {};
}

/** @param {string} office */
async function openSession(office) {
  const begun = performance.now();
  /** @type {DeviceKey[]} */
  const keys = await getAll("keys");
  for (const key of keys.filter((each) => each.office === office)) {
    const { nonce } = (await postBytes(`${BASE}/challenges`, "", DSSE)).body;
    const statement = { election, environment, office, nonce };
    const { text } = await signStatement("session", statement, [key]);
    const { status, body } = await postBytes(`${BASE}/sessions`, text, DSSE);
    if (status === 201) return { office, token: body.token, begun };
  }
  return null;
}
