// Elements that a page has.

/**
 * The element of an id. A page that lacks it is broken: say which one.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @param {{ new (): T }} [type]
 * @returns {T}
 */
export function requireElement(id, type = /** @type {any} */ (HTMLElement)) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} #${id}.`);
  return found;
}

/** What has the focus, where it can hold one. */
export const focusedElement = () => /** @type {HTMLElement | null} */ (document.activeElement);

/** Go to the button that leads on. */
export function focusNextButton() {
  /** @type {HTMLElement | null} */
  const button = document.querySelector("[data-next]");
  button?.focus();
}

/**
 * Go to a field and select what is in it, so that typing replaces it.
 *
 * @param {HTMLElement | undefined} input
 */
export function selectInput(input) {
  input?.focus();
  if (input instanceof HTMLInputElement) input.select();
}

/**
 * Go to the first field of a sheet, with its head in view; whether there is one.
 *
 * @param {ParentNode} place
 */
export function focusFirstField(place) {
  /** @type {HTMLElement | null} */
  const field = place.querySelector("[data-first]");
  if (!field) return false;
  field.focus({ preventScroll: true });
  // As many rows as possible: the head of the page may leave the screen, the sheet's own may not.
  place.querySelector("h1")?.scrollIntoView({ block: "start" });
  return true;
}

/**
 * The first element that a selector finds, in the page or within a part of it.
 *
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLElement | null}
 */
export const findElement = (selector, within = document) => within.querySelector(selector);
