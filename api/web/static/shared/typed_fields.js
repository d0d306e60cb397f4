// What a person has begun to fill in: a page that looks for news by itself does not draw it anew.

import { focusedElement } from "./elements.js";

const FIELDS = "input, select, textarea";

/**
 * Fields in which somebody typed, chose or ticked; one that is drawn again is another element.
 *
 * @type {WeakSet<EventTarget>}
 */
const touched = new WeakSet();

addEventListener("input", ({ target }) => target && touched.add(target), true);

/** @param {Element} field What was emptied, as a PIN after a while is, holds nothing that could be lost. */
const holdsSomething = (field) => !("value" in field) || field.value !== "";

/** Whether somebody is in a field of the page, or has left something in one. */
export const isBeingFilledIn = () =>
  Boolean(focusedElement()?.matches(FIELDS)) ||
  [...document.querySelectorAll(FIELDS)].some((field) => touched.has(field) && holdsSomething(field));
