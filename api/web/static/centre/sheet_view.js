// The sheet on the screen: one row per field, large figures, Enter moves on, columns can be pasted.
import { announce, byId, el, fieldId, showFieldError, tableHead } from "../shared/dom.js";
import { focusNextButton, selectInput } from "../shared/elements.js";
import { formatDifference, formatFigure, readFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { countBundles } from "./bundles.js";
import { askedFields, entryTexts, isPartial } from "./partial_entry.js";
import { showSums } from "./sheet_sums.js";
import { fillFields, isColumn, parseRows } from "./spreadsheet_rows.js";

/**
 * A sheet to fill in. `changed` is called at every keystroke, `report` with a sentence and what is
 * wrong after rows were put in.
 *
 * @param {{
 *   form: ReportForm, book: CountBook, draft: Draft, which: "first" | "second", changed: () => void,
 *   report: (sentence: string, error: string) => void,
 * }} about
 * @returns {SheetView}
 */
export function sheetView({ form, book, draft, which, changed, report }) {
  const fields = askedFields(form.fields(book, draft), draft, which);
  const typed = draft[which];
  const last = which === "first" ? form.last(book) : null;
  const isFinder = which === "first" && isPartial(draft);
  /** @type {Map<string, HTMLInputElement>} */
  const inputs = new Map();
  /** @type {Map<string, HTMLElement>} */
  const changes = new Map();
  const sums = el("div", { class: "sums", role: "status", "aria-live": "polite" });

  /**
   * @param {Field} field
   * @param {string} text
   */
  const take = (field, text) => {
    typed[field.id] = text;
    changed();
    refresh();
  };

  function refresh() {
    /** @type {FieldValues} */
    const values = {};
    const texts = entryTexts(form, book, draft, which);
    for (const field of form.fields(book, draft)) {
      const found = readFigure(texts[field.id] ?? "", field);
      if (found.value !== undefined) values[field.id] = found.value;
      const change = changes.get(field.id);
      if (last && change) change.textContent = formatChange(field, found.value, last.values[field.id]);
    }
    showSums(sums, form, book, draft, values);
  }

  /**
   * @param {Field} field
   * @param {number} place
   */
  const row = (field, place) => {
    const input = el("input", {
      id: fieldId(field.id),
      type: "text",
      inputmode: field.votes ? "decimal" : "numeric",
      autocomplete: "off",
      enterkeyhint: "next",
      value: typed[field.id] ?? "",
      class: "figure",
      "aria-describedby": `${fieldId(field.id)}-error`,
      "aria-required": field.required ? "true" : undefined,
      "data-first": place === 0 && !isFinder,
      placeholder: isFinder ? t("変更なし") : undefined,
      on: {
        input: (event) => {
          showFieldError(field.id, "");
          take(field, event.target.value);
          const mark = byId(`${fieldId(field.id)}-carried`);
          if (mark) mark.hidden = draft.carried?.[field.id]?.text !== event.target.value;
        },
        // A person who presses a button leaves the field for it: a sentence that appears now would push it away.
        blur: (event) => {
          putBundles(field, event.target);
          if (!event.relatedTarget?.closest("button")) checkOne(field, event.target);
        },
        keydown: (event) => moveOn(event, place),
        paste: (event) => pasted(event, place),
      },
    });
    inputs.set(field.id, input);
    const change = el("td", { class: "change figures", data: { word: t("増減") } });
    changes.set(field.id, change);
    return el(
      "tr",
      {},
      el(
        "th",
        { scope: "row" },
        el(
          "label",
          { for: input.id },
          field.letter ? el("span", { class: "letter", "aria-hidden": "true" }, field.letter) : null,
          field.number ? el("span", { class: "number" }, String(field.number)) : null,
          el("span", {}, field.label),
          field.note ? el("span", { class: "small" }, `　${field.note}`) : null,
        ),
        carriedMark(draft, which, field),
      ),
      el("td", { class: "entry" }, input, el("p", { class: "error", id: `${fieldId(field.id)}-error`, hidden: true })),
      last
        ? [
            el(
              "td",
              { class: "figures before", data: { word: t("前回") } },
              formatFigure(last.values[field.id], field),
            ),
            change,
          ]
        : null,
    );
  };

  /**
   * Bundles become the figure that they are: nothing else is kept.
   *
   * @param {Field} field
   * @param {HTMLInputElement} input
   */
  function putBundles(field, input) {
    const figure = countBundles(input.value, draft.bundle);
    if (figure === input.value) return;
    input.value = figure;
    take(field, figure);
  }

  /**
   * @param {Field} field
   * @param {HTMLInputElement} input
   */
  function checkOne(field, input) {
    const found = readFigure(input.value, field);
    if (found.error) showFieldError(field.id, found.error);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} place
   */
  function moveOn(event, place) {
    const step = event.key === "Enter" || event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || event.isComposing) return;
    event.preventDefault();
    if (isFinder && event.key === "Enter") {
      selectInput(/** @type {HTMLElement} */ (byId(fieldId("cell"))));
      return;
    }
    const visible = fields.filter((field) => !inputs.get(field.id)?.closest("details:not([open])"));
    const next = visible[visible.indexOf(fields[place]) + step];
    if (next) selectInput(inputs.get(next.id));
    else if (step > 0) focusNextButton();
  }

  /**
   * @param {ClipboardEvent} event
   * @param {number} place
   */
  function pasted(event, place) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!isColumn(text)) return;
    event.preventDefault();
    put(parseRows(text, { isPasted: true }), place);
  }

  /** @param {string[][]} rows */
  function put(rows, place = 0, before = "") {
    if (draft.typists && draft.imported && draft.imported !== which) {
      // A paste or a file is one entry: the same one twice would compare with itself.
      const sentence = t("もう一方の入力が取込みのため、こちらは用紙を見て手で入力してください。");
      report("", sentence);
      announce(sentence);
      return;
    }
    const { filled, faults } = fillFields(fields, rows, place);
    for (const field of fields) {
      const text = filled[field.id];
      const input = inputs.get(field.id);
      if (text === undefined || !input) continue;
      typed[field.id] = text;
      input.value = text;
      showFieldError(field.id, "");
      checkOne(field, input);
      input.closest("details")?.setAttribute("open", "");
    }
    if (Object.keys(filled).length) draft.imported = which;
    changed();
    refresh();
    const many = Object.keys(filled).length;
    const sentence =
      before + (many ? t`${many}か所に入れました。用紙と照らして確かめてください。` : t("どの欄にも入れていません。"));
    report(sentence, faults.join(" "));
    announce([sentence, ...faults].join(" "));
  }

  /** @param {string} group */
  const part = (group) => fields.map((field, place) => ({ field, place })).filter(({ field }) => field.group === group);
  /** @param {string} caption */
  const head = (caption) => tableHead([caption, t("今回"), ...(last ? [t("前回"), t("増減")] : [])]);
  /**
   * @param {string} group
   * @param {string} caption
   */
  const table = (group, caption) =>
    part(group).length
      ? el(
          "table",
          { class: "sheet" },
          head(caption),
          el(
            "tbody",
            {},
            part(group).map(({ field, place }) => row(field, place)),
          ),
        )
      : null;

  const reasons = part("reasons").length
    ? el(
        "details",
        { class: "reasons", open: part("reasons").some(({ field }) => typed[field.id]) },
        el("summary", {}, t("無効投票の理由別の内訳（任意）")),
        table("reasons", t("理由")),
      )
    : null;
  const element = el(
    "div",
    { class: "sheet-part" },
    table("ballot", form.name === "tally" ? t("候補者・名簿・裁判官（届出順）") : t("男女別")),
    table("pools", t("按分票（按分する前の票数）")),
    table("totals", form.name === "tally" ? t("開票録の欄") : t("投票の方法別")),
    reasons,
  );
  refresh();
  return { element, sums, put, refresh, fields, inputs };
}

/**
 * Where a figure is from that nobody typed, until somebody types over it.
 *
 * @param {Draft} draft
 * @param {"first" | "second"} which
 * @param {Field} field
 */
function carriedMark(draft, which, { id }) {
  const found = which === "first" ? draft.carried?.[id] : undefined;
  if (!found) return null;
  const isKept = found.text === draft.first[id];
  return el("span", { class: "carried", id: `${fieldId(id)}-carried`, hidden: !isKept }, t`${found.from}から引き継ぎ`);
}

/**
 * @param {Field} field
 * @param {number | undefined} now
 * @param {number | undefined} before
 */
const formatChange = (field, now, before) =>
  now === undefined || before === undefined ? "" : formatDifference(now - before, field);
