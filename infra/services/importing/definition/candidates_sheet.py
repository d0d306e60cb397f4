"""The tables of candidates, lists with their members, justices, and options of polls."""

from typing import Any, Final

import msgspec

from aggregates.election.ballot import (
    Age,
    Candidate,
    DualCandidacy,
    Justice,
    Member,
    PartyList,
    PollOption,
)
from aggregates.election.identifiers import OptionalText, OptionId, Text
from aggregates.election.particulars import Particulars
from aggregates.reference.name_folding import fold_width
from infra.services.importing import sheet_layouts as at
from infra.services.importing.definition.contests_sheet import PlacedContest
from infra.services.importing.definition.definition import Definition, DefinitionEntry, key
from infra.services.importing.definition.units_sheet import TEXT_RULE
from infra.services.importing.name_matching import KnownNames, Names
from infra.services.importing.table_rows import CODE_RULE, SheetRow
from projections.office_tables.number_parsing import whole

_LONG: Final = "200字までです。"
_RANK: Final = 999
_PRIORITY: Final = 99
_OPTIONS: Final = range(2, 21)
_OPTIONS_NEEDED: Final = "選択肢が {number} です。選択肢の表に、二つから二十まで記入してください。"

CandidateNames = dict[str, Names[str]]
"""Per contest: codes of its candidates by code or name."""


def read_candidates(
    rows: list[SheetRow], contests: Names[PlacedContest], parties: Names[str], into: Definition
) -> CandidateNames:
    """Candidates in the order of their rows, which is that of the ballot notice."""
    numbers: dict[str, int] = {}
    known: dict[str, list[KnownNames[str]]] = {}
    for row in rows:
        contest = _find_contest(row, contests)
        code = _row_code(row, contest.code if contest else "", numbers)
        name = row.required("氏名")
        party = row.found("党派", parties) or ""
        dual = row.found("重複立候補", contests)
        if dual is not None and (dual.rule is None or not dual.rule.dual_kind):
            row.fault("重複立候補", "比例代表（衆議院）の選挙区を記入してください。")
        person = _person(row, code, party, label=row.text("党派の表記"))
        nominated = row.choice("届出政党", {at.YES: True})
        if contest is None:
            continue
        known.setdefault(contest.code, []).append(
            KnownNames(code, (name, row.text("戸籍名")), code)
        )
        needs = [key(at.CONTESTS, contest.code)] + ([key(at.PARTIES, party)] if party else [])
        if not row.sound:
            into.broken.add(key(at.CANDIDATES, f"{contest.code} {code}"))
            continue
        value = Candidate(**person, dual_list=dual.code if dual is not None else None)
        into.candidates.append(DefinitionEntry(row.place, value, tuple(needs), contest.code))
        noted = _particulars(row, code, nominated=nominated)
        need = key(at.CANDIDATES, f"{contest.code} {code}")
        _note(DefinitionEntry(row.place, noted, (need,), contest.code), into)
    return {contest: Names("候補者", found) for contest, found in known.items()}


def read_lists(
    rows: list[SheetRow], contests: Names[PlacedContest], parties: Names[str]
) -> "list[ListDraft]":
    """Party lists, whose members stand on a table of their own."""
    return [_list(row, contests, parties) for row in rows]


def read_members(
    rows: list[SheetRow],
    drafts: "list[ListDraft]",
    contests: Names[PlacedContest],
    candidates: CandidateNames,
    *,
    parties: Names[str],
    into: Definition,
) -> None:
    """Members, and with them the lists as they are complete."""
    by_contest: dict[str, list[KnownNames[ListDraft]]] = {}
    for draft in drafts:
        known = KnownNames(draft.code, (draft.name, draft.party), draft)
        by_contest.setdefault(draft.contest, []).append(known)
    names = {contest: Names("名簿", found) for contest, found in by_contest.items()}
    for row in rows:
        _read_member(row, contests, names, candidates, parties)
    for draft in drafts:
        _add_list(draft, into)


class ListDraft:
    """A list with its row, faulty or not, while its members are being found."""

    def __init__(self, row: SheetRow, contest: str, code: str, name: str, party: str) -> None:
        self.row = row
        self.contest = contest
        self.code = code
        self.name = name
        self.party = party
        self.members: list[tuple[SheetRow, Member]] = []
        self.numbers: dict[str, int] = {}
        self.sound = True


def _list(row: SheetRow, contests: Names[PlacedContest], parties: Names[str]) -> ListDraft:
    contest = _find_contest(row, contests)
    row.required("党派")
    party = row.found("党派", parties) or ""
    name = row.required("名称")
    if name:
        row.typed("名称", Text, TEXT_RULE)
    if contest is not None and contest.rule is not None and not contest.rule.is_list:
        row.fault("選挙区", f"「{contest.name}」は名簿で行う選挙ではありません。")
    where = contest.code if contest is not None else ""
    code = fold_width(row.text("コード")) or f"{_slug(where)}-{party}"
    row.typed("コード", OptionId, CODE_RULE, code)
    return ListDraft(row, where, code, name, party)


def _read_member(
    row: SheetRow,
    contests: Names[PlacedContest],
    lists: dict[str, Names[ListDraft]],
    candidates: CandidateNames,
    parties: Names[str],
) -> None:
    contest = _find_contest(row, contests)
    row.required("名簿")
    party_list = None
    if contest is not None:
        party_list = row.found("名簿", lists.get(contest.code, Names("名簿", ())))
    code = _row_code(row, party_list.code, party_list.numbers, digits=2) if party_list else ""
    name = row.required("氏名")
    rank = _small(row, "順位", _RANK)
    priority = _small(row, "特定枠", _PRIORITY)
    dual = _dual(row, name, contests, candidates)
    person = _person(row, code, row.found("党派", parties) or "", label="")
    if party_list is None:
        return
    party_list.sound = party_list.sound and row.sound
    if row.sound:
        member = Member(**person, rank=rank or 0, priority=priority, dual=dual)
        party_list.members.append((row, member))


def _dual(
    row: SheetRow, name: str, contests: Names[PlacedContest], candidates: CandidateNames
) -> DualCandidacy | None:
    contest = row.found("重複する選挙区", contests)
    column = "重複する候補者"
    if contest is None:
        if row.text(column):
            row.fault("重複する選挙区", "空欄です。小選挙区を記入してください。")
        return None
    written = row.text(column) or name
    found = row.found(column, candidates.get(contest.code, Names("候補者", ())), written)
    return DualCandidacy(contest.code, found) if found is not None else None


def _add_list(draft: ListDraft, into: Definition) -> None:
    if not draft.row.sound or not draft.sound:
        into.broken.add(key(at.LISTS, draft.code))
    if not draft.row.sound:
        return
    # Nothing is sent while a member is at fault; faults of the others are reported, too.
    members = tuple(member for _, member in draft.members)
    value = PartyList(id=draft.code, name=draft.name, party=draft.party, members=members)
    needs = [key(at.CONTESTS, draft.contest), key(at.PARTIES, draft.party)]
    needs += [key(at.CANDIDATES, f"{m.dual.contest} {m.dual.candidate}") for m in members if m.dual]
    parts = {member.id: row.place for row, member in draft.members}
    into.lists.append(DefinitionEntry(draft.row.place, value, tuple(needs), draft.contest, parts))
    for row, member in draft.members:
        noted = _particulars(row, member.id)
        _note(DefinitionEntry(row.place, noted, (key(at.LISTS, draft.code),), draft.contest), into)


def read_justices(
    rows: list[SheetRow],
    contests: Names[PlacedContest],
    found: list[PlacedContest],
    into: Definition,
) -> None:
    """Justices under review."""
    reviews = [each for each in found if each.rule is not None and each.rule.ballot == "justices"]
    numbers: dict[str, int] = {}
    for row in rows:
        contest = row.found("選挙区", contests)
        if not row.text("選挙区"):
            contest = reviews[0] if len(reviews) == 1 else None
            if contest is None:
                row.fault("選挙区", "空欄です。国民審査の選挙区を記入してください。")
        code = _row_code(row, contest.code if contest else "", numbers)
        if row.required("氏名"):
            row.typed("氏名", Text, TEXT_RULE)
        row.typed("ふりがな", OptionalText, _LONG)
        if contest is not None and row.sound:
            value = Justice(id=code, name=row.text("氏名"), kana=row.text("ふりがな"))
            needs = (key(at.CONTESTS, contest.code),)
            into.justices.append(DefinitionEntry(row.place, value, needs, contest.code))


def read_options(
    rows: list[SheetRow],
    contests: Names[PlacedContest],
    found: list[PlacedContest],
    into: Definition,
) -> None:
    """Options of polls; what the kind states of all its polls is not asked again."""
    numbers: dict[str, int] = {}
    for row in rows:
        contest = _find_contest(row, contests)
        code = _row_code(row, contest.code if contest else "", numbers)
        if row.required("名称"):
            row.typed("名称", Text, TEXT_RULE)
        if contest is not None and contest.answers:
            told = "・".join(contest.answers)
            row.fault("選挙区", f"選択肢は {told} と決まっています。行を消してください。")
        if contest is not None and row.sound:
            value = PollOption(id=code, name=row.text("名称"))
            needs = (key(at.CONTESTS, contest.code),)
            into.options.append(DefinitionEntry(row.place, value, needs, contest.code))
    for contest in (each for each in found if each.is_poll and not each.answers):
        if (number := numbers.get(contest.code, 0)) not in _OPTIONS:
            contest.row.fault("", _OPTIONS_NEEDED.format(number=number))


# --- cells ----------------------------------------------------------------------------------


def _find_contest(row: SheetRow, contests: Names[PlacedContest]) -> PlacedContest | None:
    row.required("選挙区")
    return row.found("選挙区", contests)


def _slug(code: str) -> str:
    return code.partition("/")[2] or code


def _row_code(row: SheetRow, of: str, numbers: dict[str, int], digits: int = 1) -> str:
    """The code of a row, or the code of what it belongs to and its number there."""
    numbers[of] = numbers.get(of, 0) + 1
    code = fold_width(row.text("コード")) or f"{_slug(of)}-{numbers[of]:0{digits}d}"
    if of:
        row.typed("コード", OptionId, CODE_RULE, code)
    return code


def _small(row: SheetRow, column: str, most: int) -> int | None:
    value = row.read(column, whole)
    if value is not None and not 1 <= value <= most:
        row.fault(column, f"1から{most}までです。")
    return value


def _person(row: SheetRow, code: str, party: str, *, label: str) -> dict[str, Any]:
    """Particulars of a person, every cell checked by the type of its field."""
    if row.text("氏名"):
        row.typed("氏名", Text, TEXT_RULE)
    for column in ("ふりがな", "戸籍名", "職業", "党派の表記", "外字氏名"):
        row.typed(column, OptionalText, _LONG)
    age = row.read("年齢", whole)
    if age is not None:
        try:
            msgspec.convert(age, Age)
        except msgspec.ValidationError:
            row.fault("年齢", f"「{age}」は使えません。18から130までです。")
    return {
        "id": code,
        "name": row.text("氏名"),
        "registered_name": row.text("戸籍名"),
        "kana": row.text("ふりがな"),
        "party": party,
        "party_label": label,
        "sex": row.choice("性別", at.SEX_WORDS),
        "age": age,
        "standing": row.choice("新前元", at.STANDING_WORDS),
        "occupation": row.text("職業"),
    }


def _particulars(row: SheetRow, option: str, *, nominated: bool | None = None) -> Particulars:
    return Particulars(option=option, filed_name=row.text("外字氏名"), nominated=nominated)


def _note(entry: DefinitionEntry[Particulars], into: Definition) -> None:
    """Particulars that say something."""
    if entry.value != Particulars(option=entry.value.option):
        into.particulars.append(entry)
