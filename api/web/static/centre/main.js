// The counting centre's page: which view for which address, the state of the line, the worker.
import { byId, el, fill, skipInPlace } from "./dom.js";
import { desk, openDesk, ownOffice, refresh } from "./desk.js";
import { events } from "./line.js";
import { keepUp, showLine } from "./line_state.js";
import { place } from "./place.js";
import { keepForGood } from "./store.js";
import { deskView } from "./desk_view.js";
import { deviceView } from "./device_view.js";
import { flowView } from "./flow_view.js";
import { outboxView, receiptsView } from "./outbox_view.js";
import { proveAll } from "./receipt_proof.js";
import { receiptView } from "./receipt_view.js";
import { madeOrTold } from "./told.js";
import "./twice.js";
import { inLanguage, t } from "./words.js";

const REFRESH_MS = 60_000;
const VIEWS = { "": deskView, sheet: flowView, sent: receiptView, outbox: outboxView, receipts: receiptsView, device: deviceView };
const MENU = [["", t("開票区")], ["outbox", t("送信箱")], ["receipts", t("受領証")], ["device", t("端末と鍵")]];

let shown = 0;

/** Draw the view of the address. Whoever has moved there hears its heading; at first nobody has. */
async function show({ isFirst = false } = {}) {
  const turn = ++shown;
  const made = await madeOrTold(viewHere, show);
  // Another address may have been asked for while this one was put together.
  if (turn !== shown) return;
  fill(byId("page"), made);
  const heading = byId("page").querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  if (!isFirst) heading?.focus();
}

async function viewHere() {
  const office = await ownOffice();
  const { name, rest } = place();
  const view = office ? (VIEWS[name] ?? deskView) : deviceView;
  fill(byId("menu"), MENU.map(([address, word]) =>
    el("li", {}, el("a", { href: `#/${address}`, "aria-current": address === name ? "page" : undefined }, word))));
  fill(byId("office-name"), office?.name ?? "");
  byId("language").hash = location.hash;
  return view(...rest);
}

const LISTS = new Set(["", "device", "outbox", "receipts"]);

/** Lists show what changed; a form being filled in is never drawn anew. */
async function deskChanged() {
  const { name } = place();
  const isTyping = document.activeElement?.matches("input, textarea, select")
    || [...byId("page").querySelectorAll("input, textarea")].some((each) => each.value);
  if (!desk() || isTyping || !LISTS.has(name)) return;
  const made = await VIEWS[name]();
  if (place().name !== name) return;
  const held = byId("page").contains(document.activeElement) ? sameAs(document.activeElement) : null;
  fill(byId("page"), made);
  held?.()?.focus({ preventScroll: true });
}

/** Finds again what had the focus before a list was drawn anew. */
function sameAs({ tagName, textContent, href }) {
  return () => {
    const found = [...byId("page").querySelectorAll(tagName)].find((each) => (href ? each.href === href : each.textContent === textContent));
    if (tagName === "H1") found?.setAttribute("tabindex", "-1");
    return found;
  };
}

addEventListener("hashchange", () => show());
events.addEventListener("line", showLine);
events.addEventListener("maybe-up", keepUp);
events.addEventListener("outbox", showLine);
events.addEventListener("outbox", ({ detail }) => { if (detail.state === "recorded" || detail.state === "refused") refresh().catch(() => null); });
events.addEventListener("desk", deskChanged);
events.addEventListener("outbox", deskChanged);

skipInPlace();
navigator.serviceWorker?.register(inLanguage("/centre/worker.js"), { scope: inLanguage("/centre/") });
await openDesk();
await show({ isFirst: true });
document.body.dataset.ready = "true";
keepForGood();
await keepUp();
proveAll();
setInterval(keepUp, REFRESH_MS);
