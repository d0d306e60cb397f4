// A sheet is on one page of this device at a time: two would write over what the other keeps.

import { election, environment } from "./connection.js";
import { whenSaved } from "./drafts.js";
import { t } from "./language.js";
import { noticePage } from "./notice.js";

/** A page that is left lets go while the next one is put together already. */
const WAIT_MS = 1000;

/**
 * The sheet that this page has, or waits for.
 *
 * @type {{ key: string, isMine: Promise<boolean>, letGo: (value?: unknown) => void } | null}
 */
let current = null;

/**
 * Whether this page has the sheet. It lets go when the sheet is left, and when the page is closed or lost.
 *
 * @param {string} key
 */
export function acquireTabLock(key) {
  if (current?.key === key) return current.isMine;
  releaseTabLock();
  /** @type {NonNullable<typeof current>} */
  const mine = { key, letGo: () => {}, isMine: Promise.resolve(false) };
  current = mine;
  mine.isMine = new Promise((resolve) => {
    const untilLeft = () => {
      resolve(current === mine);
      return current === mine
        ? new Promise((done) => {
            mine.letGo = done;
          })
        : null;
    };
    navigator.locks
      .request(`kaihyo-sheet-${environment}-${election}-${key}`, { signal: AbortSignal.timeout(WAIT_MS) }, untilLeft)
      .catch(() => {
        if (current === mine) current = null;
        resolve(false);
      });
  });
  return mine.isMine;
}

/** Let go, once everything typed is kept. */
function releaseTabLock() {
  const left = current;
  current = null;
  if (left) whenSaved().then(() => left.letGo());
}

addEventListener("hashchange", releaseTabLock);

/** What is shown instead of a sheet that another page has. */
export const openElsewhereNotice = () =>
  noticePage(
    t("この用紙は別の画面で開いています"),
    "notice-warning",
    t(
      "同じ用紙を、この端末の別の画面（タブやウィンドウ）で入力しています。そちらで続けるか、そちらを閉じてから、もう一度表示してください。入力したものは消えません。",
    ),
    () => location.reload(),
  );
