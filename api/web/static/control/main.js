// The control room's page: of a prefecture or of the nation, kept up to date through the stream.

import { currentAddress } from "../shared/address.js";
import { events } from "../shared/connection.js";
import { showConnection } from "../shared/connection_status.js";
import { el, fill, keepSkipLinkInPlace } from "../shared/dom.js";
import { deviceView } from "../shared/keys/device_view.js";
import { pinQuestion } from "../shared/keys/pin_question.js";
import { renderOrNotice } from "../shared/notice.js";
import {
  deviceKeys,
  loadOfficeData,
  managesElection,
  officeData,
  ownOffice,
  refreshOfficeData,
} from "../shared/office_data.js";
import { sendOutbox } from "../shared/sending/outbox.js";
import { outboxView, receiptsView } from "../shared/sending/outbox_view.js";
import { receiptView } from "../shared/sending/receipt_view.js";
import { proveAll } from "../shared/signing/receipt_proof.js";
import { requestPersistence } from "../shared/store.js";
import "../shared/press_guard.js";
import { requireElement } from "../shared/elements.js";
import { t } from "../shared/language.js";
import { actsView } from "./acts_view.js";
import { board, decisionsWord, followStream, readBoard } from "./board_data.js";
import { boardView, loadBoardSettings, refreshBoard, updateNews } from "./board_view.js";
import { decisionsView, loadDecisions } from "./decisions_view.js";
import { keysView } from "./keys_view.js";
import { forgetNews } from "./night_alerts.js";
import { phaseView } from "./phase_view.js";
import { refreshTurnout, turnoutView } from "./turnout_view.js";

/** @type {Record<string, (...rest: any[]) => Child | Promise<Child>>} */
const VIEWS = {
  "": boardView,
  turnout: turnoutView,
  decisions: decisionsView,
  acts: actsView,
  course: phaseView,
  keys: keysView,
  device: deviceView,
  outbox: outboxView,
  receipts: receiptsView,
  sent: receiptView,
};
const MENU = [
  ["", t("開票状況")],
  ["turnout", t("投票状況")],
  ["decisions", ""],
  ["course", t("進行")],
  ["keys", t("鍵")],
  ["outbox", t("送信箱")],
  ["device", t("端末と鍵")],
];
const NATION = new Set(["course"]);

let latestTurn = 0;

async function show({ isFirst = false } = {}) {
  const turn = ++latestTurn;
  const made = await renderOrNotice(currentView, show);
  if (turn !== latestTurn) return;
  fill(requireElement("page"), made);
  const heading = requireElement("page").querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  if (!isFirst) heading?.focus({ preventScroll: true });
}

async function currentView() {
  const office = await ownOffice();
  const { name, rest } = currentAddress();
  drawMenu(office, name);
  if (!office) return deviceView();
  if (!officeData()) await refreshOfficeData();
  // Another office may have been chosen: it sees another part of the nation.
  const prefecture = officeData()?.office.prefecture ?? "";
  if (name !== "device" && (!board.position || board.prefecture !== prefecture)) {
    forgetNews();
    await readBoard(prefecture);
    // Only the board tells what is decided here.
    drawMenu(office, name);
  }
  const view = VIEWS[name] ?? boardView;
  return [view === boardView ? pinQuestion(await deviceKeys()) : null, await view(...rest)];
}

/**
 * @param {OwnOffice | undefined} office
 * @param {string} current
 */
function drawMenu(office, current) {
  const words = MENU.filter(([name]) => managesElection(office) || !NATION.has(name));
  fill(
    requireElement("menu"),
    words.map(([name, word]) =>
      el(
        "li",
        {},
        el("a", { href: `#/${name}`, "aria-current": name === current ? "page" : undefined }, word || decisionsWord()),
      ),
    ),
  );
  fill(requireElement("office-name"), office?.name ?? "");
  requireElement("language", HTMLAnchorElement).hash = location.hash;
}

const showControlConnection = () =>
  showConnection(t("回線：切れています（数字が古いおそれ）"), board.phase === "paused" ? t("受付：一時停止中") : "");

let lastPhase = "";

events.addEventListener("board", () => {
  updateNews();
  refreshBoard();
  showControlConnection();
  if (currentAddress().name === "decisions" && !document.querySelector("dialog")) loadDecisions();
  if (currentAddress().name === "course" && lastPhase !== board.phase) show();
  lastPhase = board.phase;
});
events.addEventListener("log", () => {
  if (currentAddress().name === "turnout") refreshTurnout();
});
events.addEventListener("connection", showControlConnection);
events.addEventListener("outbox", showControlConnection);
events.addEventListener("outbox", () => {
  if (currentAddress().name === "outbox" || currentAddress().name === "receipts") show({ isFirst: true });
});
addEventListener("hashchange", () => show());

keepSkipLinkInPlace();
await loadOfficeData();
await refreshOfficeData().catch(() => null);
await loadBoardSettings();
await show({ isFirst: true });
await showControlConnection();
document.body.dataset.ready = "true";
requestPersistence();
await sendOutbox();
proveAll();
followStream();
