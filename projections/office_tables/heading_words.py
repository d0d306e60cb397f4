"""Words of headings: what each says of the column below it, and which combinations mean what."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from aggregates.reference.name_folding import fold_width
from projections.office_tables.figure_names import DISMISS, FIGURES, KEEP, FigureItem
from projections.office_tables.vocabulary import SEVERAL

WordKind = Literal[
    "option", "several", "figure", "turnout", "sum", "sex", "part", "votes", "rate", "other",
    "state", "decoration", "unread", "label", "unknown",
]  # fmt: skip
Part = Literal["", "male", "female", "together", "name", "members", "dismiss", "keep"]


class HeadingWord(NamedTuple):
    """What one text of a heading says.

    Attributes:
        kind: What about.
        name: Id of the option, name of the figure, or the part.
    """

    kind: WordKind
    name: str = ""


QUALIFIERS: Final = frozenset({"sex", "part", "votes", "rate"})
"""Words that say something of what stands above them."""
_RATE: Final = re.compile(r".*(?:率|割合)%?|%")
_NUMBER: Final = re.compile(r"[0-9]{1,3}(?:番|位|歳|\.)?")
_MARKS: Final = "※★☆◎○●◇◆□■・*＊"
_QUALIFIED: Final = re.compile(r"(?P<base>[^()]+)\((?P<inner>[^()]*)\)(?P<more>(?:\([^()]*\))*)")
_PARTY: Final = re.compile(r"[^()]*(?:党|新選組|無所属|諸派|維新|会)")
_OTHER: Final = re.compile(r"(?:前回|前々回|対前回|前年|増減|差引|比較|参考).*")
_LABEL: Final = re.compile(
    r".*(?:市町|市区町村|区市町村|市区名|区名|開票区|団体|都道府県名|候補者名|候補者氏名|氏名|党派|政党等?名|届出政党)"
    r".*|区分|名称|地域|市郡|番号|届出番号|年齢|新旧別?|新前元|職業|選挙区"
)
HEADING_LABEL: Final = _LABEL
"""What stands above or before names, in the corner of a table."""

_WORDS: Final[dict[tuple[WordKind, str], str]] = {
    ("votes", ""): (
        "得票数 得票 票数 候補者別得票数 党派別得票数 政党等別得票数 得票数（票） 候補者の得票数 "
        "名簿届出政党等別得票数 届出政党等別得票数 今回 今回得票数 得票数内訳 開票結果 候補者 "
        "名簿届出政党等"
    ),
    ("sum", "votes"): (
        "計 合計 小計 得票総数 候補者の得票総数 得票数計 得票計 得票数合計 総得票数 "
        "政党等の得票総数 名簿届出政党等の得票総数"
    ),
    ("sex", "male"): "男 男性",
    ("sex", "female"): "女 女性",
    (
        "part",
        "name",
    ): "政党名 政党等名 名簿名 政党名得票 政党名得票数 政党等の得票 政党名による得票",
    ("part", "members"): (
        "個人名 個人名得票 個人名得票数 名簿登載者 登載者名 候補者個人の得票 個人計"
    ),
    ("part", "dismiss"): f"{DISMISS} 罷免を可とする票 罷免を可とする投票 罷免可 ×",
    ("part", "keep"): f"{KEEP} 罷免を可としない票 罷免を可としない投票 罷免否",
    ("turnout", "electors"): (
        "当日有権者数 有権者数 当日の有権者数 選挙当日有権者数 選挙当日の有権者数"
    ),
    ("turnout", "voters"): "投票者数 投票者総数",
    ("turnout", "overseas_electors"): "在外有権者数",
    ("turnout", "overseas_voters"): "在外投票者数",
    ("state", ""): "確定 確 状態 開票状況 結了 確定区分 開票",
    ("unread", ""): (
        "備考 摘要 残票数 残票 棄権者数 登録者数 選挙人名簿登録者数 開票済票数 団体コード コード "
        "順位 当落 当選 登録有権者数 棄権者 No NO No. № 更新時刻 発表時刻"
    ),
}
_BY_WORD: Final = {
    fold_width(word): HeadingWord(kind, name)
    for (kind, name), words in _WORDS.items()
    for word in words.split()
}
_LEFT_OUT: Final = re.compile(r"期日前[^()]*(?:含まない|含まず|除く)")


def heading_word(text: str, options: Mapping[str, str], parties: frozenset[str]) -> HeadingWord:
    """What a text of a heading says by itself; only the whole text counts.

    Args:
        text: Of one cell, or of several that stand below each other.
        options: Folded names of those on the ballot.
        parties: Folded names of parties.
    """
    word = fold_width(text).strip(_MARKS)
    option = options.get(word)
    if option is not None:
        return HeadingWord("several") if option == SEVERAL else HeadingWord("option", option)
    if word in _BY_WORD:
        return _BY_WORD[word]
    if word in FIGURES:
        return HeadingWord("figure", word)
    return HeadingWord(_kind_by_look(word, parties))


def _kind_by_look(word: str, parties: frozenset[str]) -> WordKind:
    """What a word says that stands in no list."""
    if _is_decoration(word, parties):
        return "decoration"
    # What stands in brackets has to be asked by itself.
    if "(" in word:
        return "unknown"
    looks: tuple[tuple[WordKind, re.Pattern[str]], ...] = (
        ("rate", _RATE), ("other", _OTHER), ("label", _LABEL),
    )  # fmt: skip
    return next((kind for kind, look in looks if look.fullmatch(word)), "unknown")


def _is_decoration(word: str, parties: frozenset[str]) -> bool:
    """Numbers of candidates, and parties in brackets or by the look of their names."""
    inner = word[1:-1] if word.startswith("(") and word.endswith(")") else word
    is_standing = inner in {"新", "前", "元", "現", "新人", "前職", "現職", "元職"}
    is_party = inner in parties or bool(_PARTY.fullmatch(inner))
    return is_party or is_standing or bool(_NUMBER.fullmatch(inner))


def words_of_stack(
    texts: Sequence[str], options: Mapping[str, str], parties: frozenset[str]
) -> list[tuple[str, HeadingWord]]:
    """What the texts above a column say, from above; one word may stand in several cells."""
    found: list[tuple[str, HeadingWord]] = []
    at = 0
    while at < len(texts):
        for end in range(len(texts), at, -1):
            text = "".join(texts[at:end])
            word = heading_word(text, options, parties)
            if word.kind != "unknown" and not (end > at + 1 and word.kind in _NOT_JOINED):
                found.append((text, word))
                at = end
                break
        else:
            found += _split_qualified(texts[at], options, parties)
            at += 1
    return found


_NOT_JOINED: Final = frozenset({"decoration", "rate", "other", "label"})
"""Kinds that are recognised by a part of their text: joined with anything they would swallow it."""


def _split_qualified(
    text: str, options: Mapping[str, str], parties: frozenset[str]
) -> list[tuple[str, HeadingWord]]:
    """A word and what stands in brackets behind it: 青空党（個人名）, 投票者数（男）."""
    split = _QUALIFIED.fullmatch(fold_width(text))
    if split is None:
        return [(text, HeadingWord("unknown"))]
    found = [(split["base"], heading_word(split["base"], options, parties))]
    for inner in [split["inner"], *re.findall(r"\(([^()]*)\)", split["more"])]:
        if _LEFT_OUT.fullmatch(inner):
            found.append((inner, HeadingWord("decoration")))
        elif inner in {"票", "人", "A", "B", "C", "D", "E", "F", "G", "H", "I"}:
            continue
        else:
            found.append((inner, heading_word(inner, options, parties)))
    return found


class ColumnRole(NamedTuple):
    """What the numbers of a column are.

    Attributes:
        kind: A figure, the printed sum of the votes, a rate or what else is not read, a mark of
            what is final, or what nobody can say.
        heading: As people read it.
        item: What a figure is about.
        part: Which of several numbers of one item.
    """

    kind: Literal["figure", "sum", "rate", "unread", "state", "unknown"]
    heading: str
    item: FigureItem = FigureItem("sum", "")
    part: Part = ""


def leaves_out_early_voters(heading: str) -> bool:
    """Whether a heading says that voters before the polling day are not in it."""
    return _LEFT_OUT.search(fold_width(heading)) is not None


def column_role(texts: Sequence[str], found: Sequence[tuple[str, HeadingWord]]) -> ColumnRole:
    """The role of a column by the words above it; `unknown` where they do not fit together."""
    heading = "／".join(" ".join(text.split()) for text in texts)
    kinds = {word.kind for _, word in found}
    if kinds & {"rate", "other"}:
        return ColumnRole("rate" if "rate" in kinds else "unread", heading)
    if kinds & {"unknown", "several"}:
        return ColumnRole("unknown", heading)
    for kind, role in (("option", _votes), ("turnout", _turnout), ("figure", _figure)):
        if kind in kinds:
            return role(heading, found)
    for kind, made in (("unread", "unread"), ("state", "state"), ("sum", "sum")):
        if kind in kinds:
            return ColumnRole(made, heading)  # type: ignore[arg-type]  # one of its literals
    return ColumnRole("unknown", heading)


def _only(found: Sequence[tuple[str, HeadingWord]], *kinds: WordKind) -> set[HeadingWord]:
    return {word for _, word in found if word.kind in kinds}


def _votes(heading: str, found: Sequence[tuple[str, HeadingWord]]) -> ColumnRole:
    options, first = _only(found, "option"), [w.kind for _, w in found].index("option")
    # What stands above the names is said of all of them: 政党名 is a title there.
    below = found[first:]
    parts = {word.name for word in _only(below, "sex", "part")}
    if _only(found, "sum"):
        parts.add("together")
    above = {word.name for word in _only(found[:first], "part")} - {"name"}
    if len(options) > 1 or len(parts) > 1 or above or _only(found, "figure", "turnout", "unread"):
        return ColumnRole("unknown", heading)
    item = FigureItem("votes", options.pop().name)
    part = parts.pop() if parts else ""
    return ColumnRole("figure", heading, item, part)  # type: ignore[arg-type]  # one of its literals


def _turnout(heading: str, found: Sequence[tuple[str, HeadingWord]]) -> ColumnRole:
    fields, sexes = _only(found, "turnout"), _only(found, "sex")
    is_sum = bool(_only(found, "sum"))
    if len(fields) > 1 or len(sexes) + is_sum > 1 or _only(found, "figure", "part"):
        return ColumnRole("unknown", heading)
    field = fields.pop().name
    if not sexes and not is_sum:
        # Without the sexes it is the sheet's own line, or what no tally has.
        if field == "voters":
            return ColumnRole("figure", heading, FigureItem("figure", "voters"))
        return ColumnRole("unread", heading)
    sex = sexes.pop().name if sexes else "together"
    return ColumnRole("figure", heading, FigureItem("turnout", f"{field}.{sex}"))


def _figure(heading: str, found: Sequence[tuple[str, HeadingWord]]) -> ColumnRole:
    figures = _only(found, "figure")
    # 計 below a figure says the same; a sex below one is nothing that a sheet has.
    if len(figures) > 1 or _only(found, "sex", "part", "votes"):
        return ColumnRole("unknown", heading)
    return ColumnRole("figure", heading, FIGURES[figures.pop().name])
