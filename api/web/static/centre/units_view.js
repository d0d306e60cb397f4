// The office's own units and what is to be done in each.

import { sheetAddress, stateChip } from "../shared/count_state.js";
import { el } from "../shared/dom.js";
import { draftKey } from "../shared/drafts.js";
import { formatFigure, formatMoment } from "../shared/figures.js";
import { pinQuestion } from "../shared/keys/pin_question.js";
import { storageLossNotice } from "../shared/keys/storage_loss.js";
import { t } from "../shared/language.js";
import { NOTICE_WORDS } from "../shared/notice_words.js";
import { deviceKeys, officeData } from "../shared/office_data.js";
import { readOutbox } from "../shared/sending/outbox.js";
import { getAll } from "../shared/store.js";

export async function unitsView() {
  const found = officeData();
  if (!found)
    return el(
      "div",
      {},
      el("h1", {}, t("開票区")),
      el("p", {}, t("開票区の一覧をまだ読み込めていません。回線がつながると表示されます。")),
    );
  const drafts = new Map((await getAll("drafts")).map((draft) => [draft.key, draft]));
  const waiting = await readOutbox();
  const keys = await deviceKeys();
  const { workbook } = found;
  return [
    el("h1", {}, t("開票区")),
    storageLossNotice(found.office, keys),
    pinQuestion(keys),
    found.office.signatures_required > 1
      ? el("p", {}, el("a", { href: "#/cosign" }, t("別の端末で一人目が署名した報告に署名する")))
      : null,
    phaseNotice(workbook),
    unfinishedPart(drafts, waiting),
    workbook.units.length
      ? workbook.units.map((unit) => unitPart(unit, drafts, waiting))
      : el("p", {}, t("この機関には自分の開票区がありません。代わって入力する開票区は、管理室の一覧から選びます。")),
    el(
      "p",
      { class: "small" },
      t`一覧の時点：${formatMoment(found.read_at)}（記録位置 ${formatFigure(workbook.position)}）`,
    ),
  ];
}

/** @param {Workbook} about */
function phaseNotice({ phase, pause_reason }) {
  /** @type {Record<string, string>} */
  const sentences = {
    defined: t("開票はまだ始まっていません。入力はできます。開始の登録後に送られます。"),
    paused: t`受付を一時停止しています（理由：${pause_reason}）。入力はできます。再開後に送られます。`,
    closed: t("この選挙の受付は終わりました。"),
  };
  return sentences[phase] ? el("p", { class: "notice notice-warning", role: "note" }, sentences[phase]) : null;
}

// Drafts that came back while another sheet of the same count was begun.
/** @param {Draft} about */
const isAside = ({ key, form, contest, unit }) => key !== draftKey(form, contest, unit);

/**
 * @param {Map<string, any>} drafts
 * @param {OutboxItem[]} waiting
 */
function unfinishedPart(drafts, waiting) {
  // Answers of surveys have a page of their own.
  const returned = [...drafts.values()].filter((draft) => draft.form !== "survey" && (draft.problem || isAside(draft)));
  return [
    waiting.length
      ? el(
          "p",
          { class: "notice" },
          el("a", { href: "#/outbox" }, t`送信を待っている投稿が${waiting.length}件あります。`),
        )
      : null,
    returned.map((draft) =>
      el(
        "p",
        { class: "notice notice-error" },
        draft.problem ? t("受け付けられなかった投稿があります。") : t("送信前に取り消した投稿があります。"),
        el("a", { href: `#/sheet/draft/${encodeURIComponent(draft.key)}` }, t("入力に戻って直す")),
      ),
    ),
  ];
}

/**
 * @param {WorkbookUnit} unit
 * @param {Map<string, any>} drafts
 * @param {OutboxItem[]} waiting
 */
function unitPart(unit, drafts, waiting) {
  const counts = unit.counts.filter((count) => !count.uncontested);
  return el(
    "section",
    { "aria-labelledby": `unit-${unit.code}` },
    el("h2", { id: `unit-${unit.code}` }, unit.name),
    el(
      "ul",
      { class: "count-cards" },
      counts.map((count) => countCard(unit, count, drafts, waiting)),
    ),
  );
}

/** @param {string[]} [notices] */
const noticeLine = (notices) =>
  notices?.length
    ? el("p", { class: "small" }, t`注意：${notices.map((code) => NOTICE_WORDS[code] ?? code).join(t("、"))}`)
    : null;

/**
 * @param {WorkbookUnit} unit
 * @param {Count} count
 * @param {Map<string, any>} drafts
 * @param {OutboxItem[]} waiting
 */
function countCard(unit, count, drafts, waiting) {
  const isWaiting = waiting.some((item) => item.contest === count.contest && item.unit === unit.code);
  /** @param {string} form */
  const draft = (form) => drafts.get(`${form}|${count.contest}|${unit.code}`);
  // The one next thing to do stands out: a report that is due, or one that came back.
  const isDue = count.state === "returned" || !count.last?.final;
  /**
   * @param {string} form
   * @param {string} word
   */
  const action = (form, word) =>
    el(
      "a",
      {
        class: form === "tally" && isDue && !isWaiting ? "button primary" : "button",
        href: sheetAddress(form, count.contest, unit.code),
      },
      draft(form) ? t`${word}（入力中）` : word,
    );
  return el(
    "li",
    { data: { contest: count.contest, unit: unit.code } },
    el(
      "div",
      { class: "card-head" },
      el("h3", {}, count.name),
      stateChip(count.state),
      isWaiting ? el("span", { class: "chip" }, t("送信待ち")) : null,
    ),
    count.returned_reason
      ? el("p", { class: "notice notice-error" }, t`差し戻されました：${count.returned_reason}`)
      : null,
    el(
      "p",
      {},
      count.last
        ? t`第${formatFigure(count.last.report - 1)}報　${formatMoment(count.last.as_of)}現在　投票総数 ${formatFigure(count.last.tally.ballots)}票`
        : t("開票報告はまだありません。"),
    ),
    noticeLine(count.last?.notices),
    el(
      "p",
      {},
      count.turnout
        ? t`投票者数 ${formatFigure(count.turnout.figures.voters.male + count.turnout.figures.voters.female)}人（${count.turnout.final ? t("確定") : t`${formatMoment(count.turnout.as_of)}現在`}）`
        : t("投票状況の報告はまだありません。"),
    ),
    noticeLine(count.turnout?.notices),
    el(
      "p",
      { class: "actions" },
      action("tally", count.last?.final ? t("開票報告を訂正") : t("開票報告を入力")),
      action("turnout", count.turnout?.final ? t("投票状況を訂正") : t("投票状況を入力")),
    ),
  );
}
