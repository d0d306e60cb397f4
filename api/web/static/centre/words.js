// Two languages: Japanese is what modules are written in, English is looked up beside it.
export const isEnglish = document.documentElement.lang === "en";

/** Japanese sentence -> English sentence; read only where English is asked for. */
const english = isEnglish ? await catalogue("./english.js", "./english_sheet.js", "../control/english.js", "../survey/english.js") : {};
const japaneseOf = new Map(Object.entries(english).map(([japanese, sentence]) => [sentence, japanese]));

async function catalogue(...files) {
  const found = await Promise.all(files.map((file) => import(file)));
  return Object.assign({}, ...found.map((each) => each.default));
}

/** A sentence in the reader's language, with its figures: t("送る") or t`第${n}報`. */
export function t(sentence, ...figures) {
  const parts = typeof sentence === "string" ? [sentence] : sentence;
  const key = parts.reduce((whole, part, place) => `${whole}{${place - 1}}${part}`);
  return (english[key] ?? key).replaceAll(/\{(\d+)\}/g, (_, place) => String(figures[Number(place)]));
}

/** What a translated word is called on paper and in spreadsheets. */
export const onPaper = (word) => japaneseOf.get(word) ?? word;

export const locale = isEnglish ? "en-GB" : "ja-JP";

/** The address of a page in the reader's language. */
export const inLanguage = (path) => (isEnglish ? `/en${path}` : path);
