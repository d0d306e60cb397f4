// The last look before a posting: figures, warnings with reasons, who signs.

import { election, environment } from "../shared/connection.js";
import { el, errorSummary, fill, labelledField, showFieldError } from "../shared/dom.js";
import { notSavedNotice, whenSaved } from "../shared/drafts.js";
import { requireElement } from "../shared/elements.js";
import { formatDifference, formatFigure, formatMoment } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { enqueue, newSubmissionId } from "../shared/sending/outbox.js";
import { scanField } from "./scan_view.js";

/** @param {ReportFlow} flow */
export function reviewStep(flow) {
  const { form, book, draft } = flow;
  const { values, errors } = form.check(book, draft, draft.first);
  const warnings = form.warnings(book, values, draft);
  const send = el(
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
          sendReport(flow, values, warnings, send);
        },
      },
    },
    el("div", { id: "error-place" }, Object.keys(errors).length ? errorSummary(errors) : null),
    el(
      "dl",
      { class: "figures-list" },
      definition(
        t("種別"),
        `${draft.mode === "correct" ? t("訂正・") : ""}${form.stages.find(([value]) => value === (draft.final ? "final" : "interim"))?.[1]}`,
      ),
      definition(t("時点"), t`${formatMoment(draft.as_of)}現在`),
      definition(t("機関"), flow.office.name),
    ),
    el("div", { class: "scroll" }, figuresTable(flow, values)),
    warnings.length
      ? el(
          "div",
          { class: "notice notice-warning" },
          el("h2", { class: "plain" }, t("確かめてください")),
          el(
            "ul",
            {},
            warnings.map((each) => el("li", {}, each.sentence)),
          ),
        )
      : null,
    draft.mode === "correct"
      ? reasonField(
          flow,
          "reason",
          t("訂正の理由（必須・公開されます）"),
          t("何を、なぜ直すのかを書いてください。氏名は書かないでください。"),
        )
      : null,
    draft.mode !== "correct" && warnings.length
      ? reasonField(
          flow,
          "remark",
          t("注意の理由（必須・公開されます）"),
          t("上の注意について、確かめた内容を書いてください。氏名は書かないでください。"),
        )
      : null,
    scanField(flow),
    signersPart(flow),
    el(
      "p",
      { class: "actions" },
      send,
      el("button", { type: "button", on: { click: () => flow.go("first") } }, t("入力に戻る")),
    ),
  );
}

/**
 * @param {string} word
 * @param {string} text
 */
const definition = (word, text) => el("div", {}, el("dt", {}, word), el("dd", {}, text));

/**
 * @param {ReportFlow} about
 * @param {FieldValues} values
 */
function figuresTable({ form, book, draft }, values) {
  const last = form.last(book);
  const rows = form.fields(book, draft).filter((field) => values[field.id] !== undefined);
  return el(
    "table",
    { class: "sheet review-table" },
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col" }, t("欄")),
        el("th", { scope: "col" }, t("今回")),
        last ? [el("th", { scope: "col" }, t("前回")), el("th", { scope: "col" }, t("増減"))] : null,
      ),
    ),
    el(
      "tbody",
      {},
      rows.map((field) =>
        el(
          "tr",
          { data: { row: field.id } },
          el("th", { scope: "row" }, field.letter ? `${field.letter}　${field.label}` : field.label),
          el("td", { class: "big-figure" }, formatFigure(values[field.id], field)),
          last
            ? [
                el("td", { data: { word: t("前回") } }, formatFigure(last.values[field.id], field)),
                el(
                  "td",
                  { data: { word: t("増減") } },
                  last.values[field.id] === undefined
                    ? ""
                    : formatDifference(values[field.id] - last.values[field.id], field),
                ),
              ]
            : null,
        ),
      ),
    ),
  );
}

/**
 * @param {ReportFlow} about
 * @param {"reason" | "remark"} name
 * @param {string} label
 * @param {string} hint
 */
function reasonField({ draft, changed }, name, label, hint) {
  const area = el("textarea", {
    rows: "3",
    maxlength: "2000",
    value: draft[name] ?? "",
    on: {
      input: (event) => {
        draft[name] = event.target.value;
        showFieldError(name, "");
        changed();
      },
    },
  });
  return labelledField(name, label, area, { hint });
}

/** @param {ReportFlow} flow */
function signersPart(flow) {
  const usable = flow.keys.filter((key) => key.state === "active");
  const required = flow.signatures;
  if (!usable.length) {
    return flow.unsigned
      ? el("p", { class: "notice" }, t("この訓練では署名なしで送れます。本番では端末の鍵で署名します。"))
      : el(
          "p",
          { class: "notice notice-error" },
          t("使える鍵がありません。"),
          el("a", { href: "#/device" }, t("「端末と鍵」で鍵を作り、承認を受けてください。")),
          t("入力は保存されています。"),
        );
  }
  /** @param {number} place */
  const select = (place) => {
    const chosen = flow.draft.signers?.[place] ?? usable[place]?.keyid ?? "";
    const made = el(
      "select",
      {
        on: {
          change: (event) => {
            chooseSigner(flow, place, event.target.value);
          },
        },
      },
      el("option", { value: "" }, t("選んでください")),
      usable.map((key) =>
        el("option", { value: key.keyid, selected: key.keyid === chosen }, t`${key.label}（${key.keyid.slice(0, 8)}）`),
      ),
    );
    chooseSigner(flow, place, chosen);
    return labelledField(`signer${place}`, required > 1 ? t`署名${place + 1}人目の鍵` : t("署名する鍵"), made);
  };
  return Array.from({ length: required }, (_, place) => select(place));
}

/**
 * @param {ReportFlow} flow
 * @param {number} place
 * @param {string} keyid
 */
function chooseSigner(flow, place, keyid) {
  flow.draft.signers = Object.assign([...(flow.draft.signers ?? [])], { [place]: keyid });
  showFieldError(`signer${place}`, "");
}

/**
 * @param {ReportFlow} flow
 * @param {SheetWarning[]} warnings
 */
function findFaults(flow, warnings) {
  const { form, book, draft } = flow;
  const { errors } = form.check(book, draft, draft.first);
  if (draft.mode === "correct" && !draft.reason.trim()) errors.reason = t("訂正の理由を書いてください。");
  if (draft.mode !== "correct" && warnings.length && !draft.remark.trim())
    errors.remark = t("注意について、確かめた内容を書いてください。");
  const chosen = flow.keys.some((key) => key.state === "active") ? (draft.signers ?? []).slice(0, flow.signatures) : [];
  if (!chosen.length && !flow.unsigned)
    errors.signer0 = t("使える鍵がないため送れません。「端末と鍵」で鍵を用意してください。");
  if (chosen.length && chosen.some((keyid) => !keyid)) errors.signer0 = t("署名する鍵を選んでください。");
  if (chosen.length > 1 && chosen[0] === chosen[1]) errors.signer1 = t("二人がそれぞれの鍵で署名してください。");
  return { errors, chosen };
}

/**
 * @param {ReportFlow} flow
 * @param {FieldValues} values
 * @param {SheetWarning[]} warnings
 * @param {HTMLButtonElement} button
 */
async function sendReport(flow, values, warnings, button) {
  const { form, book, draft, office } = flow;
  const { errors, chosen } = findFaults(flow, warnings);
  for (const name of ["reason", "remark", "signer0", "signer1"]) showFieldError(name, errors[name]);
  const summary = errorSummary(errors);
  fill(requireElement("error-place"), summary);
  if (summary) {
    summary.focus();
    return;
  }
  // Pressed twice is sent once: the button is dead and the draft leaves with the posting.
  button.disabled = true;
  delete draft.problem;
  // The digest of the paper's image goes along even where a large image takes its time.
  await flow.scan;
  await whenSaved();
  const submission = {
    election,
    environment,
    office: office.id,
    submission_id: newSubmissionId(office.id),
    command: form.command(book, draft, values),
    ...(book.own ? {} : { on_behalf: true }),
    ...(draft.scan_sha256 ? { scan_sha256: draft.scan_sha256 } : {}),
  };
  await enqueue(
    {
      submission_id: submission.submission_id,
      submission,
      signers: chosen,
      draft: structuredClone(draft),
      title: `${book.unit_name}　${book.name}　${form.title}`,
      form: form.name,
      contest: book.contest,
      unit: book.unit,
      rows: printedRows(flow, values),
      office_name: office.name,
      made_at: new Date().toISOString(),
    },
    draft.key,
  ).then(
    () => {
      location.hash = `#/sent/${encodeURIComponent(submission.submission_id)}`;
    },
    () => {
      button.disabled = false;
      fill(requireElement("error-place"), notSavedNotice());
      requireElement("errors").focus();
    },
  );
}

/**
 * What the receipt shows: the figures as they were sent.
 *
 * @param {ReportFlow} about
 * @param {FieldValues} values
 */
function printedRows({ form, book, draft }, values) {
  return form
    .fields(book, draft)
    .filter((field) => values[field.id] !== undefined)
    .map((field) => [
      field.letter ? `${field.letter}　${field.label}` : field.label,
      formatFigure(values[field.id], field),
    ]);
}
