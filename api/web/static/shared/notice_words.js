// Warnings that are recorded with a count, in the words of screens.
import { t } from "./language.js";

/** @type {Record<string, string>} */
export const NOTICE_WORDS = {
  "taken-away-negative": t("持ち帰りがマイナス"),
  "option-fell": t("票が前回より減少"),
  "digit-jump": t("票が前回の10倍以上"),
  "voters-differ-from-turnout": t("投票者数が投票状況と不一致"),
  "invalid-rate-high": t("無効率15%超"),
  "turnout-high": t("投票率95%超"),
  "voters-beyond-turnout": t("投票総数が投票者数を超過"),
  "taken-away-many": t("持ち帰りが多い"),
  "turnout-unlike-last-election": t("投票率が前回の選挙と20ポイント超の差"),
};
