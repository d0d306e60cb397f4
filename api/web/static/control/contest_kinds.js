// Kinds of contest in the words of screens.
import { t } from "../shared/language.js";
/** @type {Record<string, string>} */
export const CONTEST_KINDS = {
  "house-district": t("小選挙区"),
  "house-block": t("比例代表"),
  justices: t("国民審査"),
  "upper-district": t("選挙区"),
  "upper-list": t("比例代表"),
  governor: t("知事選挙"),
  mayor: t("市区町村長選挙"),
  "prefectural-assembly": t("都道府県議会議員選挙"),
  "municipal-assembly": t("市区町村議会議員選挙"),
};
