"""Events of counts and turnouts: the mass of the night, so each costs as little as can be."""

from aggregates import count as counts
from aggregates import turnout as turnouts
from aggregates.base import Event
from projections.state import CountRecord, NightState


def _count_event(night: NightState, event: Event, position: int) -> CountRecord:
    count = night.counts[event.originator_id]
    count.history.append((position, event))
    count.position = position
    versions = night.versions
    for document in count.documents:
        versions[document] = position
    return count


def opened(night: NightState, event: counts.CountOpened, position: int) -> None:
    _count_event(night, event, position)


def tally(night: NightState, event: counts.TallyEvent, position: int) -> None:
    count = _count_event(night, event, position)
    count.tally = event.tally
    count.as_of = event.as_of
    count.final = event.is_final
    count.state = "final" if count.final else "interim"
    count.group.clear_sums()
    count.contest.clear_sums()


def tally_corrected(night: NightState, event: counts.TallyCorrected, position: int) -> None:
    tally(night, event, position)
    night.correct(event, position)


def confirmed(night: NightState, event: counts.CountConfirmed, position: int) -> None:
    _count_event(night, event, position).state = "confirmed"


def returned(night: NightState, event: counts.CountReturned, position: int) -> None:
    count = _count_event(night, event, position)
    count.state = "returned"
    count.group.clear_sums()
    count.contest.clear_sums()


def turnout_reported(night: NightState, event: turnouts.TurnoutEvent, position: int) -> None:
    place = night.turnouts[event.originator_id]
    turnout = place.turnout
    turnout.figures = event.figures
    turnout.as_of = event.as_of
    turnout.final = event.is_final
    turnout.position = position
    turnout.history.append((position, event))
    place.group.clear_turnout()
    place.contest.clear_turnout()
    night.touch(position, *place.documents)


def turnout_corrected(night: NightState, event: turnouts.TurnoutCorrected, position: int) -> None:
    turnout_reported(night, event, position)
    night.turnouts[event.originator_id].turnout.final = event.final
    night.correct(event, position)
