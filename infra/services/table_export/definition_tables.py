"""What is registered, as the sheets that `kaihyo import election` reads.

Keys are left out: founders bring their own. So is what was inferred of persons, for it is good for
sums only.
"""

from collections.abc import Iterator

from aggregates.election.ballot import (
    BallotPerson,
    Candidate,
    Justice,
    Member,
    PartyList,
    PollOption,
)
from aggregates.election.contests.contest_facts import CAUSES
from aggregates.election.geography import PLACES
from aggregates.election.identifiers import MunicipalityCode
from aggregates.election.office import ROLES
from infra.services.importing import sheet_layouts as at
from infra.services.importing.package_kinds import kind_word
from infra.services.table_export.previous_tables import Cells, contest_rows, whole_rows
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord

_ENVIRONMENTS = {environment: word for word, environment in at.ENVIRONMENTS.items()}
_UNIT_KINDS = {kind: word for word, kind in at.UNIT_KINDS.items()}
_SEXES = {sex: word for word, sex in at.SEXES.items()}
_STANDINGS = {standing: word for word, standing in at.STANDINGS.items()}


class NotAsTable(Exception):  # noqa: N818 - says what it is
    """Something on record has no row in the sheets of a definition; the sentence says what."""


def definition_tables(state: ElectionState) -> dict[str, list[list[str]]]:
    """Sheet -> its rows, the headings first; sheets without rows are left out.

    Raises:
        NotAsTable: The nation as one unit, which only a replay has.
    """
    register = state.register()
    tables: dict[str, Iterator[Cells]] = {
        at.PARTIES: _parties(state),
        at.UNITS: _units(state),
        at.CONTESTS: _contests(state),
        at.CANDIDATES: _candidates(state),
        at.LISTS: _lists(state),
        at.MEMBERS: _members(state),
        at.JUSTICES: _justices(state),
        at.OPTIONS: _options(state),
        at.OFFICES: _offices(state),
        at.LAST: whole_rows(register.previous, register.package),
        at.LAST_CONTESTS: contest_rows(register.previous),
    }
    found = {at.ELECTION: [[at.FIELD, at.CONTENT], *_election(state)]}
    for sheet, cells in tables.items():
        names = [column.name for column in at.SHEETS[sheet]]
        if rows := [[row.get(name, "") for name in names] for row in cells]:
            found[sheet] = [names, *rows]
    return found


def _election(state: ElectionState) -> Iterator[list[str]]:
    facts = state.register().facts
    yield [at.ID, facts.id]
    yield [at.NAME, facts.name]
    yield [at.ENVIRONMENT, _ENVIRONMENTS[facts.environment]]
    yield [at.POLLING_DAY, facts.polling_day.isoformat()]
    yield [at.UNSIGNED, "認める" if facts.unsigned else "認めない"]


def _parties(state: ElectionState) -> Iterator[Cells]:
    for party in state.register().parties.values():
        yield {"コード": party.id, "名称": party.name, "略称": party.short, "色": party.color or ""}


def _units(state: ElectionState) -> Iterator[Cells]:
    for unit in state.register().units.values():
        if unit.kind not in _UNIT_KINDS:
            raise NotAsTable(f"開票区{unit.code}（{unit.name}）は、定義の表に書けません")
        yield {
            "コード": unit.code,
            "名称": unit.name,
            "都道府県": PLACES[unit.prefecture],
            "種別": _UNIT_KINDS[unit.kind],
            "団体コード": at.SEPARATOR.join(map(MunicipalityCode.from_jis, unit.municipalities)),
        }


def _contests(state: ElectionState) -> Iterator[Cells]:
    blocks = {each: name for name, each in at.BLOCK_NAMES.items()}
    for contest in state.contests.values():
        facts = contest.facts
        yield {
            "コード": facts.id,
            "選挙の種類": kind_word(state.register().package, facts.kind),
            "名称": facts.name,
            "定数": str(facts.seats),
            "議員定数": str(facts.full_seats or ""),
            "任期の長い議員": str(facts.long_seats or ""),
            "事由": at.SEPARATOR.join(CAUSES[each] for each in facts.causes or ()),
            "繰り返す選挙": facts.repeats or "",
            "投票日": facts.polling_day.isoformat() if facts.polling_day else "",
            "都道府県": at.SEPARATOR.join(PLACES[code] for code in facts.prefectures),
            "ブロック": blocks.get(facts.block, facts.block),
            "開票区": at.SEPARATOR.join(facts.units),
        }


def _candidates(state: ElectionState) -> Iterator[Cells]:
    for contest in state.contests.values():
        for person in contest.options.values():
            if isinstance(person, Candidate):
                known = contest.particulars.get(person.id)
                nominated = known is not None and known.nominated
                yield {
                    **_person(contest, person),
                    "党派": person.party,
                    "党派の表記": person.party_label,
                    "重複立候補": person.dual_list or "",
                    "届出政党": at.YES if nominated else "",
                }


def _person(contest: ContestRecord, person: BallotPerson) -> dict[str, str]:
    known = contest.particulars.get(person.id)
    return {
        "コード": person.id,
        "選挙区": contest.facts.id,
        "氏名": person.name,
        "ふりがな": person.kana,
        "戸籍名": person.registered_name,
        "性別": _SEXES[person.sex] if person.sex is not None else "",
        "年齢": str(person.age or ""),
        "新前元": _STANDINGS[person.standing] if person.standing is not None else "",
        "職業": person.occupation,
        "外字氏名": known.filed_name if known is not None else "",
    }


def _party_lists(state: ElectionState) -> Iterator[tuple[ContestRecord, PartyList]]:
    for contest in state.contests.values():
        for option in contest.options.values():
            if isinstance(option, PartyList):
                yield contest, option


def _lists(state: ElectionState) -> Iterator[Cells]:
    for contest, party_list in _party_lists(state):
        yield {
            "コード": party_list.id,
            "選挙区": contest.facts.id,
            "党派": party_list.party,
            "名称": party_list.name,
        }


def _members(state: ElectionState) -> Iterator[Cells]:
    for contest, party_list in _party_lists(state):
        for member in party_list.members:
            yield {
                **_person(contest, member),
                "名簿": party_list.id,
                "党派": member.party,
                "順位": str(member.rank or ""),
                "特定枠": str(member.priority or ""),
                **_dual(member),
            }


def _dual(member: Member) -> dict[str, str]:
    if member.dual is None:
        return {}
    return {"重複する選挙区": member.dual.contest, "重複する候補者": member.dual.candidate}


def _justices(state: ElectionState) -> Iterator[Cells]:
    for contest in state.contests.values():
        for justice in contest.options.values():
            if isinstance(justice, Justice):
                yield {
                    "コード": justice.id,
                    "選挙区": contest.facts.id,
                    "氏名": justice.name,
                    "ふりがな": justice.kana,
                }


def _options(state: ElectionState) -> Iterator[Cells]:
    """Options that are not stated by the kind of the poll."""
    for contest in state.contests.values():
        stated = contest.rule.answers
        for option in contest.options.values():
            if isinstance(option, PollOption) and not stated:
                yield {"コード": option.id, "選挙区": contest.facts.id, "名称": option.name}


def _offices(state: ElectionState) -> Iterator[Cells]:
    for record in state.offices.values():
        facts = record.facts
        yield {
            "コード": facts.id,
            "名称": facts.name,
            "役割": ROLES[facts.role],
            "都道府県": PLACES[facts.prefecture] if facts.prefecture else "",
            "上級機関": facts.parent or "",
            "開票区": at.SEPARATOR.join(facts.units),
            "署名の数": str(facts.signatures_required),
            "設立": at.YES if record.founder else "",
        }
