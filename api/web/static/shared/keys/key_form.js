// The form that makes a key on this device, for one person.

import { el, labelledField, showFieldError } from "../dom.js";
import { t } from "../language.js";
import { pinInput } from "../sending/signer_choice.js";
import { isPinUsable } from "../signing/pin_lock.js";
import { isPinTaken, makeKey } from "./key_making.js";

/** How much of a key's id tells its fields apart. */
const SHORT = 12;

/**
 * What is wrong with a PIN that was typed twice, and in which of both fields.
 *
 * @param {string[]} typed
 * @param {DeviceKey | undefined} old
 */
async function pinFault([pin = "", again = ""], old) {
  if (!isPinUsable(pin))
    return {
      place: 0,
      sentence: t("数字なら6桁以上、言葉なら8文字以上にしてください。同じ数字や順に並んだ数字だけのものは使えません。"),
    };
  if (pin !== again) return { place: 1, sentence: t("二度の入力が違います。もう一度入れてください。") };
  return (await isPinTaken(pin, old?.keyid))
    ? { place: 0, sentence: t("この端末のほかの鍵と同じ暗証番号です。一人ずつ、別の番号にしてください。") }
    : null;
}

/**
 * A name for the key, the PIN of its person, and the button that makes it.
 *
 * @param {{ office: string, word: string, hint: string, wrong: string, made: (key: DeviceKey) => Promise<void>,
 *   called?: string, taken?: DeviceKey[], isPrimary?: boolean, old?: DeviceKey }} about `word` stands on the button; `wrong` is said
 *   of a name that is empty or that one of the `taken` keys has; `called` is offered as name; `made` gets the key.
 *   `old` is the key of the same person that it replaces: then the name is that key's.
 */
export function keyForm({ office, word, hint, wrong, made, called = "", taken = [], isPrimary = false, old }) {
  const label = el("input", { type: "text", maxlength: "20", autocomplete: "off", value: old?.label ?? called });
  const id = `key${old ? `-${old.keyid.slice(0, SHORT)}` : ""}`;
  const pins = [pinInput(), pinInput()];
  const button = el("button", { type: "submit", class: isPrimary ? "primary" : undefined }, word);
  /** @param {any} event */
  const make = async (event) => {
    event.preventDefault();
    const name = label.value.trim();
    if (!name || taken.some((each) => each.label === name)) {
      showFieldError("key-label", wrong);
      label.focus();
      return;
    }
    // Pressed twice makes one key: the second one is another person's.
    button.disabled = true;
    let key;
    try {
      const fault = await pinFault(
        pins.map(({ value }) => value),
        old,
      );
      for (const [place, part] of ["pin", "again"].entries())
        showFieldError(`${id}-${part}`, fault?.place === place ? fault.sentence : "");
      if (fault) {
        button.disabled = false;
        pins[fault.place]?.focus();
        return;
      }
      key = await makeKey(office, name, pins[0]?.value ?? "");
    } catch {
      button.disabled = false;
      showFieldError(
        old ? `${id}-pin` : "key-label",
        t("このブラウザーでは鍵を作れません。ブラウザーを新しい版にするか、別の端末を使ってください。"),
      );
      return;
    }
    for (const pin of pins) pin.value = "";
    await made(key);
  };
  return el(
    "form",
    { novalidate: true, on: { submit: make } },
    old ? null : labelledField("key-label", t("鍵の呼び名（この端末の中だけで使います）"), label, { hint }),
    labelledField(`${id}-pin`, t("この人の暗証番号（数字6桁以上、または英数字8文字以上の言葉）"), pins[0], {
      hint: t(
        "署名するたびに入れます。ほかの人に教えず、ほかの人と同じ番号にしないでください。端末を盗まれても守るには、長い言葉にします。",
      ),
    }),
    labelledField(`${id}-again`, t("暗証番号をもう一度"), pins[1]),
    button,
  );
}
