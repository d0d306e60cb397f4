// A text as a code to point a telephone at (ISO/IEC 18004), drawn from its rows of modules.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string[]} rows Each module of a row: 1 is dark.
 * @param {string} label
 */
export function codeDrawing(rows, label) {
  const drawing = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const cells = rows.flatMap((row, y) => [...row].map((cell, x) => (cell === "1" ? `M${x + 4} ${y + 4}h1v1h-1z` : "")));
  path.setAttribute("d", cells.join(""));
  const about = {
    viewBox: `0 0 ${rows.length + 8} ${rows.length + 8}`,
    role: "img",
    "aria-label": label,
    class: "code",
  };
  for (const [name, value] of Object.entries(about)) drawing.setAttribute(name, value);
  drawing.append(path);
  return drawing;
}
