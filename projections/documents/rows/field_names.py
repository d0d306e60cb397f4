"""What the fields of a definition are called in Japanese: in corrections and on the sheets."""

from typing import Final

FIELD_NAMES: Final = {
    "name": "名称",
    "short": "略称",
    "color": "色",
    "kana": "ふりがな",
    "registered_name": "戸籍名",
    "party": "党派",
    "party_label": "党派の表記",
    "sex": "性別",
    "age": "年齢",
    "standing": "新前元",
    "occupation": "職業",
    "members": "名簿登載者",
    "order": "順",
    "seats": "選挙すべき数",
    "full_seats": "議員定数",
    "causes": "選挙の事由",
    "repeats": "繰り返す選挙",
    "long_seats": "任期の長い議員の数",
    "polling_day": "投票日",
    "prefecture": "都道府県",
    "prefectures": "都道府県",
    "units": "開票区",
    "set_aside": "集計から外した開票区",
    "block": "ブロック",
    "kind": "種類",
    "municipalities": "市区町村",
}
"""Name of a field in events -> its name in documents and messages."""
