// The device: whose it is, and its keys. A key is made here and cannot leave.
import { announce, byId, el, field, fill, mark } from "./dom.js";
import { desk, deviceKeys, ownOffice, refresh, settle } from "./desk.js";
import { newKey, possession } from "./envelope.js";
import { election, environment, events, readJson } from "./line.js";
import { enqueue, submissionId } from "./outbox.js";
import { put, remove } from "./store.js";

const STATES = { unregistered: "未申請", pending: "承認待ち", active: "有効", retired: "更新済み", revoked: "失効" };
const CHIPS = { unregistered: "none", pending: "interim", active: "final", retired: "none", revoked: "contested" };

/** The application for a key, as the office above takes it in. */
export const applicationText = (key, office) => JSON.stringify({
  kaihyo: "enrol-key", election, environment, office, keyid: key.keyid, public_key: key.public_key, proof: key.proof,
}, null, 1);

export async function deviceView() {
  const office = await ownOffice();
  return [el("h1", {}, "端末と鍵"), office ? await own(office) : chooseOffice()];
}

const drawAgain = async () => fill(byId("page"), await deviceView());

function chooseOffice() {
  const offices = el("div", { id: "offices" });
  const select = el("select", { on: { change: (event) => listOffices(event.target.value, offices) } },
    el("option", { value: "" }, "選んでください"), [...byId("prefectures").content.children].map((option) => option.cloneNode(true)));
  return el("section", {},
    el("p", { class: "lead" }, "はじめに、この端末をどの機関で使うかを決めます。"),
    field("prefecture", "都道府県", select), offices);
}

async function listOffices(prefecture, place) {
  mark("prefecture", "");
  if (!prefecture) { fill(place); return; }
  let found;
  try {
    found = await readJson(`/centre/data/offices.json?prefecture=${prefecture}`);
  } catch {
    mark("prefecture", "機関の一覧を読み込めません。回線を確かめて、もう一度選んでください。");
    return;
  }
  const search = el("input", { type: "search", autocomplete: "off", on: { input: () => show(search.value) } });
  const list = el("ul", { class: "cards" });
  const show = (text) => {
    const folded = text.normalize("NFKC").trim();
    fill(list, found.filter((each) => each.name.includes(folded) || each.id.includes(folded)).map((each) =>
      el("li", {}, el("button", { type: "button", data: { office: each.id }, on: { click: () => choose(each) } }, each.name))));
  };
  show("");
  fill(place, field("office", "機関の名前でしぼる", search), list);
}

async function choose(office) {
  await settle(office);
  announce(`この端末を「${office.name}」で使います。`);
  const hasPlace = location.pathname === "/control" || office.units.length > 0;
  location.hash = hasPlace ? "#/" : "#/device";
  dispatchEvent(new HashChangeEvent("hashchange"));
}

async function own(office) {
  const keys = await deviceKeys();
  const registered = desk()?.office;
  return [
    el("section", { "aria-labelledby": "whose" }, el("h2", { id: "whose" }, "機関"),
      el("p", { class: "lead" }, el("strong", {}, office.name), `（${office.id}）`),
      registered?.signatures_required === 2 ? el("p", { class: "notice" }, "この機関の投稿には、二人の担当者の鍵が必要です。担当者ごとに鍵を作ってください。") : null,
      el("button", { type: "button", on: { click: changeOffice } }, "この端末の機関を変える")),
    el("section", { "aria-labelledby": "keys" }, el("h2", { id: "keys" }, "鍵"),
      registered && !registered.registered ? el("p", { class: "notice" }, "この訓練には機関の登録がないため、署名なしで練習できます。鍵を作る練習もできますが、承認はされません。") : null,
      keys.length ? el("ul", { class: "found keys" }, keys.map((key) => keyRow(key, registered))) : el("p", {}, "この端末の鍵はまだありません。"),
      newKeyForm(office)),
  ];
}

function newKeyForm(office) {
  const label = el("input", { type: "text", maxlength: "20", autocomplete: "off" });
  const make = async (event) => {
    event.preventDefault();
    if (!label.value.trim()) {
      mark("key-label", "どの担当者の鍵か分かる呼び名を入れてください（例：担当1）。");
      label.focus();
      return;
    }
    const key = { ...(await newKey()), office: office.id, label: label.value.trim(), made_at: new Date().toISOString() };
    key.proof = await possession(key, { election, environment, office: office.id });
    await put("keys", key);
    announce("鍵を作りました。");
    await drawAgain();
  };
  return el("form", { novalidate: true, on: { submit: make } },
    field("key-label", "鍵の呼び名（この端末の中だけで使います）", label, { hint: "担当1、担当2 など。氏名は記録に入りません。" }),
    el("button", { type: "submit" }, "鍵を作る"));
}

function keyRow(key, registered) {
  const told = el("p", { class: "small", role: "status" });
  const copy = async () => {
    await navigator.clipboard.writeText(applicationText(key, key.office));
    fill(told, "写しました。上級の機関に渡してください。");
  };
  return el("li", { data: { keyid: key.keyid } },
    el("p", {}, el("strong", {}, key.label), " ", el("span", { class: `status status-${CHIPS[key.state]}` }, STATES[key.state])),
    el("p", { class: "fingerprint" }, el("span", { class: "small" }, "鍵の番号　"), el("code", {}, key.keyid.match(/.{8}/g).join(" "))),
    key.state === "unregistered" ? [
      el("details", {}, el("summary", {}, "鍵の申請（上級の機関に渡すもの）"),
        el("p", { class: "small" }, "電話で鍵の番号を読み合わせ、次の文をそのまま渡してください。"),
        el("pre", { tabindex: "0", class: "application" }, applicationText(key, key.office)),
        el("button", { type: "button", on: { click: copy } }, "写す")),
      el("p", { class: "actions" },
        registered?.registered && desk()?.workbook.unsigned ? el("button", { type: "button", on: { click: () => apply(key) } }, "申請を送る") : null,
        el("button", { type: "button", class: "danger", on: { click: () => forget(key) } }, "この鍵を消す")), told] : null,
    key.state === "pending" ? el("p", {}, "別の機関の承認を待っています。承認されると「有効」になります。", el("button", { type: "button", on: { click: async () => { await refresh(); await drawAgain(); } } }, "状態を確かめる")) : null);
}

async function apply(key) {
  const submission = {
    election, environment, office: key.office, submission_id: submissionId(key.office),
    command: { command: "enrol-key", office: key.office, key: { public_key: key.public_key, proof: key.proof } },
  };
  const heard = ({ detail }) => {
    if (detail.submission_id !== submission.submission_id || detail.state === "waiting") return;
    events.removeEventListener("outbox", heard);
    if (detail.state === "refused") announce(detail.problem.detail);
    refresh().then(drawAgain);
  };
  events.addEventListener("outbox", heard);
  await enqueue({ submission_id: submission.submission_id, submission, signers: [], title: `鍵の申請（${key.label}）`, rows: [], office_name: key.office, made_at: new Date().toISOString() });
}

async function forget(key) {
  if (!confirm("この鍵を消すと、二度と使えません。よろしいですか。")) return;
  await remove("keys", key.keyid);
  await drawAgain();
}

async function changeOffice() {
  if (!confirm("この端末の機関を変えます。入力中のものと受領証は残ります。よろしいですか。")) return;
  await remove("shelf", "office");
  dispatchEvent(new HashChangeEvent("hashchange"));
}
