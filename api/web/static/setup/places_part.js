// Where is counted: units from the register, who reports each, and the timetable of the night.

import { el } from "../shared/dom.js";
import { t } from "../shared/language.js";
import { choiceField, fieldSetter, textField } from "./form_fields.js";
import { unitsPicker } from "./units_picker.js";

/**
 * The part of the form.
 *
 * @param {SetupDraft} draft
 * @param {SetupOffer} offer
 * @param {Municipality[]} municipalities
 * @param {{ changed: () => void, redraw: () => Promise<void> }} does
 */
export function placesPart(draft, offer, municipalities, does) {
  return el(
    "section",
    { "aria-labelledby": "where" },
    el("h2", { id: "where" }, t("4　どこで開票しますか")),
    draft.manager === "municipality" ? ownUnits(draft, offer, does) : unitsPicker(draft, offer, municipalities, does),
    signaturesField(draft, does.changed),
  );
}

/**
 * The units of a municipality: one, its wards, or as many as are counted apart.
 *
 * @param {SetupDraft} draft
 * @param {SetupOffer} offer
 * @param {{ changed: () => void, redraw: () => Promise<void> }} does
 */
function ownUnits(draft, offer, { changed, redraw }) {
  const { municipality, prefecture } = draft;
  const hasWards = Boolean(municipality?.wards.length);
  const divide = async () => {
    if (!municipality) return;
    const { code, name } = municipality;
    const number = draft.units.length + 1;
    const called = (/** @type {number} */ place) =>
      offer.words.unit.replace("{place}", name).replace("{number}", String(place));
    const first = draft.units.length === 1 ? [{ code, name: called(1), prefecture }] : draft.units;
    draft.units = [...first, { code, name: called(number), prefecture }];
    await redraw();
  };
  const join = async () => {
    draft.units = draft.units.slice(0, -1);
    if (draft.units.length === 1 && municipality)
      draft.units = [{ code: municipality.code, name: municipality.name, prefecture }];
    await redraw();
  };
  return [
    el(
      "p",
      {},
      hasWards
        ? t("区ごとに開票区と開票所を置きます。")
        : t("ふつうは市区町村が一つの開票区です。開票所は開票区ごとに一つです。"),
    ),
    el(
      "div",
      { class: "columns", id: "units" },
      draft.units.map((unit, place) =>
        textField({
          name: `unit-${place}`,
          label: t`開票区${place + 1}の名称`,
          value: unit.name,
          set: fieldSetter(unit, changed)("name"),
        }),
      ),
    ),
    municipality && !hasWards
      ? el(
          "p",
          { class: "actions" },
          el("button", { type: "button", on: { click: divide } }, t("開票区を増やす")),
          draft.units.length > 1 ? el("button", { type: "button", on: { click: join } }, t("開票区を減らす")) : null,
        )
      : null,
  ];
}

/**
 * Who signs, and when figures are expected.
 *
 * @param {SetupDraft} draft
 * @param {() => void} changed
 */
function signaturesField(draft, changed) {
  const set = fieldSetter(draft, changed);
  return el(
    "div",
    { class: "columns" },
    choiceField({
      name: "signatures",
      label: t("開票の報告の署名"),
      value: draft.signatures,
      options: [
        ["1", t("一人が署名する（入力は二人）")],
        ["2", t("二人が署名する")],
      ],
      set: set("signatures"),
    }),
    ...timeFields(draft, set),
  );
}

/**
 * When figures are expected.
 *
 * @param {SetupDraft} draft
 * @param {(field: keyof SetupDraft) => (value: string) => void} set
 */
export const timeFields = (draft, set) => [
  textField({
    name: "first",
    label: t("第1報の時刻"),
    type: "time",
    size: "narrow",
    value: draft.first,
    set: set("first"),
  }),
  textField({
    name: "final_by",
    label: t("確定の目安"),
    type: "time",
    size: "narrow",
    value: draft.final_by,
    set: set("final_by"),
  }),
];
