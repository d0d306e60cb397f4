// Two languages: Japanese is what modules are written in, English is looked up beside it.
export const isEnglish = document.documentElement.lang === "en";

// The server makes this module from its catalogue, api/web/english.json.
const CATALOGUE = "./english.js";

/** Japanese sentence -> English sentence; read only where English is asked for. */
/** @type {Record<string, string>} */
const englishByJapanese = isEnglish ? (await import(CATALOGUE)).default : {};
const japaneseByEnglish = new Map(
  Object.entries(englishByJapanese).map(([japanese, sentence]) => [sentence, japanese]),
);

/**
 * A sentence in the reader's language, with its figures: t("送る") or t`第${n}報`.
 *
 * @param {string | TemplateStringsArray} sentence
 * @param {...unknown} figures
 */
export function t(sentence, ...figures) {
  /** @type {readonly string[]} */
  const parts = typeof sentence === "string" ? [sentence] : sentence;
  const key = parts.reduce((whole, part, place) => `${whole}{${place - 1}}${part}`);
  return (englishByJapanese[key] ?? key).replaceAll(/\{(\d+)\}/g, (_, place) => String(figures[Number(place)]));
}

/**
 * What a translated word is called on paper and in spreadsheets.
 *
 * @param {string} word
 */
export const printedWord = (word) => japaneseByEnglish.get(word) ?? word;

export const locale = isEnglish ? "en-GB" : "ja-JP";

/**
 * The address of a page in the reader's language.
 *
 * @param {string} path
 */
export const localizedPath = (path) => (isEnglish ? `/en${path}` : path);
