// The line to the server: asks, notices when it is down, and says so.

export const { election, environment } = document.getElementById("page").dataset;
export const events = new EventTarget();

const TIMEOUT_MS = 15000;
let isUp = navigator.onLine;

export const lineIsUp = () => isUp;

export function tellLine(up) {
  if (up === isUp) return;
  isUp = up;
  events.dispatchEvent(new Event("line"));
}

addEventListener("offline", () => tellLine(false));
addEventListener("online", () => events.dispatchEvent(new Event("maybe-up")));

/** The line is down, or the answer did not come in time: nobody knows what happened there. */
export class LineDown extends Error {}

async function asked(address, options) {
  let answer;
  try {
    answer = await fetch(address, { ...options, credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    tellLine(false);
    throw new LineDown(String(error));
  }
  const isHere = isTheLogs(answer);
  tellLine(isHere);
  if (!isHere) throw new LineDown(`HTTP ${answer.status}`);
  return answer;
}

/** The log answers in JSON always; what stands before it, when the log is gone, with a page. */
const isTheLogs = (answer) => (answer.headers.get("content-type") ?? "").includes("json");

let seen = 0;

/** What was recorded at a position is in everything that is read from now on. */
export const saw = (position) => { seen = Math.max(seen, position); };

/** Read JSON; throws LineDown without a line, and the problem of any other answer. */
export async function readJson(address) {
  const upToDate = seen ? `${address}${address.includes("?") ? "&" : "?"}seen=${seen}` : address;
  const answer = await asked(upToDate, { headers: { accept: "application/json" } });
  if (answer.ok) return whole(answer);
  throw await problemOf(answer);
}

/**
 * One reading at a time, so that no older answer comes after a newer one; who asks while one runs
 * gets the next, which begins later and so has everything that is recorded by now.
 */
export function inTurn(read) {
  let running = Promise.resolve();
  let next = null;
  return () => {
    next ??= running.catch(() => null).then(() => {
      [running, next] = [next, null];
      return read();
    });
    return next;
  };
}

/** What was answered. Cut off on its way: no answer. */
async function whole(answer) {
  try {
    return await answer.json();
  } catch (error) {
    throw new LineDown(String(error));
  }
}

/** Post bytes; gives { status, body, retry_after } and never throws but for the line. */
export async function post(address, body, type) {
  const answer = await asked(address, { method: "POST", body, headers: { "content-type": type, accept: "application/json" } });
  return { status: answer.status, body: await whole(answer), retry_after: Number(answer.headers.get("retry-after") ?? 0) };
}

async function problemOf(answer) {
  const body = await answer.json().catch(() => null);
  return Object.assign(new Error(body?.detail ?? `HTTP ${answer.status}`), { problem: body, status: answer.status });
}
