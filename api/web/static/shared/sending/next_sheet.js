// Which sheet comes next on the pile, and the way to it.

import { sheetAddress } from "../count_state.js";
import { el } from "../dom.js";
import { t } from "../language.js";
import { officeData } from "../office_data.js";
import { readOutbox } from "./outbox.js";

/**
 * The way to the sheet that comes next; null where nothing is left, or where no sheets are entered.
 *
 * @param {OutboxItem | ReceiptItem} item
 */
export async function nextSheet(item) {
  const book = officeData()?.workbook;
  if (!book || (item.form !== "tally" && item.form !== "turnout")) return null;
  const next = nextCount(book, item, await readOutbox());
  if (!next) return null;
  return el(
    "a",
    {
      class: "button primary",
      id: "next-count",
      data: { next: "true" },
      href: sheetAddress(item.form, next.contest, next.unit),
    },
    t`次の入力へ：${next.unit_name}　${next.name}`,
  );
}

/**
 * The count to go on with after a report: the same contest in the unit that follows, else whatever
 * is still without a final report; null when nothing is.
 *
 * @param {Workbook} workbook
 * @param {{ form?: string, contest?: string, unit?: string }} done
 * @param {{ form?: string, contest?: string, unit?: string }[]} waiting Postings on their way.
 */
export function nextCount({ units }, { form, contest, unit }, waiting) {
  const all = units.flatMap((each) => each.counts.map((count) => ({ ...count, unit_name: each.name })));
  const here = all.findIndex((each) => each.contest === contest && each.unit === unit);
  const inOrder = [...all.slice(here + 1), ...all.slice(0, Math.max(here, 0))];
  const due = inOrder.filter((each) => isDue(each, form, waiting));
  return due.find((each) => each.contest === contest) ?? due[0] ?? null;
}

/**
 * @param {Count} count
 * @param {string | undefined} form
 * @param {{ form?: string, contest?: string, unit?: string }[]} waiting
 */
function isDue(count, form, waiting) {
  const isWaiting = waiting.some(
    (item) => item.form === form && item.contest === count.contest && item.unit === count.unit,
  );
  const last = form === "turnout" ? count.turnout : count.last;
  return !count.uncontested && !isWaiting && (!last?.final || (form === "tally" && count.state === "returned"));
}
