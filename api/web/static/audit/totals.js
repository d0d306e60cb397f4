// Totals computed again from the entries themselves, each proven to be in the signed log.
import { Verifier } from "../shared/signing/log_verifier.js";
import { localized, showFailure, showVerdict } from "./verdict.js";

const CONCURRENT_READS = 4;
const button = document.getElementById("verify");
const box = document.getElementById("verdict");
const { election, document: key } = button.dataset;

/** Read and prove the sheets that stand, a few at a time. */
async function readProvenSheets(verifier, rows) {
  const sheets = [];
  for (let start = 0; start < rows.length; start += CONCURRENT_READS) {
    const part = rows.slice(start, start + CONCURRENT_READS);
    sheets.push(...(await Promise.all(part.map((row) => readProvenSheet(verifier, row)))));
    showVerdict(box, null, localized(`確かめています… ${sheets.length} / ${rows.length}`, `Verifying… ${sheets.length} / ${rows.length}`));
  }
  return sheets;
}

async function readProvenSheet(verifier, row) {
  const { entry } = await verifier.entry(Number(row.dataset.stands));
  const { contest, unit, tally } = entry.event;
  if (contest !== row.dataset.contest || unit !== row.dataset.unit) throw new Error(`${entry.position}: ${unit} ${contest}`);
  return { contest, unit, tally };
}

function sumVotes(sheets) {
  const sums = {};
  for (const { tally } of sheets) {
    for (const [option, votes] of Object.entries(tally.votes)) sums[option] = (sums[option] ?? 0) + votes;
  }
  return sums;
}

/** Figures of the published document that are not those computed here. */
function findDifferences(published, sheets) {
  if (published.options) {
    const sums = sumVotes(sheets);
    const covered = new Set(sheets.map((sheet) => sheet.unit));
    const missing = published.units.filter((unit) => unit.status !== "none" && !covered.has(unit.unit)).map((unit) => unit.name);
    const differing = published.options.filter((row) => !row.members && row.votes.thousandths !== (sums[row.id] ?? 0));
    return [...missing, ...differing.map((row) => `${row.name}: ${row.votes.thousandths / 1000} ≠ ${(sums[row.id] ?? 0) / 1000}`)];
  }
  return published.contests
    .filter((each) => each.tally)
    .filter((each) => {
      const sheet = sheets.find((found) => found.contest === each.contest);
      return !sheet || Object.entries(each.tally.votes).some(([option, votes]) => sheet.tally.votes[option] !== votes);
    })
    .map((each) => each.name);
}

async function verify() {
  button.disabled = true;
  try {
    const verifier = new Verifier(election);
    const rows = [...document.querySelectorAll("[data-stands]")];
    const published = JSON.parse(await verifier.text(`/${key}.json`));
    const sheets = await readProvenSheets(verifier, rows);
    const found = findDifferences(published, sheets);
    if (found.length) showVerdict(box, false, localized("公表された数字と合いません：", "Not as published:"), ...found);
    else showVerdict(box, true, localized(`${sheets.length} 件の記録の証明と署名を確かめ、足し合わせました。公表された数字と一致します。`, `${sheets.length} entries proven and added up: they give the published figures.`));
  } catch (error) {
    showFailure(box, error);
  }
  button.disabled = false;
}

button.hidden = false;
button.addEventListener("click", verify);
