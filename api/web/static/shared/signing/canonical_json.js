// RFC 8785 canonical JSON, for what postings hold: integers, text, true, false, null, lists, objects.
// A number that is not a safe integer is refused: votes are integer thousandths.

/**
 * The one spelling of a value.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function canonicalJson(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return encodeText(value);
  if (typeof value === "number") return encodeInteger(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object") return encodeObject(/** @type {Record<string, unknown>} */ (value));
  throw new TypeError(`canonical JSON has no ${typeof value}`);
}

/** @param {string} value */
function encodeText(value) {
  if (!value.isWellFormed()) throw new TypeError("text with half a surrogate pair");
  return JSON.stringify(value);
}

/** @param {number} value */
function encodeInteger(value) {
  if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is not a safe integer`);
  return String(value === 0 ? 0 : value);
}

/**
 * Names are sorted by UTF-16 code units, which is how the language compares strings.
 *
 * @param {Record<string, unknown>} value
 */
function encodeObject(value) {
  const names = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort();
  return `{${names.map((name) => `${encodeText(name)}:${canonicalJson(value[name])}`).join(",")}}`;
}
