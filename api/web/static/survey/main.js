// The page of surveys: of an office that answers, or of one that asks, returns and reminds.

import { currentAddress } from "../shared/address.js";
import { events } from "../shared/connection.js";
import { showEntryConnection, synchronize } from "../shared/connection_status.js";
import { el, fill, keepSkipLinkInPlace } from "../shared/dom.js";
import { deviceView } from "../shared/keys/device_view.js";
import { renderOrNotice } from "../shared/notice.js";
import { loadOfficeData, managesElection, officeData, ownOffice, refreshOfficeData } from "../shared/office_data.js";
import { outboxView } from "../shared/sending/outbox_view.js";
import { proveAll } from "../shared/signing/receipt_proof.js";
import { requestPersistence } from "../shared/store.js";
import "../shared/press_guard.js";
import { requireElement } from "../shared/elements.js";
import { t } from "../shared/language.js";
import { answerView } from "./answer_view.js";
import { listView } from "./list_view.js";
import { overseeView } from "./oversee_view.js";
import { progressView } from "./progress_view.js";
import { publishView } from "./publish_view.js";
import { sentView } from "./sent_view.js";

const REFRESH_MS = 60_000;
const OVERSEERS = new Set(["nation", "prefecture"]);
const home = () =>
  managesElection(officeData()?.office) || OVERSEERS.has(officeData()?.office.role ?? "") ? overseeView() : listView();
/** @type {Record<string, (...rest: any[]) => Child | Promise<Child>>} */
const VIEWS = {
  "": home,
  answer: answerView,
  sent: sentView,
  survey: progressView,
  publish: publishView,
  outbox: outboxView,
  device: deviceView,
};
const MENU = [
  ["", t("調査")],
  ["publish", t("配布")],
  ["outbox", t("送信箱")],
  ["device", t("端末と鍵")],
];

let latestTurn = 0;
let isSettled = Boolean(await ownOffice());

async function show() {
  const turn = ++latestTurn;
  const office = await ownOffice();
  const { name, rest } = currentAddress();
  if (office && !isSettled) {
    // Whose device this is has just been said: go on with the surveys.
    isSettled = true;
    if (name) {
      location.hash = "#/";
      return;
    }
  }
  isSettled = Boolean(office);
  drawMenu(office, name);
  const made = await renderOrNotice(async () => {
    if (office && !officeData()) await refreshOfficeData();
    return (office ? (VIEWS[name] ?? home) : deviceView)(...rest);
  }, show);
  // Another address may have been asked for while this one was put together.
  if (turn !== latestTurn) return;
  fill(requireElement("page"), made);
  const heading = requireElement("page").querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}

/**
 * @param {OwnOffice | undefined} office
 * @param {string} current
 */
function drawMenu(office, current) {
  const words = MENU.filter(([name]) => name !== "publish" || managesElection(office));
  fill(
    requireElement("menu"),
    words.map(([name, word]) =>
      el("li", {}, el("a", { href: `#/${name}`, "aria-current": name === current ? "page" : undefined }, word)),
    ),
  );
  fill(requireElement("office-name"), office?.name ?? "");
  requireElement("language", HTMLAnchorElement).hash = location.hash;
}

addEventListener("hashchange", show);
events.addEventListener("connection", showEntryConnection);
events.addEventListener("outbox", showEntryConnection);
events.addEventListener("maybe-connected", synchronize);

keepSkipLinkInPlace();
await loadOfficeData();
await refreshOfficeData().catch(() => null);
await show();
document.body.dataset.ready = "true";
requestPersistence();
await synchronize();
proveAll();
setInterval(synchronize, REFRESH_MS);
