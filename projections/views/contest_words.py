"""What a contest calls its units and options, for tables that somebody chooses on a page."""

from aggregates.election.ballot import Candidate, PartyList
from aggregates.reference.name_folding import fold_width
from projections.office_tables.vocabulary import ContestWords, TableVocabulary
from projections.state.election_state import ElectionState


def table_words(state: ElectionState, contest: str) -> TableVocabulary | None:
    """Words of one contest; None when there is no such contest."""
    record = state.contests.get(contest)
    if record is None:
        return None
    register = state.register()
    options: dict[str, tuple[str, ...]] = {}
    members: dict[str, tuple[str, ...]] = {}
    for option in record.options.values():
        options[option.id] = (option.name,)
        if isinstance(option, Candidate):
            options[option.id] = tuple(filter(None, (option.name, option.registered_name)))
        if isinstance(option, PartyList) and record.rule.ballot == "open-lists":
            members |= {each.id: (each.name,) for each in option.members}
    words = ContestWords(
        contest=contest,
        name=record.facts.name,
        kind=record.rule.name,
        polling_day=record.facts.polling_day or register.facts.polling_day,
        units={code: register.units[code].name for code in record.facts.units},
        options=options | members,
        members=frozenset(members),
        withdrawn=frozenset(record.withdrawn),
        are_lists=record.rule.is_list,
        is_review=record.rule.ballot == "justices",
    )

    parties = (name for each in register.parties.values() for name in (each.name, each.short))
    return TableVocabulary((words,), frozenset(map(fold_width, parties)))
