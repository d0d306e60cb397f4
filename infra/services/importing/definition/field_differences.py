"""In which fields a row of a definition and the record differ, in the words of the sheet."""

from typing import Final

import msgspec

FIELD_NAMES: Final = {
    "name": "名称",
    "short": "略称",
    "color": "色",
    "prefecture": "都道府県",
    "prefectures": "都道府県",
    "seats": "定数",
    "full_seats": "議員定数",
    "units": "開票区",
    "role": "役割",
    "parent": "上級機関",
    "signatures_required": "署名の数",
    "kana": "ふりがな",
    "registered_name": "戸籍名",
    "party": "党派",
    "party_label": "党派の表記",
    "sex": "性別",
    "age": "年齢",
    "standing": "新前元",
    "occupation": "職業",
    "dual_list": "重複立候補",
    "members": "名簿登載者",
    "environment": "環境",
    "polling_day": "投票日",
}
_NAMED: Final = 3
_UNSEEN: Final = frozenset({"block", "kind", "id"})
"""They are part of the code, or no document has them."""


def list_differences(ours: object, recorded: object) -> list[str]:
    """Fields in which the record is another, with what it says."""
    fields = getattr(type(recorded), "__struct_fields__", ())
    names = [name for name in fields if name not in _UNSEEN]
    return [
        f"{FIELD_NAMES.get(name, name)} {_format_value(getattr(recorded, name))}"
        for name in names
        if getattr(ours, name) != getattr(recorded, name)
    ]


def _format_value(value: object) -> str:
    if isinstance(value, tuple):
        return f"{len(value)}件" if len(value) > _NAMED else "・".join(map(_format_value, value))
    return str(getattr(value, "id", value)) if value not in (None, "", msgspec.UNSET) else "空欄"
