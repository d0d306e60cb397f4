// The connection to the server: asks, notices when it is down, and says so.
import { requireElement } from "./elements.js";

export const { election = "", environment = "" } = requireElement("page").dataset;

/** @type {OfficeEvents} */
export const events = /** @type {any} */ (new EventTarget());

const TIMEOUT_MS = 15000;
let isOnline = navigator.onLine;

export const isConnected = () => isOnline;

/** @param {boolean} up */
export function setConnected(up) {
  if (up === isOnline) return;
  isOnline = up;
  events.dispatchEvent(new Event("connection"));
}

addEventListener("offline", () => setConnected(false));
addEventListener("online", () => events.dispatchEvent(new Event("maybe-connected")));

/** The connection is down, or the answer did not come in time: nobody knows what happened there. */
export class ConnectionLost extends Error {}

/**
 * @param {string} address
 * @param {RequestInit} options
 */
async function request(address, options) {
  let answer;
  try {
    answer = await fetch(address, {
      ...options,
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    setConnected(false);
    throw new ConnectionLost(String(error));
  }
  const isHere = isFromLog(answer);
  setConnected(isHere);
  if (!isHere) throw new ConnectionLost(`HTTP ${answer.status}`);
  return answer;
}

/**
 * The log answers in JSON always; what stands before it, when the log is gone, with a page.
 *
 * @param {Response} answer
 */
const isFromLog = (answer) => (answer.headers.get("content-type") ?? "").includes("json");

let lastPosition = 0;

/**
 * What was recorded at a position is in everything that is read from now on.
 *
 * @param {number} position
 */
export const notePosition = (position) => {
  lastPosition = Math.max(lastPosition, position);
};

/**
 * Read JSON; throws ConnectionLost without a connection, and the problem of any other answer.
 *
 * @param {string} address
 * @returns {Promise<any>}
 */
export async function readJson(address) {
  const upToDate = lastPosition ? `${address}${address.includes("?") ? "&" : "?"}seen=${lastPosition}` : address;
  const answer = await request(upToDate, { headers: { accept: "application/json" } });
  if (answer.ok) return readBody(answer);
  throw await readProblem(answer);
}

/**
 * One reading at a time, so that no older answer comes after a newer one; who asks while one runs
 * gets the next, which begins later and so has everything that is recorded by now.
 *
 * @template T
 * @param {() => Promise<T>} read
 */
export function oneAtATime(read) {
  /** @type {Promise<unknown>} */
  let running = Promise.resolve();
  /** @type {Promise<T> | null} */
  let next = null;
  return () => {
    if (next) return next;
    const mine = running
      .catch(() => null)
      .then(() => {
        [running, next] = [mine, null];
        return read();
      });
    next = mine;
    return mine;
  };
}

/**
 * What was answered. Cut off on its way: no answer.
 *
 * @param {Response} answer
 */
async function readBody(answer) {
  try {
    return await answer.json();
  } catch (error) {
    throw new ConnectionLost(String(error));
  }
}

/**
 * Post bytes; gives { status, body, retry_after } and never throws but for the connection.
 *
 * @param {string} address
 * @param {string} body
 * @param {string} type
 * @returns {Promise<PostAnswer>}
 */
export async function postBytes(address, body, type) {
  const answer = await request(address, {
    method: "POST",
    body,
    headers: { "content-type": type, accept: "application/json" },
  });
  return {
    status: answer.status,
    body: await readBody(answer),
    retry_after: Number(answer.headers.get("retry-after") ?? 0),
  };
}

/** @param {Response} answer */
async function readProblem(answer) {
  const body = await answer.json().catch(() => null);
  return Object.assign(new Error(body?.detail ?? `HTTP ${answer.status}`), { problem: body, status: answer.status });
}
