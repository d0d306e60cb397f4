// A key that is replaced, and keys that are lost: nobody alone can bring in a new one.
//
// A valid key hands over to its successor with its own signature, beside that of the second person
// where two sign. Without the old key another key of the office enrols the new one, or the office
// above does, and in both cases another office approves it. A lost key is revoked.

import { election, environment } from "../connection.js";
import { el } from "../dom.js";
import { formatMoment } from "../figures.js";
import { t } from "../language.js";
import { officeData, requireOfficeData } from "../office_data.js";
import { activeKeys, askAndSend } from "../sending/commands.js";
import { generateKey, provePossession } from "../signing/envelope.js";
import { put, remove } from "../store.js";
import { applicationForm } from "./key_application.js";
import { keyidElement } from "./key_fingerprint.js";

/**
 * A new key for an office, kept on this device.
 *
 * @param {string} office
 * @param {string} label
 */
export async function makeKey(office, label) {
  const pair = await generateKey();
  const proof = await provePossession(pair, { election, environment, office });
  const key = { ...pair, office, label, made_at: new Date().toISOString(), proof };
  await put("keys", key);
  return key;
}

/**
 * Replace a key: the old one signs for the new one. Resolves with whether it was sent.
 *
 * @param {DeviceKey} old
 */
export async function replaceKey(old) {
  const next = await makeKey(old.office, old.label);
  const isSent = await askAndSend({
    title: t("鍵を新しい鍵に替える"),
    word: t("署名して替える"),
    signer: old.keyid,
    lines: [
      el("p", {}, t("古い鍵："), keyidElement(old.keyid)),
      el("p", {}, t("新しい鍵："), keyidElement(next.keyid)),
      t("記録されると、古い鍵では署名できなくなります。古い鍵の署名で替えるため、承認を待たずに使えます。"),
    ],
    make: () => ({
      command: "rotate-key",
      office: old.office,
      keyid: old.keyid,
      key: { public_key: next.public_key, proof: next.proof },
    }),
  });
  if (!isSent) await remove("keys", next.keyid);
  return isSent;
}

/**
 * @param {string} office
 * @param {string} keyid
 */
const askAndRevoke = (office, keyid) =>
  askAndSend({
    title: t("鍵を失効させる"),
    word: t("失効させる"),
    danger: true,
    text: t("失効の理由"),
    lines: [el("p", {}, t("鍵の番号："), keyidElement(keyid))],
    make: (reason) => ({ command: "revoke-key", office, keyid, reason }),
  });

/**
 * What to do when a device is lost: keys elsewhere, a new device's application.
 *
 * @param {DeviceKey[]} ownKeys
 * @param {Reload} done
 */
export async function lostDevicePart(ownKeys, done) {
  const { office } = officeData() ?? {};
  if (!office?.registered) return null;
  const own = new Set(ownKeys.map((key) => key.keyid));
  const elsewhere = office.keys.filter(
    (key) => !own.has(key.keyid) && (key.state === "active" || key.state === "pending"),
  );
  const maySign =
    (await activeKeys()).length >= Math.max(1, office.signatures_required) || requireOfficeData().workbook.unsigned;
  /** @param {OfficeKey} about */
  const row = ({ keyid }) =>
    el(
      "li",
      { data: { elsewhere: keyid } },
      el("p", { class: "fingerprint" }, el("span", { class: "small" }, t("鍵の番号　")), keyidElement(keyid)),
      maySign
        ? el(
            "button",
            {
              type: "button",
              class: "danger",
              on: {
                click: async () => {
                  await askAndRevoke(office.id, keyid);
                  await done();
                },
              },
            },
            t("この鍵を失効させる"),
          )
        : null,
    );
  return el(
    "section",
    { "aria-labelledby": "loss" },
    el("h2", { id: "loss" }, t("端末をなくしたとき・増やすとき")),
    el(
      "p",
      {},
      maySign
        ? t(
            "この端末の鍵で、ほかの端末の鍵を失効させ、新しい端末の鍵を申請できます。申請した鍵は、別の機関が承認すると使えます。",
          )
        : t(
            "使える鍵がこの端末にありません。上級の機関に電話して、なくした鍵の失効と、新しい鍵の登録を頼んでください。登録と承認は別々の機関が行います。",
          ),
    ),
    elsewhere.length
      ? [el("h3", {}, t("ほかの端末にある、この機関の鍵")), el("ul", { class: "found" }, elsewhere.map(row))]
      : null,
    maySign
      ? el(
          "details",
          {},
          el("summary", {}, t("新しい端末の鍵を申請する")),
          el("div", {}, applicationForm({ heading: "h3", done })),
        )
      : null,
  );
}

/**
 * What a key of this device may need: what it is, since when, a successor.
 *
 * @param {DeviceKey} key
 * @param {Reload} done
 */
export function keyActions(key, done) {
  if (key.state === "revoked")
    return el(
      "p",
      { class: "notice notice-error" },
      t("この鍵は失効しています。この鍵で署名した投稿は受け付けられません。新しい鍵を作って申請してください。"),
    );
  if (key.state === "retired")
    return el("p", { class: "small" }, t("この鍵は新しい鍵に替わりました。もう署名には使えません。"));
  if (key.state !== "active") return null;
  return el(
    "p",
    { class: "actions" },
    el(
      "button",
      {
        type: "button",
        data: { act: "rotate" },
        "aria-label": t`${key.label}の鍵を新しい鍵に替える`,
        on: {
          click: async () => {
            await replaceKey(key);
            await done();
          },
        },
      },
      t("新しい鍵に替える"),
    ),
    el("span", { class: "small" }, t`${formatMoment(key.made_at)}に作成`),
  );
}
