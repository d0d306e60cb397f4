// Fields of the form: what is typed goes into the draft at once.

import { el, labelledField } from "../shared/dom.js";

/**
 * What sets a field of a record to what is typed, and says that it changed.
 *
 * @template {object} T
 * @param {T} record
 * @param {() => void} changed
 */
export const fieldSetter = (record, changed) => (/** @type {keyof T} */ field) => (/** @type {any} */ value) => {
  record[field] = value;
  changed();
};

/**
 * A labelled field of one line.
 *
 * @param {{ name: string, label: string, value: string, set: (text: string) => void, hint?: string, type?: string,
 *   list?: string, size?: string, mode?: string }} about
 */
export function textField({ name, label, value, set, hint, type = "text", list, size, mode }) {
  const input = el("input", {
    type,
    value,
    list,
    inputmode: mode,
    class: size,
    autocomplete: "off",
    maxlength: type === "text" ? "200" : undefined,
    on: { input: (event) => set(event.target.value) },
  });
  return labelledField(name, label, input, hint ? { hint } : {});
}

/**
 * A labelled choice; `options` are values with their words.
 *
 * @param {{ name: string, label: string, value: string, options: [string, string][], set: (value: string) => void,
 *   hint?: string }} about
 */
export function choiceField({ name, label, value, options, set, hint }) {
  const select = el(
    "select",
    { on: { change: (event) => set(event.target.value) } },
    options.map(([each, word]) => el("option", { value: each, selected: each === value }, word)),
  );
  return labelledField(name, label, select, hint ? { hint } : {});
}

/**
 * A field of a table: its label is the heading of its column, said again to who does not see it.
 *
 * @param {{ id: string, label: string, value: string, set: (text: string) => void, list?: string, size?: string,
 *   mode?: string, paste?: (event: ClipboardEvent) => void, keydown?: (event: KeyboardEvent) => void }} about
 */
export function cellField({ id, label, value, set, list, size, mode, paste, keydown }) {
  /** @type {Record<string, (event: any) => unknown>} */
  const on = { input: (event) => set(event.target.value) };
  if (paste) on.paste = paste;
  if (keydown) on.keydown = keydown;
  return el(
    "span",
    { class: "cell" },
    el("input", {
      id,
      type: "text",
      value,
      list,
      inputmode: mode,
      class: size,
      "aria-label": label,
      "aria-describedby": `${id}-error`,
      autocomplete: "off",
      maxlength: "200",
      on,
    }),
    el("span", { class: "error", id: `${id}-error`, hidden: true }),
  );
}
