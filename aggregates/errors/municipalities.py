"""Refusals about municipality codes: held against the register that the log names."""

from aggregates.errors.base import Refusal


class MunicipalityRegisterUnknown(Refusal):
    """This release carries no register of municipality codes with that digest."""

    code = "municipality-register-unknown"
    japanese = (
        "団体コードの登録簿 {sha256} はこの版にありません。"
        "その登録簿を備えた版に入れ替えてください。"
    )


class MunicipalityUnknown(Refusal):
    """No municipality has that code; the register covers the polling day."""

    code = "municipality-unknown"
    japanese = (
        "開票区「{unit}」の「{municipality}」は団体コードにありません（{until}現在の登録簿）。"
        "コードを確かめてください。"
    )


class MunicipalityAbolished(Refusal):
    """The code was abolished by the polling day; the facts name what has its area since."""

    code = "municipality-abolished"
    japanese = (
        "開票区「{unit}」の「{municipality}」は{name}のもので、{day}に廃止されています。"
        "今は{successors}です（{until}現在の登録簿）。"
    )


class MunicipalityNotYet(Refusal):
    """The municipality did not exist on the polling day."""

    code = "municipality-not-yet"
    japanese = (
        "開票区「{unit}」の「{municipality}」は{name}のもので、{day}からです。"
        "投票日のコードを確かめてください。"
    )


class MunicipalityExchanged(Refusal):
    """The unit is called after another municipality of its prefecture than the code is of."""

    code = "municipality-exchanged"
    japanese = (
        "開票区「{unit}」の「{municipality}」は{name}です。{unit_name}は {other} です。"
        "コードか名称を直してください。"
    )


class MunicipalityElsewhere(Refusal):
    """The code is that of a municipality of another prefecture than the unit's."""

    code = "municipality-elsewhere"
    japanese = (
        "開票区「{unit}」の「{municipality}」は{prefecture}の団体コードではありません。"
        "コードか都道府県を直してください。"
    )
