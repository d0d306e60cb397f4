// A table of thousands of rows of which only those in sight exist.
import { findElement, focusedElement } from "../shared/elements.js";

const AHEAD = 6;

/**
 * Rows of equal height, in pixels, below a table's head; `make` draws one.
 *
 * @template Row
 * @param {{
 *   scroller: HTMLElement, head: HTMLElement, columns: number, height: number, label: string,
 *   make: (row: Row) => HTMLElement,
 * }} about
 * @returns {VirtualRows<Row>}
 */
export function virtualRows({ scroller, head, columns, height, make, label }) {
  /** @type {Row[]} */
  let rows = [];
  let drawn = "";
  const spacer = () => {
    const row = document.createElement("tr");
    row.setAttribute("aria-hidden", "true");
    row.className = "spacer";
    const cell = document.createElement("td");
    cell.colSpan = columns;
    row.append(cell);
    return { row, cell };
  };
  const above = spacer();
  const below = spacer();
  const body = document.createElement("tbody");
  const table = document.createElement("table");
  table.className = "dense board";
  table.setAttribute("aria-label", label);
  table.append(head, body);
  scroller.append(table);
  body.append(above.row, below.row);

  function range() {
    const first = Math.max(0, Math.floor(scroller.scrollTop / height) - AHEAD);
    // The scroller is as high as its rows until there are many: the window is the safe measure.
    const many = Math.ceil(innerHeight / height) + 2 * AHEAD;
    return [first, Math.min(rows.length, first + many)];
  }

  function redraw(force = false) {
    const [first, last] = range();
    const wanted = `${first}-${last}`;
    if (!force && wanted === drawn) return;
    drawn = wanted;
    above.cell.style.height = `${first * height}px`;
    below.cell.style.height = `${(rows.length - last) * height}px`;
    above.row.hidden = first === 0;
    below.row.hidden = last === rows.length;
    const held = focusedElement()?.dataset?.focus;
    const made = rows.slice(first, last).map((row, place) => {
      const line = make(row);
      line.setAttribute("aria-rowindex", String(first + place + 2));
      return line;
    });
    body.replaceChildren(above.row, ...made, below.row);
    // A button of a row that had the focus keeps it when the row is drawn again.
    if (held && !focusedElement()?.dataset?.focus)
      findElement(`[data-focus="${CSS.escape(held)}"]`, body)?.focus({ preventScroll: true });
  }

  let asked = false;
  scroller.addEventListener(
    "scroll",
    () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        redraw();
      });
    },
    { passive: true },
  );

  return {
    table,
    show(found) {
      rows = found;
      table.setAttribute("aria-rowcount", String(rows.length + 1));
      redraw(true);
    },
    redraw: () => redraw(true),
  };
}
