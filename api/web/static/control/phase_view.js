// The course of the night: open, freeze, resume, announce; put a change on record.

import { readJson } from "../shared/connection.js";
import { el, tableHead } from "../shared/dom.js";
import { formatFigure } from "../shared/figures.js";
import { t } from "../shared/language.js";
import { askAndSend } from "../shared/sending/commands.js";
import { board, readChanges } from "./board_data.js";
import { decisionState } from "./decisions_view.js";

/** @type {Record<string, string>} */
const PHASES = { defined: t("開票前"), counting: t("受付中"), paused: t("一時停止中"), closed: t("受付終了") };
const COUNTS = [
  ["none", t("未報告の開票")],
  ["interim", t("確定していない開票")],
  ["returned", t("差し戻された開票")],
  ["final", t("都道府県の確認を待つ開票")],
];
const DECISIONS = [
  ["open", t("決定を待つ選挙")],
  ["ready", t("決定できるのに記録のない選挙")],
  ["lot", t("くじを待つ選挙")],
  ["outdated", t("更正の要る選挙")],
];

/**
 * What still stands between the night and its announcement: [word, how many, address].
 *
 * @returns {Promise<[string, number, string][]>}
 */
async function openMatters() {
  const rows = [...board.rows.values()];
  /** @type {DecisionRow[]} */
  const decisions = await readJson(`/control/data/decisions.json?prefecture=${board.prefecture}`);
  return [
    ...COUNTS.map(
      ([state, word]) =>
        /** @type {[string, number, string]} */ ([word, rows.filter((row) => row.state === state).length, "#/"]),
    ),
    ...DECISIONS.map(
      ([state, word]) =>
        /** @type {[string, number, string]} */ ([
          word,
          decisions.filter((each) => decisionState(each) === state).length,
          "#/decisions",
        ]),
    ),
  ];
}

export async function phaseView() {
  /**
   * @param {string} name
   * @param {string} word
   * @param {Omit<DialogRequest, "title" | "word">} about
   */
  const act = (name, word, about) =>
    el(
      "button",
      {
        type: "button",
        data: { act: name },
        class: about.danger ? "danger" : about.primary ? "primary" : "",
        on: {
          click: async () => {
            await askAndSend({ title: word, word, ...about });
            await readChanges();
          },
        },
      },
      word,
    );
  return [
    el("h1", {}, t("進行")),
    el(
      "p",
      { class: "lead" },
      t("受付の状態："),
      el("strong", { id: "phase" }, PHASES[board.phase] ?? ""),
      board.pause_reason && board.phase === "paused" ? t`（理由：${board.pause_reason}）` : "",
    ),
    board.phase === "defined" ? openingPart(act) : null,
    board.phase === "counting" || board.phase === "paused" ? [pausePart(act), await closingPart(act)] : null,
    board.phase === "closed"
      ? el(
          "p",
          { class: "notice notice-done" },
          t(
            "この選挙は終了し、結果は公表済みです。後の訂正、更正、異動、取消しは、理由と二人の署名とともに記録されます。",
          ),
        )
      : changesPart(act),
  ];
}

/** @param {ActionButton} act */
const openingPart = (act) => [
  el("h2", {}, t("開票の開始")),
  el(
    "p",
    {},
    t(
      "開始すると、すべての開票区の零の報告が記録されます。その後の定義の変更は、理由と二人の署名のある補正になります。",
    ),
  ),
  el(
    "p",
    { class: "actions" },
    act("open", t("開票を開始する"), { primary: true, make: () => ({ command: "open-counting" }) }),
  ),
];

/** @param {ActionButton} act */
const pausePart = (act) => [
  el("h2", {}, t("受付の一時停止と再開")),
  el(
    "p",
    {},
    t("停止中の投稿は、各開票所の端末に保存され、再開後に自動で送られます。停止と再開は公開の記録に残ります。"),
  ),
  el(
    "p",
    { class: "actions" },
    board.phase === "counting"
      ? act("pause", t("受付を一時停止する"), {
          text: t("停止の理由"),
          danger: true,
          make: (reason) => ({ command: "pause-reception", reason }),
        })
      : act("resume", t("受付を再開する"), { primary: true, make: () => ({ command: "resume-reception" }) }),
  ),
];

/** @param {ActionButton} act */
async function closingPart(act) {
  const matters = await openMatters();
  const left = matters.filter(([, many]) => many);
  const table = el(
    "table",
    { id: "open-matters", class: "matters" },
    tableHead([t("公表の前に"), t("残り")]),
    el(
      "tbody",
      {},
      matters.map(([word, many, address]) =>
        el(
          "tr",
          {},
          el("th", { scope: "row" }, many ? el("a", { href: address }, word) : word),
          el(
            "td",
            { class: "figures" },
            many ? el("strong", {}, formatFigure(many)) : el("span", { class: "status status-final" }, t("済み")),
          ),
        ),
      ),
    ),
  );
  const lines = [
    t("終了すると、報告、訂正、決定のどれも受け付けなくなります。取り消せません。"),
    left.length
      ? el(
          "p",
          { class: "notice notice-error" },
          t`残っているもの：${left.map(([word, many]) => `${word} ${formatFigure(many)}`).join(t("、"))}`,
        )
      : el("p", { class: "notice notice-done" }, t("すべて済んでいます。")),
  ];
  return [
    el("h2", {}, t("終了と公表")),
    el(
      "p",
      {},
      t(
        "公開ページの数字はいつも速報です。すべての当選人が決まったら、選挙を終了して結果を確定したものとして公表します。",
      ),
    ),
    table,
    board.phase === "paused"
      ? el(
          "p",
          { class: "notice" },
          t("一時停止中は終了できません。待っている投稿を受け付けるため、先に受付を再開してください。"),
        )
      : el(
          "p",
          { class: "actions" },
          act("close", t("選挙を終了し、公表する"), {
            danger: left.length > 0,
            primary: !left.length,
            lines,
            make: () => ({ command: "close-election" }),
          }),
        ),
  ];
}

/** @param {ActionButton} act */
const changesPart = (act) => [
  el("h2", {}, t("変更の記録")),
  el("p", {}, t("開票中にソフトや設定を変えるときは、変える前に記録します。")),
  el(
    "p",
    { class: "actions" },
    act("note", t("変更を記録する"), { text: t("変更の内容"), make: (note) => ({ command: "note-change", note }) }),
  ),
];
