// What the head of every office's page says of the connection, and what is done once it is back.

import { isConnected } from "./connection.js";
import { requireElement } from "./elements.js";
import { t } from "./language.js";
import { refreshOfficeData } from "./office_data.js";
import { readOutbox, sendOutbox } from "./sending/outbox.js";

/**
 * Say whether the connection is up and what waits for it; `paused` says that nothing is taken now.
 *
 * @param {string} whenDown
 */
export async function showConnection(whenDown, paused = "") {
  const waiting = (await readOutbox()).length;
  const words = [isConnected() ? t("回線：つながっています") : whenDown];
  if (paused) words.push(paused);
  if (waiting) words.push(t`送信待ち ${waiting}件`);
  const state = requireElement("line-state");
  state.className = `line-state ${isConnected() && !paused ? "is-up" : "is-down"}`;
  if (state.textContent !== words.join("　")) state.textContent = words.join("　");
}

/** The same where figures are entered. */
export const showEntryConnection = () => showConnection(t("回線：切れています（入力は続けられます）"));

/** Send what waits and read what is new. */
export async function synchronize() {
  await sendOutbox();
  await refreshOfficeData().catch(() => null);
  await showEntryConnection();
}
