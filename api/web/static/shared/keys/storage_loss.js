// A device whose storage was cleared: what is lost, and what comes before anything is typed on it.

import { el } from "../dom.js";
import { t } from "../language.js";

/**
 * Whether an office has keys that may sign and this device has none at all of its own: it is new, or
 * what it kept was cleared away.
 *
 * @param {Pick<Office, "registered" | "keys"> | undefined} office
 * @param {{ keyid: string }[]} ownKeys Of this device, for this office.
 */
export const isWithoutKeys = (office, ownKeys) =>
  Boolean(office?.registered && office.keys.some(({ state }) => state === "active") && !ownKeys.length);

/**
 * What to do before typing on such a device; null on any other.
 *
 * @param {Pick<Office, "registered" | "keys"> | undefined} office
 * @param {{ keyid: string }[]} ownKeys
 */
export function storageLossNotice(office, ownKeys) {
  if (!isWithoutKeys(office, ownKeys)) return null;
  return el(
    "div",
    { class: "notice", id: "storage-lost", role: "note" },
    el("p", {}, el("strong", {}, t("この端末には、この機関の鍵がありません。"))),
    el(
      "p",
      {},
      t(
        "前に使った端末なら、ブラウザーの保存が消えています。失われたのは、署名の鍵、送信前の入力、送信待ちの報告、受領証です。記録に入った報告は失われません。",
      ),
    ),
    el(
      "ol",
      {},
      [
        t("送信待ちだった報告が下の一覧に入っているか確かめ、入っていなければ用紙から入力し直します。"),
        t("消えた鍵の失効を、上級の機関に電話で頼みます。"),
        el("span", {}, el("a", { href: "#/device" }, t("「端末と鍵」で新しい鍵を作り、申請します。"))),
      ].map((each) => el("li", {}, each)),
    ),
  );
}
