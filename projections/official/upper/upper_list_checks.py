"""Tables of the national list: votes, seats, members in their order, D'Hondt quotients."""

from aggregates.law.lists.apportionment import apportion, quotient_as_printed
from projections.documents.models import decimal
from projections.official.checks.comparison_book import Book
from projections.official.tables.official_rows import party_key
from projections.official.upper.upper_ledger import UpperLedger
from projections.official.upper.upper_register import NATIONAL_LIST


def check_upper_lists(ledger: UpperLedger, book: Book) -> None:
    """Compare every table of the national list."""
    _lists(ledger, book)
    _members(ledger, book)
    _quotients(ledger, book)


def _lists(ledger: UpperLedger, book: Book) -> None:
    votes, seats = ledger.list_votes(), ledger.results.list_seats(NATIONAL_LIST)
    ids = {each.party: each.party_list.id for each in ledger.plan.register.lists}
    for row in ledger.plan.folder.tables["lists"]:
        party = party_key(row.text("party"))
        key, ours = row.text("party"), decimal(votes.get(party, 0))
        book.compare("lists", f"{key} 得票数", decimal(row.votes("votes")), ours)
        won = str(seats.get(ids.get(party, ""), 0))
        book.compare("lists", f"{key} 当選人数", str(row.whole("seats")), won)


def _members(ledger: UpperLedger, book: Book) -> None:
    votes = ledger.results.votes(NATIONAL_LIST)
    elected = ledger.results.elected_options(NATIONAL_LIST)
    for standing in ledger.plan.register.lists:
        own = {member.id for _, member in standing.members}
        winners = [each for each in elected if each in own]
        for row, member in standing.members:
            key = f"{standing.party} {row.name}"
            if row.votes is not None:
                ours = decimal(votes.get(member.id, 0))
                book.compare("list_members", f"{key} 得票数", decimal(row.votes), ours)
            place = str(winners.index(member.id) + 1) if member.id in winners else ""
            official = row.row.text("elected_order")
            book.compare("list_members", f"{key} 当選順位", official, place)


def _quotients(ledger: UpperLedger, book: Book) -> None:
    """Every printed quotient and rank; every seat of ours must be printed too."""
    votes, register = ledger.list_votes(), ledger.plan.register
    members = {each.party: len(each.members) for each in register.lists}
    awards = apportion(votes, register.list_seats, members).awards
    ranks = {(award.party, award.divisor): award.rank for award in awards}
    for row in ledger.plan.folder.tables["dhondt_quotients"]:
        party, divisor = party_key(row.text("party")), row.whole("divisor")
        key = f"{row.text('party')} ÷{divisor}"
        ours = decimal(quotient_as_printed(votes.get(party, 0), max(divisor, 1)))
        book.compare("dhondt_quotients", f"{key} 商", decimal(row.votes("quotient")), ours)
        rank = str(ranks.pop((party, divisor), ""))
        book.compare("dhondt_quotients", f"{key} 順位", row.text("seat_rank"), rank)
    for (party, divisor), rank_left in ranks.items():
        book.compare("dhondt_quotients", f"{party} ÷{divisor} 順位", "", str(rank_left))
