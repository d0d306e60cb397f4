// What became of an answer: on its way, refused where it can be put right, or recorded.

import { events } from "../shared/connection.js";
import { byId, el, fill, refillKeepingFocus } from "../shared/dom.js";
import { requireElement } from "../shared/elements.js";
import { t } from "../shared/language.js";
import { withdraw } from "../shared/sending/outbox.js";
import { drawFirst, findPosting } from "../shared/sending/posting_state.js";
import { receiptView } from "../shared/sending/receipt_view.js";
import { problemSentence } from "../shared/sending/refusals.js";
import { answerAddress } from "./list_view.js";

/**
 * What was recorded has the receipt that every posting has, with its proof.
 *
 * @param {string} submission_id
 */
export async function sentView(submission_id) {
  const place = el("div", { id: "sent", data: { submission: submission_id } });
  await drawFirst(submission_id, () => draw(place, submission_id));
  return place;
}

events.addEventListener("outbox", ({ detail }) => {
  const place = byId("sent");
  if (place?.dataset.submission === detail.submission_id) draw(place, detail.submission_id);
});

/**
 * @param {HTMLElement} place
 * @param {string} submission_id
 */
async function draw(place, submission_id) {
  const { receipt, waiting, draft } = await findPosting(submission_id);
  if (receipt) {
    // From here on the receipt keeps itself up to date.
    place.removeAttribute("id");
    refillKeepingFocus(place, await receiptView(submission_id));
    return;
  }
  if (waiting) {
    refillKeepingFocus(place, waitingPart(waiting));
    return;
  }
  // A refusal is shown where it can be put right.
  if (draft) location.replace(answerAddress(draft.survey, draft.unit));
  else fill(place, el("h1", {}, t("見つかりません")), el("p", {}, t("この端末にこの投稿はありません。")));
}

/** @param {OutboxItem} item */
function waitingPart(item) {
  const take = async () => {
    if (await withdraw(item.submission_id)) location.hash = "#/";
    else fill(requireElement("sent-told"), t("すでに送り始めたため、取り消せません。結果を待ってください。"));
  };
  return [
    el("h1", {}, t("送信を待っています")),
    el(
      "p",
      { class: "notice notice-warning", role: "status" },
      problemSentence(item.problem) || t("この端末に保存しました。回線がつながると自動で送ります。"),
    ),
    answers(item),
    el(
      "p",
      { class: "actions" },
      item.text ? null : el("button", { type: "button", on: { click: take } }, t("送信前に取り消して直す")),
      el("a", { class: "button", href: "#/" }, t("調査の一覧へ")),
    ),
    el("p", { id: "sent-told", role: "status" }),
  ];
}

/** @param {OutboxItem} item */
const answers = (item) =>
  el(
    "table",
    { class: "sheet receipt-table" },
    el("caption", {}, t("送った回答")),
    el(
      "tbody",
      {},
      item.rows.map(([label, value]) =>
        el("tr", {}, el("th", { scope: "row" }, label), el("td", { class: "wrap" }, value)),
      ),
    ),
  );
