// Kinds of contest in the words of screens.
export const KINDS = {
  "house-district": "小選挙区", "house-block": "比例代表", justices: "国民審査", "upper-district": "選挙区", "upper-list": "比例代表",
  governor: "知事選挙", mayor: "市区町村長選挙", "prefectural-assembly": "都道府県議会議員選挙", "municipal-assembly": "市区町村議会議員選挙",
};
