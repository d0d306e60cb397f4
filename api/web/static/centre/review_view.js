// The last look before a posting: figures, warnings with reasons, who signs.

import { el, labelledField, showFieldError, tableHead } from "../shared/dom.js";
import { formatDifference, formatFigure, formatMoment } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { reviewForm, sendReviewed, showFaults } from "../shared/sending/review.js";
import { chosenSigners, SIGNER_FIELDS } from "../shared/sending/signers.js";
import { checkWord } from "./check_word.js";
import { entryTexts } from "./partial_entry.js";
import { askQuestions, questionPart, unansweredQuestions, withAnswers } from "./question_view.js";
import { scanField } from "./scan_view.js";
import { entryFacts, namesTypists, signerFault, signersOfEntries } from "./typist_part.js";

/** @param {ReportFlow} flow */
export function reviewStep(flow) {
  const { form, book, draft } = flow;
  const { values, errors } = form.check(book, draft, entryTexts(form, book, draft, "first"));
  const warnings = form.warnings(book, values, draft);
  if (namesTypists(flow)) draft.signers = signersOfEntries(draft);
  return reviewForm(
    flow,
    { send: (button) => sendReport(flow, values, warnings, button), back: () => flow.go("first"), errors },
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
    derivedPart(flow, values),
    checkWordPart(flow, values),
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
    Object.keys(errors).length ? null : questionPart(flow, form.command(book, draft, values)),
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
    tableHead([t("欄"), t("今回"), ...(last ? [t("前回"), t("増減")] : [])]),
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
 * What the server computes from the figures, so that nobody is surprised by it.
 *
 * @param {ReportFlow} about
 * @param {FieldValues} values
 */
function derivedPart({ form, book, draft }, values) {
  const rows = form.derived?.(book, values, draft) ?? [];
  return rows.length
    ? el(
        "dl",
        { class: "figures-list", id: "division" },
        rows.map(([word, figure]) => definition(word, figure)),
      )
    : null;
}

/**
 * The word to compare with the other end of the telephone.
 *
 * @param {ReportFlow} about
 * @param {FieldValues} values
 */
function checkWordPart({ form, book, draft }, values) {
  const place = el("strong", { id: "check-word" });
  checkWord({ ...book, final: draft.final, as_of: draft.as_of }, form.fields(book, draft), values).then((found) => {
    place.textContent = found.spelled ? t`${found.word}（${found.spelled}）` : found.word;
  });
  return el(
    "p",
    { class: "check-word" },
    t("合言葉　"),
    place,
    el(
      "span",
      { class: "small" },
      t(
        "　電話で受けた数字は上から読み返し、最後に合言葉を比べます。種別・時点・数字がすべて同じときだけ、双方の画面で同じ言葉になります。",
      ),
    ),
  );
}

/**
 * Usual reasons, put into the field with one press.
 *
 * @param {HTMLTextAreaElement} area
 */
const usualReasons = (area) =>
  el(
    "p",
    { class: "actions" },
    [t("転記の誤り"), t("候補者の取り違え"), t("桁の誤り"), t("数え直し")].map((word) =>
      el(
        "button",
        {
          type: "button",
          on: {
            click: () => {
              area.value = word;
              area.dispatchEvent(new Event("input"));
              area.focus();
            },
          },
        },
        word,
      ),
    ),
  );

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
  return [labelledField(name, label, area, { hint }), name === "reason" ? usualReasons(area) : null];
}

/**
 * @param {ReportFlow} flow
 * @param {SheetWarning[]} warnings
 * @param {AskedQuestions | null} asked
 */
function findFaults(flow, warnings, asked) {
  const { form, book, draft } = flow;
  const { errors } = form.check(book, draft, entryTexts(form, book, draft, "first"));
  if (draft.mode === "correct" && !draft.reason.trim()) errors.reason = t("訂正の理由を書いてください。");
  if (draft.mode !== "correct" && warnings.length && !draft.remark.trim())
    errors.remark = t("注意について、確かめた内容を書いてください。");
  const { chosen, errors: unsigned } = chosenSigners(flow);
  const fault = signerFault(flow, chosen);
  if (fault) unsigned.signer0 ??= fault;
  return { errors: { ...errors, ...unansweredQuestions(draft, asked), ...unsigned } };
}

/**
 * @param {ReportFlow} flow
 * @param {FieldValues} values
 * @param {SheetWarning[]} warnings
 * @param {HTMLButtonElement} button
 */
async function sendReport(flow, values, warnings, button) {
  const { form, book, draft } = flow;
  button.disabled = true;
  const asked = await askQuestions(book, form.command(book, draft, values));
  button.disabled = false;
  // A person who went back meanwhile sends nothing: the sheet may be another one by now.
  if (!button.isConnected) return;
  const { errors } = findFaults(flow, warnings, asked);
  if (showFaults(["reason", "remark", ...SIGNER_FIELDS, ...Object.keys(errors)], errors)) return;
  button.disabled = true;
  // The digest of the paper's image goes along even where a large image takes its time.
  await flow.scan;
  if (!button.isConnected) return;
  await sendReviewed(flow, button, {
    command: { ...withAnswers(form.command(book, draft, values), draft, asked), ...entryFacts(flow) },
    scan_sha256: draft.scan_sha256,
    title: `${book.unit_name}　${book.name}　${form.title}`,
    form: form.name,
    contest: book.contest,
    unit: book.unit,
    rows: [...printedRows(flow, values), await checkWordRow(flow, values)],
  });
}

/**
 * @param {ReportFlow} about
 * @param {FieldValues} values
 */
async function checkWordRow({ form, book, draft }, values) {
  const about = { ...book, final: draft.final, as_of: draft.as_of };
  return [t("合言葉"), (await checkWord(about, form.fields(book, draft), values)).word];
}

/**
 * What the receipt shows: the figures as they were sent.
 *
 * @param {ReportFlow} about
 * @param {FieldValues} values
 */
function printedRows({ form, book, draft }, values) {
  const typed = form
    .fields(book, draft)
    .filter((field) => values[field.id] !== undefined)
    .map((field) => [
      field.letter ? `${field.letter}　${field.label}` : field.label,
      formatFigure(values[field.id], field),
    ]);
  return [...typed, ...(form.derived?.(book, values, draft) ?? [])];
}
