"""What a definition amounts to, beside what the law says where it says something."""

from collections import Counter

import msgspec

from aggregates.reference.name_folding import fold_shape
from infra.services.importing.definition.definition import Definition
from infra.services.importing.package_kinds import kind_word


class KindRow(msgspec.Struct, frozen=True, kw_only=True):
    """All contests of one kind.

    Attributes:
        kind: In Japanese.
        contests: How many.
        seats: To be filled.
        candidates: Candidates, justices or options.
        lists: Party lists.
        members: Persons on them.
        seats_by_law: Of the same contests, where annexed table 2 of the POEA says so; else None.
    """

    kind: str
    contests: int
    seats: int
    candidates: int
    lists: int
    members: int
    seats_by_law: int | None


class DefinitionSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What a definition amounts to.

    Attributes:
        election: Its code.
        name: Its name.
        environment: live or rehearsal.
        polling_day: ISO 8601.
        parties: Number of parties.
        units: Number of reporting units.
        prefectures: Number of prefectures they lie in.
        offices: Number of offices.
        founders: Codes of those who found it.
        kinds: Per kind of contest.
        commands: How many postings it takes.
        notes: What is allowed and worth a look, in Japanese.
    """

    election: str
    name: str
    environment: str
    polling_day: str
    parties: int
    units: int
    prefectures: int
    offices: int
    founders: tuple[str, ...]
    kinds: tuple[KindRow, ...]
    commands: int
    notes: tuple[str, ...]


def summarize(definition: Definition, commands: int) -> DefinitionSummary | None:
    """The summary; None without an election."""
    if definition.election is None:
        return None
    facts = definition.election.value
    kinds = dict.fromkeys(entry.value.kind for entry in definition.contests)
    law = _seats_by_law(definition)
    return DefinitionSummary(
        election=facts.id,
        name=facts.name,
        environment=facts.environment,
        polling_day=facts.polling_day.isoformat(),
        parties=len(definition.parties),
        units=len(definition.units),
        prefectures=len({entry.value.prefecture for entry in definition.units}),
        offices=len(definition.offices),
        founders=tuple(definition.founders),
        kinds=tuple(_kind_row(definition, kind, law) for kind in kinds),
        commands=commands,
        notes=(*_seat_notes(definition, law), *_ballot_notes(definition), *_poll_notes(definition)),
    )


def _kind_row(definition: Definition, kind: str, law: dict[str, int]) -> KindRow:
    contests = [entry.value for entry in definition.contests if entry.value.kind == kind]
    ids = {contest.id for contest in contests}
    lists = [entry.value for entry in definition.lists if entry.contest in ids]
    people = [entry.contest for entry in definition.candidates]
    people += [entry.contest for entry in definition.justices]
    people += [entry.contest for entry in definition.options]
    rule = definition.find_rule(kind)
    # Options that the kind states stand on no sheet.
    people += [contest.id for contest in contests for _ in (rule.answers if rule else ())]
    known = [law[contest.id] for contest in contests if contest.id in law]
    return KindRow(
        kind=kind_word(definition.package, kind),
        contests=len(contests),
        seats=sum(contest.seats for contest in contests),
        candidates=sum(contest in ids for contest in people),
        lists=len(lists),
        members=sum(len(party_list.members) for party_list in lists),
        seats_by_law=sum(known) if known and len(known) == len(contests) else None,
    )


def _seats_by_law(definition: Definition) -> dict[str, int]:
    """Seats of the blocks that the definition has (POEA, annexed table 2), by contest."""
    if definition.election is None:
        return {}
    found: dict[str, int] = {}
    for contest in (entry.value for entry in definition.contests):
        rule = definition.find_rule(contest.kind)
        seats = rule.block_seats().get(contest.block) if rule is not None else None
        if seats is not None:
            found[contest.id] = seats
    return found


def _seat_notes(definition: Definition, law: dict[str, int]) -> list[str]:
    contests = (entry.value for entry in definition.contests)
    return [
        f"{each.name}：定数 {each.seats} は公職選挙法別表第二の {law[each.id]} と違います。"
        for each in contests
        if each.id in law and each.seats != law[each.id]
    ]


def _ballot_notes(definition: Definition) -> list[str]:
    notes = []
    names: dict[str, list[str]] = {entry.value.id: [] for entry in definition.contests}
    ballots = [(each.contest, each.value.name) for each in definition.candidates]
    ballots += [(each.contest, each.value.name) for each in definition.lists]
    ballots += [(each.contest, each.value.name) for each in definition.justices]
    ballots += [(each.contest, each.value.name) for each in definition.options]
    for contest, name in ballots:
        names[contest].append(name)
    for entry in definition.contests:
        found = names[entry.value.id]
        rule = definition.find_rule(entry.value.kind)
        if not found and (rule is None or not rule.answers):
            notes.append(f"{entry.value.name}：候補者等が一人もいません。")
        elif len(found) <= entry.value.seats and rule is not None and rule.ballot == "persons":
            notes.append(f"{entry.value.name}：候補者が定数以下なので無投票になります。")
        twice = [name for name, many in Counter(map(fold_shape, found)).items() if many > 1]
        notes += [
            f"{entry.value.name}：「{name}」と読める候補者等が二人以上います。"
            "票の取込みではコードで書いてください。"
            for name in twice
        ]
    notes += _unit_notes(definition)
    return notes


def _poll_notes(definition: Definition) -> list[str]:
    """What decides each poll, as its kind has it: an ordinance may say something else."""
    notes = []
    for contest in (entry.value for entry in definition.contests):
        rule = definition.find_rule(contest.kind)
        if rule is None or rule.ballot != "options":
            continue
        words = "最も多い選択肢" if rule.majority == "most" else "有効投票の過半数の選択肢"
        note = f"{contest.name}：{words}に決まります。"
        if rule.quorum is not None:
            part, whole = rule.quorum.share
            of = "当日有権者数" if rule.quorum.of == "electors" else "名簿登録者数"
            note += f"投票総数が{of}の{whole}分の{part}に届かなければ成立しません。"
        notes.append(note)
    return notes


def _unit_notes(definition: Definition) -> list[str]:
    used = {code for entry in definition.contests for code in entry.value.units}
    idle = [entry.value.name for entry in definition.units if entry.value.code not in used]
    return [f"開票区「{name}」は、どの選挙区にも入っていません。" for name in idle]
