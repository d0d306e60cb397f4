// この選挙を始める: the definition as a form, checked while it is typed, kept until it is founded.

import { announce, el, fill, keepSkipLinkInPlace, refillKeepingFocus } from "../shared/dom.js";
import { requireElement } from "../shared/elements.js";
import { localizedPath, t } from "../shared/language.js";
import "../shared/press_guard.js";
import { ballotPart } from "./ballot_part.js";
import { checkSoon } from "./check_part.js";
import { contestPart } from "./contest_part.js";
import { electionId, isPlaced, loadDraft, saveDraft } from "./draft.js";
import { takeFoundingCode } from "./founding_code.js";
import { municipalitiesIn, officePart } from "./office_part.js";
import { placesPart } from "./places_part.js";
import { readJson, readOffer } from "./setup_data.js";
import { workbookPart } from "./workbook_part.js";

const draft = loadDraft();
/** @type {SetupOffer} */
let offer;
/** @type {OfferedKind[]} */
let kinds = [];
/** @type {CheckedDefinition | null} */
let checked = null;

const environment = () => offer.offer.environments[0] ?? "";
const isEnough = () => Boolean(draft.workbook || (isPlaced(draft) && draft.contests.length && draft.polling_day));

function changed() {
  saveDraft(draft);
  checked = null;
  drawNext();
  if (isEnough()) checkSoon(() => ({ draft, environment: environment(), offer }), takeChecked);
}

/** @param {CheckedDefinition} found */
function takeChecked(found) {
  checked = found;
  if (draft.workbook && draft.workbook.election !== found.election) {
    draft.workbook.election = found.election;
    saveDraft(draft);
  }
  drawNext();
}

async function redraw() {
  const municipalities = await municipalitiesIn(draft.prefecture);
  const does = { changed, redraw };
  refillKeepingFocus(
    requireElement("parts"),
    workbookPart(draft, does),
    draft.workbook ? null : officePart(draft, offer, municipalities, does),
    isPlaced(draft) && !draft.workbook
      ? [
          contestPart(draft, offer, kinds, does),
          ballotPart(draft, does),
          placesPart(draft, offer, municipalities, does),
        ]
      : null,
  );
  // It is the fifth part: shown once those before it are.
  requireElement("checking").hidden = !isPlaced(draft) && !draft.workbook;
  changed();
}

/** What is defined, and the way on; or what is still missing. */
function drawNext() {
  fill(requireElement("next"), nextPart());
}

function nextPart() {
  if (!isEnough()) return el("p", {}, t("選挙の種類と投票日を選ぶと、内容を確かめます。"));
  if (!checked) return el("p", { class: "notice" }, t("確かめています。"));
  const { summary, notes } = checked;
  if (!summary)
    return el(
      "p",
      { class: "notice notice-error" },
      draft.workbook
        ? t("表計算で直して保存し、もう一度選んでください。")
        : t("赤い字のところを直すと、先に進めます。"),
    );
  announce(t("直すところはありません。"));
  const address = `/setup/found?election=${electionId(draft)}&environment=${environment()}`;
  return [
    el("p", { class: "notice notice-done" }, t("直すところはありません。")),
    [...notes.map((each) => each.sentence), ...summary.notes].map((note) => el("p", { class: "notice" }, note)),
    el(
      "dl",
      { class: "facts" },
      fact(t("選挙"), t`${summary.name}（${electionId(draft)}）`),
      fact(t("投票日"), summary.polling_day),
      summary.kinds.map((kind) =>
        fact(kind.kind, kind.seats ? t`定数${kind.seats}　候補者${kind.candidates}人` : t`選択肢${kind.candidates}`),
      ),
      fact(t("開票区と機関"), t`開票区${summary.units}　機関${summary.offices}`),
    ),
    el(
      "p",
      { class: "actions" },
      el(
        "a",
        { class: "button primary", id: "go", href: localizedPath(address) },
        environment() === "live" ? t("本番の鍵を作る") : t("訓練の鍵を作る"),
      ),
    ),
  ];
}

/** @param {string} word @param {string} said */
const fact = (word, said) => el("div", {}, el("dt", {}, word), el("dd", {}, said));

/** What this address is for: a first rehearsal, the live election after it, or nothing any more. */
function introduction() {
  const { environments, election } = offer.offer;
  if (!environments.length)
    return el(
      "p",
      { class: "notice" },
      t`このサーバーでは、選挙「${offer.served.election}」がもう始まっています。`,
      " ",
      el("a", { href: localizedPath("/setup/centres") }, t("端末をつなぐ")),
      " ",
      el("a", { href: localizedPath("/control") }, t("管理室")),
    );
  if (election && !draft.workbook) draft.code = election;
  return offer.served.environment === "rehearsal"
    ? el(
        "p",
        { class: "notice notice-warning" },
        t("訓練が動いています。ここから始めるのは本番です。本番を始めると、このアドレスは本番のものになります。"),
      )
    : el(
        "p",
        { class: "lead" },
        t("はじめに訓練として始めます。入れた内容は、このブラウザーに残り、本番でもそのまま使えます。"),
      );
}

keepSkipLinkInPlace();
takeFoundingCode();
offer = await readOffer();
kinds = await readJson("/setup/data/kinds.json");
fill(
  requireElement("page"),
  el("h1", {}, environment() === "live" && offer.served.election ? t("本番を始める") : t("この選挙を始める")),
  introduction(),
  environment()
    ? [
        el("div", { id: "parts" }),
        el(
          "section",
          { id: "checking", "aria-labelledby": "check", hidden: true },
          el("h2", { id: "check" }, t("5　確かめる")),
          [el("div", { id: "faults", class: "fault-list", role: "status" }), el("div", { id: "next", role: "status" })],
        ),
      ]
    : null,
);
if (environment()) await redraw();
document.body.dataset.ready = "true";
