// What the head of every office's page says of the line, and what is done once it is back.
import { refresh } from "./desk.js";
import { byId } from "./dom.js";
import { lineIsUp } from "./line.js";
import { drain, outbox } from "./outbox.js";
import { t } from "./words.js";

/** Say whether the line is up and what waits for it; `paused` says that nothing is taken now. */
export async function tellLine(whenDown, paused = "") {
  const waiting = (await outbox()).length;
  const words = [lineIsUp() ? t("回線：つながっています") : whenDown];
  if (paused) words.push(paused);
  if (waiting) words.push(t`送信待ち ${waiting}件`);
  const state = byId("line-state");
  state.className = `line-state ${lineIsUp() && !paused ? "is-up" : "is-down"}`;
  if (state.textContent !== words.join("　")) state.textContent = words.join("　");
}

/** The same where figures are entered. */
export const showLine = () => tellLine(t("回線：切れています（入力は続けられます）"));

/** Send what waits and read what is new. */
export async function keepUp() {
  await drain();
  await refresh().catch(() => null);
  await showLine();
}
