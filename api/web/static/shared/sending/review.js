// The last look before a posting: who signs, what is missing, and the sending itself.

import { election, environment } from "../connection.js";
import { el, errorSummary, fill, showFieldError } from "../dom.js";
import { notSavedNotice, whenSaved } from "../drafts.js";
import { requireElement } from "../elements.js";
import { t } from "../language.js";
import { makeHalfSigned } from "../signing/half_signed.js";
import { enqueue, newSubmissionId } from "./outbox.js";
import { openSigners, signersOnItem } from "./signer_choice.js";
import { SIGNER_FIELDS, signersPart } from "./signers.js";

/**
 * A form around what is to be looked at, with the keys that sign and the button that sends.
 *
 * @param {ReviewFlow} flow
 * @param {{ send: (button: HTMLButtonElement) => void, back: () => void, errors?: FieldErrors }} does
 * @param {...Child} parts
 */
export function reviewForm(flow, { send, back, errors = {} }, ...parts) {
  const button = el(
    "button",
    { type: "submit", class: "primary", data: { next: "true" } },
    flow.keys.some((key) => key.state === "active") ? t("署名して送る") : t("送る"),
  );
  return el(
    "form",
    {
      novalidate: true,
      class: "review",
      on: {
        submit: (event) => {
          event.preventDefault();
          send(button);
        },
      },
    },
    el("div", { id: "error-place" }, errorSummary(errors)),
    ...parts,
    signersPart(flow),
    el("p", { class: "actions" }, button, el("button", { type: "button", on: { click: back } }, t("入力に戻る"))),
  );
}

/**
 * Show what is missing at its fields and above them; whether anything is.
 *
 * @param {string[]} names
 * @param {FieldErrors} errors
 */
export function showFaults(names, errors) {
  for (const name of names) showFieldError(name, errors[name]);
  const summary = errorSummary(errors);
  fill(requireElement("error-place"), summary);
  summary?.focus();
  return Boolean(summary);
}

/**
 * Put a posting that was looked at among those to be sent, and show what becomes of it.
 *
 * @param {ReviewFlow} flow
 * @param {HTMLButtonElement} button
 * @param {ReviewedReport} report
 */
export async function sendReviewed(flow, button, report) {
  const { draft, book, office } = flow;
  // Pressed twice is sent once: the button is dead and the draft leaves with the posting.
  button.disabled = true;
  const { signers, errors } = await openSigners(flow.choices ?? []);
  // Whoever went back meanwhile sends nothing.
  if (!button.isConnected) return;
  if (showFaults(SIGNER_FIELDS, errors)) {
    button.disabled = false;
    return;
  }
  delete draft.problem;
  await whenSaved();
  const submission_id = newSubmissionId(office.id);
  const { command, scan_sha256, ...shown } = report;
  const submission = {
    election,
    environment,
    office: office.id,
    submission_id,
    command,
    ...(book.own ? {} : { on_behalf: true }),
    ...(scan_sha256 ? { scan_sha256 } : {}),
  };
  if (flow.choices?.some((choice) => choice.isElsewhere())) {
    const [signer] = signers;
    const key = flow.keys.find(({ keyid }) => keyid === signer?.keyid);
    if (key && flow.handOver)
      flow.handOver(await makeHalfSigned(submission, { ...key, private_key: signer?.opened ?? key.private_key }));
    return;
  }
  const item = {
    ...shown,
    submission_id,
    submission,
    ...signersOnItem(signers),
    draft: structuredClone(draft),
    office_name: office.name,
    made_at: new Date().toISOString(),
  };
  await enqueue(item, draft.key).then(
    () => {
      location.hash = `#/sent/${encodeURIComponent(submission_id)}`;
    },
    () => {
      button.disabled = false;
      fill(requireElement("error-place"), notSavedNotice());
      requireElement("errors").focus();
    },
  );
}
