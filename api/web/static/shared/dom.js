// Elements without templates: el("p", { class: "small" }, "text", child).
import { t } from "./language.js";

/** Make an element. `on` holds listeners, `data` data attributes; false and undefined are left out. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (name === "data") Object.assign(made.dataset, value);
    else if (name === "value") made.value = value;
    else if (name === "checked") made.checked = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(4).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Replace what an element holds. */
export const fill = (target, ...children) =>
  target.replaceChildren(...children.flat(4).filter((child) => child !== null && child !== undefined && child !== false));

/** Fill anew what may have the focus: it stays on what reads the same, or goes to the heading. */
export function refillKeepingFocus(target, ...children) {
  const held = target.contains(document.activeElement) ? document.activeElement : null;
  fill(target, ...children);
  if (!held) return;
  const heading = target.querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  const same = [...target.querySelectorAll(held.tagName)].find((each) => each.textContent === held.textContent);
  (same ?? heading)?.focus({ preventScroll: true });
}

export const byId = (id) => document.getElementById(id);

/** The address names a view, so the link that skips to the page must not change it. */
export function keepSkipLinkInPlace() {
  document.querySelector(".skip")?.addEventListener("click", (event) => { event.preventDefault(); byId("main").focus(); });
}

/** Say something to those who listen rather than look. */
export function announce(text) {
  const region = byId("announcer");
  if (region && region.textContent !== text) region.textContent = text;
}

/** Several errors at the top of a form, each a way to its field (after the design system). */
export function errorSummary(errors) {
  const rows = Object.entries(errors);
  if (!rows.length) return null;
  return el("div", { class: "notice notice-error", id: "errors", tabindex: "-1", role: "alert" },
    el("h2", { class: "plain" }, t`直すところが${rows.length}か所あります`),
    el("ul", {}, rows.map(([id, sentence]) => el("li", {}, el("a", { href: `#${id}`, data: { field: id }, on: { click: focusField } }, sentence)))));
}

function focusField(event) {
  event.preventDefault();
  byId(fieldId(event.currentTarget.dataset.field))?.focus();
}

/** The id of a field's input in the page. */
export const fieldId = (name) => `field-${name.replaceAll(/[^A-Za-z0-9_-]/g, "_")}`;

/** Mark a field as wrong, or as right again. */
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

/** A labelled field with a place for its error. */
export function labelledField(name, label, input, { hint } = {}) {
  const id = fieldId(name);
  input.id = id;
  input.setAttribute("aria-describedby", `${id}-error${hint ? ` ${id}-hint` : ""}`);
  return el("div", { class: "field" },
    el("label", { for: id }, label),
    hint ? el("p", { class: "small", id: `${id}-hint` }, hint) : null,
    el("p", { class: "error", id: `${id}-error`, hidden: true }),
    input);
}

/** Radio buttons in a group with one error. */
export function radios(name, legend, options, chosen, onchange) {
  const id = fieldId(name);
  return el("fieldset", { class: "field radios", id, tabindex: "-1" },
    el("legend", {}, legend),
    el("p", { class: "error", id: `${id}-error`, hidden: true }),
    el("div", { class: "radio-line" }, options.map(([value, word]) =>
      el("label", {}, el("input", { type: "radio", name, value, checked: value === chosen, on: { change: () => onchange(value) } }), ` ${word}`))));
}
