"""Refusals of signed postings: the envelope, its signatures, and the office's own chain."""

from aggregates.errors.base import Refusal

# --- the envelope -------------------------------------------------------------------------------


class SignatureRequired(Refusal):
    """This election takes signed postings only."""

    code = "signature-required"
    category = "forbidden"
    japanese = "この選挙では署名のない投稿は受け付けません。機関の鍵で署名して送ってください。"


class EnvelopeMalformed(Refusal):
    """What came is not a DSSE envelope with one or two signatures."""

    code = "envelope-malformed"
    japanese = (
        "署名付き投稿の形式が正しくありません（{detail}）。途中で切れていないか確かめてください。"
    )


class EnvelopeTooLarge(Refusal):
    """The signed body has more bytes than an entry of the public log could hold."""

    code = "envelope-too-large"
    japanese = "署名付き投稿が大きすぎます（{detail}）。分けて送ってください。"


class PayloadTypeWrong(Refusal):
    """It was signed as another kind of document than the body is."""

    code = "payload-type-wrong"
    japanese = "署名された種類（{signed}）と内容の種類（{body}）が違います。署名し直してください。"


class BodyNotCanonical(Refusal):
    """The signed body is not RFC 8785 canonical JSON with integers only."""

    code = "body-not-canonical"
    japanese = "署名された本文が正規の JSON（RFC 8785）ではありません（{detail}）。"


# --- signatures ---------------------------------------------------------------------------------


class SignerUnknown(Refusal):
    """It is signed by a key that is not in the register."""

    code = "signer-unknown"
    category = "forbidden"
    japanese = "鍵「{keyid}」は登録されていません。登録済みの鍵で署名してください。"


class SignerOfAnotherOffice(Refusal):
    """It is signed by a key of another office than the one that sends it."""

    code = "signer-of-another-office"
    category = "forbidden"
    japanese = "鍵「{keyid}」は機関「{office}」の鍵ではありません。送る機関の鍵で署名してください。"


class SignerNotApproved(Refusal):
    """It is signed by a key that no second office has approved."""

    code = "signer-not-approved"
    category = "forbidden"
    japanese = "鍵「{keyid}」はまだ承認されていません。別の機関の承認を待って送ってください。"


class SignerRevoked(Refusal):
    """It is signed by a key that was revoked or replaced."""

    code = "signer-revoked"
    category = "forbidden"
    japanese = "鍵「{keyid}」は失効しています。有効な鍵で署名してください。"


class SignedTwice(Refusal):
    """Two signatures are of one key; two persons are required."""

    code = "signed-twice"
    japanese = "同じ鍵「{keyid}」で二度署名されています。二人がそれぞれの鍵で署名してください。"


class SignatureWrong(Refusal):
    """A signature does not fit the type and body."""

    code = "signature-wrong"
    category = "forbidden"
    japanese = "鍵「{keyid}」の署名が内容と一致しません。内容を変えずに署名し直してください。"


class SignaturesTooFew(Refusal):
    """The policy of this office asks for the signatures of two keys."""

    code = "signatures-too-few"
    category = "forbidden"
    japanese = (
        "機関「{office}」の投稿には{required}人の署名が必要です（現在{signed}人）。"
        "もう一人の鍵でも署名してください。"
    )


class TwoPersonsNeeded(Refusal):
    """What changes the record of the law is signed by two keys of the office."""

    code = "two-persons-needed"
    category = "forbidden"
    japanese = "この手続きには二人の署名が必要です（{signed}人の署名）。二人で署名してください。"


class SubstituteAlone(Refusal):
    """Figures of a unit that is not the office's own are signed by two persons."""

    code = "substitute-alone"
    category = "forbidden"
    japanese = (
        "「{office}」の代行入力には、数字を確かめた二人の署名が必要です（現在{signed}人）。"
        "もう一人の鍵でも署名してください。"
    )


class EntriesUnstated(Refusal):
    """A sheet for which two persons sign names who typed its two entries, or why there is one."""

    code = "entries-unstated"
    category = "forbidden"
    japanese = (
        "「{office}」の開票報告には、一人目と二人目の入力をした鍵を書いてください。"
        "取込みなど一人の入力で送るときは、その理由を書いてください（記録に残ります）。"
    )


class TypedByOne(Refusal):
    """Who types the second entry of a sheet is not who typed the first."""

    code = "typed-by-one"
    category = "forbidden"
    japanese = (
        "同じ鍵（{keyid}）が二度入力しています。二人目は別の担当者が自分の鍵で入力してください。"
    )


class TypistNotSigner(Refusal):
    """Who typed an entry of a sheet signs for it."""

    code = "typist-not-signer"
    category = "forbidden"
    japanese = "入力した鍵（{keyid}）の署名がありません。入力した二人がそれぞれ署名してください。"


# --- what a signed posting states ---------------------------------------------------------------


class SequenceUnstated(Refusal):
    """A signed posting has its number in the chain of its office."""

    code = "sequence-unstated"
    japanese = "署名付きの投稿には通し番号（sequence）が必要です。"


class SequenceUnsigned(Refusal):
    """Only signed postings are links of a chain."""

    code = "sequence-unsigned"
    japanese = "署名のない投稿に通し番号（sequence）や前回の要約値は付けられません。"


class SequenceWrong(Refusal):
    """The number does not follow the last one of this office."""

    code = "sequence-wrong"
    category = "conflict"
    japanese = (
        "機関「{office}」の通し番号は次が{expected}ですが、{stated}となっています。"
        "送信済みの投稿を確かめて、署名し直してください。"
    )


class ChainForked(Refusal):
    """The posting does not name the previous posting of its office."""

    code = "chain-forked"
    category = "conflict"
    japanese = (
        "機関「{office}」の前回の投稿の要約値が一致しません（受付済み：{expected}）。"
        "別の端末から送っていないか確かめてください。"
    )


class BallotUnstated(Refusal):
    """A signed tally names the ballot it was filled in against."""

    code = "ballot-unstated"
    japanese = "署名付きの開票報告には、記入に使った候補者一覧の要約値（ballot_sha256）が必要です。"


# --- sessions -----------------------------------------------------------------------------------


class ChallengeUnknown(Refusal):
    """The challenge is not one of ours, was used, or is too old."""

    code = "challenge-unknown"
    category = "forbidden"
    japanese = "認証の要求が無効か、期限切れです。もう一度はじめからやり直してください。"


class SessionUnknown(Refusal):
    """There is no such session, or it has ended."""

    code = "session-unknown"
    category = "forbidden"
    japanese = "ログインしていないか、期限切れです。鍵でログインし直してください。"
