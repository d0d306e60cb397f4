"""Refusals of offices and their keys: who is registered, who approves whom, who may do what."""

from aggregates.errors.base import Refusal

# --- offices ------------------------------------------------------------------------------------


class OfficeUnknown(Refusal):
    """The office is not in the register of this election."""

    code = "office-unknown"
    category = "missing"
    japanese = "機関「{office}」は登録されていません。上級の選挙管理委員会に登録を求めてください。"


class OfficeAlreadyRegistered(Refusal):
    """An office can be registered once."""

    code = "office-already-registered"
    category = "conflict"
    japanese = "機関「{office}」はすでに登録されています。"


class FoundersUnpinned(Refusal):
    """A live election is founded with the keys or the code that its operator knows."""

    code = "founders-unpinned"
    category = "forbidden"
    japanese = (
        "本番の選挙の設立が確認できません。サーバーの起動時に表示された設立コードを付けるか、"
        "サーバーの設定（KAIHYO_FOUNDER_KEYS）に設立機関の鍵の番号をすべて書いてください。"
    )


class OfficeMalformed(Refusal):
    """The entry of the office contradicts its role or the register."""

    code = "office-malformed"
    japanese = "機関「{office}」の登録内容が正しくありません（{detail}）。"


class FoundersMissing(Refusal):
    """Two offices found a signed election, or one of two persons; one of them manages it."""

    code = "founders-missing"
    japanese = (
        "署名付きの選挙は、管理する機関を含む2つ以上の機関（都道府県・市区町村が自ら管理する"
        "ときは二人で署名する1つの機関でも可）とその鍵で始めます（{detail}）。"
        "設立機関を加えて送り直してください。"
    )


# --- keys ---------------------------------------------------------------------------------------


class KeyInvalid(Refusal):
    """The public key is not a proper point: one signature would fit every message."""

    code = "key-invalid"
    japanese = "公開鍵が正しくありません（{detail}）。鍵を作り直してください。"


class PossessionUnproven(Refusal):
    """The proof of possession is not a signature by this key for this office and election."""

    code = "possession-unproven"
    japanese = (
        "鍵「{keyid}」の所持の証明が正しくありません。"
        "この選挙・この機関のために鍵の持ち主が作った申請を使ってください。"
    )


class KeyAlreadyEnrolled(Refusal):
    """A key belongs to one office and is enrolled once."""

    code = "key-already-enrolled"
    category = "conflict"
    japanese = "鍵「{keyid}」はすでに「{office}」に登録されています。新しい鍵を作ってください。"


class KeyUnknown(Refusal):
    """The office has no such key."""

    code = "key-unknown"
    category = "missing"
    japanese = "機関「{office}」に鍵「{keyid}」はありません。"


class KeyNotPending(Refusal):
    """Only an enrolled key that nobody has decided on can be approved."""

    code = "key-not-pending"
    category = "conflict"
    japanese = "鍵「{keyid}」は承認待ちではありません（現在：{state}）。"


class KeyNotActive(Refusal):
    """Only an active key can be rotated."""

    code = "key-not-active"
    category = "conflict"
    japanese = "鍵「{keyid}」は有効ではないため、更新できません（現在：{state}）。"


class KeyAlreadyRevoked(Refusal):
    """The key is no longer valid anyway."""

    code = "key-already-revoked"
    category = "conflict"
    japanese = "鍵「{keyid}」はすでに失効しています（現在：{state}）。"


class SecondOfficeNeeded(Refusal):
    """A key is approved by an office that neither owns nor enrolled it."""

    code = "second-office-needed"
    category = "forbidden"
    japanese = (
        "鍵「{keyid}」は「{office}」の持ち物か、同じ機関が申請したものです。"
        "別の機関が承認してください。"
    )


class RotationNotSigned(Refusal):
    """A rotation is signed by the key that it replaces."""

    code = "rotation-not-signed"
    category = "forbidden"
    japanese = "鍵の更新には、古い鍵「{keyid}」自身の署名が必要です。"


class LastKeyOfNation(Refusal):
    """An office that manages the election keeps enough active keys to act."""

    code = "last-key-of-nation"
    category = "conflict"
    japanese = (
        "鍵「{keyid}」を失効させると選挙を管理する機関「{office}」が何もできなくなります。"
        "先に別の鍵を登録して承認を受けてください。"
    )


# --- roles --------------------------------------------------------------------------------------


class RoleNotPermitted(Refusal):
    """This command is not for offices of this role."""

    code = "role-not-permitted"
    category = "forbidden"
    japanese = (
        "機関「{office}」（{role}）は「{command}」を行えません。権限のある機関に依頼してください。"
    )


class OutsideScope(Refusal):
    """The office may do this, but not for this unit, contest or office."""

    code = "outside-scope"
    category = "forbidden"
    japanese = (
        "「{about}」は機関「{office}」の担当ではありません。コードか、送る機関を確かめてください。"
    )


class UnitsNotHeld(Refusal):
    """An office gives only units that are its own to an office below it."""

    code = "units-not-held"
    category = "forbidden"
    japanese = (
        "開票区{units}は機関「{office}」のものではないため、「{about}」に割り当てられません。"
        "上級の機関に依頼してください。"
    )


class RecordUnstated(Refusal):
    """A signed approval of a key names the record of the office that it approves."""

    code = "record-unstated"
    japanese = (
        "承認する機関「{office}」の登録内容（役割、開票区）が署名されていません。"
        "画面を読み直して、内容を確かめてから承認してください。"
    )


class RecordDiffers(Refusal):
    """The record that was looked at is not the one in the register."""

    code = "record-differs"
    category = "conflict"
    japanese = (
        "機関「{office}」の登録内容（役割、開票区）が、確かめた内容と違います。"
        "画面を読み直して確かめてください。"
    )


class ConfirmedByPoster(Refusal):
    """Whoever posted figures on behalf does not confirm them with the same keys."""

    code = "confirmed-by-poster"
    category = "forbidden"
    japanese = "代行入力した鍵と同じ鍵では確認できません。入力に使っていない鍵で確認してください。"


class OnBehalfUnstated(Refusal):
    """Posting for a unit of another office is said to be on behalf."""

    code = "on-behalf-unstated"
    category = "forbidden"
    japanese = (
        "「{unit}」は機関「{office}」自身の開票区ではありません。代行入力として送ってください。"
    )


class OnBehalfUntrue(Refusal):
    """What an office posts for itself is not on behalf."""

    code = "on-behalf-untrue"
    category = "forbidden"
    japanese = (
        "機関「{office}」自身の担当（{about}）です。代行入力の指定を外して送り直してください。"
    )
