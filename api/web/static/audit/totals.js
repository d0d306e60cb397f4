// Totals computed again from the entries themselves, each proven to be in the signed log.
import { Verifier, explain, judge, say } from "./proof.js";

const AT_ONCE = 4;
const button = document.getElementById("verify");
const box = document.getElementById("verdict");
const { election, document: key } = button.dataset;

/** Read and prove the sheets that stand, a few at a time. */
async function provenSheets(verifier, rows) {
  const sheets = [];
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const part = rows.slice(start, start + AT_ONCE);
    sheets.push(...(await Promise.all(part.map((row) => provenSheet(verifier, row)))));
    judge(box, null, say(`確かめています… ${sheets.length} / ${rows.length}`, `Verifying… ${sheets.length} / ${rows.length}`));
  }
  return sheets;
}

async function provenSheet(verifier, row) {
  const { entry } = await verifier.entry(Number(row.dataset.stands));
  const { contest, unit, tally } = entry.event;
  if (contest !== row.dataset.contest || unit !== row.dataset.unit) throw new Error(`${entry.position}: ${unit} ${contest}`);
  return { contest, unit, tally };
}

function summed(sheets) {
  const sums = {};
  for (const { tally } of sheets) {
    for (const [option, votes] of Object.entries(tally.votes)) sums[option] = (sums[option] ?? 0) + votes;
  }
  return sums;
}

/** Figures of the published document that are not those computed here. */
function wrong(published, sheets) {
  if (published.options) {
    const sums = summed(sheets);
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
    const sheets = await provenSheets(verifier, rows);
    const found = wrong(published, sheets);
    if (found.length) judge(box, false, say("公表された数字と合いません：", "Not as published:"), ...found);
    else judge(box, true, say(`${sheets.length} 件の記録の証明と署名を確かめ、足し合わせました。公表された数字と一致します。`, `${sheets.length} entries proven and added up: they give the published figures.`));
  } catch (error) {
    explain(box, error);
  }
  button.disabled = false;
}

button.hidden = false;
button.addEventListener("click", verify);
