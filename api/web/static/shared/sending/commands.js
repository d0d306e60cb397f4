// Commands besides reports: asked for in a dialog, signed, sent, and answered at their field.

import { election, environment, events } from "../connection.js";
import { announce, byId, el, fieldId, fill, labelledField, showFieldError } from "../dom.js";
import { NOT_SAVED } from "../drafts.js";
import { focusedElement, requireElement } from "../elements.js";
import { t } from "../language.js";
import { deviceKeys, requireOfficeData } from "../office_data.js";
import { enqueue, newSubmissionId } from "./outbox.js";
import { locateProblem } from "./refusals.js";
import { openSigners, signerChoice, signersOnItem } from "./signer_choice.js";

/** Keys of this device that may sign now. */
export const activeKeys = async () => (await deviceKeys()).filter((key) => key.state === "active");

/**
 * Send a command and wait for what becomes of it: { state, problem, receipt }.
 *
 * @param {Command} command
 * @param {string} title
 * @param {Signer[]} signers
 * @returns {Promise<OutboxDetail>}
 */
export async function sendCommand(command, title, signers, more = {}) {
  const { office } = requireOfficeData();
  const submission = {
    election,
    environment,
    office: office.id,
    submission_id: newSubmissionId(office.id),
    command,
    ...more,
  };
  return new Promise((resolve) => {
    /** @param {{ detail: OutboxDetail }} event */
    const heard = ({ detail }) => {
      if (detail.submission_id !== submission.submission_id || detail.state === "kept") return;
      events.removeEventListener("outbox", heard);
      resolve(detail);
    };
    events.addEventListener("outbox", heard);
    enqueue({
      submission_id: submission.submission_id,
      submission,
      ...signersOnItem(signers),
      title,
      rows: [],
      form: "",
      contest: command.contest ?? "",
      unit: command.unit ?? "",
      office_name: office.name,
      made_at: new Date().toISOString(),
    }).catch(() =>
      heard({
        detail: {
          submission_id: submission.submission_id,
          state: "refused",
          problem: { title: NOT_SAVED, detail: NOT_SAVED },
        },
      }),
    );
  });
}

/**
 * Ask before a command is sent. `text` names a field that must be written, `make` builds the command,
 * `signer` is a key that has to be among the signers. `send`, where one dialog stands for several
 * commands, sends them and gives sentences about those that failed. `persons` sign where the law asks for more than the office. `check` gives a sentence where what
 * is asked about is no longer so. Resolves with whether it was recorded or waits for the connection.
 *
 * @param {DialogRequest} about
 * @returns {Promise<boolean>}
 */
export async function askAndSend(about) {
  const keys = (await activeKeys()).sort((a, b) => Number(b.keyid === about.signer) - Number(a.keyid === about.signer));
  const required = Math.max(1, about.persons ?? 1, requireOfficeData().office.signatures_required);
  const asker = focusedElement();
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: "dialog", "aria-labelledby": "dialog-title" });
    /** @param {boolean} answer */
    const close = (answer) => {
      dialog.close();
      dialog.remove();
      restoreFocus(asker);
      resolve(answer);
    };
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      close(false);
    });
    fill(dialog, dialogForm({ send: sendOne, ...about, keys, required, close }));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * Where a dialog was asked for, even if its row was drawn again meanwhile.
 *
 * @param {HTMLElement | null} asker
 */
function restoreFocus(asker) {
  const name = asker?.dataset?.focus;
  const again = `[data-focus="${CSS.escape(name ?? "")}"]`;
  /** @type {HTMLElement | null} */
  const found = asker?.isConnected ? asker : name ? document.querySelector(again) : null;
  (found ?? document.querySelector("h1"))?.focus();
}

/**
 * Sentences about what failed; none when it is recorded or waits for the connection.
 *
 * @param {DialogRequest & { make: (text: string) => Command }} about
 * @param {string} text
 * @param {Signer[]} chosen
 */
async function sendOne({ title, make }, text, chosen) {
  const detail = await sendCommand(make(text), title, chosen);
  if (detail.state === "refused") return [locateProblem(detail.problem).sentence];
  announce(detail.state === "recorded" ? t`${title}：記録しました。` : t`${title}：回線がつながると送ります。`);
  return [];
}

/** @param {string} sentence */
const showDialogError = (sentence) => {
  fill(requireElement("dialog-error"), sentence);
  requireElement("dialog-error").hidden = !sentence;
};

/**
 * What is missing before a command may be sent: a sentence at its field.
 *
 * @param {{ text?: string, area: HTMLTextAreaElement | null, chosen: string[] }} about
 */
function validateDialog({ text, area, chosen }) {
  if (area && !area.value.trim()) {
    showFieldError("dialog-text", t`${text}を書いてください。`);
    area.focus();
    return false;
  }
  const empty = chosen.indexOf("");
  if (empty >= 0) {
    showFieldError(`dialog-signer${empty}`, t("署名する鍵を選んでください。"));
    byId(fieldId(`dialog-signer${empty}`))?.focus();
    return false;
  }
  if (new Set(chosen).size < chosen.length) {
    showFieldError("dialog-signer1", t("二人がそれぞれの鍵で署名してください。"));
    return false;
  }
  if (!chosen.length && !requireOfficeData().workbook.unsigned) {
    showDialogError(t("使える鍵がありません。「端末と鍵」で鍵を用意してください。"));
    return false;
  }
  return true;
}

/** @param {OpenDialog} about */
function dialogForm(about) {
  const {
    title,
    lines = [],
    text,
    word,
    danger = false,
    keys,
    signer = "",
    required,
    send,
    check = () => "",
    close,
  } = about;
  const area = text
    ? el("textarea", { rows: "3", maxlength: "2000", on: { input: () => showFieldError("dialog-text", "") } })
    : null;
  const choices = keys.length ? dialogChoices(keys, required, signer) : [];
  const button = el("button", { type: "submit", class: danger ? "danger" : "primary" }, word);
  /** @param {Event} event */
  const act = async (event) => {
    event.preventDefault();
    if (!validateDialog({ text, area, chosen: choices.map((each) => each.keyid()) })) return;
    showDialogError(check());
    if (check()) return;
    button.disabled = true;
    const { signers, errors } = await openSigners(choices);
    // Whoever left the dialog meanwhile sends nothing.
    if (!button.isConnected) return;
    const wrong = Object.keys(errors)[0];
    const faults = wrong ? [] : await send(about, area?.value.trim() ?? "", signers);
    button.disabled = false;
    for (const [name, sentence] of Object.entries(errors)) showFieldError(name, sentence);
    if (wrong) byId(fieldId(wrong))?.focus();
    else if (faults.length) showDialogError(faults.join(" "));
    else close(true);
  };
  return el(
    "form",
    { novalidate: true, on: { submit: act } },
    el("h2", { class: "plain", id: "dialog-title" }, title),
    el("p", { class: "error", id: "dialog-error", role: "alert", hidden: true }),
    lines.map((line) => (typeof line === "string" ? el("p", {}, line) : line)),
    area ? labelledField("dialog-text", t`${text}（必須・公開されます）`, area) : null,
    choices.map(({ element }) => element),
    el(
      "p",
      { class: "actions" },
      button,
      el("button", { type: "button", on: { click: () => close(false) } }, t("やめる")),
    ),
  );
}

/**
 * Fields for those who sign. Where two do, nobody is put forward but the key that the dialog is about.
 *
 * @param {DeviceKey[]} keys
 * @param {number} required
 * @param {string} signer
 */
const dialogChoices = (keys, required, signer) =>
  Array.from({ length: required }, (_, place) =>
    signerChoice({
      name: `dialog-signer${place}`,
      label: place ? t("署名2人目の鍵") : t("署名する鍵"),
      keys: signer && !place ? keys.slice(0, 1) : keys,
      chosen: place ? "" : signer || (required === 1 ? (keys[0]?.keyid ?? "") : ""),
    }),
  );
