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
  "ballots-beyond-voters": t("投票総数が用紙の投票者数を超過"),
  "cut-many": t("切り捨てた票が多い"),
  "option-left-out": t("他の開票区に比べ票がほとんどない候補"),
  "options-exchanged": t("候補の取り違えの疑い"),
  "turnout-jump": t("投票率が前回の報告から急増"),
  "electors-jump": t("有権者数が前回の報告と5%超の差"),
  "electors-unlike-other-contest": t("有権者数が他の選挙と5%超の差"),
  "turnout-unlike-other-contest": t("投票率が他の選挙と10ポイント超の差"),
  "turnout-by-sex-apart": t("男女の投票率が15ポイント超の差"),
  "sexes-exchanged": t("男女の入れ違いの疑い"),
  "one-entry": t("一人の入力"),
  "unlike-others-exchange": t("照会：候補の取り違えではないか"),
  "unlike-others-shift": t("照会：行のずれではないか"),
  "unlike-others-zero": t("照会：票がほとんどない候補"),
  "unlike-others-digit": t("照会：桁の誤りではないか"),
  "unlike-others-turnout": t("照会：投票率が他の開票区と大きく違う"),
  "municipality-not-in-register": t("団体コードが登録簿にない"),
  "polling-day-outside-register": t("投票日が団体コードの登録簿の期間外"),
};
