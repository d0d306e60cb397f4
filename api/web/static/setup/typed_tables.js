// The form as the tables that `kaihyo import` reads: one row per thing, one cell per field.

import { electionId, electionName, founderId, isPlaced, isTyped, placeCode } from "./draft.js";
import { nameCommission } from "./office_part.js";

/**
 * The tables of a draft, with the field of the page that each cell was typed in.
 *
 * @param {SetupDraft} draft
 * @param {string} environment
 * @param {SetupOffer} offer
 * @returns {MadeTables}
 */
export function makeTables(draft, environment, offer) {
  const { words } = offer;
  const fields = new Map();
  const parties = partyCodes(draft);
  const title = electionName(draft, words);
  const name = environment === "rehearsal" && title ? words.rehearsal.replace("{name}", title) : title;
  return {
    fields,
    tables: {
      election: {
        code: electionId(draft),
        name,
        environment,
        polling_day: draft.polling_day,
      },
      parties: [...parties].map(([party, code]) => ({ code, name: party, short: party })),
      units: unitRows(draft, fields),
      contests: contestRows(draft, fields),
      candidates: optionRows(draft, "persons", parties, fields),
      options: optionRows(draft, "options", parties, fields),
      offices: officeRows(draft, offer, fields),
    },
  };
}

/**
 * What is checked and in the end posted: the workbook where one stands for the form, else what is typed.
 *
 * @param {SetupDraft} draft
 * @param {string} environment
 * @param {SetupOffer} offer
 * @returns {{ content: DefinitionContent, fields: Map<string, string> }}
 */
export function definitionContent(draft, environment, offer) {
  if (draft.workbook)
    return { content: { workbook: { sheets: draft.workbook.sheets, environment } }, fields: new Map() };
  const { tables, fields } = makeTables(draft, environment, offer);
  return { content: { typed: tables }, fields };
}

/** Parties that candidates name, in the order in which they do. @param {SetupDraft} draft */
function partyCodes({ contests }) {
  const names = contests.flatMap(({ options }) => options.map((each) => each.party.trim())).filter(Boolean);
  return new Map([...new Set(names)].map((name, place) => [name, `party-${place + 1}`]));
}

/**
 * @param {SetupDraft} draft
 * @param {Map<string, string>} fields
 */
function unitRows(draft, fields) {
  return draft.units.map((unit, place) => {
    fields.set(`units/${place}/name`, `unit-${place}`);
    fields.set(`units/${place}/`, `unit-${place}`);
    return { code: "", name: unit.name, prefecture: unitPrefecture(draft, unit), municipality: unit.code };
  });
}

/**
 * A unit that was kept before others than municipalities could hold elections says nothing of it.
 *
 * @param {SetupDraft} draft
 * @param {TypedUnit} unit
 */
const unitPrefecture = (draft, unit) => unit.prefecture ?? draft.prefecture;

/** The code of a contest: its kind and the place. @param {SetupDraft} draft @param {string} kind */
export const contestCode = (draft, kind) => `${kind}/${placeCode(draft)}`;

/** Every unit counts every contest of who holds them. */
const EVERY_UNIT = "\u3059\u3079\u3066";

/**
 * @param {SetupDraft} draft
 * @param {Map<string, string>} fields
 */
function contestRows(draft, fields) {
  return draft.contests.map((contest, place) => {
    for (const name of ["name", "seats", "full_seats", "causes"])
      fields.set(`contests/${place}/${name}`, `${name}-${contest.kind}`);
    fields.set(`contests/${place}/`, `name-${contest.kind}`);
    return {
      code: contestCode(draft, contest.kind),
      kind: contest.kind,
      name: contest.name,
      seats: contest.ballot === "options" ? "" : contest.seats,
      full_seats: contest.full_seats,
      causes: contest.causes,
      units: EVERY_UNIT,
    };
  });
}

/**
 * @param {SetupDraft} draft
 * @param {string} ballot
 * @param {Map<string, string>} parties
 * @param {Map<string, string>} fields
 */
function optionRows(draft, ballot, parties, fields) {
  const table = ballot === "persons" ? "candidates" : "options";
  const rows = draft.contests
    .filter((contest) => contest.ballot === ballot && !contest.answers.length)
    .flatMap((contest) =>
      contest.options.map((option, place) => ({ contest, option, place })).filter(({ option }) => isTyped(option)),
    );
  return rows.map(({ contest, option, place }, row) => {
    for (const name of Object.keys(option)) fields.set(`${table}/${row}/${name}`, `${name}-${contest.kind}-${place}`);
    fields.set(`${table}/${row}/`, `name-${contest.kind}-${place}`);
    const { party, ...person } = option;
    const own = ballot === "persons" ? { ...person, party: parties.get(party.trim()) ?? "" } : { name: option.name };
    return { contest: contestCode(draft, contest.kind), ...own };
  });
}

/** A mark in a column of yes or nothing. */
const YES = "\u25cb";

/**
 * Who holds the election, which two persons sign for, and who reports each unit.
 *
 * @param {SetupDraft} draft
 * @param {SetupOffer} offer
 * @param {Map<string, string>} fields
 */
function officeRows(draft, offer, fields) {
  if (!isPlaced(draft)) return [];
  fields.set("offices/0/name", "commission");
  fields.set("offices/0/", "commission");
  const own = {
    code: founderId(draft),
    name: draft.commission,
    role: draft.manager,
    prefecture: draft.manager === "nation" ? "" : draft.prefecture,
    signatures: "2",
    founder: YES,
  };
  const between = draft.manager === "nation" ? prefectureRows(draft, offer) : [];
  const reporting = draft.units.map((unit, place) => {
    fields.set(`offices/${place + between.length + 1}/`, `unit-${place}`);
    return reportingRow(draft, offer, unit);
  });
  return [own, ...between, ...reporting];
}

/**
 * The prefectures that vote. Two offices found an election of the nation: the first of them is the second founder.
 *
 * @param {SetupDraft} draft
 * @param {SetupOffer} offer
 */
const prefectureRows = (draft, offer) =>
  [...new Set(draft.units.map((unit) => unitPrefecture(draft, unit)))].map((prefecture, place) => ({
    code: `pref-${prefecture}`,
    name: nameCommission(offer.prefectures[prefecture] ?? "", offer),
    role: "prefecture",
    prefecture,
    signatures: "1",
    ...(place ? { parent: founderId(draft) } : { founder: YES }),
  }));

/**
 * Who reports a unit: a counting centre of a municipality that holds the election, else the municipality itself.
 *
 * @param {SetupDraft} draft
 * @param {SetupOffer} offer
 * @param {TypedUnit} unit
 */
function reportingRow(draft, offer, unit) {
  const prefecture = unitPrefecture(draft, unit);
  const common = { prefecture, signatures: draft.signatures };
  return draft.manager === "municipality"
    ? {
        ...common,
        name: offer.words.centre.replace("{place}", unit.name),
        role: "centre",
        parent: founderId(draft),
        units: unit.name,
      }
    : {
        ...common,
        name: nameCommission(unit.name, offer),
        role: "municipality",
        parent: `pref-${prefecture}`,
        units: unit.code.slice(0, 5),
      };
}

/**
 * Faults at the fields of the page; those of no field come under "".
 *
 * @param {TableFault[]} faults
 * @param {Map<string, string>} fields
 * @returns {Map<string, string[]>}
 */
export function faultsByField(faults, fields) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const { table, row, field, sentence } of faults) {
    const name =
      table === "election"
        ? { polling_day: "day", name: "election-name", code: "election-code" }[field]
        : (fields.get(`${table}/${row}/${field}`) ?? fields.get(`${table}/${row}/`));
    found.set(name ?? "", [...(found.get(name ?? "") ?? []), sentence]);
  }
  return found;
}
