"""Words of the domain as they stand on screens."""

from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.package import RulePackage
from api.web.translations import Language


class KindWords(dict[str, str]):
    """Words by kind of contest; of a kind that is not known its id."""

    def __missing__(self, kind: str) -> str:
        return kind


def kind_names(package: RulePackage, language: Language) -> KindWords:
    """What the package of a log calls its kinds, in the reader's language."""
    english = language == "en"
    return KindWords({row.kind: row.english if english else row.name for row in package.kinds})


def ballots(package: RulePackage) -> KindWords:
    """What is on the ballot of each kind."""
    return KindWords({row.kind: row.ballot for row in package.kinds})


def kinds_by_most(package: RulePackage) -> frozenset[str]:
    """Polls in which the option with the most votes is adopted, also without half of them."""
    polls = (row for row in package.kinds if row.ballot == "options")
    return frozenset(row.kind for row in polls if row.majority == "most")


KIND_WORDS = kind_names(JAPAN, "ja")

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
    "one-entry": "一人の入力で報告した",
    "unlike-others-exchange": "他の開票区と違い、取り違えがないか照会した",
    "unlike-others-shift": "他の開票区と違い、行のずれがないか照会した",
    "unlike-others-zero": "他の開票区と違い票がほとんどない候補を照会した",
    "unlike-others-digit": "他の開票区と違い、桁の誤りがないか照会した",
    "unlike-others-turnout": "他の開票区と大きく違う投票率を照会した",
    "municipality-not-in-register": "団体コードが登録簿にない",
    "polling-day-outside-register": "投票日が団体コードの登録簿の期間外",
}
