// How a sheet is typed: single cells of a correction, bundles, figures of earlier reports.

import { el, fieldId, showFieldError } from "../shared/dom.js";
import { focusFirstField, focusNextButton, selectInput } from "../shared/elements.js";
import { t } from "../shared/language.js";
import { BUNDLE, bundleSize } from "./bundles.js";
import { beginPartial, endPartial, findCell, isPartial } from "./partial_entry.js";

/**
 * A field to go to a cell by its number or letter, and whether sums follow; null where the whole
 * sheet is typed. Enter in a cell comes back here, Enter in this empty field goes on.
 *
 * @param {ReportFlow} flow
 * @param {SheetView} sheet
 */
export function cellFinder({ draft, form, changed }, sheet) {
  if (!isPartial(draft) || draft.step === "second") return null;
  /** @param {KeyboardEvent} event */
  const go = (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const { value } = input;
    const field = findCell(sheet.fields, value);
    showFieldError("cell", value.trim() && !field ? t`「${value}」の欄はありません。` : "");
    if (field) selectInput(sheet.inputs.get(field.id));
    else if (!value.trim()) focusNextButton();
    input.value = "";
  };
  const input = el("input", {
    id: fieldId("cell"),
    type: "text",
    autocomplete: "off",
    class: "short",
    "data-first": true,
    "aria-describedby": `${fieldId("cell")}-error`,
    on: { keydown: go },
  });
  const sums = el("input", {
    type: "checkbox",
    id: fieldId("sums"),
    checked: Boolean(draft.sums),
    on: {
      change: () => {
        draft.sums = sums.checked;
        changed();
        sheet.refresh();
      },
    },
  });
  return el(
    "p",
    { class: "cell-finder" },
    el("label", { for: input.id }, form.name === "tally" ? t("直す欄（届出番号か D～I）") : t("直す欄")),
    " ",
    input,
    el("span", { class: "error", id: `${input.id}-error`, hidden: true }),
    form.name === "tally" ? el("label", { class: "check" }, sums, t(" 合計（D・F・I）は計算で直す")) : null,
  );
}

/**
 * Whether the whole sheet of a correction is typed, or the cells that change.
 *
 * @param {ReportFlow} flow
 */
export function correctionScope(flow) {
  const { form, book, draft } = flow;
  if (draft.mode !== "correct" || !form.last(book)) return null;
  const partial = isPartial(draft);
  const change = async () => {
    if (partial) endPartial(draft);
    else beginPartial(form, book, draft);
    flow.changed();
    await flow.redraw();
    focusFirstField(flow.place);
  };
  return el(
    "p",
    {},
    partial ? t("直す欄だけを入力します。ほかの欄は前の報告のままです。") : t("すべての欄を入力し直します。"),
    " ",
    el(
      "button",
      { type: "button", id: "scope", on: { click: change } },
      partial ? t("すべて入力し直す") : t("直す欄だけ入力する"),
    ),
  );
}

/**
 * Whether figures are typed in bundles.
 *
 * @param {ReportFlow} flow
 */
export function bundleOption({ draft, changed, form }) {
  if (form.name !== "tally") return null;
  const size = el("input", {
    type: "text",
    inputmode: "numeric",
    class: "short",
    value: String(draft.bundle ?? BUNDLE),
    "aria-label": t("1束の票数"),
    on: { input: () => take() },
  });
  const box = el("input", {
    type: "checkbox",
    id: fieldId("bundles"),
    checked: Boolean(draft.bundle),
    on: { change: () => take() },
  });
  const take = () => {
    draft.bundle = box.checked ? bundleSize(size.value) : undefined;
    changed();
  };
  return el(
    "p",
    { class: "small bundles" },
    el("label", { class: "check" }, box, t(" 束で入力（7+123 は7束と123票）")),
    t("　1束 "),
    size,
    t("票"),
  );
}

/**
 * Figures of the same unit in another contest: put in where somebody asks for them.
 *
 * @param {ReportFlow} flow
 */
export function carriedOffers(flow) {
  const { form, book, draft } = flow;
  const offers = (form.carried?.(book) ?? []).filter(({ isSame }) => !isSame);
  if (!offers.length || draft.mode === "correct") return null;
  return offers.map(({ from, texts }) =>
    el(
      "button",
      {
        type: "button",
        class: "carry",
        on: {
          click: () => {
            carry(draft, from, texts);
            flow.changed();
            flow.redraw();
          },
        },
      },
      t`${from}の当日有権者数を入れる`,
    ),
  );
}

/**
 * Put earlier figures in, marked with where they are from.
 *
 * @param {Pick<Draft, "first" | "carried">} draft
 * @param {string} from
 * @param {FieldTexts} texts
 */
export function carry(draft, from, texts) {
  Object.assign(draft.first, texts);
  draft.carried = {
    ...draft.carried,
    ...Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, { text, from }])),
  };
}
