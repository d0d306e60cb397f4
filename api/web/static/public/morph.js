// Brings a part of the page up to date in place, so focus, scroll and open parts stay as they are.

/** Make `shown` look like `fresh`; figures that changed are marked for a moment. */
export function morph(shown, fresh) {
  copyAttributes(shown, fresh);
  const old = [...shown.childNodes];
  const next = [...fresh.childNodes];
  const keyed = new Map(old.filter(nodeKey).map((node) => [nodeKey(node), node]));
  let place = shown.firstChild;
  for (const node of next) {
    const match = findCounterpart(node, place, keyed);
    if (!match) {
      markArrived(shown.insertBefore(document.importNode(node, true), place));
      continue;
    }
    if (match === place) place = place.nextSibling;
    else shown.insertBefore(match, place);
    updateNode(match, node);
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
}

function nodeKey(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.dataset?.key : undefined;
}

function findCounterpart(node, place, keyed) {
  const key = nodeKey(node);
  if (key !== undefined) return keyed.get(key);
  const fits = place && place.nodeName === node.nodeName && nodeKey(place) === undefined;
  return fits ? place : null;
}

function updateNode(match, node) {
  if (match.nodeType === Node.ELEMENT_NODE) {
    morph(match, node);
  } else if (match.nodeValue !== node.nodeValue) {
    match.nodeValue = node.nodeValue;
    markChanged(match.parentElement);
  }
}

/** What has just come in is marked for a moment, where the page says that it comes in. */
function markArrived(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  const arrived = "arrives" in node.dataset ? [node] : node.querySelectorAll("[data-arrives]");
  for (const each of arrived) each.classList.add("arrived");
}

function markChanged(element) {
  const cell = element?.closest("td, .figures, .status");
  if (!cell) return;
  cell.classList.remove("changed");
  void cell.offsetWidth;
  cell.classList.add("changed");
}

function copyAttributes(shown, fresh) {
  const isDetails = shown.nodeName === "DETAILS";
  for (const { name, value } of [...fresh.attributes]) {
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
  for (const { name } of [...shown.attributes]) {
    if (!fresh.hasAttribute(name) && !(isDetails && name === "open")) shown.removeAttribute(name);
  }
}
