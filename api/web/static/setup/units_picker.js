// The municipalities that count for a prefecture or the nation: marked in the register, prefecture by prefecture.

import { el } from "../shared/dom.js";
import { t } from "../shared/language.js";
import { choiceField } from "./form_fields.js";

/**
 * Units of a prefecture as the register has them: a city with wards counts in its wards.
 *
 * @param {Municipality[]} municipalities
 * @param {string} prefecture
 * @returns {TypedUnit[]}
 */
const listUnits = (municipalities, prefecture) =>
  municipalities.flatMap(({ code, name, wards }) =>
    wards.length
      ? wards.map((ward) => ({ code: ward.code, name: `${name}${ward.name}`, prefecture }))
      : [{ code, name, prefecture }],
  );

/**
 * The choice of units; what is marked in other prefectures stays marked.
 *
 * @param {SetupDraft} draft
 * @param {SetupOffer} offer
 * @param {Municipality[]} municipalities Of the prefecture that is shown.
 * @param {{ redraw: () => Promise<void> }} does
 */
export function unitsPicker(draft, offer, municipalities, { redraw }) {
  const isNational = draft.manager === "nation";
  const shown = listUnits(municipalities, draft.prefecture);
  return [
    el(
      "p",
      {},
      isNational
        ? t("投票する市区町村を、都道府県ごとに選びます。市区町村が自分の開票区を報告し、都道府県が取りまとめます。")
        : t("選挙を行う市区町村を選びます。市区町村が自分の開票区を報告し、都道府県が確認します。"),
    ),
    isNational
      ? choiceField({
          name: "shown-prefecture",
          label: t("市区町村を選ぶ都道府県"),
          value: draft.prefecture,
          options: [["", t("選んでください")], ...Object.entries(offer.prefectures)],
          set: async (prefecture) => {
            draft.prefecture = prefecture;
            await redraw();
          },
        })
      : null,
    shown.length ? unitBoxes(draft, shown, offer.prefectures[draft.prefecture] ?? "", redraw) : null,
    el("p", { id: "units-chosen", role: "status" }, t`選んだ開票区：${draft.units.length}`),
  ];
}

/**
 * @param {SetupDraft} draft
 * @param {TypedUnit[]} shown
 * @param {string} place
 * @param {() => Promise<void>} redraw
 */
function unitBoxes(draft, shown, place, redraw) {
  const marked = new Set(draft.units.map(({ code }) => code));
  /** @param {(code: string) => boolean} isKept Of the units that are shown. */
  const keep = async (isKept) => {
    const codes = new Set(shown.map(({ code }) => code));
    const others = draft.units.filter(({ code }) => !codes.has(code));
    draft.units = [...others, ...shown.filter(({ code }) => isKept(code))].sort((a, b) =>
      a.prefecture.localeCompare(b.prefecture),
    );
    await redraw();
  };
  /** @param {TypedUnit} unit */
  const box = ({ code, name }) =>
    el(
      "label",
      { class: "box" },
      el("input", {
        type: "checkbox",
        id: `unit-${code}`,
        checked: marked.has(code),
        on: { change: ({ target }) => keep((each) => (each === code ? target.checked : marked.has(each))) },
      }),
      ` ${name}`,
    );
  return el(
    "fieldset",
    { class: "field", id: "units" },
    el("legend", {}, t`${place}の開票区`),
    el(
      "p",
      { class: "actions" },
      el("button", { type: "button", id: "units-all", on: { click: () => keep(() => true) } }, t("すべて選ぶ")),
      el("button", { type: "button", id: "units-none", on: { click: () => keep(() => false) } }, t("すべて外す")),
    ),
    el("div", { class: "kinds" }, shown.map(box)),
  );
}
