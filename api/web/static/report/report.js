// How the next report is coming on; when it is there, the page shows it. Without this the reader reloads.
import { requireElement } from "../shared/elements.js";

const statusElement = requireElement("making");
const ASK_MS = 2000;
const REST_MS = 30_000;

async function askWhetherReady() {
  let next = REST_MS;
  try {
    const found = await (await fetch("/reports/status.json", { credentials: "omit" })).json();
    const bar = statusElement.querySelector("progress");
    if (found.making) {
      next = ASK_MS;
      if (bar) bar.value = found.making.step;
      else if (!statusElement.childElementCount) location.reload();
    } else if (found.latest > Number(statusElement.dataset.latest) && location.pathname.endsWith("/reports/"))
      location.reload();
  } catch {
    // The connection is down: what is shown stays.
  }
  setTimeout(askWhetherReady, next);
}

setTimeout(askWhetherReady, ASK_MS);
