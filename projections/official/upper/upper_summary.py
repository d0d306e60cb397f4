"""The nation's result of an Upper House election."""

from projections.documents.models import decimal
from projections.official.replay_summary import National, Seats
from projections.official.tables.official_rows import INDEPENDENT
from projections.official.upper.upper_ledger import UpperLedger


def upper_national_result(ledger: UpperLedger) -> National:
    """Votes and declared seats of the nation, seats of the other half among those of districts."""
    parties = ledger.plan.register.parties
    names = {key: party.name for key, party in parties.items()} | {"": INDEPENDENT}
    seats = {
        key: Seats(
            sum(1 for each in ledger.winners if each.party == key and each.section == "district"),
            sum(1 for each in ledger.winners if each.party == key and each.section == "list"),
        )
        for key in names
    }
    return National(
        district_votes=decimal(sum(each.votes for each in ledger.votes)),
        list_votes=decimal(sum(ledger.list_votes().values())),
        seats={names[key]: won for key, won in seats.items() if won.district or won.list},
    )
