// What is wrong with the form, at its fields and in one list; asked again a moment after each change.

import { byId, el, fieldId, fill, showFieldError } from "../shared/dom.js";
import { t } from "../shared/language.js";
import { checkDefinition, Unanswered } from "./setup_data.js";
import { definitionContent, faultsByField } from "./typed_tables.js";

const PAUSE_MS = 700;
const BUSY_MS = 3000;
const TOO_MANY = new Set([429, 503]);

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let turn = 0;
/** Fields that show an error now. @type {Set<string>} */
let wrong = new Set();

/**
 * Ask again once nothing was typed for a moment; `told` gets what was found.
 *
 * @param {() => { draft: SetupDraft, environment: string, offer: SetupOffer }} current
 * @param {(found: CheckedDefinition) => void} told
 * @param {number} [pause]
 */
export function checkSoon(current, told, pause = PAUSE_MS) {
  clearTimeout(timer);
  // What was asked before is about what was typed before.
  turn += 1;
  timer = setTimeout(() => checkNow(current, told), pause);
}

/**
 * @param {() => { draft: SetupDraft, environment: string, offer: SetupOffer }} current
 * @param {(found: CheckedDefinition) => void} told
 */
async function checkNow(current, told) {
  const mine = turn;
  const { draft, environment, offer } = current();
  const { content, fields } = definitionContent(draft, environment, offer);
  try {
    const found = await checkDefinition(content);
    if (mine !== turn) return;
    showFaults(found.faults, fields);
    told(found);
  } catch (error) {
    if (mine !== turn) return;
    const isBusy = error instanceof Unanswered && TOO_MANY.has(error.status);
    checkSoon(current, told, isBusy ? BUSY_MS : BUSY_MS * 2);
  }
}

/**
 * Each fault at its field, and all of them in a list that leads there.
 *
 * @param {TableFault[]} faults
 * @param {Map<string, string>} fields
 */
function showFaults(faults, fields) {
  const found = faultsByField(faults, fields);
  for (const name of wrong) if (!found.has(name)) showFieldError(name, "");
  for (const [name, sentences] of found) showFieldError(name, sentences.join(""));
  wrong = new Set(found.keys());
  const place = byId("faults");
  if (!place) return;
  const rows = [...found].flatMap(([name, sentences]) => sentences.map((sentence) => ({ name, sentence })));
  fill(
    place,
    rows.length
      ? [
          el("p", {}, el("strong", {}, t`直すところが${rows.length}か所あります`)),
          el(
            "ul",
            {},
            rows.map(({ name, sentence }) =>
              el(
                "li",
                {},
                byId(fieldId(name))
                  ? el("a", { href: `#${fieldId(name)}`, on: { click: focusOn(name) } }, sentence)
                  : sentence,
              ),
            ),
          ),
        ]
      : null,
  );
}

/** @param {string} name */
const focusOn = (name) => (/** @type {Event} */ event) => {
  event.preventDefault();
  byId(fieldId(name))?.focus();
};
