// The founders: persons make their keys, look once more at what is founded, and sign it together.

import { election, environment } from "../shared/connection.js";
import {
  announce,
  byId,
  el,
  fieldId,
  fill,
  keepSkipLinkInPlace,
  labelledField,
  showFieldError,
} from "../shared/dom.js";
import { requireElement } from "../shared/elements.js";
import { localizedPath, t } from "../shared/language.js";
import { locateProblem } from "../shared/sending/refusals.js";
import { openSigners, signerChoice, signersOnItem } from "../shared/sending/signer_choice.js";
import { requestPersistence, saveSetting } from "../shared/store.js";
import { isBeingFilledIn } from "../shared/typed_fields.js";
import "../shared/press_guard.js";
import { electionId, loadDraft } from "./draft.js";
import { awaitedApplications, foundersKeys, otherFounder, personCard } from "./founders_part.js";
import { begin, isLive, loadPlan, postRest, submissionTitle } from "./founding.js";
import { foundingCode, keepFoundingCode, takeFoundingCode } from "./founding_code.js";
import { checkDefinition, readOffer } from "./setup_data.js";
import { definitionContent } from "./typed_tables.js";

/** @typedef {import("./founders_part.js").FoundersKeys} FoundersKeys */

const LOOK_MS = 2000;
const draft = loadDraft();
/** @type {SetupOffer} */
let offer;
/** What was drawn of applications, so that nothing is drawn anew that has not changed. */
let shown = "[]";
/** Who pressed the button is not shown the form again while keys are opened and the first posting goes out. */
let isBegun = false;

/** What is founded, as the server reads it, with the keys that are there. @param {FoundersKeys} keys */
const check = (keys = new Map()) =>
  checkDefinition(
    definitionContent(draft, environment, offer).content,
    Object.fromEntries(
      [...keys].map(([office, own]) => [office, own.map(({ public_key, proof }) => ({ public_key, proof }))]),
    ),
  );

/** @param {() => boolean} [isWanted] Whether it is still to be shown once it is put together. */
async function draw(isWanted = () => true) {
  const { founders, faults } = await check();
  const [manager, ...others] = founders;
  if (!manager) return fill(requireElement("page"), heading(), faultNotice(faults));
  const keys = await foundersKeys(founders);
  const isComplete = founders.every(({ id, persons }) => (keys.get(id) ?? []).length >= persons);
  const own = keys.get(manager.id) ?? [];
  const founding = isComplete ? await foundingPart(manager, keys) : null;
  const elsewhere =
    own.length >= manager.persons
      ? await Promise.all(others.map((office) => otherFounder(office, keys.get(office.id) ?? [], drawNext)))
      : null;
  if (isBegun || !isWanted()) return;
  fill(
    requireElement("page"),
    heading(),
    el("p", { class: "lead" }, leadSentence(manager)),
    isLive
      ? el(
          "p",
          { class: "notice notice-warning" },
          t("ここで作るのは本番の鍵です。訓練の鍵とは別のもので、訓練の記録は本番に入りません。"),
        )
      : null,
    el(
      "ol",
      { class: "persons" },
      Array.from({ length: manager.persons }, (_, place) => personCard(manager.id, place, own, drawNext)),
    ),
    elsewhere,
    founding,
  );
}

const heading = () => el("h1", {}, isLive ? t("本番を始める：設立する人の鍵") : t("訓練を始める：設立する人の鍵"));

/** @param {FoundingOffice} manager */
const leadSentence = ({ name, persons }) =>
  persons > 1
    ? t`${name}の担当者二人が、一人ずつ自分の鍵を作ります。二人の署名がそろって、選挙が始まります。`
    : t`${name}の担当者が自分の鍵を作り、署名すると選挙が始まります。`;

/** @param {TableFault[]} faults */
const faultNotice = (faults) =>
  el(
    "div",
    { class: "notice notice-error", role: "alert" },
    el(
      "ul",
      {},
      faults.map(({ sentence }) => el("li", {}, sentence)),
    ),
    el("a", { href: localizedPath("/setup") }, t("内容を直す")),
  );

/** A key was made: the page says so, and what is next has the focus. */
async function drawNext() {
  announce(t("鍵を作りました。"));
  await draw();
  /** @type {HTMLElement | null} */
  const next = document.querySelector("#page form button, #page form input");
  next?.focus();
}

/** Keys of other founders that have come from their devices. */
async function look() {
  const isIdle = () => !(isBegun || document.querySelector("#course") || isBeingFilledIn());
  if (!isIdle()) return;
  const says = await awaitedApplications();
  if (says === shown) return;
  await draw(() => {
    if (!isIdle()) return false;
    shown = says;
    return true;
  });
}

/**
 * What is signed, with these very keys, and the button that begins.
 *
 * @param {FoundingOffice} manager
 * @param {FoundersKeys} keys
 */
async function foundingPart(manager, keys) {
  const { faults, submissions } = await check(keys);
  if (faults.length || !submissions.length) return faultNotice(faults);
  const own = /** @type {DeviceKey[]} */ (keys.get(manager.id) ?? []);
  const choices = own.map((key, place) =>
    signerChoice({
      name: `founder${place}`,
      label: own.length > 1 ? t`署名${place + 1}人目の鍵` : t("署名する鍵"),
      keys: [key],
      chosen: key.keyid,
    }),
  );
  const code = el("input", { type: "text", autocomplete: "off", spellcheck: "false", value: foundingCode() });
  const sure = el("input", { type: "checkbox", id: "field-sure" });
  const button = el(
    "button",
    { type: "submit", class: "primary", id: "begin" },
    isLive ? t("本番を始める") : t("訓練を始める"),
  );
  /** @param {any} event */
  const act = async (event) => {
    event.preventDefault();
    if (isLive && !sure.checked) {
      showFieldError("sure", t("本番であることを二人で確かめ、印を付けてください。"));
      sure.focus();
      return;
    }
    keepFoundingCode(code.value);
    button.disabled = true;
    isBegun = true;
    const { signers, errors } = await openSigners(choices);
    for (const { name } of choices) showFieldError(`${name}-pin`, errors[`${name}-pin`] ?? "");
    if (Object.keys(errors).length) {
      isBegun = false;
      button.disabled = false;
      byId(fieldId(Object.keys(errors)[0] ?? ""))?.focus();
      return;
    }
    const fault = await begin({ submissions, ...signersOnItem(signers), office: manager }).catch(() =>
      t("サーバーに届きませんでした。もう一度押してください。同じ内容は二度記録されません。"),
    );
    button.disabled = false;
    isBegun = !fault;
    if (fault) {
      showFieldError("code", fault);
      code.focus();
    } else await drawCourse();
  };
  return el(
    "form",
    { novalidate: true, class: "founding", on: { submit: act } },
    el("h2", {}, t("署名する内容")),
    el(
      "ol",
      { class: "course" },
      submissions.map((each) => el("li", {}, contentLine(each))),
    ),
    offer.offer.needs_code || offer.served.election
      ? labelledField("code", t("設立コード（サーバーの画面に出ています）"), code, { hint: t("一度だけ使えます。") })
      : labelledField("code", t("設立コード（求められたときだけ）"), code),
    isLive
      ? el(
          "div",
          { class: "field" },
          el(
            "label",
            { class: "box", for: "field-sure" },
            sure,
            ` ${t("これは本番です。投票日と候補者を告示と照らし合わせました。")}`,
          ),
          el("p", { class: "error", id: "field-sure-error", hidden: true }),
        )
      : null,
    choices.map(({ element }) => element),
    el("p", { class: "actions" }, button, el("a", { class: "button", href: localizedPath("/setup") }, t("内容に戻る"))),
  );
}

/** One posting in words: what it is, and what it names. @param {Submission} submission */
function contentLine({ command }) {
  const named = command.candidates ??
    command.options ??
    command.parties ??
    command.units ?? [command.office ?? command.contest ?? command.election];
  const names = named.map((/** @type {any} */ each) => each?.name ?? "").filter(Boolean);
  const title = submissionTitle(/** @type {any} */ ({ command }));
  return names.length ? t`${title}：${names.join("　")}` : title;
}

/** The postings on their way, and what comes after them. */
async function drawCourse() {
  const plan = await loadPlan();
  if (!plan) return;
  const list = el("ul", { class: "course", id: "course" });
  fill(
    requireElement("page"),
    el("h1", {}, isLive ? t("本番が始まりました") : t("訓練が始まりました")),
    list,
    el("div", { id: "after", role: "status" }),
  );
  const isDone = await postRest(plan, (states) =>
    fill(
      list,
      plan.submissions.map((each) => {
        const { state, problem } = states.get(each.submission_id) ?? { state: "waiting" };
        const said = state === "refused" ? `　${locateProblem(problem).sentence}` : "";
        return el("li", { data: { state } }, `${contentLine(each)}${said}`);
      }),
    ),
  );
  await saveSetting("timetable", { first: draft.first, final_by: draft.final_by });
  const after = byId("after");
  if (!after) return;
  fill(
    after,
    isDone
      ? [
          el("p", { class: "notice notice-done" }, t("すべて記録されました。")),
          el(
            "p",
            { class: "actions" },
            el(
              "a",
              { class: "button primary", id: "centres", href: localizedPath("/setup/centres") },
              plan.office.role === "municipality" ? t("開票所の端末をつなぐ") : t("端末をつなぐ"),
            ),
            el("a", { class: "button", href: localizedPath("/control") }, t("管理室")),
          ),
        ]
      : el("p", { class: "notice notice-error" }, t("受け付けられないものがあります。管理室で直してください。")),
  );
}

keepSkipLinkInPlace();
takeFoundingCode();
offer = await readOffer();
const plan = await loadPlan();
requestPersistence();
if (plan?.founded) await drawCourse();
else if (electionId(draft) !== election)
  fill(
    requireElement("page"),
    el("h1", {}, t("内容がありません")),
    el(
      "p",
      { class: "notice notice-error" },
      t("この選挙の内容は、このブラウザーにありません。内容を入れたブラウザーで開いてください。"),
      " ",
      el("a", { href: localizedPath("/setup") }, t("内容を入れる")),
    ),
  );
else {
  await draw();
  setInterval(() => look().catch(() => null), LOOK_MS);
}
document.body.dataset.ready = "true";
