// The form of a questionnaire: one row per item, limits beside it, Enter moves on, columns are pasted.
import { announce, el, fieldId, fill, showFieldError, tableHead } from "../shared/dom.js";
import { focusNextButton } from "../shared/elements.js";
import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { fillItems } from "./pasted_answers.js";
import { completeItems, formatAnswer, identities, limits, readItem } from "./questions.js";

/**
 * The form of an answer. `offered` stands beside the fields, `changed` is called at every keystroke.
 *
 * @param {{
 *   questionnaire: Questionnaire, draft: AnswerDraft, offered: { word: string, values: Answers } | null,
 *   changed: () => void,
 * }} about
 * @returns {{ element: HTMLElement, sums: HTMLElement, put: (texts: FieldTexts) => void }}
 */
export function entryForm({ questionnaire, draft, offered: aside, changed }) {
  const items = completeItems(questionnaire);
  /** @type {Map<string, HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>} */
  const inputs = new Map();
  const sums = el("div", { class: "sums", role: "status", "aria-live": "polite" });

  /**
   * @param {Item} item
   * @param {string} text
   */
  function take(item, text) {
    draft.typed[item.id] = text;
    changed();
    refresh();
  }

  function refresh() {
    /** @type {Answers} */
    const values = {};
    for (const item of items) {
      const found = readItem(item, draft.typed[item.id]);
      if (found.value !== undefined) values[item.id] = found.value;
    }
    showSums(sums, questionnaire, values, items);
  }

  /** @param {Item} item */
  const check = (item) => {
    const { error } = readItem(item, draft.typed[item.id]);
    showFieldError(item.id, error ? t`${item.title}：${error}` : "");
  };

  // An error that appears while a button is pressed would move the button away from under the pointer.
  /**
   * @param {Item} item
   * @param {FocusEvent} event
   */
  const left = (item, event) => {
    if (!(event.relatedTarget instanceof Element && event.relatedTarget.closest("button"))) check(item);
  };

  /**
   * @param {Item} item
   * @param {number} place
   */
  function control(item, place) {
    const common = {
      id: fieldId(item.id),
      value: draft.typed[item.id] ?? "",
      "aria-required": item.required ? "true" : undefined,
      "aria-describedby": `${fieldId(item.id)}-error ${fieldId(item.id)}-limits`,
    };
    /** @type {Record<string, (event: any) => void>} */
    const on = {
      input: (event) => {
        showFieldError(item.id, "");
        take(item, event.target.value);
      },
      blur: (event) => left(item, event),
      paste: (event) => pasted(event, place),
    };
    if (item.kind === "text")
      return el("textarea", { ...common, rows: "3", maxlength: "2000", on: { input: on.input, blur: on.blur } });
    if (item.kind === "choice") {
      return el(
        "select",
        { ...common, on: { input: on.input, blur: on.blur } },
        el("option", { value: "" }, t("選んでください")),
        item.choices.map((choice) =>
          el("option", { value: choice, selected: choice === draft.typed[item.id] }, choice),
        ),
      );
    }
    const moves = { ...on, keydown: (/** @type {KeyboardEvent} */ event) => moveOn(event, place) };
    return el("input", {
      ...common,
      type: "text",
      inputmode: item.kind === "count" ? "numeric" : "text",
      autocomplete: "off",
      enterkeyhint: "next",
      class: "figure",
      on: moves,
    });
  }

  /**
   * @param {Item} item
   * @param {number} place
   */
  function row(item, place) {
    const input = control(item, place);
    inputs.set(item.id, input);
    const offered = aside?.values[item.id];
    const use = () => {
      input.value = String(offered);
      take(item, input.value);
      check(item);
      input.focus();
    };
    return el(
      "tr",
      { data: { item: item.id } },
      el(
        "th",
        { scope: "row" },
        el("label", { for: input.id }, item.title),
        item.unit ? el("span", { class: "small" }, t`（${item.unit}）`) : null,
        el("p", { class: "small limits", id: `${input.id}-limits` }, limits(item)),
      ),
      el("td", { class: "entry" }, input, el("p", { class: "error", id: `${input.id}-error`, hidden: true })),
      aside
        ? el(
            "td",
            { class: "offered" },
            offered === undefined
              ? ""
              : el(
                  "button",
                  {
                    type: "button",
                    class: "small-button",
                    "aria-label": t`${item.title}に${formatAnswer(offered)}を入れる`,
                    on: { click: use },
                  },
                  formatAnswer(offered),
                ),
          )
        : null,
    );
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} place
   */
  function moveOn(event, place) {
    const step = event.key === "Enter" || event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || event.isComposing) return;
    event.preventDefault();
    const next = items[place + step];
    if (next) inputs.get(next.id)?.focus();
    else if (step > 0) focusNextButton();
  }

  /**
   * @param {ClipboardEvent} event
   * @param {number} place
   */
  function pasted(event, place) {
    const text = (event.clipboardData?.getData("text/plain") ?? "").replaceAll(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!/[\n\t]/.test(text)) return;
    event.preventDefault();
    const rows = text.split("\n").map((line) => line.split("\t").map((cell) => cell.trim()));
    const { texts, faults } = fillItems(items, rows, place);
    put(texts);
    announce([t`${Object.keys(texts).length}か所に入れました。`, ...faults].join(""));
    if (faults.length) showFieldError(items[place].id, faults.join(""));
  }

  /**
   * Put texts into fields: item id -> text.
   *
   * @param {FieldTexts} texts
   */
  function put(texts) {
    for (const item of items) {
      const text = texts[item.id];
      const input = inputs.get(item.id);
      if (text === undefined || !input) continue;
      draft.typed[item.id] = text;
      input.value = text;
      check(item);
    }
    changed();
    refresh();
  }

  const element = el(
    "table",
    { class: "sheet" },
    tableHead([t("項目"), t("回答"), ...(aside ? [aside.word] : [])]),
    el("tbody", {}, items.map(row)),
  );
  refresh();
  return { element, sums, put };
}

/** @type {Record<string, string>} */
const MARKS = { open: "…", true: "✓", false: "✗" };

/**
 * @param {HTMLElement} place
 * @param {Questionnaire} questionnaire
 * @param {Answers} values
 * @param {Item[]} items
 */
function showSums(place, questionnaire, values, items) {
  const needed = items.filter((item) => item.required);
  const done = needed.filter((item) => values[item.id] !== undefined).length;
  fill(
    place,
    el(
      "p",
      { class: "running" },
      t("必須の回答"),
      " ",
      el("strong", { class: "figures" }, `${done} / ${needed.length}`),
    ),
    el(
      "ul",
      { class: "identities" },
      identities(questionnaire, values).map((found) =>
        el(
          "li",
          { class: `identity identity-${found.state}`, data: { identity: found.field } },
          el("span", { class: "identity-mark", "aria-hidden": "true" }, MARKS[found.state]),
          el("span", { class: "identity-text" }, found.text),
          el("span", { class: "identity-word" }, sumWord(found)),
        ),
      ),
    ),
  );
}

/** @param {any} about */
function sumWord({ state, stated, computed }) {
  if (state === "true") return t`合っています（${formatFigure(stated)}）`;
  if (state === "open") return t`内訳の合計はいま${formatFigure(computed)}`;
  return t`合いません。記載${formatFigure(stated)}・内訳の合計${formatFigure(computed)}`;
}
