// 当選人の決定: what the law makes of the final figures, lots that people drew, declarations.

import { oneAtATime, readJson } from "../shared/connection.js";
import { byId, el, fill, labelledField, showFieldError } from "../shared/dom.js";
import { findElement, focusedElement, requireElement } from "../shared/elements.js";
import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { foldSimilar, includesSimilar } from "../shared/name_folding.js";
import { decidesContest, personsToDecide } from "../shared/office_data.js";
import { askAndSend } from "../shared/sending/commands.js";
import { actsAddress } from "./acts_view.js";
import { board, decisionsWord, kindWord } from "./board_data.js";

/** @type {Record<string, string>} */
const STATES = {
  open: t("待ち"),
  ready: t("決定できます"),
  lot: t("くじが必要"),
  declared: t("決定済み"),
  outdated: t("更正が必要"),
};
const URGENT = ["outdated", "lot", "ready", "open", "declared"];
const choice = { state: "", text: "" };
const NAMED = 10;
/** @type {DecisionRow[]} */
let decisions = [];

/** @param {DecisionRow} each */
export const decisionState = (each) => {
  if (each.outdated) return "outdated";
  if (each.declared) return "declared";
  if (each.lot_between?.length) return "lot";
  return each.law ? "ready" : "open";
};

export async function decisionsView() {
  const state = el(
    "select",
    {
      on: {
        change: (event) => {
          choice.state = event.target.value;
          draw();
        },
      },
    },
    el("option", { value: "" }, t("すべて")),
    Object.entries(STATES).map(([name, word]) => el("option", { value: name, selected: name === choice.state }, word)),
  );
  const text = el("input", {
    type: "search",
    value: choice.text,
    autocomplete: "off",
    on: {
      input: (event) => {
        choice.text = event.target.value;
        draw();
      },
    },
  });
  setTimeout(loadDecisions);
  return [
    el("h1", {}, decisionsWord()),
    el(
      "p",
      {},
      board.polls.size === board.kinds.size
        ? t("ここには、確定した数字から法の定める結果を示します。違う結果は登録できません。")
        : t("当選人は選挙会が決めます。ここには、確定した数字から法の定める者を示します。違う者は登録できません。"),
    ),
    el(
      "div",
      { class: "filters" },
      labelledField("decision-state", t("状態"), state),
      labelledField("decision-text", t("選挙の名前"), text),
    ),
    el("p", { id: "decisions-told", class: "small", role: "status" }),
    el("ul", { class: "decisions", id: "decisions" }),
  ];
}

export const loadDecisions = oneAtATime(async () => {
  if (!byId("decisions")) return;
  /** @type {DecisionRow[]} */
  const found = await readJson(`/control/data/decisions.json?prefecture=${board.prefecture}`);
  decisions = found.filter((each) => decidesContest(each.contest));
  draw();
});

function draw() {
  if (!byId("decisions")) return;
  const typed = foldSimilar(choice.text);
  const rows = decisions.filter(
    (each) => (!choice.state || decisionState(each) === choice.state) && includesSimilar(each.name, typed),
  );
  // What somebody has to do comes first; otherwise the order of definition stays.
  rows.sort((a, b) => URGENT.indexOf(decisionState(a)) - URGENT.indexOf(decisionState(b)));
  requireElement("decisions-told").textContent = Object.entries(STATES)
    .map(([state, word]) => `${word} ${decisions.filter((each) => decisionState(each) === state).length}`)
    .join("　");
  const [place, wanted, held] = [requireElement("decisions"), rows.map(unchangedCard), focusedElement()];
  if (wanted.length === place.children.length && wanted.every((each, at) => each === place.children[at])) return;
  fill(place, wanted);
  const name = held?.dataset?.focus;
  if (held?.isConnected) held.focus({ preventScroll: true });
  else if (name) findElement(`[data-focus="${CSS.escape(name)}"]`, place)?.focus();
}

/** Contest -> its card and what it says: while it says the same it stays, with the lot that is being typed in. */
const cards = new Map();

/** @param {DecisionRow} each */
function unchangedCard(each) {
  const says = JSON.stringify(each);
  if (cards.get(each.contest)?.says !== says) cards.set(each.contest, { says, made: card(each) });
  return cards.get(each.contest).made;
}

/** @type {Record<string, string>} */
const CHIPS = { open: "none", ready: "interim", lot: "contested", declared: "final", outdated: "contested" };

/** @param {DecisionRow} each */
function card(each) {
  const state = decisionState(each);
  return el(
    "li",
    { data: { contest: each.contest, state } },
    el(
      "div",
      { class: "card-head" },
      el("h2", { class: "plain" }, each.name),
      el("span", { class: `status status-${CHIPS[state]}` }, STATES[state]),
      el("span", { class: "small" }, `${kindWord(each.kind)}${seatsWord(each)}`),
    ),
    each.declared
      ? [
          el("h3", {}, t`決定（記録位置 ${formatFigure(each.declared_position)}）`),
          peopleList(each.declared_named, each),
        ]
      : null,
    state === "open" ? el("p", {}, waitingSentence(each)) : null,
    each.lot_between?.length ? lotPart(each) : null,
    each.law && state !== "declared"
      ? [
          el("h3", {}, isPoll(each) ? t("法の定める結果") : t("法の定める者")),
          peopleList(each.law_named, each),
          lawNotes(each.law, each),
          declareButton(each, state),
        ]
      : null,
    el(
      "p",
      { class: "actions" },
      el(
        "a",
        { class: "button small-button quiet", href: actsAddress(each.contest), data: { act: "acts" } },
        isPoll(each) ? t("補正などの手続き") : t("取下げ・異動・繰上補充・補正などの手続き"),
      ),
    ),
  );
}

/** @param {DecisionRow} about */
function seatsWord({ seats, full_seats, long_seats }) {
  if (!seats) return "";
  if (long_seats) return t`　選挙すべき数${seats}（任期の長い議員${long_seats}・短い議員${seats - long_seats}）`;
  return full_seats ? t`　選挙すべき数${seats}・議員定数${full_seats}` : t`　定数${seats}`;
}

/** @param {DecisionRow} about */
function waitingSentence({ waiting_units = [], waiting_contests = [] }) {
  const units = waiting_units.slice(0, NAMED).map((code) => board.units.get(code)?.name ?? code);
  if (units.length)
    return t`未確定または確認の要る開票区 ${waiting_units.length}：${units.join(t("、"))}${waiting_units.length > NAMED ? t(" ほか") : ""}`;
  return t`先に決定する小選挙区 ${waiting_contests.length}：${waiting_contests
    .slice(0, NAMED)
    .map((id) => board.contests.get(id)?.name ?? id)
    .join(t("、"))}`;
}

/** @param {DecisionRow} each */
function nobodySentence({ ballot }) {
  if (ballot === "justices") return t("罷免を可とされた裁判官はいません。");
  return ballot === "options" ? t("可決された選択肢はありません。") : t("当選人はいません。");
}

/**
 * @param {Person[] | undefined} named
 * @param {DecisionRow} each
 */
function peopleList(named, each) {
  if (!named?.length) return el("p", {}, nobodySentence(each));
  return el(
    "ol",
    { class: "named" },
    named.map((who) =>
      el(
        "li",
        {},
        el("strong", {}, who.name),
        who.party ? t`（${who.party}）` : "",
        who.votes ? t` ${formatFigure(who.votes.thousandths, { votes: true })}票` : "",
      ),
    ),
  );
}

/**
 * @param {NonNullable<DecisionRow["law"]>} law
 * @param {DecisionRow} each
 */
const lawNotes = (law, each) => [
  law.uncontested ? el("p", {}, t("無投票当選です。")) : null,
  law.long_terms?.length
    ? el(
        "p",
        {},
        t`任期の長い議員の当選人：${law.long_terms
          .map((id) => each.law_named?.find((who) => who.id === id)?.name ?? id)
          .join(t("、"))}`,
      )
    : null,
  law.vacant
    ? el(
        "p",
        { class: "notice notice-warning" },
        each.re_election
          ? t`${law.vacant}人分の当選人がありません（再選挙の対象）。`
          : t`${law.vacant}人分の当選人がありません。`,
      )
    : null,
];

/** @param {{ ballot: string }} each */
const isPoll = ({ ballot }) => ballot === "options";

/**
 * @param {DecisionRow} each
 * @param {boolean} revising
 */
function declarationTitle(each, revising) {
  if (revising) return t`${each.name}の決定を更正する`;
  return isPoll(each) ? t`${each.name}の結果を決定として記録する` : t`${each.name}の当選人を決定として記録する`;
}

/**
 * @param {DecisionRow} each
 * @param {boolean} revising
 */
function recordWord(each, revising) {
  if (revising) return t("更正を記録する");
  return isPoll(each) ? t("決定を記録する") : t("選挙会の決定を記録する");
}

/**
 * @param {DecisionRow} each
 * @param {string} state
 */
function declareButton(each, state) {
  const revising = state === "outdated";
  const elected = each.law_named?.map((who) => who.id);
  const longTerms = each.law?.long_terms?.length ? { long_terms: each.law.long_terms } : {};
  const act = async () => {
    await askAndSend({
      title: declarationTitle(each, revising),
      word: revising ? t("更正を記録する") : t("決定を記録する"),
      text: revising ? t("更正の理由") : "",
      persons: personsToDecide(board.phase),
      lines: [peopleList(each.law_named, each), ...lawNotes(each.law ?? {}, each)],
      make: (reason) => ({
        command: "declare",
        contest: each.contest,
        elected,
        ...longTerms,
        ...(revising ? { reason } : {}),
      }),
    });
    await loadDecisions();
  };
  return el(
    "p",
    { class: "actions" },
    el(
      "button",
      {
        type: "button",
        class: "primary",
        data: { focus: `declare|${each.contest}`, act: "declare" },
        on: { click: act },
      },
      recordWord(each, revising),
    ),
  );
}

/**
 * Equals at the last seat: the order that people drew is typed in, the preferred first.
 *
 * @param {DecisionRow} each
 */
function lotPart(each) {
  const between = each.lot_between ?? [];
  /** @param {number} place */
  const id = (place) => `lot-${each.contest}-${place}`;
  const selects = between.map((_, place) =>
    el(
      "select",
      { on: { change: () => showFieldError(id(place), "") } },
      el("option", { value: "" }, t("選んでください")),
      between.map((who) => el("option", { value: who.id }, who.name)),
    ),
  );
  const by = el("input", { type: "text", maxlength: "200", value: "選挙長" });
  /** @param {any} event */
  const act = async (event) => {
    event.preventDefault();
    const order = selects.map((select) => select.value);
    let isWrong = false;
    order.forEach((who, place) => {
      const sentence = !who
        ? t("くじで引いた順に選んでください。")
        : order.indexOf(who) < place
          ? t("同じ人が二度選ばれています。")
          : "";
      showFieldError(id(place), sentence);
      isWrong ||= Boolean(sentence);
    });
    showFieldError(
      `lot-by-${each.contest}`,
      by.value.trim() ? "" : t("だれがくじを引いたか（職名）を書いてください。"),
    );
    if (isWrong || !by.value.trim()) return;
    const names = order.map((who) => between.find((found) => found.id === who)?.name);
    await askAndSend({
      title: t`${each.name}のくじを記録する`,
      word: t("くじの結果を記録する"),
      persons: personsToDecide(board.phase),
      lines: [t`引いた順：${names.join(" → ")}`, t`くじを引いた者：${by.value.trim()}`],
      make: () => ({ command: "record-lot", contest: each.contest, lot: { order, drawn_by: by.value.trim() } }),
    });
    await loadDecisions();
  };
  return el(
    "form",
    { novalidate: true, class: "lot notice notice-warning", on: { submit: act } },
    el(
      "p",
      {},
      t`得票が同じため、くじで決めます：${between.map((who) => who.name).join(t("、"))}。選挙会で引いた結果を記録してください。`,
    ),
    selects.map((select, place) => labelledField(id(place), t`${place + 1}番目`, select)),
    labelledField(`lot-by-${each.contest}`, t("くじを引いた者（職名）"), by),
    el("button", { type: "submit" }, t("くじの結果を記録する")),
  );
}
