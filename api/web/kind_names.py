"""Words of the domain as they stand on screens."""

KIND_WORDS = {
    "house-district": "小選挙区",
    "house-block": "比例代表",
    "justices": "国民審査",
    "upper-district": "選挙区",
    "upper-list": "比例代表",
    "governor": "知事選挙",
    "mayor": "市区町村長選挙",
    "prefectural-assembly": "都道府県議会議員選挙",
    "municipal-assembly": "市区町村議会議員選挙",
}

STATUS_WORDS = {
    "none": "未報告",
    "interim": "中間",
    "final": "確定",
    "corrected": "確定（訂正あり）",
    "contested": "差戻し・確認中",
}

NOTICE_WORDS = {
    "taken-away-negative": "投票者より票が多い",
    "option-fell": "前回より減った候補がある",
    "digit-jump": "桁が急に増えた",
    "voters-differ-from-turnout": "投票者数が投票確定と違う",
    "invalid-rate-high": "無効投票の割合が高い",
    "turnout-high": "投票率が高い",
    "voters-beyond-turnout": "投票者数を超える票",
    "taken-away-many": "持ち帰りと思われる票が多い",
    "turnout-unlike-last-election": "投票率が前回の選挙と大きく違う",
    "ballots-beyond-voters": "投票者数を超える投票総数",
    "cut-many": "切り捨てた票が多い",
    "option-left-out": "他の開票区と違い票がほとんどない候補がある",
    "options-exchanged": "候補の取り違えの疑い",
    "turnout-jump": "投票率が急に上がった",
    "electors-jump": "有権者数が前の報告と大きく違う",
    "electors-unlike-other-contest": "有権者数が同時の選挙と大きく違う",
    "turnout-unlike-other-contest": "投票率が同時の選挙と大きく違う",
    "turnout-by-sex-apart": "男女の投票率が大きく違う",
    "sexes-exchanged": "男女の入れ違いの疑い",
}
