// Who holds the election: the commission of a municipality, chosen from the register of codes, that of a prefecture,
// or the nation's.

import { el, showFieldError } from "../shared/dom.js";
import { t } from "../shared/language.js";
import { isPlaced } from "./draft.js";
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
 * The part of the form; `changed` is called with what is typed, `chosen` of another municipality.
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
      managerField(draft, offer, redraw),
      draft.manager === "nation" ? null : prefectureField(draft, offer, redraw),
      draft.manager === "municipality" && draft.prefecture
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
    isPlaced(draft)
      ? textField({
          name: "commission",
          label: draft.manager === "nation" ? t("機関の名称") : t("選挙管理委員会の名称"),
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
function chooseMunicipality(draft, offer, municipality) {
  draft.municipality = municipality;
  nameOffice(draft, offer);
  if (!municipality) return;
  const places = municipality.wards.length ? municipality.wards : [municipality];
  draft.units = places.map(({ code, name }) => ({ code, name, prefecture: draft.prefecture }));
  for (const contest of draft.contests) contest.name = "";
}

/**
 * @param {SetupDraft} draft
 * @param {SetupOffer} offer
 * @param {() => Promise<void>} redraw
 */
const managerField = (draft, offer, redraw) =>
  choiceField({
    name: "manager",
    label: t("選挙を管理する機関"),
    value: draft.manager,
    options: [
      ["municipality", t("市区町村の選挙管理委員会")],
      ["prefecture", t("都道府県の選挙管理委員会")],
      ["nation", t("国（中央選挙管理会）")],
    ],
    set: async (manager) => {
      Object.assign(draft, { manager, municipality: null, units: [], contests: [] });
      nameOffice(draft, offer);
      await redraw();
    },
  });

/**
 * @param {SetupDraft} draft
 * @param {SetupOffer} offer
 * @param {() => Promise<void>} redraw
 */
const prefectureField = (draft, offer, redraw) =>
  choiceField({
    name: "prefecture",
    label: t("都道府県"),
    value: draft.prefecture,
    options: [["", t("選んでください")], ...Object.entries(offer.prefectures)],
    set: async (prefecture) => {
      Object.assign(draft, { prefecture, municipality: null, units: [] });
      for (const contest of draft.contests) contest.name = "";
      nameOffice(draft, offer);
      await redraw();
      showFieldError("prefecture", "");
    },
  });

/** The name of who holds it, until somebody writes another. @param {SetupDraft} draft @param {SetupOffer} offer */
function nameOffice(draft, offer) {
  const place = placeName(draft, offer);
  const local = place ? nameCommission(place, offer) : "";
  draft.commission = draft.manager === "nation" ? offer.words.nation : local;
}

/** @param {string} place @param {SetupOffer} offer */
export const nameCommission = (place, { words }) => words.commission.replace("{place}", place);

/** The municipality or the prefecture that holds the election. @param {SetupDraft} draft @param {SetupOffer} offer */
export const placeName = ({ manager, municipality, prefecture }, { prefectures }) =>
  manager === "prefecture" ? (prefectures[prefecture] ?? "") : (municipality?.name ?? "");
