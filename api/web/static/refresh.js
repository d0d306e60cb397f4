// Keeps the page fresh: reads the small pointer, and the page itself only when it moved on.
const SECONDS = 3;

async function refresh() {
  const shown = document.getElementById("results");
  if (!shown) return;
  const head = await (await fetch(shown.dataset.head)).json();
  // Never go back: a cache behind us may still hold an older pointer.
  if (head.documents.national <= Number(shown.dataset.position)) return;
  const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
  const fresh = page.getElementById("results");
  if (fresh && Number(fresh.dataset.position) > Number(shown.dataset.position)) shown.replaceWith(fresh);
}

setInterval(() => refresh().catch(() => {}), SECONDS * 1000);
