// Commands of a control room: asked for in a dialog, signed, sent, and answered at their field.
import { announce, byId, el, field, fill, mark } from "../centre/dom.js";
import { desk, deviceKeys } from "../centre/desk.js";
import { election, environment, events } from "../centre/line.js";
import { enqueue, submissionId } from "../centre/outbox.js";
import { located } from "../centre/refusals.js";

/** Send a command and wait for what becomes of it: { state, problem, receipt }. */
export async function sendCommand(command, title, signers, more = {}) {
  const { office } = desk();
  const submission = { election, environment, office: office.id, submission_id: submissionId(office.id), command, ...more };
  return new Promise((resolve) => {
    const heard = ({ detail }) => {
      if (detail.submission_id !== submission.submission_id || detail.state === "kept") return;
      events.removeEventListener("outbox", heard);
      resolve(detail);
    };
    events.addEventListener("outbox", heard);
    enqueue({
      submission_id: submission.submission_id, submission, signers, title, rows: [], form: "", contest: command.contest ?? "",
      unit: command.unit ?? "", office_name: office.name, made_at: new Date().toISOString(),
    });
  });
}

/**
 * Ask before a command is sent. `text` names a field that must be written, `make` builds the command.
 * Resolves with whether it was recorded or waits for the line.
 */
export async function askAndSend({ title, lines = [], text, word, danger = false, make }) {
  const keys = (await deviceKeys()).filter((key) => key.state === "active");
  const required = Math.max(1, desk().office.signatures_required);
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: "dialog", "aria-labelledby": "dialog-title" });
    const close = (answer) => { dialog.close(); dialog.remove(); resolve(answer); };
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(false); });
    fill(dialog, form({ dialog, title, lines, text, word, danger, make, keys, required, close }));
    document.body.append(dialog);
    dialog.showModal();
  });
}

function form({ dialog, title, lines, text, word, danger, make, keys, required, close }) {
  const area = text ? el("textarea", { rows: "3", maxlength: "2000", on: { input: () => mark("dialog-text", "") } }) : null;
  const signers = keys.length ? Array.from({ length: required }, (_, place) => signerSelect(keys, place)) : [];
  const button = el("button", { type: "submit", class: danger ? "danger" : "primary" }, word);
  const send = async (event) => {
    event.preventDefault();
    if (area && !area.value.trim()) { mark("dialog-text", `${text}を書いてください。`); area.focus(); return; }
    const chosen = signers.map(({ select }) => select.value);
    if (new Set(chosen).size < chosen.length) { mark("dialog-signer1", "二人がそれぞれの鍵で署名してください。"); return; }
    if (!chosen.length && !desk().workbook.unsigned) { say("使える鍵がありません。「端末と鍵」で鍵を用意してください。"); return; }
    button.disabled = true;
    const detail = await sendCommand(make(area?.value.trim() ?? ""), title, chosen);
    button.disabled = false;
    if (detail.state === "refused") { say(located(detail.problem).sentence); return; }
    announce(detail.state === "recorded" ? `${title}：記録しました。` : `${title}：回線がつながると送ります。`);
    close(true);
  };
  const say = (sentence) => { fill(byId("dialog-error"), sentence); byId("dialog-error").hidden = false; };
  return el("form", { novalidate: true, on: { submit: send } },
    el("h2", { class: "plain", id: "dialog-title" }, title),
    el("p", { class: "error", id: "dialog-error", role: "alert", hidden: true }),
    lines.map((line) => (typeof line === "string" ? el("p", {}, line) : line)),
    area ? field("dialog-text", `${text}（必須・公開されます）`, area) : null,
    signers.map(({ element }) => element),
    el("p", { class: "actions" }, button, el("button", { type: "button", on: { click: () => close(false) } }, "やめる")));
}

function signerSelect(keys, place) {
  const select = el("select", { on: { change: () => mark("dialog-signer1", "") } }, keys.map((key, at) =>
    el("option", { value: key.keyid, selected: at === place }, `${key.label}（${key.keyid.slice(0, 8)}）`)));
  return { select, element: field(`dialog-signer${place}`, place ? "署名2人目の鍵" : "署名する鍵", select) };
}
