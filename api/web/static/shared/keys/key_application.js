// An application for a key: text that goes from a new device to an office that enrols it.

import { election, environment } from "../connection.js";
import { el, labelledField, showFieldError } from "../dom.js";
import { t } from "../language.js";
import { askAndSend } from "../sending/commands.js";
import { isKeyidRight } from "../signing/envelope.js";
import { keyidElement } from "./key_fingerprint.js";

/**
 * The application for a key, as the office that enrols it takes it in.
 *
 * @param {DeviceKey} key
 * @param {string} office
 */
export const applicationText = (key, office) =>
  JSON.stringify(
    {
      kaihyo: "enrol-key",
      election,
      environment,
      office,
      keyid: key.keyid,
      public_key: key.public_key,
      proof: key.proof,
    },
    null,
    1,
  );

/**
 * A form to take in an application for a key; `done` is called when it is recorded.
 *
 * @param {{ heading: "h2" | "h3", done: Reload }} about
 */
export function applicationForm({ heading, done }) {
  const text = el("textarea", {
    rows: "6",
    class: "application",
    autocomplete: "off",
    spellcheck: "false",
    on: { input: () => showFieldError("application", "") },
  });
  /** @param {Event} event */
  const act = async (event) => {
    event.preventDefault();
    const found = await parseApplication(text.value);
    if (found.error) {
      showFieldError("application", found.error);
      text.focus();
      return;
    }
    const isSent = await askAndSend({
      title: t("鍵の申請を登録する"),
      word: t("登録する"),
      lines: [t`機関：${found.office}`, el("p", {}, t("鍵の番号："), keyidElement(found.keyid))],
      make: () => ({
        command: "enrol-key",
        office: found.office,
        key: { public_key: found.public_key, proof: found.proof },
      }),
    });
    if (isSent) {
      text.value = "";
      await done();
    }
  };
  return el(
    "form",
    { novalidate: true, on: { submit: act } },
    el(heading, {}, t("申請の登録")),
    labelledField("application", t("受け取った鍵の申請"), text, {
      hint: t("新しい端末の「端末と鍵」で写した文を、そのまま貼り付けてください。"),
    }),
    el("button", { type: "submit" }, t("内容を確かめる")),
  );
}

/** @param {string} text */
export async function parseApplication(text) {
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return { error: t("鍵の申請として読めません。写した文を、はじめから終わりまで貼り付けてください。") };
  }
  if (found?.kaihyo !== "enrol-key" || !(await isKeyidRight(found)))
    return { error: t("鍵の申請ではありません。開票所の「端末と鍵」の文を貼り付けてください。") };
  if (found.election !== election || found.environment !== environment)
    return { error: t`この申請は別の選挙（${found.election}・${found.environment}）のものです。` };
  return found;
}
