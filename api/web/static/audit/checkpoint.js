// The signed state of the log, verified here.

import { requireElement } from "../shared/elements.js";
import { hex, Verifier } from "../shared/signing/log_verifier.js";
import { localized, showFailure, showVerdict } from "./verdict.js";

const box = requireElement("checkpoint");
const facts = requireElement("checkpoint-facts");

/**
 * @param {string} word
 * @param {any} value
 */
function definition(word, value) {
  const line = document.createElement("div");
  const [term, description] = [document.createElement("dt"), document.createElement("dd")];
  term.textContent = word;
  description.textContent = value;
  line.append(term, description);
  return line;
}

try {
  const verifier = new Verifier(box.dataset.election ?? "");
  const [found, log] = [await verifier.checkpoint(), await verifier.log()];
  showVerdict(
    box,
    true,
    localized("署名は正しく、この記録の鍵によるものです。", "The signature fits and is by the key of this log."),
  );
  facts.replaceChildren(
    definition(localized("記録の名前", "Origin"), found.origin),
    definition(localized("記録の数", "Entries"), found.size.toLocaleString()),
    definition(localized("木の根", "Root"), hex(found.root)),
    definition(localized("鍵の指紋", "Fingerprint"), log.fingerprint),
  );
} catch (error) {
  showFailure(box, error);
}

/**
 * How old a moment is, beside the moment.
 *
 * @param {HTMLTimeElement} element
 */
function showAge(element) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(element.dateTime)) / 1000));
  const words =
    seconds < 120
      ? localized(`${seconds} 秒前`, `${seconds} s ago`)
      : localized(`${Math.round(seconds / 60)} 分前`, `${Math.round(seconds / 60)} min ago`);
  const shown = element.nextElementSibling ?? Object.assign(document.createElement("span"), { className: "small" });
  shown.textContent = words;
  if (!shown.isConnected) element.after("　", shown);
}

/** @type {NodeListOf<HTMLTimeElement>} */
const moments = document.querySelectorAll("time[data-age]");
const showAges = () => {
  for (const each of moments) showAge(each);
};
showAges();
setInterval(showAges, 1000);
