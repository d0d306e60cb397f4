// Who signs: one key, or two keys of two persons where the office asks for that.
import { el, labelledField, showFieldError } from "../dom.js";
import { keyFingerprint } from "../keys/key_fingerprint.js";
import { t } from "../language.js";

/**
 * Selects for the keys that sign, or a sentence where there are none.
 *
 * @param {SigningFlow} about
 */
export function signersPart({ keys, signatures, unsigned, draft }) {
  const usable = keys.filter((key) => key.state === "active");
  if (!usable.length) {
    return unsigned
      ? el("p", { class: "notice" }, t("この訓練では署名なしで送れます。本番では端末の鍵で署名します。"))
      : el(
          "p",
          { class: "notice notice-error" },
          t("使える鍵がありません。"),
          el("a", { href: "#/device" }, t("「端末と鍵」で鍵を作り、承認を受けてください。")),
          t("入力は保存されています。"),
        );
  }
  const signers = Array.from(
    { length: signatures },
    // Where two sign, each chooses a key: nobody is put forward as the other one.
    (_, place) => draft.signers?.[place] ?? (signatures === 1 ? usable[0]?.keyid : undefined) ?? "",
  );
  draft.signers = signers;
  return signers.map((chosen, place) => {
    const select = el(
      "select",
      {
        on: {
          change: (event) => {
            signers[place] = event.target.value;
            showFieldError(`signer${place}`, "");
          },
        },
      },
      el("option", { value: "" }, t("選んでください")),
      usable.map((key) =>
        el(
          "option",
          { value: key.keyid, selected: key.keyid === chosen },
          t`${key.label}（${keyFingerprint(key.keyid)}）`,
        ),
      ),
    );
    return labelledField(`signer${place}`, signatures > 1 ? t`署名${place + 1}人目の鍵` : t("署名する鍵"), select);
  });
}

/**
 * { chosen, errors }: the keys that sign, and what is missing.
 *
 * @param {SigningFlow} about
 */
export function chosenSigners({ keys, signatures, unsigned, draft }) {
  const chosen = keys.some((key) => key.state === "active") ? (draft.signers ?? []).slice(0, signatures) : [];
  /** @type {FieldErrors} */
  const errors = {};
  if (!chosen.length && !unsigned)
    errors.signer0 = t("使える鍵がないため送れません。「端末と鍵」で鍵を用意してください。");
  if (chosen.some((keyid) => !keyid)) errors.signer0 = t("署名する鍵を選んでください。");
  if (chosen.length > 1 && chosen[0] === chosen[1]) errors.signer1 = t("二人がそれぞれの鍵で署名してください。");
  return { chosen, errors };
}
