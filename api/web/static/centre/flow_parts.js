// Parts around a sheet: its steps, what it reports and as of when, what changed meanwhile.
import { el, labelledField, radios, showFieldError } from "../shared/dom.js";
import { formatMoment, fromLocalInput, toLocalInput } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { beginPartial, endPartial, isBegun, isPartial } from "./partial_entry.js";

const STEPS = [
  ["first", t("入力")],
  ["second", t("二人目の入力")],
  ["compare", t("照合")],
  ["review", t("確認と送信")],
];

/**
 * The list of candidates changed while the sheet was open: an officer says that it was looked at.
 *
 * @param {ReportFlow} flow
 */
export function ballotChangedNotice(flow) {
  const { form, book, draft } = flow;
  if (form.name !== "tally" || draft.ballot_sha256 === book.ballot_sha256) return null;
  const accept = () => {
    draft.ballot_sha256 = book.ballot_sha256;
    delete draft.problem;
    flow.go("first");
  };
  return el(
    "div",
    { class: "notice notice-warning" },
    el(
      "p",
      {},
      t(
        "入力の途中で候補者等の一覧が変わりました。候補者でなくなった人の票は、無効に入れてください。入力済みの数字は残っています。",
      ),
    ),
    el("button", { type: "button", on: { click: accept } }, t("最新の一覧で入力を続ける")),
  );
}

/**
 * @param {ReportForm} form
 * @param {Draft} draft
 */
export function stepList(form, draft) {
  const steps = form.isTwice ? STEPS : STEPS.filter(([name]) => name === "first" || name === "review");
  return el(
    "ol",
    { class: "steps" },
    steps.map(([name, word]) => el("li", { "aria-current": name === draft.step ? "step" : undefined }, word)),
  );
}

/** @param {ReportFlow} about */
export const secondOfficerPart = ({ draft }) => [
  el(
    "p",
    { class: "notice" },
    isPartial(draft)
      ? t("二人目の担当者が、用紙を見て、下の欄だけを独立に入力してください。一人目の数字は表示しません。")
      : t("二人目の担当者が、用紙を見て、はじめから独立に入力してください。一人目の数字は表示しません。"),
  ),
  el("p", {}, t`${draft.final ? t("確定") : t("中間速報")}　${formatMoment(draft.as_of)}現在`),
];

/** @param {ReportFlow} flow */
export function circumstancesPart(flow) {
  const { form, book, draft } = flow;
  const last = form.last(book);
  /**
   * @param {string} name
   * @param {Partial<Draft>} change
   */
  const redraw = (name, change) => {
    Object.assign(draft, change);
    if (change.mode === "correct" && !isBegun(draft)) beginPartial(form, book, draft);
    else if (change.mode) endPartial(draft);
    flow.changed();
    flow.redraw();
    /** @type {HTMLInputElement | null} */
    const chosen = document.querySelector(`input[name="${name}"]:checked`);
    chosen?.focus();
  };
  const asOf = el("input", {
    type: "datetime-local",
    value: draft.as_of ? toLocalInput(new Date(draft.as_of)) : "",
    on: {
      change: (event) => {
        draft.as_of = fromLocalInput(event.target.value);
        showFieldError("as_of", "");
        flow.changed();
      },
    },
  });
  /** @type {[string, string][]} */
  const stage = last?.final ? [["final", t("確定")]] : form.stages;
  return el(
    "div",
    { class: "circumstances" },
    last
      ? radios(
          "mode",
          t("この報告は"),
          last.final
            ? [["correct", t("前の報告の訂正（確定済みのため）")]]
            : [
                ["post", t("新しい報告")],
                ["correct", t("前の報告の訂正")],
              ],
          draft.mode,
          (mode) => redraw("mode", { mode }),
        )
      : null,
    labelledField("as_of", t("何時現在の数字ですか"), asOf),
    radios("stage", t("種別"), stage, draft.final ? "final" : "interim", (chosen) =>
      redraw("stage", { final: chosen === "final" }),
    ),
  );
}
