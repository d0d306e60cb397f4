"""What front page, frame and large screen show of an election as a whole, by its kinds."""

from aggregates.rule_package.kind_rule import KindRule
from api.web.page_request import Context
from api.web.seat_bar import seat_bar, whole_bar
from api.web.tile_map import HEIGHT, SIDE, WIDTH, tiles
from projections.documents import document_parts
from projections.documents.contest_row import ContestRow, contest_row
from projections.documents.overview import NationalDocument
from projections.documents.render import build
from projections.documents.whole_election.seats_document import seats_in
from projections.election_projection import ElectionProjection
from projections.state.records import ContestRecord
from projections.views.whole_election.election_shape import election_shape
from projections.views.whole_election.seat_balance import seat_balance

_RACES_MAX = 6
"""Contests whose candidates or options the front page names: a city's, by-elections, polls."""
_HEADS_MAX = 12
"""Governors and mayors are named beside so many contests of an assembly."""


def overview_parts(state: ElectionProjection, mode: str = "votes") -> Context:
    """The election as a whole.

    Args:
        state: What the log says so far.
        mode: What colours the map: `votes` or `progress`.
    """
    document = build(state, "national")
    if not isinstance(document, NationalDocument):
        raise TypeError(document)
    shape = election_shape(state)
    # Nobody stands for a party in a poll: a map shows how far it is, and nothing else.
    only_polls = bool(state.contests) and all(_is_poll(each) for each in state.contests.values())
    mode = "progress" if only_polls else mode
    chamber = shape.chamber
    seats = seats_in(state, chamber.contests, document.head) if chamber is not None else None
    balance = seat_balance(seats, document_parts.INDEPENDENT) if seats is not None else None
    kinds = [tier.kind for tier in document.tiers]
    kind = next((each for each in (*_find_coloured(state), *kinds) if each in kinds), "")
    return {
        "document": document,
        "shape": shape,
        "seats": seats,
        "balance": balance,
        "whole_bar": whole_bar(seats, balance)
        if seats and balance and balance.continuing
        else None,
        "bar": seat_bar(seats, has_majority=chamber.has_majority) if seats and chamber else None,
        "tiles": tiles(document.prefectures) if shape.is_national else [],
        "map": {"width": WIDTH, "height": HEIGHT, "side": SIDE, "mode": mode, "kind": kind},
        "races": _races(state),
        "only_polls": only_polls,
    }


def _races(state: ElectionProjection) -> list[ContestRow]:
    """Contests with their candidates, where so few are held that there is room for names."""
    held = [each for each in state.contests.values() if each.facts.seats or _is_poll(each)]
    heads = [contest for contest in held if _elects_head(state, contest.rule)]
    chosen = held if len(held) <= _RACES_MAX else heads[:_HEADS_MAX]
    return [contest_row(state, each) for each in chosen]


def _is_poll(contest: ContestRecord) -> bool:
    return contest.rule.ballot == "options"


def _find_coloured(state: ElectionProjection) -> list[str]:
    """Kinds whose most votes colour the map: of persons, by prefecture; heads after chambers."""
    register = state.register()
    rules = register.package.rules_on(register.facts.polling_day).values()
    found = [r for r in rules if r.ballot == "persons" and r.managed_by == "prefecture"]
    return [rule.kind for rule in sorted(found, key=lambda rule: _elects_head(state, rule))]


def _elects_head(state: ElectionProjection, rule: KindRule) -> bool:
    """Whether the one seat is a governor's or a mayor's, not that of a district of a chamber."""
    is_one = rule.ballot == "persons" and rule.seats == "one"
    return is_one and rule.kind not in state.register().package.dual_kinds()
