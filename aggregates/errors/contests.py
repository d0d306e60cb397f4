"""Refusals about contests and what stands on their ballots."""

from aggregates.errors.base import Refusal


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
    """No more candidates than seats: no poll, no turnout, no count (POEA 100)."""

    code = "contest-uncontested"
    category = "conflict"
    japanese = "「{contest}」は無投票のため、投票状況と開票の報告はありません。"


class PollingDayPastRecords(Refusal):
    """A polling day moves only where nothing that is recorded of the contest contradicts it."""

    code = "polling-day-past-records"
    category = "conflict"
    japanese = (
        "「{contest}」の投票日を{polling_day}にすると、記録されている{recorded}と合いません。"
        "投票日か、その記録を確かめてください。"
    )


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


class CandidateNotStanding(Refusal):
    """The candidate withdrew, died or was dismissed; those votes are invalid."""

    code = "candidate-withdrawn"
    category = "conflict"
    japanese = "「{option}」は候補者でなくなっています。その票は無効に入れてください。"


class WithdrawalDayUnstated(Refusal):
    """Once counting is open, a withdrawal says on which day before the polling day it was."""

    code = "withdrawal-day-unstated"
    japanese = (
        "開票が始まっているので、「{option}」が候補者でなくなった日（投票日より前）が必要です。"
        "投票日より後の死亡・辞職等では票は減りません。「選挙後の異動」（record-departure）として"
        "記録してください。"
    )


class WithdrawnAfterPolling(Refusal):
    """Who is gone since the polling day keeps the votes; that is a departure, not a withdrawal."""

    code = "withdrawn-after-polling"
    category = "conflict"
    japanese = (
        "「{option}」は投票日（{polling_day}）に候補者だったので、票は有効のままです。投票日より後の"
        "死亡・辞職等は「選挙後の異動」（record-departure）として記録してください。投票日当日のことは"
        "法の扱いが確かめられていません。"
    )


class BallotChanged(Refusal):
    """The sheet was filled in against another list of candidates than the one in force."""

    code = "ballot-changed"
    category = "conflict"
    japanese = "候補者の一覧が変わっています。最新の一覧（{ballot_sha256}）で入力し直してください。"
