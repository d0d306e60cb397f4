// Who signs: one key, or two keys of two persons where the office asks for that.
import { el } from "../dom.js";
import { t } from "../language.js";
import { signerChoice } from "./signer_choice.js";

/**
 * Fields for those who sign, or a sentence where this device has no key.
 *
 * @param {SigningFlow} flow
 */
export function signersPart(flow) {
  const { keys, signatures, unsigned, draft, elsewhere = [] } = flow;
  const usable = keys.filter((key) => key.state === "active");
  flow.choices = [];
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
  flow.choices = signers.map((chosen, place) =>
    signerChoice({
      name: `signer${place}`,
      label: signatures > 1 ? t`署名${place + 1}人目の鍵` : t("署名する鍵"),
      // The first person is at this device.
      keys: place ? [...usable, ...elsewhere] : usable,
      chosen,
      changed: (keyid) => {
        signers[place] = keyid;
      },
    }),
  );
  return flow.choices.map(({ element }) => element);
}

/** Fields that show what is missing of those who sign. */
export const SIGNER_FIELDS = ["signer0", "signer1", "signer0-pin", "signer1-pin"];

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
