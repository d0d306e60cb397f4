// What became of an answer, and its receipt.
import { byId, el, fill } from "../centre/dom.js";
import { clock, shown } from "../centre/figures.js";
import { election, environment, events } from "../centre/line.js";
import { takeBack } from "../centre/outbox.js";
import { all, get } from "../centre/store.js";
import { sentenceOf } from "../centre/refusals.js";
import { t } from "../centre/words.js";
import { answerAddress } from "./list_view.js";

export async function sentView(submission_id) {
  const place = el("div", { id: "sent", data: { submission: submission_id } });
  await draw(place, submission_id);
  return place;
}

events.addEventListener("outbox", ({ detail }) => {
  const place = byId("sent");
  if (place?.dataset.submission === detail.submission_id) draw(place, detail.submission_id);
});

async function draw(place, submission_id) {
  const done = await get("receipts", submission_id);
  if (done) { fill(place, receipt(done)); return; }
  const waiting = await get("outbox", submission_id);
  if (waiting) { fill(place, onItsWay(waiting)); return; }
  const draft = (await all("drafts")).find((each) => each.refused_id === submission_id);
  // A refusal is shown where it can be put right.
  if (draft) location.replace(answerAddress(draft.survey, draft.unit));
  else fill(place, el("h1", {}, t("見つかりません")), el("p", {}, t("この端末にこの投稿はありません。")));
}

function onItsWay(item) {
  const take = async () => {
    if (await takeBack(item.submission_id)) location.hash = "#/";
    else fill(byId("sent-told"), t("すでに送り始めたため、取り消せません。結果を待ってください。"));
  };
  return [
    el("h1", {}, t("送信を待っています")),
    el("p", { class: "notice notice-warning", role: "status" }, sentenceOf(item.problem) || t("この端末に保存しました。回線がつながると自動で送ります。")),
    answers(item),
    el("p", { class: "actions" }, item.text ? null : el("button", { type: "button", on: { click: take } }, t("送信前に取り消して直す")), el("a", { class: "button", href: "#/" }, t("調査の一覧へ"))),
    el("p", { id: "sent-told", role: "status" }),
  ];
}

const line = (word, ...text) => el("div", {}, el("dt", {}, word), el("dd", {}, ...text));

function receipt(item) {
  const { receipt: proof, submission } = item;
  return [
    el("h1", {}, t("受領証")),
    environment === "rehearsal" ? el("p", { class: "notice notice-warning" }, t("訓練の受領証です。実際の選挙のものではありません。")) : null,
    el("p", { class: "notice notice-done", role: "status" }, t("記録されました。")),
    el("dl", { class: "figures-list receipt-list" },
      line(t("投稿"), item.title), line(t("機関"), item.office_name, submission.on_behalf ? t("（代行）") : ""),
      line(t("記録位置"), shown(proof.position)), line(t("記録時刻"), clock(proof.recorded_at)), line(t("受付番号"), el("code", {}, proof.submission_id)),
      item.sha256 ? line(t("本文の要約値"), el("code", {}, item.sha256)) : null,
      line(t("署名"), item.signers.length ? el("code", {}, item.signers.map((keyid) => keyid.slice(0, 16)).join(t("、"))) : t("なし（訓練）"))),
    answers(item),
    el("p", { class: "actions no-print" },
      el("button", { type: "button", class: "primary", on: { click: () => print() } }, t("印刷する")),
      el("a", { class: "button", href: `/v1/elections/${election}/log/${proof.position}` }, t("公開の記録で見る")),
      el("a", { class: "button", href: "#/" }, t("調査の一覧へ"))),
  ];
}

const answers = (item) => el("table", { class: "sheet receipt-table" }, el("caption", {}, t("送った回答")),
  el("tbody", {}, item.rows.map(([label, value]) => el("tr", {}, el("th", { scope: "row" }, label), el("td", { class: "wrap" }, value)))));
