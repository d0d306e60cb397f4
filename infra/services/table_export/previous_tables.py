"""What the last election was, as the two sheets that `kaihyo import` reads."""

from collections import Counter
from collections.abc import Iterator, Mapping

from aggregates.election.particulars import (
    HeldSeats,
    PreviousContest,
    PreviousElection,
    PreviousHolder,
)
from aggregates.rule_package.package import RulePackage
from infra.services.importing import sheet_layouts as at
from infra.services.importing.package_kinds import kind_word
from projections.documents.models import decimal

Cells = Mapping[str, str]
"""A row: column -> text; what is not there is blank."""

_ITEMS = {item: word for word, item in at.LAST_ITEMS.items()}
_LINES = {item: word for word, item in at.LAST_LINES.items()}
_RELATIONS = {relation: word for word, relation in at.RELATIONS.items()}
_SCOPES = {scope: word for word, scope in at.LAST_SCOPES.items()}


def whole_rows(previous: PreviousElection, package: RulePackage) -> Iterator[Cells]:
    """Rows of the last election as a whole."""
    if previous.name:
        yield {"項目": _ITEMS["name"], "内容": previous.name}
    if previous.polling_day is not None:
        yield {"項目": _ITEMS["polling_day"], "内容": previous.polling_day.isoformat()}
    if (log := previous.log) is not None:
        yield {"項目": _ITEMS["log"], "内容": f"{log.election} {log.size} {log.root}"}
    for item in ("won", "before", "continuing"):
        held: tuple[HeldSeats, ...] = getattr(previous, item)
        for each in held:
            yield {
                "項目": _ITEMS[item],
                "党派": each.party,
                "名称": each.name,
                "議席": str(each.seats),
            }
    for rate in previous.rates:
        yield {
            "項目": _ITEMS["rates"],
            "選挙の種類": kind_word(package, rate.kind),
            "地域": rate.area,
            "範囲": _SCOPES[rate.scope],
            "男": _percent(rate.male),
            "女": _percent(rate.female),
            "計": _percent(rate.total),
        }
    for votes in previous.votes:
        yield {
            "項目": _ITEMS["votes"],
            "選挙の種類": kind_word(package, votes.kind),
            "党派": votes.party,
            "名称": votes.name,
            "得票": decimal(votes.votes),
        }


def contest_rows(previous: PreviousElection) -> Iterator[Cells]:
    """Rows of every contest, each with one for what it is beside its predecessor."""
    for contest in previous.contests:
        for cells in _contest_rows(contest):
            yield {"選挙区": contest.contest, **cells}


def _contest_rows(contest: PreviousContest) -> Iterator[Cells]:
    relation = _RELATIONS[contest.relation]
    yield {"項目": _LINES["relation"], "関係": relation, "名称": contest.name}
    for holder in _distinct(contest.holders):
        yield {
            "項目": _LINES["holder"],
            "氏名": holder.name,
            "党派": holder.party,
            "党派の名称": holder.party_name,
            "議席": str(holder.seats),
        }
    for share in contest.votes:
        yield {
            "項目": _LINES["share"],
            "氏名": share.name,
            "党派": share.party,
            "党派の名称": share.party_name,
            "得票": decimal(share.votes),
        }
    for turnout in contest.turnout:
        rate = _percent(turnout.rate)
        yield {"項目": _LINES["turnout"], "時刻": turnout.at, "投票率": rate}


def _distinct(holders: tuple[PreviousHolder, ...]) -> Iterator[PreviousHolder]:
    """Holders without a name stand once, with all their seats: two equal rows mean one thing."""
    seats = Counter[tuple[str, str, str]]()
    for each in holders:
        seats[(each.name, each.party, each.party_name)] += each.seats
    for (name, party, party_name), number in seats.items():
        yield PreviousHolder(name=name, party=party, party_name=party_name, seats=number)


def _percent(rate: int) -> str:
    return f"{rate // 100}.{rate % 100:02d}"
