// Where a posting of this device is, and views of it that miss no step.

import { events } from "../connection.js";
import { get, getAll } from "../store.js";

/**
 * A posting where it is now: recorded, still to be sent, or returned to the form it came from.
 *
 * Read in the order in which it moves, so that one on its way meanwhile is found where it went.
 *
 * @param {string} submission_id
 */
export async function findPosting(submission_id) {
  const waiting = await get("outbox", submission_id);
  const receipt = await get("receipts", submission_id);
  if (receipt) return { receipt };
  if (waiting) return { waiting };
  return { draft: (await getAll("drafts")).find((each) => each.refused_id === submission_id) };
}

/**
 * Draw the view of a posting for the first time: again, as long as the posting moved meanwhile.
 *
 * The view is not in the page yet, so that nothing else redraws it.
 *
 * @param {string} submission_id
 * @param {() => Promise<void>} draw
 */
export async function drawFirst(submission_id, draw) {
  let hasMoved = false;
  /** @param {CustomEvent} event */
  const heard = ({ detail }) => {
    hasMoved ||= detail.submission_id === submission_id;
  };
  events.addEventListener("outbox", heard);
  do {
    hasMoved = false;
    await draw();
  } while (hasMoved);
  events.removeEventListener("outbox", heard);
}
