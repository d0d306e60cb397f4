// The founders: two persons make their keys, look once more at what is founded, and sign it together.

import { election, environment } from "../shared/connection.js";
import { announce, byId, el, fill, keepSkipLinkInPlace, labelledField, showFieldError } from "../shared/dom.js";
import { requireElement } from "../shared/elements.js";
import { keyidElement } from "../shared/keys/key_fingerprint.js";
import { keyForm } from "../shared/keys/key_form.js";
import { localizedPath, t } from "../shared/language.js";
import { locateProblem } from "../shared/sending/refusals.js";
import { getAll, requestPersistence, saveSetting } from "../shared/store.js";
import "../shared/press_guard.js";
import { electionId, founderId, loadDraft } from "./draft.js";
import { begin, isLive, loadPlan, postRest, submissionTitle } from "./founding.js";
import { foundingCode, keepFoundingCode, takeFoundingCode } from "./founding_code.js";
import { checkDefinition, readOffer } from "./setup_data.js";
import { makeTables } from "./typed_tables.js";

const PERSONS = [t("担当1"), t("担当2")];
const draft = loadDraft();
const office = { id: founderId(draft), name: draft.commission };
/** @type {SetupOffer} */
let offer;

/** Keys of the founders on this device, in the order in which they were made. @returns {Promise<DeviceKey[]>} */
const ownKeys = async () =>
  (await getAll("keys")).filter((key) => key.office === office.id).sort((a, b) => (a.made_at < b.made_at ? -1 : 1));

async function draw() {
  const keys = await ownKeys();
  fill(
    requireElement("page"),
    el("h1", {}, isLive ? t("本番を始める：設立する人の鍵") : t("訓練を始める：設立する人の鍵")),
    el(
      "p",
      { class: "lead" },
      t`${office.name}の担当者二人が、一人ずつ自分の鍵を作ります。二人の署名がそろって、選挙が始まります。`,
    ),
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
      PERSONS.map((person, place) => personCard(person, place, keys)),
    ),
    keys.length >= PERSONS.length ? await foundingPart(keys.slice(0, PERSONS.length)) : null,
  );
}

/**
 * @param {string} person
 * @param {number} place
 * @param {DeviceKey[]} keys
 */
function personCard(person, place, keys) {
  const key = keys[place];
  if (key)
    return el(
      "li",
      { data: { keyid: key.keyid } },
      el("h2", { class: "plain" }, key.label),
      el("p", { class: "fingerprint" }, el("span", { class: "small" }, t("鍵の番号　")), keyidElement(key.keyid)),
      el("p", { class: "small" }, t("この番号を書き留めておきます。鍵はこの端末の外に出ません。")),
    );
  if (place > keys.length) return el("li", {}, el("h2", { class: "plain" }, person), el("p", {}, t("次の人です。")));
  return el(
    "li",
    {},
    el("h2", { class: "plain" }, person),
    keyForm({
      office: office.id,
      word: t("この人の鍵を作る"),
      hint: place ? t("一人目とは別の人が、自分で押してください。") : t("担当1、担当2 など。氏名は記録に入りません。"),
      wrong: t("もう一人と違う呼び名を入れてください。"),
      called: person,
      taken: keys,
      isPrimary: true,
      made: async () => {
        announce(t("鍵を作りました。"));
        await draw();
        /** @type {HTMLElement | null} */
        const next = document.querySelector("#page form button, #page form input");
        next?.focus();
      },
    }),
  );
}

/** What is signed, with these very keys, and the button that begins. @param {DeviceKey[]} keys */
async function foundingPart(keys) {
  const { tables } = makeTables(draft, environment, offer.words);
  const founders = { [office.id]: keys.map(({ public_key, proof }) => ({ public_key, proof })) };
  const { faults, submissions } = await checkDefinition(tables, founders);
  if (faults.length || !submissions.length)
    return el(
      "div",
      { class: "notice notice-error", role: "alert" },
      el(
        "ul",
        {},
        faults.map(({ sentence }) => el("li", {}, sentence)),
      ),
      el("a", { href: localizedPath("/setup") }, t("内容を直す")),
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
    const fault = await begin({ submissions, signers: keys.map((key) => key.keyid), office }).catch(() =>
      t("サーバーに届きませんでした。もう一度押してください。同じ内容は二度記録されません。"),
    );
    button.disabled = false;
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
              t("開票所の端末をつなぐ"),
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
else await draw();
document.body.dataset.ready = "true";
