// What became of a posting, and its receipt: kept on this device, made to be printed.

import { codeDrawing } from "../code_drawing.js";
import { environment, events } from "../connection.js";
import { byId, el, fill, refillKeepingFocus } from "../dom.js";
import { requireElement } from "../elements.js";
import { formatFigure, formatMoment } from "../figures.js";
import { keyFingerprint } from "../keys/key_fingerprint.js";
import { localizedPath, t } from "../language.js";
import { NOTICE_WORDS } from "../notice_words.js";
import { proveAgain } from "../signing/receipt_proof.js";
import { nextSheet } from "./next_sheet.js";
import { withdraw } from "./outbox.js";
import { drawFirst, findPosting } from "./posting_state.js";
import { problemSentence } from "./refusals.js";

/** @param {string} submission_id */
export async function receiptView(submission_id) {
  const place = el("div", { id: "receipt", data: { submission: submission_id } });
  await drawFirst(submission_id, () => draw(place, submission_id));
  return place;
}

events.addEventListener("outbox", ({ detail }) => {
  const place = byId("receipt");
  if (place?.dataset.submission === detail.submission_id) draw(place, detail.submission_id);
});

/**
 * @param {HTMLElement} place
 * @param {string} submission_id
 */
async function draw(place, submission_id) {
  const { receipt, waiting, draft } = await findPosting(submission_id);
  if (receipt) {
    refillKeepingFocus(place, receiptPart(receipt, await nextSheet(receipt)));
    return;
  }
  if (waiting) {
    refillKeepingFocus(place, waitingPart(waiting, await nextSheet(waiting)));
    return;
  }
  refillKeepingFocus(
    place,
    draft
      ? refusedPart(draft)
      : [el("h1", {}, t("見つかりません")), el("p", {}, t("この端末にこの投稿はありません。"))],
  );
}

/**
 * @param {OutboxItem} item
 * @param {HTMLElement | null} next
 */
function waitingPart(item, next) {
  const take = async () => {
    if (await withdraw(item.submission_id)) location.hash = "#/";
    else fill(requireElement("receipt-told"), t("すでに送り始めたため、取り消せません。結果を待ってください。"));
  };
  return [
    el("h1", {}, t("送信を待っています")),
    el(
      "p",
      { class: "notice notice-warning", role: "status" },
      problemSentence(item.problem) ||
        t(
          "この端末に保存しました。回線がつながると、入力した順に自動で送ります。画面を閉じても、電源が切れても失われません。次に開いたときに送ります。",
        ),
    ),
    figuresTable(item),
    el(
      "p",
      { class: "actions" },
      next,
      item.text ? null : el("button", { type: "button", on: { click: take } }, t("送信前に取り消して直す")),
      el("a", { class: "button", href: "#/" }, t("開票区の一覧へ")),
    ),
    el("p", { id: "receipt-told", role: "status" }),
  ];
}

/** @param {Draft} draft */
function refusedPart(draft) {
  return [
    el("h1", {}, t("受け付けられませんでした")),
    el("p", { class: "notice notice-error", role: "alert" }, problemSentence(draft.problem)),
    el("p", {}, t("入力した数字はすべて残っています。")),
    el(
      "p",
      { class: "actions" },
      el(
        "a",
        { class: "button primary", href: `#/sheet/draft/${encodeURIComponent(draft.key)}` },
        t("入力に戻って直す"),
      ),
    ),
  ];
}

/**
 * @param {string} word
 * @param {...Child} text
 */
const definition = (word, ...text) => el("div", {}, el("dt", {}, word), el("dd", {}, ...text));

/**
 * @param {ReceiptItem} item
 * @param {HTMLElement | null} next
 */
function receiptPart(item, next) {
  const { receipt: proof, submission } = item;
  const { command } = submission;
  return [
    el("h1", {}, t("受領証")),
    environment === "rehearsal"
      ? el("p", { class: "notice notice-warning" }, t("訓練の受領証です。実際の選挙のものではありません。"))
      : null,
    item.form ? proofPart(item) : el("p", { class: "notice notice-done", role: "status" }, t("記録されました。")),
    el(
      "dl",
      { class: "figures-list receipt-list" },
      definition(t("投稿"), item.title),
      command.as_of
        ? definition(
            t("種別"),
            t`${command.command.startsWith("correct") ? t("訂正・") : ""}${command.final ? t("確定") : t("中間")}　${formatMoment(command.as_of)}現在`,
          )
        : null,
      definition(t("機関"), item.office_name, submission.on_behalf ? t("（代行）") : ""),
      definition(t("記録位置"), formatFigure(proof.position)),
      definition(t("記録時刻"), formatMoment(proof.recorded_at)),
      definition(t("受付番号"), el("code", {}, proof.submission_id)),
      item.sha256 ? definition(t("本文の要約値"), el("code", {}, item.sha256)) : null,
      submission.scan_sha256 ? definition(t("用紙の画像の要約値"), el("code", {}, submission.scan_sha256)) : null,
      item.signers.length
        ? definition(t("署名した鍵"), item.signers.map(keyFingerprint).join(t("、")))
        : definition(t("署名"), t("なし（訓練）")),
      proof.repeated ? definition(t("送信"), t("二度目の送信でしたが、記録は一つです。")) : null,
    ),
    proof.notices?.length
      ? el(
          "div",
          { class: "notice notice-warning" },
          el(
            "p",
            {},
            t`注意として記録：${proof.notices.map((each) => NOTICE_WORDS[each.code] ?? each.code).join(t("、"))}`,
          ),
        )
      : null,
    figuresTable(item),
    codePart(item),
    el(
      "p",
      { class: "actions no-print" },
      next,
      el(
        "a",
        next ? { class: "button", href: "#/" } : { class: "button primary", href: "#/", data: { next: "true" } },
        item.form === "survey" ? t("調査の一覧へ") : t("開票区の一覧へ"),
      ),
      el("button", { type: "button", on: { click: () => print() } }, t("印刷する")),
      item.proof?.text
        ? el("button", { type: "button", on: { click: () => saveProof(item) } }, t("証明を保存する"))
        : null,
      el("a", { class: "button", href: localizedPath(`/audit/entries/${proof.position}`) }, t("公開の記録で見る")),
    ),
  ];
}

/** @type {Record<string, string[]>} */
const PROOFS = {
  proven: [
    "notice-done",
    t("証明済み"),
    t("この投稿は署名された公開の記録に入っています。この端末で計算して確かめました。"),
  ],
  pending: [
    "",
    t("記録済み"),
    t("受け付けられ、記録されました。公開の記録に入った証明を待っています。自動で確かめます。次の入力に進めます。"),
  ],
  absent: [
    "notice-done",
    t("記録済み"),
    t("受け付けられ、記録されました。このサーバーは証明を公開していないため、証明はありません。"),
  ],
  bad: [
    "notice-error",
    t("検証できません"),
    t(
      "公開の記録が、送った内容か前に見た鍵と合いません。送り直さないでください。この画面を印刷し、受付番号と記録位置を上級の機関に電話で伝えてください。",
    ),
  ],
};

/** @param {ReceiptItem} item */
function proofPart(item) {
  const state = item.proof?.state ?? "pending";
  const [kind, word, sentence] = PROOFS[state];
  return el(
    "div",
    { class: `notice ${kind}`, role: "status", id: "proof", data: { proof: state } },
    el("h2", { class: "plain" }, word),
    el("p", {}, sentence),
    item.proof?.state === "proven"
      ? el(
          "p",
          { class: "small" },
          t`確かめた記録：${item.proof.origin}、${formatFigure(item.proof.size)}件。鍵の指紋 ${(item.proof.fingerprint ?? "").slice(0, 16)}`,
        )
      : null,
    state === "bad"
      ? el(
          "p",
          { class: "actions no-print" },
          el("button", { type: "button", on: { click: () => proveAgain(item.submission_id) } }, t("もう一度確かめる")),
        )
      : null,
  );
}

/**
 * The address of the public entry as a code to point a telephone at, also on paper.
 *
 * @param {ReceiptItem} about
 */
function codePart({ code }) {
  if (!code) return null;
  return el(
    "figure",
    { class: "code-part" },
    codeDrawing(code.rows, t("公開の記録を開くコード")),
    el("figcaption", { class: "small" }, t("公開の記録："), el("span", { class: "address" }, code.text)),
  );
}

/**
 * The proof as a file: `kaihyo verify --receipt` needs nothing else but the key of the log.
 *
 * @param {ReceiptItem} about
 */
function saveProof({ proof, receipt: { position } }) {
  const address = URL.createObjectURL(new Blob([proof?.text ?? ""], { type: "text/plain" }));
  el("a", { href: address, download: `receipt-${position}.tlog-proof` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** @param {{ rows: string[][] }} item */
function figuresTable(item) {
  return el(
    "table",
    { class: "sheet receipt-table" },
    el("caption", {}, t("送った数字")),
    el(
      "tbody",
      {},
      item.rows.map(([label, figure]) => el("tr", {}, el("th", { scope: "row" }, label), el("td", {}, figure))),
    ),
  );
}
