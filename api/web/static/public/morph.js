// Brings a part of the page up to date in place, so focus, scroll and open parts stay as they are.

/**
 * Make `shown` look like `fresh`; figures that changed are marked for a moment.
 *
 * @param {Element} shown
 * @param {Element} fresh
 */
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

/** @param {Node} node */
function nodeKey(node) {
  return node instanceof HTMLElement ? node.dataset.key : undefined;
}

/**
 * @param {Node} node
 * @param {Node | null} place
 * @param {Map<string | undefined, ChildNode>} keyed
 */
function findCounterpart(node, place, keyed) {
  const key = nodeKey(node);
  if (key !== undefined) return keyed.get(key);
  const fits = place && place.nodeName === node.nodeName && nodeKey(place) === undefined;
  return fits ? place : null;
}

/**
 * @param {Node} match
 * @param {Node} node
 */
function updateNode(match, node) {
  if (match instanceof Element && node instanceof Element) {
    morph(match, node);
  } else if (match.nodeValue !== node.nodeValue) {
    match.nodeValue = node.nodeValue;
    markChanged(match.parentElement);
  }
}

/**
 * What has just come in is marked for a moment, where the page says that it comes in.
 *
 * @param {Node} node
 */
function markArrived(node) {
  if (!(node instanceof Element)) return;
  const arrived = node.hasAttribute("data-arrives") ? [node] : node.querySelectorAll("[data-arrives]");
  for (const each of arrived) each.classList.add("arrived");
}

/** @param {Element | null} element */
function markChanged(element) {
  /** @type {HTMLElement | null | undefined} */
  const cell = element?.closest("td, .figures, .status");
  if (!cell) return;
  cell.classList.remove("changed");
  void cell.offsetWidth;
  cell.classList.add("changed");
}

/**
 * @param {Element} shown
 * @param {Element} fresh
 */
function copyAttributes(shown, fresh) {
  const isDetails = shown.nodeName === "DETAILS";
  for (const { name, value } of [...fresh.attributes]) {
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
  for (const { name } of [...shown.attributes]) {
    if (!fresh.hasAttribute(name) && !(isDetails && name === "open")) shown.removeAttribute(name);
  }
}
