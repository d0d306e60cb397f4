// What waits to be sent, and what was received.
import { el, tableHead } from "../dom.js";
import { formatFigure, formatMoment } from "../figures.js";
import { t } from "../language.js";
import { getAll } from "../store.js";
import { readOutbox, sendOutbox } from "./outbox.js";
import { problemSentence } from "./refusals.js";

/** @param {{ submission_id: string }} item */
const itemAddress = (item) => `#/sent/${encodeURIComponent(item.submission_id)}`;

export async function outboxView() {
  const waiting = await readOutbox();
  return [
    el("h1", {}, t("送信箱")),
    el("p", {}, t("回線がつながると、上から順に自動で送ります。同じ投稿が二度記録されることはありません。")),
    waiting.length
      ? el(
          "ol",
          { class: "found" },
          waiting.map((item) =>
            el(
              "li",
              {},
              el("a", { href: itemAddress(item) }, item.title),
              ` ${formatMoment(item.made_at)}`,
              item.problem ? el("p", { class: "small" }, problemSentence(item.problem)) : null,
            ),
          ),
        )
      : el("p", { class: "notice notice-done" }, t("送信を待っている投稿はありません。")),
    waiting.length
      ? el(
          "p",
          { class: "actions" },
          el("button", { type: "button", on: { click: () => sendOutbox() } }, t("今すぐ送ってみる")),
        )
      : null,
  ];
}

export async function receiptsView() {
  const found = (await getAll("receipts")).sort((a, b) => b.receipt.position - a.receipt.position);
  return [
    el("h1", {}, t("受領証")),
    el("p", {}, t("この端末から送り、記録されたもの。")),
    found.length
      ? el(
          "div",
          { class: "scroll" },
          el(
            "table",
            { class: "receipts" },
            tableHead([t("投稿"), t("記録位置"), t("記録時刻")]),
            el(
              "tbody",
              {},
              found.map((item) =>
                el(
                  "tr",
                  {},
                  el("th", { scope: "row" }, el("a", { href: itemAddress(item) }, item.title)),
                  el("td", {}, formatFigure(item.receipt.position)),
                  el("td", {}, formatMoment(item.receipt.recorded_at)),
                ),
              ),
            ),
          ),
        )
      : el("p", {}, t("まだありません。")),
  ];
}
