// The course of the night: pause and resume reception, put a change on record.
import { el } from "../centre/dom.js";
import { askAndSend } from "./actions.js";
import { board, readChanges } from "./board_data.js";

const PHASES = { defined: "開票前", counting: "受付中", paused: "一時停止中", closed: "受付終了" };

export async function courseView() {
  const act = (name, word, about) => el("button", { type: "button", data: { act: name }, class: about.danger ? "danger" : "", on: { click: async () => { await askAndSend({ title: word, word, ...about }); await readChanges(); } } }, word);
  return [
    el("h1", {}, "進行"),
    el("p", { class: "lead" }, "受付の状態：", el("strong", { id: "phase" }, PHASES[board.phase] ?? ""), board.pause_reason && board.phase === "paused" ? `（理由：${board.pause_reason}）` : ""),
    el("h2", {}, "受付の一時停止と再開"),
    el("p", {}, "停止中の投稿は、各開票所の端末に保存され、再開後に自動で送られます。停止と再開は公開の記録に残ります。"),
    el("p", { class: "actions" },
      board.phase === "counting" ? act("pause", "受付を一時停止する", { text: "停止の理由", danger: true, make: (reason) => ({ command: "pause-reception", reason }) }) : null,
      board.phase === "paused" ? act("resume", "受付を再開する", { make: () => ({ command: "resume-reception" }) }) : null),
    el("h2", {}, "変更の記録"),
    el("p", {}, "開票中にソフトや設定を変えるときは、変える前に記録します。"),
    el("p", { class: "actions" }, act("note", "変更を記録する", { text: "変更の内容", make: (note) => ({ command: "note-change", note }) })),
  ];
}
