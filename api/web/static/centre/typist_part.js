// Who types an entry: each of two persons opens the sheet with a key of his or her own.

import { el, labelledField, showFieldError } from "../shared/dom.js";
import { t } from "../shared/language.js";
import { officeData } from "../shared/office_data.js";
import { keyWord } from "../shared/sending/signer_choice.js";

/**
 * Whether a sheet says who typed its entries: two sign, with keys of this device.
 *
 * @param {Pick<ReportFlow, "form" | "keys" | "signatures">} flow
 */
export const namesTypists = ({ form, keys, signatures }) =>
  form.isTwice && signatures > 1 && keys.some((key) => key.state === "active");

/**
 * Choose the key of who types; nobody is put forward.
 *
 * @param {ReportFlow} flow
 * @param {"first" | "second"} which
 */
export function typistPart(flow, which) {
  if (!namesTypists(flow)) return null;
  const { draft, keys, elsewhere = [] } = flow;
  const place = which === "first" ? 0 : 1;
  const select = el(
    "select",
    {
      on: {
        change: (event) => {
          draft.typists = place ? [draft.typists?.[0] ?? "", event.target.value] : [event.target.value];
          showFieldError("typist", typistFault(draft, which));
          flow.changed();
        },
      },
    },
    el("option", { value: "" }, t("選んでください")),
    [...keys.filter((key) => key.state === "active"), ...(place ? elsewhere : [])].map((key) =>
      el("option", { value: key.keyid, selected: key.keyid === draft.typists?.[place] }, keyWord(key)),
    ),
  );
  return labelledField("typist", place ? t("二人目に入力する人の鍵") : t("一人目に入力する人の鍵"), select);
}

/**
 * What is wrong with who types; empty where nothing is.
 *
 * @param {Pick<Draft, "typists">} draft
 * @param {"first" | "second"} which
 */
export function typistFault({ typists }, which) {
  const [first, second] = typists ?? [];
  if (!(which === "first" ? first : second)) return t("入力する人の鍵を選んでください。");
  return which === "second" && first === second
    ? t("一人目と同じ鍵です。二人目は別の担当者が、自分の鍵で入力してください。")
    : "";
}

/**
 * What the posting says of its entries.
 *
 * @param {ReportFlow} flow
 */
export function entryFacts(flow) {
  const { draft } = flow;
  const reason = isOneEntry(flow) ? draft.one_entry?.trim() : "";
  return {
    ...(namesTypists(flow) && draft.typists?.length
      ? { typists: reason ? draft.typists.slice(0, 1) : draft.typists }
      : {}),
    ...(reason ? { one_entry: reason } : {}),
  };
}

/**
 * Whether an interim report is sent after one entry, for a reason that goes on record.
 *
 * @param {Pick<ReportFlow, "draft" | "form">} about
 */
export const isOneEntry = ({ draft, form }) =>
  form.isTwice && !draft.final && draft.mode !== "correct" && draft.one_entry !== undefined;

/**
 * The choice to send an interim report after one entry, and why; only where the log records it.
 *
 * @param {ReportFlow} flow
 */
export function oneEntryOption(flow) {
  const { draft, form, changed } = flow;
  if (!form.isTwice || draft.final || draft.mode === "correct" || !officeData()?.workbook.names_typists) return null;
  const reason = el("input", {
    type: "text",
    maxlength: "200",
    value: draft.one_entry ?? "",
    on: {
      input: (event) => {
        draft.one_entry = event.target.value;
        showFieldError("one_entry", "");
        changed();
      },
    },
  });
  const box = el("input", {
    type: "checkbox",
    checked: draft.one_entry !== undefined,
    id: "one-entry",
    on: {
      change: () => {
        draft.one_entry = box.checked ? "" : undefined;
        changed();
        flow.redraw();
      },
    },
  });
  return el(
    "div",
    { class: "one-entry" },
    el("label", { class: "check small" }, box, t(" 中間速報を一人の入力で送る")),
    box.checked ? labelledField("one_entry", t("理由（必須・公開されます）"), reason) : null,
  );
}

/**
 * Those who typed sign; where one typed, somebody else is still to be chosen.
 *
 * @param {Draft} draft
 */
export const signersOfEntries = ({ typists, signers }) => [
  typists?.[0] ?? signers?.[0] ?? "",
  typists?.[1] ?? signers?.[1] ?? "",
];

/**
 * Why these keys cannot sign for what was typed; empty where they can.
 *
 * @param {ReportFlow} flow
 * @param {string[]} chosen
 */
export function signerFault(flow, chosen) {
  if (!namesTypists(flow)) return "";
  const { typists = [] } = entryFacts(flow);
  if (!isOneEntry(flow) && typists.filter(Boolean).length < 2)
    return t("入力に戻り、二人がそれぞれ自分の鍵を選んで入力してください。");
  return typists.every((keyid) => chosen.includes(keyid)) ? "" : t("入力した二人の鍵で署名してください。");
}

/**
 * What is missing before a step may be left, besides figures.
 *
 * @param {ReportFlow} flow
 * @param {"first" | "second"} which
 * @returns {FieldErrors}
 */
export function typistErrors(flow, which) {
  /** @type {FieldErrors} */
  const errors = {};
  const fault = namesTypists(flow) ? typistFault(flow.draft, which) : "";
  if (fault) errors.typist = fault;
  if (which === "first" && isOneEntry(flow) && !flow.draft.one_entry?.trim())
    errors.one_entry = t("一人の入力で送る理由を書いてください。");
  return errors;
}
