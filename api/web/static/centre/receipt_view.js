// What became of a posting, and its receipt: kept on this device, made to be printed.
import { byId, el, fill } from "./dom.js";
import { NOTICE_WORDS } from "./comparison.js";
import { clock, shown } from "./figures.js";
import { election, environment, events } from "./line.js";
import { takeBack } from "./outbox.js";
import { all, get } from "./store.js";

export async function receiptView(submission_id) {
  const place = el("div", { id: "receipt", data: { submission: submission_id } });
  await draw(place, submission_id);
  return place;
}

events.addEventListener("outbox", ({ detail }) => {
  const place = byId("receipt");
  if (place?.dataset.submission === detail.submission_id) draw(place, detail.submission_id);
});

async function draw(place, submission_id) {
  const done = await get("receipts", submission_id);
  if (done) { fill(place, receipt(done)); return; }
  const waiting = await get("outbox", submission_id);
  if (waiting) { fill(place, onItsWay(waiting)); return; }
  const draft = (await all("drafts")).find((each) => each.refused_id === submission_id);
  fill(place, draft ? refused(draft) : [el("h1", {}, "見つかりません"), el("p", {}, "この端末にこの投稿はありません。")]);
}

function onItsWay(item) {
  const take = async () => {
    if (await takeBack(item.submission_id)) location.hash = "#/";
    else fill(byId("receipt-told"), "すでに送り始めたため、取り消せません。結果を待ってください。");
  };
  return [
    el("h1", {}, "送信を待っています"),
    el("p", { class: "notice notice-warning", role: "status" }, item.problem?.detail ?? "この端末に保存しました。回線がつながると、入力した順に自動で送ります。画面を閉じても、電源が切れても失われません。次に開いたときに送ります。"),
    figures(item),
    el("p", { class: "actions" }, item.text ? null : el("button", { type: "button", on: { click: take } }, "送信前に取り消して直す"), el("a", { class: "button", href: "#/" }, "開票区の一覧へ")),
    el("p", { id: "receipt-told", role: "status" }),
  ];
}

function refused(draft) {
  return [
    el("h1", {}, "受け付けられませんでした"),
    el("p", { class: "notice notice-error", role: "alert" }, draft.problem?.detail ?? ""),
    el("p", {}, "入力した数字はすべて残っています。"),
    el("p", { class: "actions" }, el("a", { class: "button primary", href: `#/sheet/draft/${encodeURIComponent(draft.key)}` }, "入力に戻って直す")),
  ];
}

const line = (word, ...text) => el("div", {}, el("dt", {}, word), el("dd", {}, ...text));

function receipt(item) {
  const { receipt: proof, submission } = item;
  const { command } = submission;
  return [
    el("h1", {}, "受領証"),
    environment === "rehearsal" ? el("p", { class: "notice notice-warning" }, "訓練の受領証です。実際の選挙のものではありません。") : null,
    el("p", { class: "notice notice-done", role: "status" }, "記録されました。"),
    el("dl", { class: "figures-list receipt-list" },
      line("投稿", item.title),
      line("種別", `${command.command.startsWith("correct") ? "訂正・" : ""}${command.final ? "確定" : "中間"}　${clock(command.as_of)}現在`),
      line("機関", item.office_name, submission.on_behalf ? "（代行）" : ""),
      line("記録位置", shown(proof.position)), line("記録時刻", clock(proof.recorded_at)),
      line("受付番号", el("code", {}, proof.submission_id)),
      item.sha256 ? line("本文の要約値", el("code", {}, item.sha256)) : null,
      item.signers.length ? line("署名した鍵", el("code", {}, item.signers.map((keyid) => keyid.slice(0, 16)).join("、"))) : line("署名", "なし（訓練）"),
      proof.repeated ? line("送信", "二度目の送信でしたが、記録は一つです。") : null),
    proof.notices?.length ? el("div", { class: "notice notice-warning" }, el("p", {}, `注意として記録：${proof.notices.map((each) => NOTICE_WORDS[each.code] ?? each.code).join("、")}`)) : null,
    figures(item),
    el("p", { class: "actions no-print" },
      el("button", { type: "button", class: "primary", on: { click: () => print() } }, "印刷する"),
      el("a", { class: "button", href: `/v1/elections/${election}/log/${proof.position}` }, "公開の記録で見る"),
      el("a", { class: "button", href: "#/" }, "開票区の一覧へ")),
  ];
}

function figures(item) {
  return el("table", { class: "sheet receipt-table" }, el("caption", {}, "送った数字"),
    el("tbody", {}, item.rows.map(([label, figure]) => el("tr", {}, el("th", { scope: "row" }, label), el("td", {}, figure)))));
}
