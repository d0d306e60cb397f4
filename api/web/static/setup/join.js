// What a counting centre's link opens on its device: the office is set, a key is made, its application goes back.

import { readJson } from "../shared/connection.js";
import { announce, el, fill, keepSkipLinkInPlace, refillKeepingFocus } from "../shared/dom.js";
import { requireElement } from "../shared/elements.js";
import { applicationText } from "../shared/keys/key_application.js";
import { keyidLine } from "../shared/keys/key_fingerprint.js";
import { keyForm } from "../shared/keys/key_form.js";
import { localizedPath, t } from "../shared/language.js";
import { renderOrNotice } from "../shared/notice.js";
import { deviceKeys, ownOffice, refreshOfficeData, setOffice } from "../shared/office_data.js";
import { requestPersistence } from "../shared/store.js";
import { isBeingFilledIn } from "../shared/typed_fields.js";
import "../shared/press_guard.js";
import { leaveApplication } from "./applications.js";

const LOOK_MS = 2000;
const LINK = /^#([a-z0-9][a-z0-9.-]{0,63})\.([0-9a-f]{32})$/;
const [, officeId = "", word = ""] = LINK.exec(location.hash) ?? [];
let shown = "";

async function view() {
  const heading = el("h1", {}, t("この機関の端末にする"));
  if (!officeId)
    return [
      heading,
      el(
        "p",
        { class: "notice notice-error" },
        t("リンクが途中で切れています。もう一度、はじめから終わりまで開いてください。"),
      ),
    ];
  const own = await ownOffice();
  if (own && own.id !== officeId) return [heading, otherOffice(own)];
  if (!own) {
    const { office } = await readJson(`/centre/data/workbook.json?office=${encodeURIComponent(officeId)}`);
    await setOffice(office);
  }
  const data = await refreshOfficeData();
  const keys = await deviceKeys();
  fill(requireElement("office-name"), data?.office.name ?? "");
  const required = data?.office.signatures_required ?? 1;
  return [
    heading,
    el("p", { class: "lead" }, t`この端末を「${data?.office.name ?? officeId}」で使います。`),
    keys.map(keyPart),
    keys.length < required ? applicationPart(keys) : null,
    keys.filter((key) => key.state === "active").length >= required
      ? el("p", { class: "actions" }, wayOn(data?.office.role ?? ""))
      : null,
  ];
}

/** A prefecture connects those below it; who counts goes to the sheets. @param {string} role */
const wayOn = (role) =>
  role === "prefecture"
    ? el(
        "a",
        { class: "button primary", id: "to-centres", href: localizedPath("/setup/centres") },
        t("市区町村の端末をつなぐ"),
      )
    : el(
        "a",
        { class: "button primary", id: "to-centre", href: localizedPath("/centre/") },
        role === "municipality" ? t("報告の画面へ進む") : t("開票所の画面へ進む"),
      );

/** @param {OwnOffice} own */
const otherOffice = (own) =>
  el(
    "div",
    { class: "notice notice-warning" },
    el("p", {}, t`この端末は「${own.name}」で使っています。`),
    el(
      "button",
      {
        type: "button",
        id: "use-here",
        on: {
          click: async () => {
            const { office } = await readJson(`/centre/data/workbook.json?office=${encodeURIComponent(officeId)}`);
            await setOffice(office);
            await show();
          },
        },
      },
      t("この機関の端末にする"),
    ),
  );

/** @param {DeviceKey} key */
function keyPart(key) {
  const isActive = key.state === "active";
  return el(
    "section",
    { class: `notice ${isActive ? "notice-done" : ""}`, data: { keyid: key.keyid, state: key.state } },
    el("h2", { class: "plain" }, key.label),
    keyidLine(key.keyid),
    el(
      "p",
      { role: "status" },
      isActive
        ? t("承認されました。この鍵で署名できます。")
        : t("選挙管理委員会と電話で番号を読み合わせ、承認を待ってください。"),
    ),
    isActive
      ? null
      : el(
          "details",
          {},
          el("summary", {}, t("届かないときに渡す文")),
          el("pre", { tabindex: "0", class: "application" }, applicationText(key, key.office)),
        ),
  );
}

/** @param {DeviceKey[]} keys */
const applicationPart = (keys) =>
  keyForm({
    office: officeId,
    word: t("鍵を作って申請する"),
    hint: t("担当1、担当2 など。氏名は記録に入りません。"),
    wrong: t("もう一人と違う呼び名を入れてください。"),
    called: keys.length ? t("担当2") : t("担当1"),
    taken: keys,
    isPrimary: true,
    made: async (key) => {
      const isLeft = await leaveApplication(word, key);
      announce(isLeft ? t("鍵を作り、申請しました。") : t("鍵を作りました。"));
      await show();
    },
  });

async function show() {
  await draw(() => true);
}

/**
 * Draw what is known now, if it is still wanted once it has been made.
 *
 * @param {() => boolean} isWanted
 */
async function draw(isWanted) {
  const made = await renderOrNotice(view, show);
  const says = await keyStates();
  if (!isWanted()) return;
  shown = says;
  refillKeepingFocus(requireElement("page"), made);
}

const keyStates = async () => JSON.stringify((await deviceKeys()).map(({ keyid, state }) => [keyid, state]));

/** What the register says of the keys; drawn again when it says something else, never while somebody types. */
async function look() {
  if (!(await ownOffice())) return;
  await refreshOfficeData();
  if ((await keyStates()) === shown || isBeingFilledIn()) return;
  await draw(() => !isBeingFilledIn());
}

keepSkipLinkInPlace();
requestPersistence();
await show();
document.body.dataset.ready = "true";
setInterval(() => look().catch(() => null), LOOK_MS);
addEventListener("hashchange", () => location.reload());
