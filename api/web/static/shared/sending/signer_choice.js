// One person who signs: the choice of a key, and the PIN that opens it for this one posting.

import { el, labelledField, showFieldError } from "../dom.js";
import { keyFingerprint } from "../keys/key_fingerprint.js";
import { t } from "../language.js";
import { useForSession } from "../signing/office_session.js";
import { unlockKey } from "../signing/pin_lock.js";
import { get } from "../store.js";

/** How long a PIN stands in its field: whoever leaves the device has not left it open. */
const IDLE_MS = 120_000;

/**
 * A field for a PIN, which may be words. No browser is to keep it: the next person would find it filled in. Nor does
 * it stand in its field for long, or come back with a page that was left.
 */
export function pinInput() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let idle;
  const pin = el("input", { type: "password", autocomplete: "new-password", maxlength: "64", class: "pin" });
  pin.addEventListener("input", () => {
    clearTimeout(idle);
    idle = setTimeout(() => {
      pin.value = "";
    }, IDLE_MS);
  });
  return pin;
}

globalThis.addEventListener?.("pagehide", () => {
  for (const pin of document.querySelectorAll("input.pin")) /** @type {HTMLInputElement} */ (pin).value = "";
});

/**
 * A key as people choose it.
 *
 * @param {DeviceKey} key
 */
export const keyWord = ({ keyid, label, isElsewhere }) =>
  t`${isElsewhere ? t("別の端末の鍵") : label}（${keyFingerprint(keyid)}）`;

/**
 * @param {{ name: string, label: string, keys: DeviceKey[], chosen?: string, changed?: (keyid: string) => void }} about
 *   `chosen` is a key that is put forward; where two sign, nobody is.
 * @returns {SignerChoice}
 */
export function signerChoice({ name, label, keys, chosen = "", changed = () => {} }) {
  const pin = pinInput();
  const pinPart = labelledField(`${name}-pin`, t("暗証番号"), pin);
  const bare = el(
    "p",
    { class: "small" },
    t("この鍵には暗証番号がありません。「端末と鍵」で新しい鍵に替えてください。"),
  );
  const away = el("p", { class: "small" }, t("この人は、こちらの署名のあとで、自分の端末で署名します。"));
  const select = el(
    "select",
    {},
    keys.length === 1 && chosen ? null : el("option", { value: "" }, t("選んでください")),
    keys.map((key) => el("option", { value: key.keyid, selected: key.keyid === chosen }, keyWord(key))),
  );
  const chosenKey = () => keys.find(({ keyid }) => keyid === select.value);
  const show = () => {
    const key = chosenKey();
    pinPart.hidden = !key?.locked;
    away.hidden = !key?.isElsewhere;
    bare.hidden = !key || Boolean(key.locked || key.isElsewhere);
  };
  const empty = () => {
    pin.value = "";
  };
  pin.addEventListener("input", () => showFieldError(`${name}-pin`, ""));
  select.addEventListener("change", () => {
    empty();
    show();
    showFieldError(name, "");
    showFieldError(`${name}-pin`, "");
    changed(select.value);
  });
  show();
  return {
    name,
    keyid: () => select.value,
    element: el("div", { class: "signer" }, labelledField(name, label, select), pinPart, bare, away),
    isElsewhere: () => Boolean(chosenKey()?.isElsewhere),
    open: async () => {
      const signer = await openSigner(chosenKey(), pin.value);
      empty();
      return signer;
    },
  };
}

/**
 * @param {DeviceKey | undefined} key
 * @param {string} pin
 * @returns {Promise<Signer | null>}
 */
async function openSigner(key, pin) {
  if (!key?.locked) return key?.private_key ? { keyid: key.keyid } : null;
  // Another page of this device may have taken the key away since this one was drawn.
  const kept = pin ? await get("keys", key.keyid) : null;
  const opened = kept?.locked ? await unlockKey(kept.locked, pin) : null;
  if (!opened) return null;
  useForSession(key, opened);
  return { keyid: key.keyid, opened };
}

/**
 * Open the keys of all who sign, each with the PIN of its person: { signers, errors }. What was typed is gone
 * afterwards, whether it was right or not.
 *
 * @param {SignerChoice[]} choices
 */
export async function openSigners(choices) {
  /** @type {Signer[]} */
  const signers = [];
  /** @type {FieldErrors} */
  const errors = {};
  for (const choice of choices.filter((each) => !each.isElsewhere())) {
    const signer = await choice.open();
    if (signer) signers.push(signer);
    else
      errors[`${choice.name}-pin`] = (await get("keys", choice.keyid()))
        ? t("暗証番号が違います。この鍵の持ち主が、自分の暗証番号を入れてください。")
        : t("この鍵は、もうこの端末にありません。「端末と鍵」で確かめてください。");
  }
  return { signers, errors };
}

/**
 * What a posting on its way keeps of those who sign: opened keys until the log has answered, and no longer.
 *
 * @param {Signer[]} signers
 */
export function signersOnItem(signers) {
  const opened = Object.fromEntries(signers.flatMap((each) => (each.opened ? [[each.keyid, each.opened]] : [])));
  return { signers: signers.map(({ keyid }) => keyid), ...(Object.keys(opened).length ? { opened } : {}) };
}
