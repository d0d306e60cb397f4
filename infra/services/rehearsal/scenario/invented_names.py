"""Invented people: common family and given names put together by chance.

Some family names are written with characters that careless systems lose (異体字): 髙﨑, 𠮷田, 濵田.
"""

from dataclasses import dataclass
from random import Random

from aggregates.election.ballot import Sex, Standing

_FAMILY = (
    "佐藤:さとう 鈴木:すずき 高橋:たかはし 田中:たなか 伊藤:いとう 渡辺:わたなべ 山本:やまもと "
    "中村:なかむら 小林:こばやし 加藤:かとう 吉田:よしだ 山田:やまだ 佐々木:ささき 山口:やまぐち "
    "松本:まつもと 井上:いのうえ 木村:きむら 林:はやし 清水:しみず 山崎:やまざき 森:もり "
    "阿部:あべ 池田:いけだ 橋本:はしもと 山下:やました 石川:いしかわ 中島:なかじま 前田:まえだ "
    "藤田:ふじた 小川:おがわ 後藤:ごとう 岡田:おかだ 長谷川:はせがわ 村上:むらかみ 近藤:こんどう "
    "石井:いしい 遠藤:えんどう 青木:あおき 坂本:さかもと 福田:ふくだ 太田:おおた 西村:にしむら "
    "藤井:ふじい 金子:かねこ 藤原:ふじわら 岡本:おかもと 三浦:みうら 中野:なかの 原田:はらだ "
    "松田:まつだ 竹内:たけうち 小野:おの 田村:たむら 中山:なかやま 和田:わだ 石田:いしだ "
    "森田:もりた 上田:うえだ 原:はら 内田:うちだ 柴田:しばた 酒井:さかい 宮崎:みやざき "
    "横山:よこやま 高木:たかぎ 安藤:あんどう 宮本:みやもと 大野:おおの 小島:こじま 工藤:くどう "
    "髙﨑:たかさき 𠮷田:よしだ 濵田:はまだ 渡邉:わたなべ 渡邊:わたなべ 齋藤:さいとう 齊藤:さいとう "
    "髙橋:たかはし 﨑山:さきやま 𠮷村:よしむら 栁田:やなぎだ "
    "德永:とくなが 濱口:はまぐち 邉見:へんみ"
)
_MEN = (
    "誠:まこと 隆:たかし 健一:けんいち 浩:ひろし 大輔:だいすけ 拓也:たくや 翔太:しょうた "
    "和彦:かずひこ 正樹:まさき 修:おさむ 聡:さとし 直人:なおと 哲也:てつや 亮:りょう 学:まなぶ "
    "康弘:やすひろ 俊介:しゅんすけ 博之:ひろゆき 剛:つよし 信一:しんいち 英樹:ひでき 純:じゅん "
    "達郎:たつろう 昭夫:あきお 一郎:いちろう 悠斗:ゆうと 幸治:こうじ 豊:ゆたか "
    "秀明:ひであき 恵太:けいた"
)
_WOMEN = (
    "恵子:けいこ 由美子:ゆみこ 裕子:ゆうこ 美穂:みほ 陽子:ようこ 真理:まり 直美:なおみ 優子:ゆうこ "
    "香織:かおり 智子:ともこ 彩:あや 千尋:ちひろ 京子:きょうこ 明日香:あすか 麻衣:まい 幸恵:ゆきえ "
    "和美:かずみ さゆり:さゆり 奈緒:なお 文子:ふみこ 律子:りつこ 桜:さくら 久美子:くみこ 理沙:りさ"
)
_OCCUPATIONS = (
    "政党役員 団体役員 会社役員 会社員 弁護士 医師 元市議会議員 元県議会議員 農業 自営業 大学教員 "
    "看護師 社会保険労務士 税理士 元高校教諭 元国家公務員 介護福祉士 著述業"
)
_WOMEN_PERCENT = 26
_KANA_PERCENT = 18
_STANDINGS: tuple[tuple[Standing, int], ...] = (("incumbent", 35), ("former", 10), ("new", 55))


@dataclass(frozen=True, slots=True)
class Identity:
    """Particulars of one invented person, as `aggregates.election.ballot.Person` has them."""

    family: str
    name: str
    registered_name: str
    kana: str
    sex: Sex
    age: int
    standing: Standing
    occupation: str


def _pairs(names: str) -> tuple[tuple[str, str], ...]:
    found = (entry.partition(":") for entry in names.split())
    return tuple((name, kana) for name, _, kana in found)


@dataclass(frozen=True, slots=True)
class Namer:
    """Makes people up; within one ballot it gives no family name twice unless asked to."""

    source: Random

    def person(self, taken: set[str], family: str = "") -> Identity:
        """A new person.

        Args:
            taken: Names and family names already on this ballot; this person's are added.
            family: A family name to share with somebody (同姓).
        """
        shown, kana = self._family(taken, family)
        sex: Sex = "female" if self.source.randrange(100) < _WOMEN_PERCENT else "male"
        given, given_kana = self._draw_given(sex, shown, taken)
        by_kana = given != given_kana and self.source.randrange(100) < _KANA_PERCENT
        taken |= {shown, f"{shown}{given}"}
        standing = self._standing()
        return Identity(
            family=shown,
            name=f"{shown} {given_kana if by_kana else given}",
            registered_name=f"{shown} {given}" if by_kana else "",
            kana=f"{kana} {given_kana}",
            sex=sex,
            age=self._age(standing),
            standing=standing,
            occupation="衆議院議員"
            if standing == "incumbent"
            else self.source.choice(_OCCUPATIONS.split()),
        )

    def _family(self, taken: set[str], family: str) -> tuple[str, str]:
        families = _pairs(_FAMILY)
        if family:
            return next(pair for pair in families if pair[0] == family)
        free = [pair for pair in families if pair[0] not in taken]
        return self.source.choice(free or families)

    def _draw_given(self, sex: Sex, family: str, taken: set[str]) -> tuple[str, str]:
        given = _pairs(_WOMEN if sex == "female" else _MEN)
        free = [pair for pair in given if f"{family}{pair[0]}" not in taken]
        return self.source.choice(free or given)

    def _standing(self) -> Standing:
        standings = [standing for standing, _ in _STANDINGS]
        return self.source.choices(standings, [percent for _, percent in _STANDINGS])[0]

    def _age(self, standing: Standing) -> int:
        low = 25 if standing == "new" else 32
        return min(84, max(low, round(self.source.gauss(51 if standing == "new" else 57, 11))))
