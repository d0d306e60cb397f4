// What is elected: kinds of the rule package, the polling day, seats.

import { el } from "../shared/dom.js";
import { isEnglish, t } from "../shared/language.js";
import { blankOption, electionId, electionName } from "./draft.js";
import { choiceField, fieldSetter, textField } from "./form_fields.js";
import { placeName } from "./office_part.js";

const BLANK_ROWS = 2;

/**
 * The part of the form.
 *
 * @param {SetupDraft} draft
 * @param {SetupOffer} offer
 * @param {OfferedKind[]} kinds
 * @param {{ changed: () => void, redraw: () => Promise<void> }} does
 */
export function contestPart(draft, offer, kinds, { changed, redraw }) {
  const set = fieldSetter(draft, changed);
  const own = kinds.filter((kind) => kind.manager === draft.manager);
  const polls = own.filter((kind) => kind.ballot === "options");
  for (const contest of draft.contests) nameContest(draft, offer, contest, kinds);
  return el(
    "section",
    { "aria-labelledby": "what" },
    el("h2", { id: "what" }, t("2　何の選挙ですか")),
    el(
      "fieldset",
      { class: "field kinds" },
      el("legend", {}, t("選挙の種類（同じ日に行うものをすべて）")),
      own.filter((kind) => kind.ballot === "persons").map((kind) => kindBox(draft, kind, redraw)),
      polls.length < own.length && polls.length
        ? el(
            "details",
            { class: "polls", open: draft.contests.some((each) => each.ballot === "options") },
            el("summary", {}, t("住民投票・解職の投票など")),
            polls.map((kind) => kindBox(draft, kind, redraw)),
          )
        : polls.map((kind) => kindBox(draft, kind, redraw)),
    ),
    textField({
      name: "day",
      label: t("投票日"),
      type: "date",
      size: "narrow",
      value: draft.polling_day,
      set: set("polling_day"),
    }),
    draft.contests.map((contest) => seatsPart(contest, offer, changed)),
    el(
      "details",
      {},
      el("summary", {}, t("選挙の名称とコード")),
      textField({
        name: "election-name",
        label: t("選挙の名称"),
        value: draft.name,
        hint: t`空欄なら「${electionName({ ...draft, name: "" }, offer.words)}」`,
        set: set("name"),
      }),
      textField({
        name: "election-code",
        label: t("選挙のコード（公開アドレスの一部）"),
        value: draft.code,
        hint: t`空欄なら「${electionId({ ...draft, code: "" })}」`,
        set: set("code"),
      }),
    ),
  );
}

/**
 * @param {SetupDraft} draft
 * @param {OfferedKind} kind
 * @param {() => Promise<void>} redraw
 */
function kindBox(draft, kind, redraw) {
  const isChosen = draft.contests.some((each) => each.kind === kind.kind);
  const toggle = async () => {
    draft.contests = isChosen
      ? draft.contests.filter((each) => each.kind !== kind.kind)
      : [...draft.contests, newContest(kind)];
    await redraw();
  };
  return el(
    "label",
    { class: "box" },
    el("input", {
      type: "checkbox",
      id: `kind-${kind.kind}`,
      name: "kind",
      value: kind.kind,
      checked: isChosen,
      on: { change: toggle },
    }),
    ` ${isEnglish ? kind.english : kind.word}`,
  );
}

/**
 * @param {OfferedKind} kind
 * @returns {TypedContest}
 */
const newContest = ({ kind, ballot, is_single, answers }) => ({
  kind,
  ballot,
  is_single,
  answers,
  name: "",
  seats: is_single ? "1" : "",
  full_seats: "",
  causes: "",
  options: Array.from({ length: BLANK_ROWS }, blankOption),
});

/**
 * A contest is called after its place until somebody calls it otherwise.
 *
 * @param {SetupDraft} draft
 * @param {SetupOffer} offer
 * @param {TypedContest} contest
 * @param {OfferedKind[]} kinds
 */
function nameContest(draft, offer, contest, kinds) {
  const title = kinds.find((each) => each.kind === contest.kind)?.title ?? "";
  const place = placeName(draft, offer);
  if (!contest.name && (place || draft.manager === "nation")) contest.name = title.replace("{place}", place);
}

/**
 * @param {TypedContest} contest
 * @param {SetupOffer} offer
 * @param {() => void} changed
 */
function seatsPart(contest, offer, changed) {
  const set = fieldSetter(contest, changed);
  const isPoll = contest.ballot === "options";
  return el(
    "fieldset",
    { class: "field contest", data: { kind: contest.kind } },
    el("legend", {}, contest.name || contest.kind),
    el(
      "div",
      { class: "columns" },
      textField({ name: `name-${contest.kind}`, label: t("名称"), value: contest.name, set: set("name") }),
      isPoll || contest.is_single
        ? null
        : textField({
            name: `seats-${contest.kind}`,
            label: t("定数（この選挙で選ぶ数）"),
            size: "narrow",
            mode: "numeric",
            value: contest.seats,
            set: set("seats"),
          }),
    ),
    isPoll
      ? null
      : el(
          "details",
          {},
          el("summary", {}, t("補欠選挙・再選挙・増員選挙のとき")),
          el(
            "div",
            { class: "columns" },
            choiceField({
              name: `causes-${contest.kind}`,
              label: t("事由"),
              value: contest.causes,
              options: [
                ["", t("通常の選挙")],
                ...offer.causes.map((cause) => /** @type {[string, string]} */ ([cause, cause])),
              ],
              set: set("causes"),
            }),
            contest.is_single
              ? null
              : textField({
                  name: `full_seats-${contest.kind}`,
                  label: t("議員定数（条例の定数）"),
                  size: "narrow",
                  mode: "numeric",
                  value: contest.full_seats,
                  set: set("full_seats"),
                }),
          ),
        ),
  );
}
