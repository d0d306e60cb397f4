// A word by which two persons on the telephone find out whether both screens have the same sheet.
// It follows from what is reported alone.

import { isEnglish } from "../shared/language.js";
import { canonicalJson } from "../shared/signing/canonical_json.js";
import { sha256Hex, utf8 } from "../shared/signing/envelope.js";
import { ROMAJI, SPELLED } from "../shared/spelling_alphabet.js";

const LETTERS = 4;
const DIGITS = 12;

/**
 * The word of a sheet and how it is spelled. What is left blank and what is 0 where nothing had to be
 * typed are the same sheet.
 *
 * @param {{ contest: string, unit: string, final: boolean, as_of: string }} about
 * @param {Field[]} fields
 * @param {FieldValues} values
 */
export async function checkWord({ contest, unit, final, as_of }, fields, values) {
  const figures = Object.fromEntries(
    fields.filter(({ id, required }) => values[id] || (required && values[id] === 0)).map(({ id }) => [id, values[id]]),
  );
  const moment = new Date(as_of).toISOString();
  const digest = await sha256Hex(utf8(canonicalJson({ contest, unit, final, as_of: moment, figures })));
  let rest = Number.parseInt(digest.slice(0, DIGITS), 16);
  const places = Array.from({ length: LETTERS }, () => {
    const place = rest % SPELLED.length;
    rest = Math.floor(rest / SPELLED.length);
    return place;
  });
  if (isEnglish) return { word: places.map((place) => ROMAJI[place]).join("-"), spelled: "" };
  const spelled = places.map((place) => SPELLED[place]);
  return { word: spelled.map((each) => each.slice(-1)).join(""), spelled: spelled.join("・") };
}
