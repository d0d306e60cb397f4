"""Refusals: one class per rule.

The docstring of a refusal is its sentence in English, `japanese` the one that offices read, its
facts are for machines, and its `code` never changes. Nothing is recorded when one is raised.
"""

from collections.abc import Iterator
from typing import ClassVar, Literal

Fact = str | int | tuple[str, ...]
Category = Literal["invalid", "conflict", "forbidden", "missing"]


class Refusal(Exception):  # noqa: N818 - the field's word is refusal, not error
    """What was asked is against a rule; nothing was recorded."""

    code: ClassVar[str] = "refused"
    category: ClassVar[Category] = "invalid"
    japanese: ClassVar[str] = "受け付けられません。"

    def __init__(self, **facts: Fact) -> None:
        self.facts = facts
        super().__init__(self.code)

    @property
    def english(self) -> str:
        """The rule as a sentence, for developers."""
        return (type(self).__doc__ or "").strip()

    def __str__(self) -> str:
        """Say in Japanese what is wrong, where, and what to do."""
        return self.japanese.format(**{name: _shown(fact) for name, fact in self.facts.items()})


def _shown(fact: Fact) -> str:
    return "、".join(fact) if isinstance(fact, tuple) else str(fact)


def all_refusals(root: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal there is, for the table in the handbook and for tests."""
    for refusal in root.__subclasses__():
        yield refusal
        yield from all_refusals(refusal)


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


class ElectionClosed(Refusal):
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


# --- contest and ballot -------------------------------------------------------------------------


class ContestUnknown(Refusal):
    """There is no such contest in this election."""

    code = "contest-unknown"
    category = "missing"
    japanese = "選挙区「{contest}」はありません。コードを確かめてください。"


class ContestAlreadyDefined(Refusal):
    """A contest can be defined once."""

    code = "contest-already-defined"
    category = "conflict"
    japanese = "選挙区「{contest}」はすでに登録されています。"


class ContestMalformed(Refusal):
    """The definition of the contest contradicts itself."""

    code = "contest-malformed"
    japanese = "選挙区「{contest}」の定義が正しくありません（{detail}）。"


class OptionOfAnotherKind(Refusal):
    """Candidates, lists and justices belong to different kinds of contest."""

    code = "option-of-another-kind"
    japanese = "「{contest}」に{option}は登録できません。選挙の種類を確かめてください。"


class OptionAlreadyRegistered(Refusal):
    """A candidate, list or justice can be registered once."""

    code = "option-already-registered"
    category = "conflict"
    japanese = "「{option}」はすでに登録されています。"


class CandidateUnknown(Refusal):
    """The posting has votes for somebody who is not on this ballot."""

    code = "candidate-unknown"
    japanese = (
        "「{contest}」に届出のない候補者等があります：{options}。候補者コードを確かめてください。"
    )


class CandidateMissing(Refusal):
    """The posting leaves out somebody who is on this ballot; zero votes are written as 0."""

    code = "candidate-missing"
    japanese = (
        "「{contest}」の候補者等が抜けています：{options}。得票がなければ0と入力してください。"
    )


class CandidateWithdrawn(Refusal):
    """The candidate withdrew, died or was dismissed; those votes are invalid."""

    code = "candidate-withdrawn"
    category = "conflict"
    japanese = "「{option}」は候補者でなくなっています。その票は無効に入れてください。"


class BallotChanged(Refusal):
    """The sheet was filled in against another list of candidates than the one in force."""

    code = "ballot-changed"
    category = "conflict"
    japanese = "候補者の一覧が変わっています。最新の一覧（{ballot_sha256}）で入力し直してください。"


# --- tallies ------------------------------------------------------------------------------------


class SheetUnbalanced(Refusal):
    """The figures of the sheet do not add up."""

    code = "sheet-unbalanced"
    japanese = (
        "数字が合いません：{identity} で、記載は{stated}、計算では{computed}"
        "（差{difference}）。用紙と照らして直してください。"
    )


class VotesNegative(Refusal):
    """No figure but the ballots taken away can be below zero."""

    code = "votes-negative"
    japanese = "「{field}」に負の数（{value}）があります。0以上で入力してください。"


class VotersMissing(Refusal):
    """A final sheet states the voters."""

    code = "voters-missing"
    japanese = "確定報告には投票者数が必要です。投票録の投票者数を入力してください。"


class BallotsExceedElectors(Refusal):
    """There are more ballots than electors."""

    code = "ballots-exceed-electors"
    japanese = "投票総数{ballots}が有権者数{electors}を超えています。桁と開票区を確かめてください。"


class ReasonsExceedInvalid(Refusal):
    """The invalid ballots by reason do not sum to the invalid ballots."""

    code = "invalid-reasons-unbalanced"
    japanese = "無効投票の理由別の合計{sum}が無効投票数{invalid}と一致しません。"


class CountWentBackwards(Refusal):
    """A cumulative total fell; only a correction may lower it."""

    code = "count-went-backwards"
    category = "conflict"
    japanese = (
        "開票数が前回の{before}から{now}に減っています。"
        "前回が誤りなら、理由を付けて訂正として送ってください。"
    )


class ReportOlderThanLast(Refusal):
    """The report is older than the one recorded last."""

    code = "report-older-than-last"
    category = "conflict"
    japanese = "この報告（{as_of}現在）は、受付済みの報告（{last}現在）より古いものです。"


class CountAlreadyFinal(Refusal):
    """This count is final; to change it, post a correction with a reason."""

    code = "count-already-final"
    category = "conflict"
    japanese = "この開票は確定済みです。直すときは理由を付けて訂正を送ってください。"


class CountNotFinal(Refusal):
    """Only a final count can be confirmed."""

    code = "count-not-final"
    category = "conflict"
    japanese = "確定報告がまだありません。確定後に確認してください。"


class NothingToCorrect(Refusal):
    """There is no report yet that could be corrected or returned."""

    code = "nothing-to-correct"
    category = "conflict"
    japanese = "まだ報告がないため、訂正・差戻しはできません。"


class CorrectionChangesNothing(Refusal):
    """The correction equals what is recorded."""

    code = "correction-changes-nothing"
    category = "conflict"
    japanese = "訂正の内容が受付済みの数字と同じです。"


class SupersedesAnother(Refusal):
    """The correction names another report than the last one of this count."""

    code = "supersedes-another"
    category = "conflict"
    japanese = (
        "訂正の対象（第{named}報）が最新の報告（第{latest}報）ではありません。"
        "最新の報告を確かめてから送ってください。"
    )


class CountAlreadyConfirmed(Refusal):
    """This count is confirmed already."""

    code = "count-already-confirmed"
    category = "conflict"
    japanese = "この開票はすでに確認済みです。"


# --- turnout ------------------------------------------------------------------------------------


class VotersExceedElectors(Refusal):
    """There are more voters than electors."""

    code = "voters-exceed-electors"
    japanese = "投票者数{voters}が有権者数{electors}を超えています（{field}）。"


class TurnoutAlreadyFinal(Refusal):
    """This turnout is final; to change it, post a correction with a reason."""

    code = "turnout-already-final"
    category = "conflict"
    japanese = "投票状況は確定済みです。直すときは理由を付けて訂正を送ってください。"


class TurnoutWentBackwards(Refusal):
    """The number of voters fell; only a correction may lower it."""

    code = "turnout-went-backwards"
    category = "conflict"
    japanese = (
        "投票者数が前回の{before}から{now}に減っています。前回が誤りなら訂正で送ってください。"
    )


# --- declaration --------------------------------------------------------------------------------


class ContestNotFinal(Refusal):
    """Winners are declared when every unit of the contest is final."""

    code = "contest-not-final"
    category = "conflict"
    japanese = (
        "「{contest}」は未確定の開票区があります：{units}。すべて確定してから決定してください。"
    )


class DistrictsNotDeclared(Refusal):
    """A list contest needs the declared districts of its dual candidates."""

    code = "districts-not-declared"
    category = "conflict"
    japanese = "重複立候補者の小選挙区が未決定です：{contests}。先に小選挙区を決定してください。"


class LotRequired(Refusal):
    """Equal votes at the last seat: people draw a lot and record it."""

    code = "lot-required"
    category = "conflict"
    japanese = "得票が同じため、くじで決める必要があります：{between}（残り{seats_left}）。"


class LotNotCalledFor(Refusal):
    """A lot is drawn only between those whom the law leaves equal."""

    code = "lot-not-called-for"
    category = "conflict"
    japanese = "くじの対象が違います：{between}。法の定める同数の者の間でだけ行えます。"


class DeclarationDiffersFromLaw(Refusal):
    """The declaration names others than the law does on the recorded counts."""

    code = "declaration-differs-from-law"
    category = "conflict"
    japanese = "決定しようとする当選人が、開票結果から法の定める者と違います（法：{law}）。"


class AlreadyDeclared(Refusal):
    """The contest is declared; a changed result needs a revision with a reason."""

    code = "already-declared"
    category = "conflict"
    japanese = (
        "「{contest}」の当選人はすでに決定しています。変えるときは理由を付けて更正してください。"
    )


class NothingToRevise(Refusal):
    """There is no declaration to revise, or it would not change."""

    code = "nothing-to-revise"
    category = "conflict"
    japanese = "更正する決定がないか、結果が変わりません。"


# --- submissions --------------------------------------------------------------------------------


class SubmissionReused(Refusal):
    """This submission id was used for another content."""

    code = "submission-reused"
    category = "conflict"
    japanese = (
        "受付番号「{submission}」は別の内容で使われています。新しい番号で送り直してください。"
    )


class EntryTooLarge(Refusal):
    """An entry of the public log has at most 65,535 bytes."""

    code = "entry-too-large"
    japanese = "送信内容が大きすぎます（{size}バイト、上限{limit}）。分けて送ってください。"
