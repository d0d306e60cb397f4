"""The first thing that is not as it must be: where, what was expected, and what was found."""

from typing import Final, Literal

Rule = Literal[
    "missing",
    "unexpected",
    "malformed",
    "manifest",
    "key",
    "checkpoint",
    "history",
    "witnesses",
    "kept",
    "entry",
    "tile",
    "root",
    "event",
    "signature",
    "permission",
    "chain",
    "decision",
    "time",
    "replay",
    "keys",
    "document",
    "receipt",
]

SENTENCES: Final[dict[Rule, str]] = {
    "missing": "あるはずのものがありません",
    "unexpected": "ないはずのものがあります",
    "malformed": "形式が正しくありません",
    "manifest": "目録のダイジェストと違います",
    "key": "検証鍵が違います",
    "checkpoint": "チェックポイントの署名または形式が正しくありません",
    "history": "過去のチェックポイントの並びが正しくありません",
    "witnesses": "証人の連署が足りません",
    "kept": "手元に残したチェックポイントと矛盾します。記録が書き換えられた疑いがあります",
    "entry": "記録の一件が、公開されたハッシュと違います",
    "tile": "ハッシュのタイルが、記録から計算したものと違います",
    "root": "記録全体の根が、署名されたチェックポイントと違います",
    "event": "記録の一件が正規の形ではありません",
    "signature": "投稿の署名が正しくありません",
    "permission": "権限のない機関または鍵による投稿です",
    "chain": "機関の投稿の連鎖が途切れています",
    "decision": "記録の一件が、署名された投稿から再計算した決定と違います",
    "time": "記録の時刻が、前後の記録または連署の時刻と矛盾します",
    "replay": "記録を再生できません",
    "keys": "鍵の経歴が、記録から作ったものと違います",
    "document": "公開された文書が、記録から作ったものと違います",
    "receipt": "受領証が正しくありません",
}
"""What each rule says to the person who runs the check."""


class AuditDifference(Exception):  # noqa: N818 - it says what was found
    """Something is not as it must be.

    Attributes:
        rule: Which rule is broken; never changes its name.
        where: File, entry or document.
        expected: What it must be.
        found: What it is.
    """

    def __init__(self, rule: Rule, where: str, *, expected: str = "", found: str = "") -> None:
        self.rule: Rule = rule
        self.where = where
        self.expected = expected
        self.found = found
        super().__init__(f"{where}: {SENTENCES[rule]} (expected {expected}, found {found})")

    def __reduce__(self) -> tuple[object, ...]:
        """Travel from one process to another: the fields are given by name."""
        return _difference, (self.rule, self.where, self.expected, self.found)

    def as_dict(self) -> dict[str, str]:
        """For machines."""
        return {
            "rule": self.rule,
            "where": self.where,
            "expected": self.expected,
            "found": self.found,
        }


def _difference(rule: Rule, where: str, expected: str, found: str) -> AuditDifference:
    return AuditDifference(rule, where, expected=expected, found=found)
