// The device: whose it is, and its keys. A key is made here and cannot leave.

import { currentAddress } from "../address.js";
import { election, environment, events, readJson } from "../connection.js";
import { announce, el, fill, labelledField, showFieldError } from "../dom.js";
import { requireElement } from "../elements.js";
import { localizedPath, t } from "../language.js";
import { deviceKeys, officeData, ownOffice, refreshOfficeData, setOffice } from "../office_data.js";
import { enqueue, newSubmissionId } from "../sending/outbox.js";
import { problemSentence } from "../sending/refusals.js";
import { remove } from "../store.js";
import { applicationText } from "./key_application.js";
import { keyidLine } from "./key_fingerprint.js";
import { keyForm } from "./key_form.js";
import { keyActions, lostDevicePart } from "./key_rotation.js";

/** @type {Record<string, string>} */
const STATES = {
  unregistered: t("未申請"),
  pending: t("承認待ち"),
  active: t("有効"),
  retired: t("更新済み"),
  revoked: t("失効"),
};
/** @type {Record<string, string>} */
const CHIPS = { unregistered: "none", pending: "interim", active: "final", retired: "none", revoked: "contested" };

export async function deviceView() {
  const office = await ownOffice();
  return [el("h1", {}, t("端末と鍵")), office ? await ownOfficePart(office) : chooseOffice()];
}

const refreshDevice = async () => {
  await refreshOfficeData();
  await redrawDevice();
};

async function redrawDevice() {
  const made = await deviceView();
  // A person who went on to a sheet meanwhile is not called back from it.
  if (currentAddress().name === "device") fill(requireElement("page"), made);
}

function chooseOffice() {
  const offices = el("div", { id: "offices" });
  /** @type {HTMLSelectElement} */
  const select = el(
    "select",
    { on: { change: () => listOffices(select, offices) } },
    el("option", { value: "" }, t("選んでください")),
    [...requireElement("prefectures", HTMLTemplateElement).content.children].map((option) => option.cloneNode(true)),
  );
  return el(
    "section",
    {},
    el("p", { class: "lead" }, t("はじめに、この端末をどの機関で使うかを決めます。")),
    labelledField("prefecture", t("都道府県"), select),
    offices,
  );
}

/**
 * @param {HTMLSelectElement} select
 * @param {HTMLElement} place
 */
async function listOffices(select, place) {
  const prefecture = select.value;
  showFieldError("prefecture", "");
  if (!prefecture) {
    fill(place);
    return;
  }
  /** @type {Office[]} */
  let found;
  try {
    found = await readJson(`/centre/data/offices.json?prefecture=${prefecture}`);
  } catch {
    if (select.value !== prefecture) return;
    showFieldError("prefecture", t("機関の一覧を読み込めません。回線を確かめて、もう一度選んでください。"));
    return;
  }
  // Who goes through the choices with the arrow keys asks for each of them; answers may cross.
  if (select.value !== prefecture) return;
  /** @type {HTMLInputElement} */
  const search = el("input", { type: "search", autocomplete: "off", on: { input: () => show(search.value) } });
  const list = el("ul", { class: "cards" });
  /** @param {string} text */
  const show = (text) => {
    const folded = text.normalize("NFKC").trim();
    fill(
      list,
      found
        .filter((each) => each.name.includes(folded) || each.id.includes(folded))
        .map((each) =>
          el(
            "li",
            {},
            el(
              "button",
              { type: "button", data: { office: each.id }, on: { click: () => chooseAndShow(each) } },
              each.name,
            ),
          ),
        ),
    );
  };
  show("");
  fill(place, labelledField("office", t("機関の名前でしぼる"), search), list);
}

/** @param {Office} office */
async function chooseAndShow(office) {
  await setOffice(office);
  announce(t`この端末を「${office.name}」で使います。`);
  const hasPlace = location.pathname === localizedPath("/control") || office.units.length > 0;
  location.hash = hasPlace ? "#/" : "#/device";
  dispatchEvent(new HashChangeEvent("hashchange"));
}

/** @param {OwnOffice} office */
async function ownOfficePart(office) {
  const keys = await deviceKeys();
  const registered = officeData()?.office;
  return [
    el(
      "section",
      { "aria-labelledby": "whose" },
      el("h2", { id: "whose" }, t("機関")),
      el("p", { class: "lead" }, el("strong", {}, office.name), t`（${office.id}）`),
      registered?.signatures_required === 2
        ? el(
            "p",
            { class: "notice" },
            t("この機関の投稿には、二人の担当者の鍵が必要です。担当者ごとに鍵を作ってください。"),
          )
        : null,
      el("button", { type: "button", on: { click: changeOffice } }, t("この端末の機関を変える")),
    ),
    el(
      "section",
      { "aria-labelledby": "keys" },
      el("h2", { id: "keys" }, t("鍵")),
      registered && !registered.registered
        ? el(
            "p",
            { class: "notice" },
            t("この訓練には機関の登録がないため、署名なしで練習できます。鍵を作る練習もできますが、承認はされません。"),
          )
        : null,
      keys.length
        ? el(
            "ul",
            { class: "found keys" },
            keys.map((key) => keyRow(key, registered)),
          )
        : el("p", {}, t("この端末の鍵はまだありません。")),
      newKeyForm(office),
    ),
    await lostDevicePart(keys, refreshDevice),
  ];
}

/** @param {OwnOffice} office */
const newKeyForm = (office) =>
  keyForm({
    office: office.id,
    word: t("鍵を作る"),
    hint: t("担当1、担当2 など。氏名は記録に入りません。"),
    wrong: t("どの担当者の鍵か分かる呼び名を入れてください（例：担当1）。"),
    made: async () => {
      announce(t("鍵を作りました。"));
      await redrawDevice();
    },
  });

/**
 * @param {DeviceKey} key
 * @param {Office | undefined} registered
 */
function keyRow(key, registered) {
  const told = el("p", { class: "small", role: "status" });
  const copy = async () => {
    const text = applicationText(key, key.office);
    const isCopied = await Promise.resolve(navigator.clipboard?.writeText(text).then(() => true)).catch(() => false);
    fill(
      told,
      isCopied
        ? t("写しました。上級の機関に渡してください。")
        : t("写せませんでした。表示されている文を選んで写してください。"),
    );
  };
  return el(
    "li",
    { data: { keyid: key.keyid } },
    el(
      "p",
      {},
      el("strong", {}, key.label),
      " ",
      el("span", { class: `status status-${CHIPS[key.state ?? ""]}` }, STATES[key.state ?? ""]),
    ),
    keyidLine(key.keyid),
    key.state === "unregistered"
      ? [
          el(
            "details",
            {},
            el("summary", {}, t("鍵の申請（上級の機関に渡すもの）")),
            el("p", { class: "small" }, t("電話で鍵の番号を読み合わせ、次の文をそのまま渡してください。")),
            el("pre", { tabindex: "0", class: "application" }, applicationText(key, key.office)),
            el("button", { type: "button", on: { click: copy } }, t("写す")),
          ),
          el(
            "p",
            { class: "actions" },
            registered?.registered && officeData()?.workbook.unsigned
              ? el("button", { type: "button", on: { click: () => sendApplication(key) } }, t("申請を送る"))
              : null,
            el("button", { type: "button", class: "danger", on: { click: () => deleteKey(key) } }, t("この鍵を消す")),
          ),
          told,
        ]
      : null,
    key.state === "pending"
      ? el(
          "p",
          {},
          t("別の機関の承認を待っています。承認されると「有効」になります。"),
          el("button", { type: "button", on: { click: refreshDevice } }, t("状態を確かめる")),
        )
      : null,
    keyActions(key, refreshDevice),
  );
}

/** @param {DeviceKey} key */
async function sendApplication(key) {
  const submission = {
    election,
    environment,
    office: key.office,
    submission_id: newSubmissionId(key.office),
    command: { command: "enrol-key", office: key.office, key: { public_key: key.public_key, proof: key.proof } },
  };
  /** @param {CustomEvent<OutboxDetail>} about */
  const heard = async ({ detail }) => {
    if (detail.submission_id !== submission.submission_id || !["recorded", "refused"].includes(detail.state)) return;
    events.removeEventListener("outbox", heard);
    await refreshOfficeData().catch(() => null);
    await redrawDevice();
    const told = document.querySelector(`[data-keyid="${key.keyid}"] [role="status"]`);
    if (detail.state === "refused" && told) told.textContent = problemSentence(detail.problem);
  };
  events.addEventListener("outbox", heard);
  await enqueue({
    submission_id: submission.submission_id,
    submission,
    signers: [],
    title: t`鍵の申請（${key.label}）`,
    rows: [],
    office_name: key.office,
    made_at: new Date().toISOString(),
  });
}

/** @param {DeviceKey} key */
async function deleteKey(key) {
  if (!confirm(t("この鍵を消すと、二度と使えません。よろしいですか。"))) return;
  await remove("keys", key.keyid);
  await redrawDevice();
}

async function changeOffice() {
  if (!confirm(t("この端末の機関を変えます。入力中のものと受領証は残ります。よろしいですか。"))) return;
  await remove("shelf", "office");
  dispatchEvent(new HashChangeEvent("hashchange"));
}
