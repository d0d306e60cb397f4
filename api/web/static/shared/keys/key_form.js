// The form that makes a key on this device, for one person.

import { el, labelledField, showFieldError } from "../dom.js";
import { t } from "../language.js";
import { makeKey } from "./key_rotation.js";

/**
 * A name for the key, and the button that makes it.
 *
 * @param {{ office: string, word: string, hint: string, wrong: string, made: (key: DeviceKey) => Promise<void>,
 *   called?: string, taken?: DeviceKey[], isPrimary?: boolean }} about `word` stands on the button; `wrong` is said
 *   of a name that is empty or that one of the `taken` keys has; `called` is offered as name; `made` gets the key.
 */
export function keyForm({ office, word, hint, wrong, made, called = "", taken = [], isPrimary = false }) {
  const label = el("input", { type: "text", maxlength: "20", autocomplete: "off", value: called });
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
      key = await makeKey(office, name);
    } catch {
      button.disabled = false;
      showFieldError(
        "key-label",
        t("このブラウザーでは鍵を作れません。ブラウザーを新しい版にするか、別の端末を使ってください。"),
      );
      return;
    }
    await made(key);
  };
  return el(
    "form",
    { novalidate: true, on: { submit: make } },
    labelledField("key-label", t("鍵の呼び名（この端末の中だけで使います）"), label, { hint }),
    button,
  );
}
