// Bundles of ballots: "7+123" is seven bundles and 123 ballots. Only the figure is recorded.

import { readFigure } from "../shared/figures.js";

/** Ballots in a bundle where nobody says otherwise. */
export const BUNDLE = 500;
const BUNDLES = /^([0-9]{1,5})\+([0-9]{0,6})$/;

/**
 * The ballots that bundles and a rest are together; what is no such sum stays as it was typed.
 *
 * @param {string} typed
 * @param {number | undefined} size Ballots in a bundle; none where figures are typed as they are.
 */
export function countBundles(typed, size) {
  const parts = size ? BUNDLES.exec(typed.normalize("NFKC").replaceAll(/[\s,]/gu, "")) : null;
  if (!size || !parts) return typed;
  return String(Number(parts[1]) * size + Number(parts[2] || 0));
}

/**
 * How many ballots a bundle has, typed in whatever width; none where that is no number above 0.
 *
 * @param {string} typed
 */
export const bundleSize = (typed) => readFigure(typed).value || undefined;
