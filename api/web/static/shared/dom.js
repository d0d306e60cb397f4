// Elements without templates: el("p", { class: "small" }, "text", child).

import { focusedElement, requireElement } from "./elements.js";
import { t } from "./language.js";

/**
 * Make an element. `on` holds listeners, `data` data attributes; false and undefined are left out.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  const { on = {}, data = {}, ...others } = attributes;
  for (const [event, act] of Object.entries(on)) made.addEventListener(event, act);
  Object.assign(made.dataset, data);
  for (const [name, value] of Object.entries(others)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "value" || name === "checked") Object.assign(made, { [name]: value });
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...present(children));
  return made;
}

/**
 * What is there of lists within lists; a number is a number's text.
 *
 * @param {Child[]} children
 */
const present = (children) =>
  /** @type {(Node | string)[]} */ (
    children.flat(4).filter((child) => child !== null && child !== undefined && child !== false)
  );

/**
 * The head of a table: a column for each word.
 *
 * @param {Child[]} words
 * @param {string} [kind] A class of each, where columns are not of figures.
 */
export const tableHead = (words, kind) =>
  el(
    "thead",
    {},
    el(
      "tr",
      {},
      words.map((word) => el("th", { scope: "col", class: kind }, word)),
    ),
  );

/**
 * Replace what an element holds.
 *
 * @param {Element} target
 * @param {...Child} children
 */
export const fill = (target, ...children) => target.replaceChildren(...present(children));

/**
 * Fill again what may have the focus: it stays on what reads the same, or goes to the heading.
 *
 * @param {Element} target
 * @param {...Child} children
 */
export function refillKeepingFocus(target, ...children) {
  const held = target.contains(focusedElement()) ? focusedElement() : null;
  fill(target, ...children);
  if (!held) return;
  const heading = target.querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  // Fields say nothing of their own: they are known by their ids.
  const again = held.id ? byId(held.id) : null;
  const same =
    again && target.contains(again)
      ? again
      : [.../** @type {NodeListOf<HTMLElement>} */ (target.querySelectorAll(held.tagName))].find(
          (each) => !held.id && each.textContent === held.textContent,
        );
  (same ?? heading)?.focus({ preventScroll: true });
}

/** @param {string} id */
export const byId = (id) => document.getElementById(id);

/** The address names a view, so the link that skips to the page must not change it. */
export function keepSkipLinkInPlace() {
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    requireElement("main").focus();
  });
}

/**
 * Say something to those who listen rather than look.
 *
 * @param {string} text
 */
export function announce(text) {
  const region = byId("announcer");
  if (region && region.textContent !== text) region.textContent = text;
}

/**
 * Several errors at the top of a form, each a way to its field (after the design system).
 *
 * @param {FieldErrors} errors
 */
export function errorSummary(errors) {
  const rows = Object.entries(errors);
  if (!rows.length) return null;
  return el(
    "div",
    { class: "notice notice-error", id: "errors", tabindex: "-1", role: "alert" },
    el("h2", { class: "plain" }, t`直すところが${rows.length}か所あります`),
    el(
      "ul",
      {},
      rows.map(([id, sentence]) =>
        el("li", {}, el("a", { href: `#${id}`, data: { field: id }, on: { click: focusField } }, sentence)),
      ),
    ),
  );
}

/** @param {any} event */
function focusField(event) {
  event.preventDefault();
  byId(fieldId(event.currentTarget.dataset.field))?.focus();
}

/**
 * The id of a field's input in the page.
 *
 * @param {string} name
 */
export const fieldId = (name) => `field-${name.replaceAll(/[^A-Za-z0-9_-]/g, "_")}`;

/**
 * Mark a field as wrong, or as right again.
 *
 * @param {string} name
 * @param {string} [sentence]
 */
export function showFieldError(name, sentence) {
  const input = byId(fieldId(name));
  const place = byId(`${fieldId(name)}-error`);
  if (!input || !place) return false;
  if (sentence) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  if (place.textContent !== (sentence ?? "")) place.textContent = sentence ?? "";
  place.hidden = !sentence;
  return true;
}

/**
 * A labelled field with a place for its error.
 *
 * @param {string} name
 * @param {string} label
 * @param {HTMLElement} input
 * @param {{ hint?: string }} [about]
 */
export function labelledField(name, label, input, { hint } = {}) {
  const id = fieldId(name);
  input.id = id;
  input.setAttribute("aria-describedby", `${id}-error${hint ? ` ${id}-hint` : ""}`);
  return el(
    "div",
    { class: "field" },
    el("label", { for: id }, label),
    hint ? el("p", { class: "small", id: `${id}-hint` }, hint) : null,
    el("p", { class: "error", id: `${id}-error`, hidden: true }),
    input,
  );
}

/**
 * Radio buttons in a group with one error.
 *
 * @param {string} name
 * @param {string} legend
 * @param {[string, string][]} options
 * @param {string} chosen
 * @param {(value: string) => void} onchange
 */
export function radios(name, legend, options, chosen, onchange) {
  const id = fieldId(name);
  return el(
    "fieldset",
    { class: "field radios", id, tabindex: "-1" },
    el("legend", {}, legend),
    el("p", { class: "error", id: `${id}-error`, hidden: true }),
    el(
      "div",
      { class: "radio-line" },
      options.map(([value, word]) =>
        el(
          "label",
          {},
          el("input", { type: "radio", name, value, checked: value === chosen, on: { change: () => onchange(value) } }),
          ` ${word}`,
        ),
      ),
    ),
  );
}
