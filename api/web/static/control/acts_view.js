// The procedures of one contest: one is chosen, filled in, looked at once more, signed and sent.

import { readJson } from "../shared/connection.js";
import { el, fill, labelledField, radios, showFieldError } from "../shared/dom.js";
import { requireElement } from "../shared/elements.js";
import { t } from "../shared/language.js";
import { personsToDecide } from "../shared/office_data.js";
import { askAndSend } from "../shared/sending/commands.js";
import { decisionsWord, readChanges } from "./board_data.js";
import { ACTS, isMissing } from "./contest_acts.js";

const TWO_PERSONS = 2;

/** @param {string} contest */
export const actsAddress = (contest) => `#/acts/${encodeURIComponent(contest)}`;

/** @param {string} contest */
export async function actsView(contest) {
  const about = await readActs(contest);
  const open = ACTS.filter((act) => act.isOpen(about));
  return [
    el("p", { class: "trail" }, el("a", { href: "#/decisions" }, decisionsWord())),
    el("h1", {}, t`${about.contest.name}の手続き`),
    about.declared
      ? el("p", {}, el("a", { href: `/contests/${about.contest.id}#remedies` }, t("争訟のできる期間")))
      : null,
    radios(
      "act",
      t("何を記録しますか"),
      open.map((act) => [act.id, act.word]),
      "",
      (id) => chooseAct(about, id),
    ),
    el("div", { id: "act-form" }),
    el("p", { id: "act-told", role: "status" }),
  ];
}

/**
 * @param {string} contest
 * @returns {Promise<ContestActs>}
 */
const readActs = (contest) => readJson(`/control/data/contest.json?contest=${encodeURIComponent(contest)}`);

/**
 * @param {ContestActs} about
 * @param {string} id
 */
function chooseAct(about, id) {
  const act = ACTS.find((each) => each.id === id);
  requireElement("act-told").textContent = "";
  if (act) fill(requireElement("act-form"), actForm(about, act));
}

/**
 * @param {ContestActs} about
 * @param {ContestAct} act
 */
function actForm(about, act) {
  const inputs = act.fields(about).map((field) => ({ field, input: actInput(field) }));
  /** @param {Event} event */
  const send = async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(inputs.map(({ field, input }) => [field.id, filledIn(input)]));
    if (!inputs.map(({ field }) => isFilledIn(field, values)).every(Boolean)) return;
    const isTaken = await askAndSend({
      title: t`${about.contest.name}：${act.word}`,
      word: t("記録する"),
      text: act.reason ?? "",
      danger: true,
      persons: act.needsTwo?.(about) ? TWO_PERSONS : personsToDecide(about.phase),
      lines: inputs
        .filter(({ input }) => filledIn(input))
        .map(({ field, input }) => t`${field.label}：${wordOf(input)}`),
      make: (reason) => act.make(about.contest.id, values, reason, about),
    });
    if (!isTaken) return;
    await readChanges();
    fill(requireElement("act-form"));
    requireElement("act-told").textContent = t`${act.word}：送りました。`;
  };
  return el(
    "form",
    { novalidate: true, on: { submit: send } },
    el("h2", {}, act.word),
    act.hint ? el("p", { class: "notice" }, act.hint) : null,
    inputs.map(({ field, input }) =>
      labelledField(`act-${field.id}`, field.label, input, field.hint ? { hint: field.hint } : {}),
    ),
    el("p", { class: "actions" }, el("button", { type: "submit" }, t("内容を確かめる"))),
  );
}

/** @param {ActField} field */
function actInput(field) {
  const clear = { on: { input: () => showFieldError(`act-${field.id}`, "") } };
  if (!field.options) return el("input", { type: field.kind ?? "text", value: field.value ?? "", ...clear });
  const isSeveral = field.kind === "several";
  return el(
    "select",
    { multiple: isSeveral, size: isSeveral ? Math.min(12, field.options.length) : undefined, ...clear },
    isSeveral ? null : el("option", { value: "" }, field.optional ? "—" : t("選んでください")),
    field.options.map(([value, word]) =>
      el("option", { value, selected: value === field.value || Boolean(field.chosen?.includes(value)) }, word),
    ),
  );
}

/** @param {HTMLInputElement | HTMLSelectElement} input */
const chosenOptions = (input) => (input instanceof HTMLSelectElement ? [...input.selectedOptions] : []);

/**
 * What was filled in; several choices with blanks between, as no code has one.
 *
 * @param {HTMLInputElement | HTMLSelectElement} input
 */
const filledIn = (input) =>
  input instanceof HTMLSelectElement && input.multiple
    ? chosenOptions(input)
        .map((option) => option.value)
        .join(" ")
    : input.value.trim();

/** @param {HTMLInputElement | HTMLSelectElement} input */
const wordOf = (input) =>
  chosenOptions(input)
    .map((option) => option.text)
    .join(t("、")) || input.value.trim();

/**
 * @param {ActField} field
 * @param {Record<string, string>} values
 */
function isFilledIn(field, values) {
  const sentence = isMissing(field, values) ? t`${field.label}を記入してください。` : "";
  showFieldError(`act-${field.id}`, sentence);
  return !sentence;
}
