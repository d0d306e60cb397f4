"""Refusals of what units report: tallies and turnout."""

from aggregates.errors.base import Refusal

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


class VotesNotWhole(Refusal):
    """In the review of justices no ballot is divided: every figure is in whole votes."""

    code = "votes-not-whole"
    japanese = "国民審査の「{field}」に1票未満の端数（{value}）があります。整数で入力してください。"


class VotersMissing(Refusal):
    """A final sheet states the voters."""

    code = "voters-missing"
    japanese = "確定報告には投票者数が必要です。投票録の投票者数を入力してください。"


class BallotsUnstated(Refusal):
    """Valid, invalid and all ballots are stated together; an interim sheet may have votes alone."""

    code = "ballots-unstated"
    japanese = (
        "有効・無効・投票総数のうち、記載のないものがあります：{missing}。三つとも記入してください"
        "（中間報告は、三つとも空欄にして得票だけでも送れます）。"
    )


class ListTotalsMisplaced(Refusal):
    """Votes of lists together with their members stand on interim sheets of such lists only."""

    code = "list-totals-misplaced"
    japanese = (
        "名簿届出政党等ごとの合計だけで報告できるのは、参議院比例代表の中間報告だけです。"
        "そのときは名簿登載者の票を書きません。"
    )


class PriorityMemberHasVotes(Refusal):
    """Members of the 特定枠 have no votes of their own: such ballots are votes for their list."""

    code = "priority-member-has-votes"
    japanese = (
        "特定枠の登載者（{options}）に票があります。"
        "その氏名を書いた票は名簿の得票に入れ、登載者の欄には書かないでください。"
    )


class PoolsMisplaced(Refusal):
    """Shared ballots stand on sheets of candidates or lists, from rules 3 on."""

    code = "pools-misplaced"
    japanese = (
        "按分の内訳は、候補者または名簿の開票報告にだけ書けます（国民審査と、名簿ごとの合計だけの"
        "報告には書けません。この記録が規則3より前に始まったものなら、規則を変えてからにします）。"
    )


class AnswersMisplaced(Refusal):
    """What was asked before sending is about lines of the sheet, from rules 3 on."""

    code = "answers-misplaced"
    japanese = (
        "送信前の照会への回答は、この用紙にある候補者等についてだけ書けます"
        "（この記録が規則3より前に始まったものなら、規則を変えてからにします）。"
    )


class PoolMalformed(Refusal):
    """The shared ballots of a sheet are stated once each, without contradiction."""

    code = "pool-malformed"
    japanese = "按分票「{pool}」の書き方が正しくありません：{detail}。"


class PoolVotesNotWhole(Refusal):
    """Votes without the shared ballots are whole ballots."""

    code = "pool-votes-not-whole"
    japanese = (
        "「{option}」の、按分票を除いた得票が{value}になります。0以上の整数のはずです。"
        "得票と按分票の取り違えや入れ替わりがないか確かめてください。"
    )


class PoolShareDiffers(Refusal):
    """Shared ballots are divided in proportion to the votes of each, and cut (POEA 68-2)."""

    code = "pool-share-differs"
    japanese = (
        "按分票「{pool}」の「{option}」への分が合いません：記載は{stated}、計算では{computed}。"
        "割り振りが逆になっていないか、切捨てが正しいか確かめてください。"
    )


class PoolsUnstated(Refusal):
    """Divided figures come with the shared ballots they were divided from, or with a reason."""

    code = "pools-unstated"
    japanese = (
        "按分した数字がありますが、按分の内訳（どの氏名の票を誰と誰で分けたか、何票か）が"
        "ありません。内訳を書くか、書けない理由を書いてください。"
    )


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


class MomentTooEarly(Refusal):
    """The moment stated is before anything can have been counted, or anybody have voted."""

    code = "moment-too-early"
    japanese = (
        "この報告の時刻（{as_of}現在）は早すぎます。{first}より前には数字がありません。"
        "年月日と時刻を確かめてください。"
    )


class MomentNotReached(Refusal):
    """The moment stated has not come yet, or is long after the polling day."""

    code = "moment-not-reached"
    japanese = (
        "この報告の時刻（{as_of}現在）はまだ来ていないか、投票日から離れすぎています"
        "（{last}まで）。年月日と時刻を確かめてください。"
    )


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


class ReportNotLatest(Refusal):
    """The report that was looked at is not the last one of this count any more."""

    code = "report-not-latest"
    category = "conflict"
    japanese = (
        "確かめた報告（第{named}報）のあとに新しい報告（第{latest}報）が届いています。"
        "新しい報告を確かめてから、もう一度送ってください。"
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


class VotersByMethodUnbalanced(Refusal):
    """Voters by how they voted do not sum to the voters."""

    code = "voters-by-method-unbalanced"
    japanese = (
        "当日・期日前・不在者の合計{sum}が投票者数{voters}と一致しません。内訳を確かめてください。"
    )


class OnlyEarlyVotingBefore(Refusal):
    """Before the polling day only early voting can be reported: interim, and nobody on the day."""

    code = "only-early-voting-before"
    japanese = (
        "投票日（{polling_day}）より前の時刻（{as_of}現在）では、期日前・不在者投票だけを"
        "途中の報告として送れます。時刻と内訳を確かめてください。"
    )


class TurnoutAlreadyFinal(Refusal):
    """This turnout is final; to change it, post a correction with a reason."""

    code = "turnout-already-final"
    category = "conflict"
    japanese = "投票状況は確定済みです。直すときは理由を付けて訂正を送ってください。"


class TurnoutWentBackwards(Refusal):
    """The voters of one sex fell; only a correction may lower them."""

    code = "turnout-went-backwards"
    category = "conflict"
    japanese = (
        "投票者数（{field}）が前回の{before}から{now}に減っています。"
        "前回が誤りなら、理由を付けて訂正として送ってください。"
    )
