// The counting centre's page: which view for which address, the state of the connection, the worker.

import { currentAddress } from "../shared/address.js";
import { events } from "../shared/connection.js";
import { showEntryConnection, synchronize } from "../shared/connection_status.js";
import { el, fill, keepSkipLinkInPlace } from "../shared/dom.js";
import { deviceView } from "../shared/keys/device_view.js";
import { renderOrNotice } from "../shared/notice.js";
import { loadOfficeData, officeData, ownOffice, refreshOfficeData } from "../shared/office_data.js";
import { outboxView, receiptsView } from "../shared/sending/outbox_view.js";
import { receiptView } from "../shared/sending/receipt_view.js";
import { proveAll } from "../shared/signing/receipt_proof.js";
import { requestPersistence } from "../shared/store.js";
import { cosignView } from "./cosign_view.js";
import { flowView } from "./flow_view.js";
import { unitsView } from "./units_view.js";
import "../shared/press_guard.js";
import { focusedElement, focusFirstField, requireElement } from "../shared/elements.js";
import { localizedPath, t } from "../shared/language.js";

const REFRESH_MS = 60_000;
/** @type {Record<string, (...rest: any[]) => Child | Promise<Child>>} */
const VIEWS = {
  "": unitsView,
  sheet: flowView,
  sent: receiptView,
  outbox: outboxView,
  receipts: receiptsView,
  device: deviceView,
  cosign: cosignView,
};
const MENU = [
  ["", t("開票区")],
  ["outbox", t("送信箱")],
  ["receipts", t("受領証")],
  ["device", t("端末と鍵")],
];

let latestTurn = 0;

/** Draw the view of the address. A person who moved there hears its heading; at first nobody has. */
async function show({ isFirst = false } = {}) {
  const turn = ++latestTurn;
  const made = await renderOrNotice(currentView, show);
  // Another address may have been asked for while this one was put together.
  if (turn !== latestTurn) return;
  fill(requireElement("page"), made);
  const heading = requireElement("page").querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  if (!focusFirstField(requireElement("page")) && !isFirst) heading?.focus();
}

async function currentView() {
  const office = await ownOffice();
  const { name, rest } = currentAddress();
  const view = office ? (VIEWS[name] ?? unitsView) : deviceView;
  fill(
    requireElement("menu"),
    MENU.map(([address, word]) =>
      el("li", {}, el("a", { href: `#/${address}`, "aria-current": address === name ? "page" : undefined }, word)),
    ),
  );
  fill(requireElement("office-name"), office?.name ?? "");
  requireElement("language", HTMLAnchorElement).hash = location.hash;
  return view(...rest);
}

const LISTS = new Set(["", "device", "outbox", "receipts"]);

/** Lists show what changed; a form being filled in is never drawn again. */
async function redrawList() {
  const { name } = currentAddress();
  const isTyping =
    focusedElement()?.matches("input, textarea, select") ||
    [...requireElement("page").querySelectorAll("input, textarea")].some((each) => "value" in each && each.value);
  if (!officeData() || isTyping || !LISTS.has(name)) return;
  const made = await VIEWS[name]();
  if (currentAddress().name !== name) return;
  const held = requireElement("page").contains(focusedElement()) ? findSame(focusedElement()) : null;
  fill(requireElement("page"), made);
  held?.()?.focus({ preventScroll: true });
}

/**
 * Finds again what had the focus before a list was drawn again.
 *
 * @param {any} about
 */
function findSame({ tagName, textContent, href }) {
  return () => {
    const found = [...requireElement("page").querySelectorAll(tagName)].find((each) =>
      href ? each.href === href : each.textContent === textContent,
    );
    if (tagName === "H1") found?.setAttribute("tabindex", "-1");
    return found;
  };
}

addEventListener("hashchange", () => show());
events.addEventListener("connection", showEntryConnection);
events.addEventListener("maybe-connected", synchronize);
events.addEventListener("outbox", showEntryConnection);
events.addEventListener("outbox", ({ detail }) => {
  if (detail.state === "recorded" || detail.state === "refused") refreshOfficeData().catch(() => null);
});
events.addEventListener("office-data", redrawList);
events.addEventListener("outbox", redrawList);

keepSkipLinkInPlace();
navigator.serviceWorker?.register(localizedPath("/centre/worker.js"), { scope: localizedPath("/centre/") });
await loadOfficeData();
await show({ isFirst: true });
document.body.dataset.ready = "true";
requestPersistence();
await synchronize();
proveAll();
setInterval(synchronize, REFRESH_MS);
