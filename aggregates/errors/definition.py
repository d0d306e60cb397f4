"""Refusals of what is defined before counting: identity, election, contest, ballot."""

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


class NameUnreadable(Refusal):
    """A name on a ballot has no characters that nobody sees, and no space around it."""

    code = "name-unreadable"
    japanese = "「{option}」の名前「{name}」は{detail}。入力し直してください。"


class NamesAlike(Refusal):
    """No two names on one ballot look the same and are spelled differently."""

    code = "names-alike"
    japanese = (
        "「{option}」と「{other}」の名前（「{name}」）は見分けられません。"
        "空白や異体字の表記をそろえるか、区別できる名前にしてください。"
    )


class AmendmentChangesNothing(Refusal):
    """It is registered so already; an amendment changes something."""

    code = "amendment-changes-nothing"
    category = "conflict"
    japanese = "「{about}」はそのとおりに登録されています。変わるところがありません。"


class ReportsWouldBeLost(Refusal):
    """Units with reports leave a contest only when they are named, exactly those."""

    code = "reports-would-be-lost"
    category = "conflict"
    japanese = (
        "「{contest}」から外す開票区に報告があります：{units}。"
        "その数字を集計から外すときは、外す開票区としてすべて指定してください。"
    )


class ContestUncontested(Refusal):
    """No more candidates than seats: no poll, no count (POEA 100)."""

    code = "contest-uncontested"
    category = "conflict"
    japanese = "「{contest}」は無投票のため、開票の報告はありません。"


class PollNeeded(Refusal):
    """More candidates than seats are left: a poll is held (POEA 100)."""

    code = "poll-needed"
    category = "conflict"
    japanese = "「{contest}」は候補者が選挙すべき数を超えているため、投票を行います。"


class NoPollAlreadyAnnounced(Refusal):
    """It is announced already that no poll is held."""

    code = "no-poll-already-announced"
    category = "conflict"
    japanese = "「{contest}」は、投票を行わないことがすでに登録されています。"


class OptionOfAnotherKind(Refusal):
    """Candidates, lists and justices belong to different kinds of contest."""

    code = "option-of-another-kind"
    japanese = "「{contest}」に{option}は登録できません。選挙の種類を確かめてください。"


class OptionAlreadyRegistered(Refusal):
    """A candidate, list or justice can be registered once."""

    code = "option-already-registered"
    category = "conflict"
    japanese = "「{option}」はすでに登録されています。"


class ListMalformed(Refusal):
    """The list breaks a rule of its form (POEA 86-2, 86-3)."""

    code = "list-malformed"
    japanese = "名簿「{option}」が正しくありません：{detail}。届出書と照らして直してください。"


class DualCandidateUnknown(Refusal):
    """A list member is said to stand in a district where no such candidate is registered."""

    code = "dual-candidate-unknown"
    category = "conflict"
    japanese = (
        "重複立候補の届出先に候補者がいません：{options}。"
        "小選挙区の候補者コードを確かめ、先に登録してください。"
    )


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
