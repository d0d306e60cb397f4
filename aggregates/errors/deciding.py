"""Refusals of the decision on a contest, and of submissions as such."""

from aggregates.errors.base import Refusal

# --- declaration --------------------------------------------------------------------------------


class ContestNotFinal(Refusal):
    """Winners are declared when every unit of the contest is final."""

    code = "contest-not-final"
    category = "conflict"
    japanese = (
        "「{contest}」は未確定の開票区があります：{units}。すべて確定してから決定してください。"
    )


class CountsOutdated(Refusal):
    """Final sheets have votes for a ballot that changed since; they need a correction."""

    code = "counts-outdated"
    category = "conflict"
    japanese = (
        "「{contest}」に候補者の異動前の票のままの開票区があります：{units}。"
        "異動した候補者の票を無効に入れ、訂正として送ってください。"
    )


class CountsDoubtful(Refusal):
    """Names or order changed after these units reported; each answers for its figures first."""

    code = "counts-doubtful"
    category = "conflict"
    japanese = (
        "「{contest}」の候補者等の氏名か順が変わる前に報告した開票区があります：{units}。"
        "訂正するか、確認してから決定してください。"
    )


class ElectorsUnknown(Refusal):
    """Dismissal needs ballots of a hundredth of the electors; some units reported no electors."""

    code = "electors-unknown"
    category = "conflict"
    japanese = (
        "「{contest}」の有権者数が未報告の開票区があります：{units}。"
        "投票状況を報告してから決定してください。"
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


class LongTermsDifferFromLaw(Refusal):
    """The declaration gives the long terms to others than the law does."""

    code = "long-terms-differ-from-law"
    category = "conflict"
    japanese = "任期の長い議員の当選人が、開票結果から法の定める者と違います（法：{law}）。"


class AlreadyDeclared(Refusal):
    """The contest is declared; a changed result needs a revision with a reason."""

    code = "already-declared"
    category = "conflict"
    japanese = (
        "「{contest}」の当選人はすでに決定しています。変えるときは理由を付けて更正してください。"
    )


class PollingDayNotReached(Refusal):
    """Winners without a poll are decided from the polling day on (POEA 100(6))."""

    code = "polling-day-not-reached"
    category = "conflict"
    japanese = "「{contest}」は無投票のため、投票日（{polling_day}）から決定できます。"


class ElectionUndecided(Refusal):
    """An election is closed when every contest is declared and every count is final."""

    code = "election-undecided"
    category = "conflict"
    japanese = (
        "まだ締め切れません。当選人を決定していない選挙：{contests}。"
        "確定していない開票：{units}。くじや決定、確定の報告を済ませてください。"
    )


class DepartureNotAfterPolling(Refusal):
    """Only who is gone after the polling day keeps the votes; before it a candidate withdraws."""

    code = "departure-not-after-polling"
    category = "conflict"
    japanese = (
        "「{person}」の異動は投票日（{polling_day}）より後の日ではありません。投票日の前の死亡・辞退等は"
        "候補者の取下げとして登録してください。投票日当日のことは法の扱いが確かめられていません。"
    )


class DayNotReached(Refusal):
    """Who is gone is recorded once it has happened: the day stated has not come yet."""

    code = "day-not-reached"
    category = "conflict"
    japanese = (
        "「{person}」の異動・取下げの日（{day}）はまだ来ていません（今日は{today}）。"
        "年月日を確かめてください。"
    )


class SeatNotVacant(Refusal):
    """A successor takes the seat of an elected one who is gone, once."""

    code = "seat-not-vacant"
    category = "conflict"
    japanese = "「{person}」は欠員となった当選人ではないか、すでに繰上補充されています。"


class SuccessorDiffersFromLaw(Refusal):
    """The law lets another one move up, or nobody (POEA 97, 97-2, 112)."""

    code = "successor-differs-from-law"
    category = "conflict"
    japanese = "繰上補充の当選人が、法の定める者と違います（法：{law}）。"


class NothingToRevise(Refusal):
    """There is no declaration to revise, or it would not change."""

    code = "nothing-to-revise"
    category = "conflict"
    japanese = "更正する決定がないか、結果が変わりません。"


class HiddenInvalidBeyondVotes(Refusal):
    """More invalid ballots are to be taken off than votes were counted in that unit."""

    code = "hidden-invalid-beyond-votes"
    category = "invalid"
    japanese = "開票区{unit}で差し引く無効票{ballots}票は、そこで数えた票を超えています。"


# --- submissions --------------------------------------------------------------------------------


class SubmissionReused(Refusal):
    """This office has used this submission id for another content."""

    code = "submission-reused"
    category = "conflict"
    japanese = (
        "受付番号「{submission}」は別の内容で使われています。新しい番号で送り直してください。"
    )


class EntryTooLarge(Refusal):
    """An entry of the public log has at most 65,535 bytes."""

    code = "entry-too-large"
    japanese = "送信内容が大きすぎます（{size}バイト、上限{limit}）。分けて送ってください。"
