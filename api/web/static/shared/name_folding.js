// How names are compared, as aggregates/reference/name_folding.py does it; both are held to one table of cases.

const VARIANTS = toMap(
  "髙﨑𠮷濵濱渡邉邊齋齊齎德栁瀨嶋嶌槗澤廣國櫻惠邨冨舘淸眞藏",
  "高崎吉浜浜渡辺辺斎斉斎徳柳瀬島島橋沢広国桜恵村富館清真蔵",
);
const SMALL_KANA = toMap("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ");
const SMALL_KE = toMap("ヶヵ", "ケカ");
const UNSEEN = /\p{Cc}|\p{Cf}|\s|\p{Variation_Selector}/gu;

/**
 * A name without width, spacing, forms of one character, and with ヶ as ケ.
 *
 * @param {string} name
 */
export const foldShape = (name) =>
  settle(name, (text) => translate(text.normalize("NFKC").replaceAll(UNSEEN, ""), SMALL_KE));

/**
 * A name in the one form in which names are searched for: variants of ideographs, kana and case are one.
 *
 * @param {string} name
 */
export const foldSimilar = (name) =>
  settle(foldShape(name), (text) =>
    translate(toHiragana(foldShape(translate(text.toLowerCase(), VARIANTS))), SMALL_KANA).replaceAll(
      /[・･,、\p{Co}]/gu,
      "",
    ),
  );

/** @type {Map<string, string>} */
const foldedNames = new Map();

/**
 * Whether a recorded name holds what was typed. Recorded names are few and are asked for at every key that is
 * pressed, so each is folded once.
 *
 * @param {string} name
 * @param {string} typed In the form of `foldSimilar`.
 */
export function includesSimilar(name, typed) {
  const folded = foldedNames.get(name) ?? foldSimilar(name);
  foldedNames.set(name, folded);
  return folded.includes(typed);
}

/** @param {string} text */
const toHiragana = (text) =>
  text.replaceAll(/[\u30a1-\u30f6]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

/**
 * @param {string} text
 * @param {Map<string, string>} letters
 */
const translate = (text, letters) => Array.from(text, (letter) => letters.get(letter) ?? letter).join("");

/**
 * Fold until nothing changes: a mark whose blank was taken away joins the letter before it.
 *
 * @param {string} text
 * @param {(text: string) => string} fold
 * @returns {string}
 */
function settle(text, fold) {
  const folded = fold(text);
  return folded === text ? text : settle(folded, fold);
}

/**
 * @param {string} from
 * @param {string} to
 * @returns {Map<string, string>}
 */
function toMap(from, to) {
  const letters = Array.from(to);
  return new Map(Array.from(from, (letter, at) => [letter, letters[at]]));
}
