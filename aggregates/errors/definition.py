"""Refusals about the election itself: its form, its course, its register of units and parties."""

from aggregates.errors.base import Refusal

# --- identity and form --------------------------------------------------------------------------


class MunicipalityCodeInvalid(Refusal):
    """The municipality code is not six digits with a right check digit."""

    code = "municipality-code-invalid"
    japanese = "団体コード「{code}」が正しくありません。検査数字を含む6桁で入力してください。"


class CommandMalformed(Refusal):
    """The posting does not have the form this address takes."""

    code = "command-malformed"
    japanese = "送信内容の形式が正しくありません（{detail}）。様式を確かめて送り直してください。"


# --- election -----------------------------------------------------------------------------------


class ElectionUnknown(Refusal):
    """This log holds another election."""

    code = "election-unknown"
    category = "missing"
    japanese = "選挙「{election}」はここにはありません。宛先を確かめてください。"


class ElectionNotDefined(Refusal):
    """Nothing can be posted before the election is defined."""

    code = "election-not-defined"
    category = "conflict"
    japanese = "選挙がまだ登録されていません。先に選挙を登録してください。"


class ElectionAlreadyDefined(Refusal):
    """A log holds one election, and it is defined already."""

    code = "election-already-defined"
    category = "conflict"
    japanese = "選挙「{election}」はすでに登録されています。"


class WrongEnvironment(Refusal):
    """Rehearsal and live never mix: the posting names the other one."""

    code = "wrong-environment"
    category = "forbidden"
    japanese = (
        "この投稿は「{posted}」向けですが、ここは「{here}」です。"
        "訓練（rehearsal）と本番（live）の宛先を確かめてください。"
    )


class UnsignedLiveElection(Refusal):
    """A live election never takes postings without a signature; only a rehearsal may."""

    code = "unsigned-live-election"
    japanese = "本番（live）の選挙では、署名のない投稿を認める設定はできません。"


class CountingNotOpen(Refusal):
    """Counting has not been opened."""

    code = "counting-not-open"
    category = "conflict"
    japanese = "開票はまだ始まっていません。開始の登録を待って送ってください。"


class CountingAlreadyOpen(Refusal):
    """Counting is open; definitions can no longer change."""

    code = "counting-already-open"
    category = "conflict"
    japanese = "開票が始まっているため、定義は変えられません。"


class RulesUnknown(Refusal):
    """This release carries no rules of that number; the release that does can decide here."""

    code = "rules-unknown"
    category = "invalid"
    japanese = (
        "規則第{rules}号はこの版にありません（この版にあるのは第{first}号から第{last}号まで）。"
        "その規則を備えた版に入れ替えてください。"
    )


class RulePackageMalformed(Refusal):
    """A rule package contradicts itself; the detail says where."""

    code = "rule-package-malformed"
    category = "invalid"
    japanese = "選挙の規則に矛盾があります：{detail}。規則のファイルを直してください。"


class RulesTooEarly(Refusal):
    """What was asked belongs to later rules than those that decide this log."""

    code = "rules-too-early"
    category = "conflict"
    japanese = (
        "この手続きには規則の番号{needed}が必要です（現在{here}）。"
        "規則の番号を変えてから送ってください。"
    )


class RulesNotLater(Refusal):
    """The log is decided under that number of rules already, or under a later one."""

    code = "rules-not-later"
    category = "conflict"
    japanese = (
        "この選挙は規則第{here}号で受け付けています。第{rules}号に変えることはできません"
        "（後の番号にだけ変えられます）。"
    )


class ElectionPaused(Refusal):
    """Reception is paused; what was posted before stands."""

    code = "election-paused"
    category = "conflict"
    japanese = "受付を一時停止しています（理由：{reason}）。再開後に送ってください。"


class ElectionNotPaused(Refusal):
    """Only a paused election can be resumed."""

    code = "election-not-paused"
    category = "conflict"
    japanese = "一時停止中ではありません。"


class ElectionIsClosed(Refusal):
    """The election is closed; its figures are history."""

    code = "election-closed"
    category = "conflict"
    japanese = "選挙「{election}」は締め切られています。選挙管理委員会に連絡してください。"


class UnitUnknown(Refusal):
    """The unit is not in the register of this election, or not part of this contest."""

    code = "unit-unknown"
    category = "missing"
    japanese = "開票区「{unit}」は「{contest}」の開票区ではありません。コードを確かめてください。"


class UnitAlreadyRegistered(Refusal):
    """A unit can be registered once."""

    code = "unit-already-registered"
    category = "conflict"
    japanese = "開票区「{unit}」はすでに登録されています。"


class PartyUnknown(Refusal):
    """The party is not registered in this election."""

    code = "party-unknown"
    japanese = "党派「{party}」は登録されていません。先に党派を登録してください。"


class PartyAlreadyRegistered(Refusal):
    """A party can be registered once."""

    code = "party-already-registered"
    category = "conflict"
    japanese = "党派「{party}」はすでに登録されています。"
