// The page of surveys: of an office that answers, or of one that asks, returns and reminds.
import { byId, el, fill, skipInPlace } from "../centre/dom.js";
import { desk, openDesk, ownOffice, refresh } from "../centre/desk.js";
import { deviceView } from "../centre/device_view.js";
import { events } from "../centre/line.js";
import { outboxView } from "../centre/outbox_view.js";
import { proveAll } from "../centre/receipt_proof.js";
import { keepUp, showLine } from "../centre/line_state.js";
import { place } from "../centre/place.js";
import { keepForGood } from "../centre/store.js";
import { madeOrTold } from "../centre/told.js";
import "../centre/twice.js";
import { t } from "../centre/words.js";
import { answerView } from "./answer_view.js";
import { listView } from "./list_view.js";
import { overseeView } from "./oversee_view.js";
import { progressView } from "./progress_view.js";
import { publishView } from "./publish_view.js";
import { sentView } from "./sent_view.js";

const REFRESH_MS = 60_000;
const OVERSEERS = new Set(["nation", "prefecture"]);
const home = () => (OVERSEERS.has(desk()?.office.role) ? overseeView() : listView());
const VIEWS = { "": home, answer: answerView, sent: sentView, survey: progressView, publish: publishView, outbox: outboxView, device: deviceView };
const MENU = [["", t("調査")], ["publish", t("配布")], ["outbox", t("送信箱")], ["device", t("端末と鍵")]];

let shown = 0;
let isSettled = Boolean(await ownOffice());

async function show() {
  const turn = ++shown;
  const office = await ownOffice();
  const { name, rest } = place();
  if (office && !isSettled) {
    // Whose device this is has just been said: go on with the surveys.
    isSettled = true;
    if (name) { location.hash = "#/"; return; }
  }
  isSettled = Boolean(office);
  drawMenu(office, name);
  const made = await madeOrTold(async () => {
    if (office && !desk()) await refresh();
    return (office ? (VIEWS[name] ?? home) : deviceView)(...rest);
  }, show);
  // Another address may have been asked for while this one was put together.
  if (turn !== shown) return;
  fill(byId("page"), made);
  const heading = byId("page").querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}

function drawMenu(office, current) {
  const words = MENU.filter(([name]) => name !== "publish" || office?.role === "nation");
  fill(byId("menu"), words.map(([name, word]) => el("li", {}, el("a", { href: `#/${name}`, "aria-current": name === current ? "page" : undefined }, word))));
  fill(byId("office-name"), office?.name ?? "");
  byId("language").hash = location.hash;
}

addEventListener("hashchange", show);
events.addEventListener("line", showLine);
events.addEventListener("outbox", showLine);
events.addEventListener("maybe-up", keepUp);

skipInPlace();
await openDesk();
await refresh().catch(() => null);
await show();
document.body.dataset.ready = "true";
keepForGood();
await keepUp();
proveAll();
setInterval(keepUp, REFRESH_MS);
