// Two officers' figures side by side; what differs is looked up on the paper and put right.
import { el, errorSummary, fieldId, fill, showFieldError, tableHead } from "../shared/dom.js";
import { requireElement } from "../shared/elements.js";
import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { differingFields } from "./comparison.js";
import { askedFields, entryTexts } from "./partial_entry.js";
import { secondEntry } from "./second_entry_seal.js";

/** @type {("first" | "second")[]} */
const ENTRIES = ["first", "second"];
/** @type {Record<string, string>} */
const WORDS = { first: t("一人目"), second: t("二人目") };

/** @param {ReportFlow} flow */
export function compareStep(flow) {
  const { draft } = flow;
  const [first, second] = ENTRIES.map((which) => checkEntry(flow, which));
  const fields = askedFields(eitherFields(flow), draft, "second");
  const wrong = differingFields(fields, first.values, second.values);
  const many = fields.filter(
    (field) => first.values[field.id] !== undefined || second.values[field.id] !== undefined,
  ).length;
  if (!wrong.length) return agreedPart(flow, many);
  return el(
    "form",
    {
      novalidate: true,
      on: {
        submit: (event) => {
          event.preventDefault();
          compareAgain(flow, wrong);
        },
      },
    },
    el("div", { id: "error-place" }),
    el(
      "p",
      { class: "notice notice-warning", role: "alert" },
      t`二人の入力が${wrong.length}か所で違います。用紙を見直し、正しい数字を両方の欄に入れてください。`,
    ),
    el(
      "div",
      { class: "scroll" },
      el(
        "table",
        { class: "sheet compare" },
        tableHead([t("欄"), t("一人目"), t("二人目"), t("差")]),
        el(
          "tbody",
          {},
          wrong.map((field) => fieldRow(flow, field, first.values, second.values)),
        ),
      ),
    ),
    wrong.some((field) => ENTRIES.some((which) => !hasField(flow, which, field)))
      ? el(
          "p",
          {},
          t("按分票が二人で違います。文字とあてはまる人を用紙で確かめ、違う方の入力に戻って加えるか消してください。"),
        )
      : null,
    el("p", { class: "small" }, t`ほかの${many - wrong.length}か所は一致しています。`),
    el(
      "p",
      { class: "actions" },
      el("button", { type: "submit", class: "primary", data: { next: "true" } }, t("もう一度照合する")),
      el("button", { type: "button", on: { click: () => flow.go("second") } }, t("二人目の入力に戻る")),
      el("button", { type: "button", on: { click: () => flow.go("first") } }, t("一人目の入力に戻る")),
    ),
  );
}

/**
 * The draft as one of the entries is read from it.
 *
 * @param {ReportFlow} flow
 * @param {"first" | "second"} which
 */
const entryDraft = ({ draft }, which) => (which === "second" ? secondEntry(draft) : draft);

/**
 * @param {ReportFlow} flow
 * @param {"first" | "second"} which
 */
function checkEntry(flow, which) {
  const { form, book } = flow;
  const draft = entryDraft(flow, which);
  return form.check(book, draft, entryTexts(form, book, draft, which));
}

/**
 * The fields of both sheets: where one has other pools, its fields are no fields of the other.
 *
 * @param {ReportFlow} flow
 */
function eitherFields(flow) {
  const [first, second] = ENTRIES.map((which) => flow.form.fields(flow.book, entryDraft(flow, which)));
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...second.filter(({ id }) => !known.has(id))];
}

/**
 * @param {ReportFlow} flow
 * @param {"first" | "second"} which
 * @param {Field} field
 */
const hasField = (flow, which, { id }) =>
  flow.form.fields(flow.book, entryDraft(flow, which)).some((each) => each.id === id);

/**
 * @param {ReportFlow} flow
 * @param {number} count
 */
function agreedPart(flow, count) {
  return el(
    "div",
    {},
    el("p", { class: "notice notice-done", role: "status" }, t`二人の入力は${count}か所すべて一致しました。`),
    el(
      "p",
      { class: "actions" },
      el(
        "button",
        { type: "button", class: "primary", data: { next: "true" }, on: { click: () => flow.go("review") } },
        t("次へ（確認と送信）"),
      ),
    ),
  );
}

/**
 * @param {ReportFlow} flow
 * @param {Field} field
 * @param {FieldValues} first
 * @param {FieldValues} second
 */
function fieldRow(flow, field, first, second) {
  const values = { first: first[field.id], second: second[field.id] };
  const has = Object.fromEntries(ENTRIES.map((which) => [which, hasField(flow, which, field)]));
  /** @param {"first" | "second"} which */
  const cell = (which) =>
    el(
      "td",
      { class: "entry", data: { word: WORDS[which] } },
      has[which] ? figureInput(flow, field, which) : el("p", { class: "small" }, t("この入力にはない欄")),
      el("p", { class: "error", id: `${fieldId(`${which}/${field.id}`)}-error`, hidden: true }),
    );
  const difference =
    values.first === undefined || values.second === undefined
      ? "—"
      : formatFigure(Math.abs(values.first - values.second), field);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, field.letter ? `${field.letter}　${field.label}` : field.label),
    cell("first"),
    cell("second"),
    el("td", { class: "figures", data: { word: t("差") } }, difference),
  );
}

/**
 * @param {ReportFlow} flow
 * @param {Field} field
 * @param {"first" | "second"} which
 */
function figureInput(flow, field, which) {
  const { draft } = flow;
  const id = fieldId(`${which}/${field.id}`);
  return el("input", {
    id,
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    class: "figure",
    value: draft[which][field.id] ?? "",
    "aria-label": `${field.label}　${WORDS[which]}`,
    "aria-describedby": `${id}-error`,
    on: {
      input: (event) => {
        draft[which][field.id] = event.target.value;
        flow.changed();
      },
    },
  });
}

/**
 * @param {ReportFlow} flow
 * @param {Field[]} wrong
 */
function compareAgain(flow, wrong) {
  /** @type {FieldErrors} */
  const errors = {};
  for (const which of ENTRIES) {
    const found = checkEntry(flow, which).errors;
    for (const [id, sentence] of Object.entries(found)) errors[`${which}/${id}`] = t`${WORDS[which]}：${sentence}`;
  }
  for (const field of wrong)
    for (const which of ENTRIES) showFieldError(`${which}/${field.id}`, errors[`${which}/${field.id}`]);
  const summary = errorSummary(errors);
  fill(requireElement("error-place"), summary);
  if (summary) summary.focus();
  else flow.go("compare");
}
