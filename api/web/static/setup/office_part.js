// Who holds the election: the commission of a municipality, chosen from the register of codes.

import { el, showFieldError } from "../shared/dom.js";
import { t } from "../shared/language.js";
import { choiceField, fieldSetter, textField } from "./form_fields.js";
import { readJson } from "./setup_data.js";

/** @type {Map<string, Municipality[]>} */
const known = new Map();

/** Municipalities of a prefecture, read once. @param {string} prefecture */
export async function municipalitiesIn(prefecture) {
  if (!prefecture) return [];
  if (!known.has(prefecture))
    known.set(prefecture, await readJson(`/setup/data/municipalities.json?prefecture=${prefecture}`));
  return known.get(prefecture) ?? [];
}

/**
 * The part of the form; `changed` is told of what is typed, `chosen` of another municipality.
 *
 * @param {SetupDraft} draft
 * @param {SetupOffer} offer
 * @param {Municipality[]} municipalities
 * @param {{ changed: () => void, redraw: () => Promise<void> }} does
 */
export function officePart(draft, offer, municipalities, { changed, redraw }) {
  return el(
    "section",
    { "aria-labelledby": "who" },
    el("h2", { id: "who" }, t("1　だれが行う選挙ですか")),
    el(
      "div",
      { class: "columns" },
      choiceField({
        name: "prefecture",
        label: t("都道府県"),
        value: draft.prefecture,
        options: [["", t("選んでください")], ...Object.entries(offer.prefectures)],
        set: async (prefecture) => {
          Object.assign(draft, { prefecture, municipality: null, units: [], commission: "" });
          await redraw();
          showFieldError("prefecture", "");
        },
      }),
      draft.prefecture
        ? choiceField({
            name: "municipality",
            label: t("市区町村"),
            value: draft.municipality?.code ?? "",
            options: [
              ["", t("選んでください")],
              ...municipalities.map(
                ({ code, name }) => /** @type {[string, string]} */ ([code, t`${name}（${code}）`]),
              ),
            ],
            set: async (code) => {
              chooseMunicipality(draft, offer, municipalities.find((each) => each.code === code) ?? null);
              await redraw();
            },
          })
        : null,
    ),
    draft.municipality
      ? textField({
          name: "commission",
          label: t("選挙管理委員会の名称"),
          value: draft.commission,
          set: fieldSetter(draft, changed)("commission"),
        })
      : null,
  );
}

/**
 * @param {SetupDraft} draft
 * @param {SetupOffer} offer
 * @param {Municipality | null} municipality
 */
function chooseMunicipality(draft, { words }, municipality) {
  draft.municipality = municipality;
  if (!municipality) return;
  draft.commission = words.commission.replace("{place}", municipality.name);
  draft.units = municipality.wards.length
    ? municipality.wards.map(({ code, name }) => ({ code, name }))
    : [{ code: municipality.code, name: municipality.name }];
  for (const contest of draft.contests) contest.name = "";
}
