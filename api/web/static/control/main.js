// The control room's page: of a prefecture or of the nation, kept up to date through the stream.
import { byId, el, fill, skipInPlace } from "../centre/dom.js";
import { deviceView } from "../centre/device_view.js";
import { desk, openDesk, ownOffice, refresh } from "../centre/desk.js";
import { events } from "../centre/line.js";
import { drain } from "../centre/outbox.js";
import { outboxView, receiptsView } from "../centre/outbox_view.js";
import { proveAll } from "../centre/receipt_proof.js";
import { receiptView } from "../centre/receipt_view.js";
import { tellLine } from "../centre/line_state.js";
import { place } from "../centre/place.js";
import { keepForGood } from "../centre/store.js";
import { madeOrTold } from "../centre/told.js";
import "../centre/twice.js";
import { board, follow, readWhole } from "./board_data.js";
import { boardView, refreshBoard } from "./board_view.js";
import { courseView } from "./course_view.js";
import { decisionsView, loadDecisions } from "./decisions_view.js";
import { keysView } from "./keys_view.js";
import { refreshTurnout, turnoutView } from "./turnout_view.js";
import { t } from "../centre/words.js";

const VIEWS = { "": boardView, turnout: turnoutView, decisions: decisionsView, course: courseView, keys: keysView, device: deviceView, outbox: outboxView, receipts: receiptsView, sent: receiptView };
const MENU = [["", t("開票状況")], ["turnout", t("投票状況")], ["decisions", t("当選人の決定")], ["course", t("進行")], ["keys", t("鍵")], ["outbox", t("送信箱")], ["device", t("端末と鍵")]];
const NATION = new Set(["course"]);

let shown = 0;

async function show({ isFirst = false } = {}) {
  const turn = ++shown;
  const made = await madeOrTold(viewHere, show);
  if (turn !== shown) return;
  fill(byId("page"), made);
  const heading = byId("page").querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  if (!isFirst) heading?.focus({ preventScroll: true });
}

async function viewHere() {
  const office = await ownOffice();
  const { name, rest } = place();
  drawMenu(office, name);
  if (!office) return deviceView();
  if (!desk()) await refresh();
  // Another office may have been chosen: it sees another part of the nation.
  const prefecture = desk()?.office.prefecture ?? "";
  if (name !== "device" && (!board.position || board.prefecture !== prefecture)) await readWhole(prefecture);
  return (VIEWS[name] ?? boardView)(...rest);
}

function drawMenu(office, current) {
  const words = MENU.filter(([name]) => office?.role === "nation" || !NATION.has(name));
  fill(byId("menu"), words.map(([name, word]) => el("li", {}, el("a", { href: `#/${name}`, "aria-current": name === current ? "page" : undefined }, word))));
  fill(byId("office-name"), office?.name ?? "");
  byId("language").hash = location.hash;
}

const showLine = () => tellLine(t("回線：切れています（数字が古いおそれ）"), board.phase === "paused" ? t("受付：一時停止中") : "");

let wasPhase = "";

events.addEventListener("board", () => {
  refreshBoard();
  showLine();
  if (place().name === "decisions" && !document.querySelector("dialog")) loadDecisions();
  if (place().name === "course" && wasPhase !== board.phase) show();
  wasPhase = board.phase;
});
events.addEventListener("log", () => { if (place().name === "turnout") refreshTurnout(); });
events.addEventListener("line", showLine);
events.addEventListener("outbox", showLine);
events.addEventListener("outbox", () => { if (place().name === "outbox" || place().name === "receipts") show({ isFirst: true }); });
addEventListener("hashchange", () => show());

skipInPlace();
await openDesk();
await refresh().catch(() => null);
await show({ isFirst: true });
await showLine();
document.body.dataset.ready = "true";
keepForGood();
await drain();
proveAll();
follow();
