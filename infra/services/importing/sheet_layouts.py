"""The sheets of a definition: headings, choices, notes, and one example row each.

The form is written from this and the tables are read by it, so that they cannot differ.
"""

from typing import Final, Literal, NamedTuple

from aggregates.election.ballot import Sex, Standing
from aggregates.election.contests.contest_facts import CAUSES
from aggregates.election.geography import BLOCKS, PREFECTURES, UnitKind
from aggregates.election.identifiers import ContestKind, Environment
from aggregates.election.office import ROLES, Role
from aggregates.election.particulars import Relation, Scope
from aggregates.rule_package.japan_polls import POLLS
from projections.documents.rows.field_names import FIELD_NAMES

EXAMPLE: Final = "【例】"
"""Begins a cell of an example row; such a row must be gone before anything is read."""

FormKind = Literal["house", "upper", "governor", "mayor", "assembly", "poll"]

ELECTION: Final = "選挙"
PARTIES: Final = "党派"
UNITS: Final = "開票区"
CONTESTS: Final = "選挙区"
CANDIDATES: Final = "候補者"
LISTS: Final = "名簿"
MEMBERS: Final = "名簿登載者"
JUSTICES: Final = "裁判官"
OPTIONS: Final = "選択肢"
OFFICES: Final = "機関"
LAST: Final = "前回"
LAST_CONTESTS: Final = "前回の選挙区"
GUIDE: Final = "記入のしかた"

SHEET_FIELD_NAMES: Final = FIELD_NAMES | {
    "seats": "定数",
    "role": "役割",
    "parent": "上級機関",
    "signatures_required": "署名の数",
    "dual_list": "重複立候補",
    "environment": "環境",
}
"""What the fields of a definition are called on the sheets."""

YES: Final = "○"
EVERYWHERE: Final = "すべて"
SEPARATOR: Final = "、"

ENVIRONMENTS: Final[dict[str, Environment]] = {"本番": "live", "訓練": "rehearsal"}
SEXES: Final[dict[str, Sex]] = {"男": "male", "女": "female"}
STANDINGS: Final[dict[str, Standing]] = {"新": "new", "前": "incumbent", "元": "former"}
SEX_WORDS: Final[dict[str, Sex]] = {**SEXES, "男性": "male", "女性": "female"}
STANDING_WORDS: Final[dict[str, Standing]] = {
    **STANDINGS,
    "現": "incumbent",
    "新人": "new",
    "前職": "incumbent",
    "現職": "incumbent",
    "元職": "former",
}
"""What is read; the ministry writes 現 for who holds the seat, our own tables 前."""
ROLE_WORDS: Final[dict[str, Role]] = {word: role for role, word in ROLES.items()}
UNIT_KINDS: Final[dict[str, UnitKind]] = {
    "開票区": "counting-district",
    "市区町村": "municipality",
    "選挙区分": "district",
    "都道府県一括": "prefecture",
}
KINDS: Final[dict[str, ContestKind]] = {
    "衆議院小選挙区": "house-district",
    "衆議院比例代表": "house-block",
    "国民審査": "justices",
    "参議院選挙区": "upper-district",
    "参議院比例代表": "upper-list",
    "知事": "governor",
    "市区町村長": "mayor",
    "都道府県議会": "prefectural-assembly",
    "市区町村議会": "municipal-assembly",
    **{row.name: row.kind for row in POLLS},
}
"""Kinds of Japan; with a package of its own an election has others (`package_kinds`)."""
KINDS_OF: Final[dict[FormKind, tuple[str, ...]]] = {
    "house": ("衆議院小選挙区", "衆議院比例代表", "国民審査"),
    "upper": ("参議院選挙区", "参議院比例代表"),
    "governor": ("知事",),
    "mayor": ("市区町村長",),
    "assembly": ("都道府県議会", "市区町村議会"),
    "poll": tuple(row.name for row in POLLS),
}
LAST_ITEMS: Final = {
    "選挙名": "name",
    "投票日": "polling_day",
    "記録": "log",
    "前回獲得": "won",
    "公示前": "before",
    "非改選": "continuing",
    "投票率": "rates",
    "得票": "votes",
}
LAST_LINES: Final = {"選挙区": "relation", "当選": "holder", "得票": "share", "投票率": "turnout"}
LAST_SCOPES: Final[dict[str, Scope]] = {"全体": "all", "在外": "overseas"}
RELATIONS: Final[dict[str, Relation]] = {"同じ": "same", "区割り変更": "redrawn", "新設": "new"}
BLOCK_NAMES: Final = {block.name: block.id for block in BLOCKS}
PREFECTURE_NAMES: Final = tuple(PREFECTURES.values())


class SheetColumn(NamedTuple):
    """A column of a sheet.

    Attributes:
        name: Its heading.
        note: What belongs there.
        example: In the example row.
        required: Whether every row needs it.
        choices: What it can say, where that is closed.
    """

    name: str
    note: str = ""
    example: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()


_PREFECTURE = SheetColumn(
    "都道府県", "名称かコード（2桁）", "東京都", required=True, choices=PREFECTURE_NAMES
)
_PERSON = (
    SheetColumn("氏名", "告示のとおり（通称を含む）", f"{EXAMPLE}開票 太郎", required=True),
    SheetColumn("ふりがな", "", "かいひょう たろう"),
    SheetColumn("戸籍名", "氏名と違うときだけ"),
)
_FACTS = (
    SheetColumn("性別", "", "男", choices=tuple(SEXES)),
    SheetColumn("年齢", "投票日現在の満年齢", "45"),
    SheetColumn("新前元", "", "新", choices=tuple(STANDINGS)),
    SheetColumn("職業", "", "会社員"),
    SheetColumn("外字氏名", "機関のシステムでの表記が違うときだけ"),
)
_CODE = "半角の英小文字・数字・「.」「-」。"

SHEETS: Final[dict[str, tuple[SheetColumn, ...]]] = {
    PARTIES: (
        SheetColumn("コード", f"{_CODE}公開文書での名になります", "example", required=True),
        SheetColumn("名称", "届出の名称", f"{EXAMPLE}開票党", required=True),
        SheetColumn("略称", "表で使う短い名", "開票", required=True),
        SheetColumn("色", "#RRGGBB"),
    ),
    UNITS: (
        SheetColumn("コード", "空欄なら団体コードの5桁（同じ団体が複数なら .1 .2）"),
        SheetColumn("名称", "", f"{EXAMPLE}千代田区", required=True),
        _PREFECTURE,
        SheetColumn("種別", "空欄なら「開票区」", "開票区", choices=tuple(UNIT_KINDS)),
        SheetColumn("団体コード", "検査数字を含む6桁。合わせた開票区は「、」で並べる", "131016"),
        SheetColumn(
            "選挙区", "この開票区で行う選挙区（コードか名称、「、」で並べる）", "東京都第1区"
        ),
    ),
    CONTESTS: (
        SheetColumn("コード", "空欄なら種類と名称から決まります"),
        SheetColumn("選挙の種類", "", "衆議院小選挙区", required=True, choices=tuple(KINDS)),
        SheetColumn("名称", "", f"{EXAMPLE}東京都第1区", required=True),
        SheetColumn(
            "定数",
            "この選挙で選ぶ数（補欠選挙では欠員の数）。国民審査と、国民投票・住民投票は 0",
            "1",
            required=True,
        ),
        SheetColumn(
            "議員定数",
            "定数と違うときだけ。議会は条例の定数、参議院選挙区は通常選挙で選ぶ数",
        ),
        SheetColumn("任期の長い議員", "参議院で、任期の違う議員を合わせて選ぶときだけ、長い方の数"),
        SheetColumn(
            "事由", f"補欠選挙などのときだけ。{'・'.join(CAUSES.values())}。複数は「、」で並べる"
        ),
        SheetColumn("繰り返す選挙", "再選挙のときだけ。もとの選挙と選挙区のコード"),
        SheetColumn("投票日", "選挙の投票日より後になったときだけ。2024-11-03 の形"),
        SheetColumn("都道府県", "名称かコード。複数は「、」で並べる。空欄なら開票区から決まります"),
        SheetColumn("ブロック", "衆議院比例代表だけ", "", choices=tuple(BLOCK_NAMES)),
        SheetColumn("開票区", f"コードか名称を「、」で並べる。その地域の全部なら「{EVERYWHERE}」"),
    ),
    CANDIDATES: (
        SheetColumn("コード", "空欄なら選挙区のコードと、その選挙区での行の順"),
        SheetColumn("選挙区", "コードか名称", "東京都第1区", required=True),
        *_PERSON,
        SheetColumn("党派", "党派のコードか名称。無所属は空欄", "開票党"),
        SheetColumn("党派の表記", "告示での書き方が名称と違うときだけ"),
        *_FACTS,
        SheetColumn("重複立候補", "比例代表の選挙区（コードか名称）"),
        SheetColumn("届出政党", "政党が届け出た候補者は ○", YES, choices=(YES,)),
    ),
    LISTS: (
        SheetColumn("コード", "空欄なら選挙区のコードと党派のコード"),
        SheetColumn("選挙区", "コードか名称", "（比例代表）東京都", required=True),
        SheetColumn("党派", "コードか名称", "開票党", required=True),
        SheetColumn("名称", "届出の名簿の名称", f"{EXAMPLE}開票党", required=True),
    ),
    MEMBERS: (
        SheetColumn("コード", "空欄なら名簿のコードと行の順"),
        SheetColumn("選挙区", "コードか名称", "（比例代表）東京都", required=True),
        SheetColumn("名簿", "名簿のコードか名称", "開票党", required=True),
        SheetColumn("順位", "衆議院の名簿順位。同順位は重複立候補者だけ", "1"),
        SheetColumn("特定枠", "参議院の特定枠の順位"),
        *_PERSON,
        SheetColumn("党派", "登載者ごとに届け出たときだけ。コードか名称"),
        *_FACTS,
        SheetColumn("重複する選挙区", "小選挙区のコードか名称", "東京都第1区"),
        SheetColumn("重複する候補者", "コードか氏名。空欄なら同じ氏名の候補者"),
    ),
    JUSTICES: (
        SheetColumn("コード", "空欄なら国民審査のコードと行の順"),
        SheetColumn("選挙区", "国民審査が一つなら空欄でよい"),
        SheetColumn("氏名", "", f"{EXAMPLE}開票 花子", required=True),
        SheetColumn("ふりがな", "", "かいひょう はなこ"),
    ),
    OPTIONS: (
        SheetColumn("コード", "空欄なら選挙区のコードと行の順"),
        SheetColumn("選挙区", "条例による住民投票など。コードか名称", required=True),
        SheetColumn("名称", "投票用紙の選択肢", f"{EXAMPLE}現在地で建て替える", required=True),
    ),
    OFFICES: (
        SheetColumn("コード", "空欄なら役割と開票区から決まります"),
        SheetColumn("名称", "", f"{EXAMPLE}千代田区開票所", required=True),
        SheetColumn("役割", "", "開票所", required=True, choices=tuple(ROLE_WORDS)),
        SheetColumn("都道府県", "国の機関は空欄", "東京都", choices=PREFECTURE_NAMES),
        SheetColumn("上級機関", "コードか名称。開票所・市区町村で空欄なら都道府県の機関"),
        SheetColumn("開票区", "自分の開票区（コードか名称、「、」で並べる）", "千代田区"),
        SheetColumn("署名の数", "二人で署名するなら 2。空欄は 1", "1", choices=("1", "2")),
        SheetColumn(
            "設立",
            "選挙の登録と同時に置く機関は ○（二つ以上。自ら管理する市区町村・都道府県は、"
            "二人で署名するなら一つでもよい）",
            "",
            choices=(YES,),
        ),
    ),
    LAST: (
        SheetColumn("項目", "", "前回獲得", required=True, choices=tuple(LAST_ITEMS)),
        SheetColumn("内容", "選挙名、投票日、記録（選挙のコード 件数 ルート）"),
        SheetColumn("選挙の種類", "投票率と得票"),
        SheetColumn("地域", "投票率。都道府県の2桁かブロックのコード。空欄は全国"),
        SheetColumn("範囲", "投票率。空欄は全体", "", choices=tuple(LAST_SCOPES)),
        SheetColumn("党派", "今回ある党派のコードか名称。無所属は空欄", "開票党"),
        SheetColumn("名称", "今回ない党派の名称。得票では前回の表にある名称"),
        SheetColumn("得票", "小数3桁まで"),
        SheetColumn("議席", "前回獲得、公示前（告示前）、非改選の議席", "1"),
        *(SheetColumn(sex, "投票率。56.15 の形") for sex in "男女計"),
    ),
    LAST_CONTESTS: (
        SheetColumn("選挙区", "今回の選挙区のコードか名称", "東京都第1区", required=True),
        SheetColumn("項目", "", "当選", required=True, choices=tuple(LAST_LINES)),
        SheetColumn("関係", "選挙区の行だけ。空欄は「同じ」", "", choices=tuple(RELATIONS)),
        SheetColumn("名称", "選挙区の行だけ。前回の名称が違うとき"),
        SheetColumn("氏名", "名簿は空欄", f"{EXAMPLE}開票 太郎"),
        SheetColumn("党派", "今回ある党派のコードか名称。無所属は空欄", "開票党"),
        SheetColumn("党派の名称", "今回ない党派の名称"),
        SheetColumn("得票", "小数3桁まで"),
        SheetColumn("議席", "当選の行だけ。名簿の議席。空欄は 1"),
        SheetColumn("時刻", "投票率の行だけ。18:00 の形。空欄は確定"),
        SheetColumn("投票率", "56.15 の形"),
    ),
}
"""Every sheet but the first one with its columns, in the order in which they are read."""

FIELD: Final = "項目"
CONTENT: Final = "内容"
ID: Final = "選挙コード"
NAME: Final = "選挙名"
ENVIRONMENT: Final = "環境"
POLLING_DAY: Final = "投票日"
UNSIGNED: Final = "署名なしの投稿"

ELECTION_FIELDS: Final = (
    SheetColumn(ID, "半角の英小文字・数字・「-」。公開アドレスの一部になります", "", required=True),
    SheetColumn(NAME, "", "", required=True),
    SheetColumn(ENVIRONMENT, "", "", required=True, choices=tuple(ENVIRONMENTS)),
    SheetColumn(POLLING_DAY, "2024-10-27 の形", "", required=True),
    SheetColumn(
        UNSIGNED,
        "訓練だけ「認める」にできます。空欄は「認めない」",
        "",
        choices=("認めない", "認める"),
    ),
)

SHEET_NAMES: Final = (ELECTION, *SHEETS)


def required_sheets(kind: FormKind | None) -> tuple[str, ...]:
    """Sheets that a kind of election needs, without the first one."""
    # What the last election was is seldom typed: those sheets are written by an export.
    if kind == "poll":
        return UNITS, CONTESTS, OPTIONS, OFFICES
    lists, justices = kind in {None, "house", "upper"}, kind in {None, "house"}
    left_out = (set() if lists else {LISTS, MEMBERS}) | (set() if justices else {JUSTICES})
    left_out |= set() if kind is None else {OPTIONS}
    left_out |= {LAST, LAST_CONTESTS}
    return tuple(name for name in SHEETS if name not in left_out)
