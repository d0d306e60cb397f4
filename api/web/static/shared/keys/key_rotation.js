// A key that is replaced, and keys that are lost: nobody alone can bring in a new one.
//
// A valid key hands over to its successor with its own signature, beside that of the second person
// where two sign. Without the old key another key of the office enrols the new one, or the office
// above does, and in both cases another office approves it. A lost key is revoked.

import { el } from "../dom.js";
import { formatMoment } from "../figures.js";
import { t } from "../language.js";
import { officeData, requireOfficeData } from "../office_data.js";
import { activeKeys, askAndSend } from "../sending/commands.js";
import { remove } from "../store.js";
import { applicationForm } from "./key_application.js";
import { keyidElement, keyidLine } from "./key_fingerprint.js";
import { keyForm } from "./key_form.js";

/**
 * Replace a key: the old one signs for the new one. Resolves with whether it was sent.
 *
 * @param {DeviceKey} old
 * @param {DeviceKey} next Just made on this device.
 */
async function replaceKey(old, next) {
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
      keyidLine(keyid),
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
  return [
    el("p", { class: "small" }, t`${formatMoment(key.made_at)}に作成`),
    key.locked
      ? null
      : el(
          "p",
          { class: "notice notice-warning", data: { pin: "none" } },
          t(
            "この鍵には暗証番号がないため、この端末を使う人はだれでも署名できます。暗証番号のある新しい鍵に替えてください。",
          ),
        ),
    rotationPart(key, done),
    key.locked ? forgottenPinPart(key, done) : null,
  ];
}

/**
 * The person of a key makes its successor, with a PIN of its own.
 *
 * @param {DeviceKey} key
 * @param {Reload} done
 */
const rotationPart = (key, done) =>
  el(
    "details",
    {},
    el(
      "summary",
      { data: { act: "rotate" }, "aria-label": t`${key.label}の鍵を新しい鍵に替える` },
      t("新しい鍵に替える"),
    ),
    keyForm({
      office: key.office,
      word: t("新しい鍵を作る"),
      hint: "",
      wrong: "",
      old: key,
      made: async (next) => {
        await replaceKey(key, next);
        await done();
      },
    }),
  );

/**
 * Nobody can say what a forgotten PIN was: the key goes, and a new one is asked for.
 *
 * @param {DeviceKey} key
 * @param {Reload} done
 */
const forgottenPinPart = (key, done) =>
  el(
    "details",
    {},
    el("summary", { data: { act: "forgotten" } }, t("暗証番号を忘れたとき")),
    el(
      "p",
      {},
      t(
        "暗証番号は、どこにも残っていません。この鍵を端末から消し、新しい鍵を作って申請してください。消した鍵の失効は、機関のもう一人の鍵で行うか、上級の機関に電話で頼みます。",
      ),
    ),
    el(
      "button",
      {
        type: "button",
        class: "danger",
        on: {
          click: async () => {
            if (!confirm(t("この鍵を消すと、二度と使えません。よろしいですか。"))) return;
            await remove("keys", key.keyid);
            await done();
          },
        },
      },
      t("この鍵を端末から消す"),
    ),
  );
