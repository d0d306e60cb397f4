// A workbook of the whole definition instead of the form: the one that `kaihyo import election` takes.

import { el, labelledField, showFieldError } from "../shared/dom.js";
import { t } from "../shared/language.js";
import { fieldSetter } from "./form_fields.js";
import { timeFields } from "./places_part.js";
import { readSheets } from "./setup_data.js";

/** Kinds of elections that have a form of their own. @type {[string, string][]} */
const FORMS = [
  ["mayor", t("市区町村長")],
  ["assembly", t("議会議員")],
  ["governor", t("知事")],
  ["poll", t("住民投票・国民投票")],
  ["house", t("衆議院")],
  ["upper", t("参議院")],
];

/**
 * The part of the form: closed until somebody wants it, what was taken in once there is something.
 *
 * @param {SetupDraft} draft
 * @param {{ changed: () => void, redraw: () => Promise<void> }} does
 */
export function workbookPart(draft, { changed, redraw }) {
  /** @param {any} event */
  const take = async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    try {
      draft.workbook = { file: file.name, sheets: await readSheets(file), election: "" };
      await redraw();
    } catch (error) {
      draft.workbook = null;
      showFieldError("whole", error instanceof Error ? error.message : "");
      // The same file, put right and saved, may be chosen once more.
      target.value = "";
    }
  };
  const leave = async () => {
    draft.workbook = null;
    await redraw();
  };
  return el(
    "details",
    { class: "file", id: "whole", open: Boolean(draft.workbook) },
    el("summary", {}, t("表計算ファイル一つで始める（選挙の定義の様式）")),
    el(
      "p",
      {},
      t("様式に、選挙区、候補者、開票区、党派、機関を記入します。都道府県や国の選挙は、こちらが早く済みます。"),
    ),
    el(
      "ul",
      { class: "forms" },
      FORMS.map(([kind, word]) =>
        el("li", {}, el("a", { href: `/setup/data/form.xlsx?kind=${kind}`, download: "" }, t`様式：${word}`)),
      ),
    ),
    draft.workbook
      ? el("p", { class: "notice notice-done", id: "whole-file" }, t`「${draft.workbook.file}」を読み込みました。`)
      : null,
    labelledField(
      "whole",
      t("記入した様式（xlsx・ods・xls）"),
      el("input", { type: "file", accept: ".xlsx,.ods,.xls", on: { change: take } }),
    ),
    draft.workbook
      ? [
          el("div", { class: "columns" }, timeFields(draft, fieldSetter(draft, changed))),
          el(
            "p",
            { class: "actions" },
            el("button", { type: "button", on: { click: leave } }, t("画面での入力に戻る")),
          ),
        ]
      : null,
  );
}
