// What waits to be sent, and what was received.
import { el } from "./dom.js";
import { clock, shown } from "./figures.js";
import { drain, outbox } from "./outbox.js";
import { all } from "./store.js";
import { sentenceOf } from "./refusals.js";
import { t } from "./words.js";

const address = (item) => `#/sent/${encodeURIComponent(item.submission_id)}`;

export async function outboxView() {
  const waiting = await outbox();
  return [
    el("h1", {}, t("送信箱")),
    el("p", {}, t("回線がつながると、上から順に自動で送ります。同じ投稿が二度記録されることはありません。")),
    waiting.length
      ? el("ol", { class: "found" }, waiting.map((item) => el("li", {}, el("a", { href: address(item) }, item.title), ` ${clock(item.made_at)}`,
        item.problem ? el("p", { class: "small" }, sentenceOf(item.problem)) : null)))
      : el("p", { class: "notice notice-done" }, t("送信を待っている投稿はありません。")),
    waiting.length ? el("p", { class: "actions" }, el("button", { type: "button", on: { click: () => drain() } }, t("今すぐ送ってみる"))) : null,
  ];
}

export async function receiptsView() {
  const found = (await all("receipts")).sort((a, b) => b.receipt.position - a.receipt.position);
  return [
    el("h1", {}, t("受領証")),
    el("p", {}, t("この端末から送り、記録されたもの。")),
    found.length ? el("div", { class: "scroll" }, el("table", { class: "receipts" },
      el("thead", {}, el("tr", {}, [t("投稿"), t("記録位置"), t("記録時刻")].map((word) => el("th", { scope: "col" }, word)))),
      el("tbody", {}, found.map((item) => el("tr", {}, el("th", { scope: "row" }, el("a", { href: address(item) }, item.title)),
        el("td", {}, shown(item.receipt.position)), el("td", {}, clock(item.receipt.recorded_at)))))))
      : el("p", {}, t("まだありません。")),
  ];
}
