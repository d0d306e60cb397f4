// Keys of the offices below: take an application in, vouch for it as a second office, revoke.
import { byId, el, field, fill, mark } from "../centre/dom.js";
import { desk } from "../centre/desk.js";
import { election, environment, readJson } from "../centre/line.js";
import { askAndSend } from "./actions.js";
import { board } from "./board_data.js";

const STATES = { pending: "承認待ち", active: "有効", retired: "更新済み", revoked: "失効" };
const CHIPS = { pending: "interim", active: "final", retired: "none", revoked: "contested" };

export async function keysView() {
  setTimeout(load);
  return [el("h1", {}, "鍵"), applicationForm(), el("h2", {}, "機関の鍵"),
    el("p", {}, "鍵は、申請を登録した機関とは別の機関が承認すると有効になります。承認の前に、鍵の番号を電話で読み合わせてください。"), el("div", { id: "key-list" })];
}

function applicationForm() {
  const text = el("textarea", { rows: "6", class: "application", autocomplete: "off", spellcheck: "false", on: { input: () => mark("application", "") } });
  const act = async (event) => {
    event.preventDefault();
    const found = readApplication(text.value);
    if (found.error) { mark("application", found.error); text.focus(); return; }
    const done = await askAndSend({
      title: "鍵の申請を登録する", word: "登録する", lines: [`機関：${found.office}`, el("p", {}, "鍵の番号：", el("code", {}, found.keyid.match(/.{8}/g).join(" ")))],
      make: () => ({ command: "enrol-key", office: found.office, key: { public_key: found.public_key, proof: found.proof } }),
    });
    if (done) { text.value = ""; await load(); }
  };
  return el("form", { novalidate: true, on: { submit: act } }, el("h2", {}, "申請の登録"),
    field("application", "開票所から受け取った鍵の申請", text, { hint: "開票所の「端末と鍵」で写した文を、そのまま貼り付けてください。" }), el("button", { type: "submit" }, "内容を確かめる"));
}

function readApplication(text) {
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return { error: "鍵の申請として読めません。写した文を、はじめから終わりまで貼り付けてください。" };
  }
  if (found?.kaihyo !== "enrol-key" || !/^[0-9a-f]{64}$/.test(found.keyid ?? "")) return { error: "鍵の申請ではありません。開票所の「端末と鍵」の文を貼り付けてください。" };
  if (found.election !== election || found.environment !== environment) return { error: `この申請は別の選挙（${found.election}・${found.environment}）のものです。` };
  return found;
}

async function load() {
  const offices = await readJson(`/centre/data/offices.json?prefecture=${board.prefecture}`);
  const place = byId("key-list");
  if (!place) return;
  const rows = offices.flatMap((office) => office.keys.map((key) => ({ office, key })));
  rows.sort((a, b) => (a.key.state === "pending" ? 0 : 1) - (b.key.state === "pending" ? 0 : 1));
  fill(place, rows.length ? el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ["機関", "状態", "鍵の番号", "操作"].map((word) => el("th", { scope: "col", class: "text" }, word)))),
    el("tbody", {}, rows.map(rowOf)))) : el("p", {}, "登録された鍵はまだありません。"));
}

function rowOf({ office, key }) {
  const about = [`機関：${office.name}`, el("p", {}, "鍵の番号：", el("code", {}, key.keyid.match(/.{8}/g).join(" ")))];
  const named = { office: office.id, keyid: key.keyid };
  const approve = async () => { await askAndSend({ title: "鍵を承認する", word: "承認する", lines: about, make: () => ({ command: "approve-key", ...named }) }); await load(); };
  const revoke = async () => { await askAndSend({ title: "鍵を失効させる", word: "失効させる", danger: true, text: "失効の理由", lines: about, make: (reason) => ({ command: "revoke-key", ...named, reason }) }); await load(); };
  const mayApprove = key.state === "pending" && desk()?.office.id !== office.id && desk()?.office.id !== key.enrolled_by;
  return el("tr", { data: { keyid: key.keyid } }, el("th", { scope: "row" }, office.name), el("td", { class: "text" }, el("span", { class: `status status-${CHIPS[key.state]}` }, STATES[key.state])),
    el("td", { class: "text" }, el("code", {}, `${key.keyid.slice(0, 16)}…`)),
    el("td", { class: "text row-actions" }, mayApprove ? el("button", { type: "button", class: "small-button", data: { act: "approve" }, on: { click: approve } }, "承認") : null,
      key.state === "active" || key.state === "pending" ? el("button", { type: "button", class: "small-button danger", data: { act: "revoke" }, on: { click: revoke } }, "失効") : null));
}
