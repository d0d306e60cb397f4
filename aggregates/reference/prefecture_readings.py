"""How the names of prefectures are read, without 都, 府 and 県 (JIS X 0401 has the names)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_READINGS: Final = (
    "ほっかいどう あおもり いわて みやぎ あきた やまがた ふくしま いばらき とちぎ ぐんま さいたま "
    "ちば とうきょう かながわ にいがた とやま いしかわ ふくい やまなし ながの ぎふ しずおか あいち "
    "みえ しが きょうと おおさか ひょうご なら わかやま とっとり しまね おかやま ひろしま やまぐち "
    "とくしま かがわ えひめ こうち ふくおか さが ながさき くまもと おおいた みやざき かごしま "
    "おきなわ"
)

PREFECTURE_READINGS: Final[Mapping[str, str]] = MappingProxyType(
    {f"{number:02d}": reading for number, reading in enumerate(_READINGS.split(), start=1)}
)
"""Prefecture code -> reading in hiragana."""
