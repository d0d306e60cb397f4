// Totals computed again from the entries themselves, each proven to be in the signed log.

import { requireElement } from "../shared/elements.js";
import { Verifier } from "../shared/signing/log_verifier.js";
import { findDifferences } from "./published_totals.js";
import { localized, showFailure, showVerdict } from "./verdict.js";

const CONCURRENT_READS = 4;
const button = requireElement("verify", HTMLButtonElement);
const box = requireElement("verdict");
const { election = "", document: key } = button.dataset;

/**
 * Read and prove the sheets that stand, a few at a time.
 *
 * @param {Verifier} verifier
 * @param {HTMLElement[]} rows
 */
async function readProvenSheets(verifier, rows) {
  const sheets = [];
  for (let start = 0; start < rows.length; start += CONCURRENT_READS) {
    const part = rows.slice(start, start + CONCURRENT_READS);
    sheets.push(...(await Promise.all(part.map((row) => readProvenSheet(verifier, row)))));
    showVerdict(
      box,
      null,
      localized(`確かめています… ${sheets.length} / ${rows.length}`, `Verifying… ${sheets.length} / ${rows.length}`),
    );
  }
  return sheets;
}

/**
 * @param {Verifier} verifier
 * @param {HTMLElement} row
 */
async function readProvenSheet(verifier, row) {
  const { entry } = await verifier.entry(Number(row.dataset.stands));
  const { contest, unit, tally } = entry.event;
  if (contest !== row.dataset.contest || unit !== row.dataset.unit)
    throw new Error(`${entry.position}: ${unit} ${contest}`);
  return { contest, unit, tally };
}

async function verify() {
  button.disabled = true;
  try {
    const verifier = new Verifier(election);
    /** @type {HTMLElement[]} */
    const rows = [...document.querySelectorAll("[data-stands]")].filter((row) => row instanceof HTMLElement);
    const published = JSON.parse(await verifier.text(`/${key}.json`));
    const sheets = await readProvenSheets(verifier, rows);
    const found = findDifferences(published, sheets);
    if (found.length) showVerdict(box, false, localized("公表された数字と合いません：", "Not as published:"), ...found);
    else
      showVerdict(
        box,
        true,
        localized(
          `${sheets.length} 件の記録の証明と署名を確かめ、足し合わせました。公表された数字と一致します。`,
          `${sheets.length} entries proven and added up: they give the published figures.`,
        ),
      );
  } catch (error) {
    showFailure(box, error);
  }
  button.disabled = false;
}

button.hidden = false;
button.addEventListener("click", verify);
