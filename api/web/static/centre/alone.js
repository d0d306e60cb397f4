// A sheet is on one page of this device at a time: two would write over what the other keeps.
import { kept } from "./drafts.js";
import { election, environment } from "./line.js";
import { notShown } from "./told.js";
import { t } from "./words.js";

/** A page that is left lets go while the next one is put together already. */
const PATIENCE_MS = 1000;

let held = null;

/** Whether this page has the sheet. It lets go when the sheet is left, and when the page is closed or lost. */
export function holds(key) {
  if (held?.key === key) return held.isMine;
  leave();
  const mine = { key, letGo: () => {} };
  held = mine;
  mine.isMine = new Promise((resolve) => {
    const untilLeft = () => {
      resolve(held === mine);
      return held === mine ? new Promise((done) => { mine.letGo = done; }) : null;
    };
    navigator.locks.request(`kaihyo-sheet-${environment}-${election}-${key}`, { signal: AbortSignal.timeout(PATIENCE_MS) }, untilLeft)
      .catch(() => { if (held === mine) held = null; resolve(false); });
  });
  return mine.isMine;
}

/** Let go, once everything typed is kept. */
function leave() {
  const left = held;
  held = null;
  if (left) kept().then(() => left.letGo());
}

addEventListener("hashchange", leave);

/** What is shown instead of a sheet that another page has. */
export const elsewhere = () => notShown(t("この用紙は別の画面で開いています"), "notice-warning", t("同じ用紙を、この端末の別の画面（タブやウィンドウ）で入力しています。そちらで続けるか、そちらを閉じてから、もう一度表示してください。入力したものは消えません。"), () => location.reload());
