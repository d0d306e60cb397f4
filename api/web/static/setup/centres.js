// The devices of counting centres: a link and a code for each; a key that comes back is enrolled and approved here.

import { codeDrawing } from "../shared/code_drawing.js";
import { events, readJson } from "../shared/connection.js";
import { showEntryConnection } from "../shared/connection_status.js";
import { el, fill, keepSkipLinkInPlace } from "../shared/dom.js";
import { requireElement } from "../shared/elements.js";
import { keyidElement, keyidLine } from "../shared/keys/key_fingerprint.js";
import { localizedPath, t } from "../shared/language.js";
import { renderOrNotice } from "../shared/notice.js";
import { loadOfficeData, officeData, ownOffice, refreshOfficeData } from "../shared/office_data.js";
import { askAndSend, sendCommand } from "../shared/sending/commands.js";
import { sendOutbox } from "../shared/sending/outbox.js";
import { locateProblem } from "../shared/sending/refusals.js";
import "../shared/press_guard.js";
import { findApplications, linkWord } from "./applications.js";

const LOOK_MS = 2000;

/** Whose devices are right below an office. @type {Record<string, string>} */
const HEADINGS = { prefecture: t("市区町村の端末をつなぐ"), nation: t("都道府県の端末をつなぐ") };

/** @typedef {{ keyid: string, public_key: string, proof: string }} Application */

/** What is shown now, so that nothing is drawn again that has not changed. */
let shown = "";

async function show() {
  fill(requireElement("page"), await renderOrNotice(view, show));
  await look();
}

async function view() {
  const office = await ownOffice();
  fill(requireElement("office-name"), office?.name ?? "");
  if (!office)
    return [
      el("h1", {}, t("開票所の端末をつなぐ")),
      el(
        "p",
        { class: "notice" },
        t("この端末はまだどの機関のものでもありません。管理室で機関を選ぶか、選挙を始めた端末で開いてください。"),
        " ",
        el("a", { href: localizedPath("/control") }, t("管理室")),
      ),
    ];
  return [
    el("h1", {}, HEADINGS[office.role ?? ""] ?? t("開票所の端末をつなぐ")),
    el("p", { class: "lead" }, t("相手の端末で、その機関のリンクかコードを開きます。鍵を作ると、ここに届きます。")),
    el("ul", { class: "centres", id: "centres" }),
    el(
      "p",
      { class: "actions" },
      el("a", { class: "button primary", href: localizedPath("/control#/course") }, t("管理室へ進む")),
    ),
  ];
}

/** Every centre of this office with the keys it has and the applications that have come. */
async function look() {
  const own = await ownOffice();
  const place = document.getElementById("centres");
  if (!own || !place) return;
  await refreshOfficeData();
  /** @type {Office[]} */
  const offices = await readJson(`/centre/data/offices.json?parent=${encodeURIComponent(own.id)}`);
  const rows = await Promise.all(
    offices.map(async (office) => {
      const word = await linkWord(office.id);
      const known = new Set(office.keys.map((key) => key.keyid));
      const come = (await findApplications(word, office.id)).filter(({ keyid }) => !known.has(keyid));
      return { office, word, come };
    }),
  );
  const says = JSON.stringify(rows);
  if (says === shown || document.querySelector("dialog")) return;
  shown = says;
  fill(place, await Promise.all(rows.map(card)));
}

/** @param {{ office: Office, word: string, come: Application[] }} about */
async function card({ office, word, come }) {
  const address = `${location.origin}${localizedPath("/setup/join")}#${office.id}.${word}`;
  const rows = await readJson(`/centre/data/code.json?text=${encodeURIComponent(address)}`).catch(() => null);
  const active = office.keys.filter((key) => key.state === "active");
  const missing = office.signatures_required - active.length;
  return el(
    "li",
    { data: { office: office.id } },
    el("h2", { class: "plain" }, office.name),
    el(
      "p",
      {},
      el(
        "span",
        { class: `status status-${missing > 0 ? "none" : "final"}` },
        missing > 0 ? t`あと${missing}人の鍵を待っています` : t("つながっています"),
      ),
    ),
    office.keys.filter((key) => key.state === "pending").map(pendingPart),
    active.map(({ keyid }) => el("p", { class: "fingerprint small" }, t("鍵の番号　"), keyidElement(keyid))),
    come.map((application) => applicationPart(office, application)),
    el(
      "details",
      { open: missing > 0 },
      el("summary", {}, t("この機関のリンクとコード")),
      rows ? codeDrawing(rows, t`${office.name}の端末で開くコード`) : null,
      el("p", { class: "address" }, el("a", { href: address, class: "join-link" }, address)),
    ),
  );
}

/** A key that another founding office has to approve. @param {OfficeKey} key */
const pendingPart = ({ keyid }) =>
  el(
    "div",
    { class: "notice", data: { pending: keyid } },
    el("p", {}, t("登録しました。ともに始めたもう一つの機関が、管理室の「鍵」で承認します。")),
    el("p", { class: "fingerprint small" }, t("鍵の番号　"), keyidElement(keyid)),
  );

/**
 * @param {Office} office
 * @param {Application} application
 */
function applicationPart(office, { keyid, public_key, proof }) {
  const enrol = async () => {
    await askAndSend({
      title: approvesAlone() ? t`${office.name}の鍵を登録し、承認する` : t`${office.name}の鍵を登録する`,
      word: approvesAlone() ? t("登録して承認する") : t("登録する"),
      lines: [
        el("p", {}, t("鍵の番号："), keyidElement(keyid)),
        t("先方の画面の番号と、電話で読み合わせてください。"),
        el("p", {}, t`開票区：${office.units.join(t("、"))}`),
      ],
      send: async (_about, _text, signers) => {
        const key = { public_key, proof };
        const { record } = office;
        return sendBoth(
          office,
          [
            { command: "enrol-key", office: office.id, key },
            ...(approvesAlone()
              ? [{ command: "approve-key", office: office.id, keyid, ...(record ? { record } : {}) }]
              : []),
          ],
          signers,
        );
      },
    });
    await look();
  };
  return el(
    "div",
    { class: "notice", data: { application: keyid } },
    el("p", {}, el("strong", {}, t("鍵の申請が届きました。"))),
    keyidLine(keyid),
    el("button", { type: "button", class: "primary", on: { click: enrol } }, t("番号を確かめて登録する")),
  );
}

/** Whether this office approves what it enrolled: one that manages its election alone, with two persons who sign. */
function approvesAlone() {
  const own = officeData()?.office;
  return Boolean(own?.manages && own.role !== "nation" && own.signatures_required > 1);
}

/**
 * One posting after the other; the second only when the first is recorded. Sentences about what failed.
 *
 * @param {Office} office
 * @param {Command[]} commands
 * @param {Signer[]} signers
 */
async function sendBoth(office, commands, signers) {
  for (const command of commands) {
    const { state, problem } = await sendCommand(command, t`${office.name}の鍵`, signers);
    if (state !== "recorded")
      return [state === "refused" ? locateProblem(problem).sentence : t("回線がつながると送ります。")];
  }
  return [];
}

events.addEventListener("connection", () => showEntryConnection());
keepSkipLinkInPlace();
await loadOfficeData();
await refreshOfficeData().catch(() => null);
await show();
document.body.dataset.ready = "true";
await sendOutbox();
setInterval(() => look().catch(() => null), LOOK_MS);
