"""A copied night: the same documents, and a way of its own from there on."""

import pytest

from projections.documents.render import digest
from projections.election_projection import ElectionProjection
from projections.snapshots import NotCopied, copy_projection
from tests import builders as b
from tests.support import keys
from tests.support import offices as o
from tests.unit.projections.nights import Office, folded
from tests.unit.projections.streams import random_night


@pytest.mark.parametrize("defined", [b.HOUSE, b.UPPER_LIST, b.GOVERNOR_RACE])
@pytest.mark.parametrize("seed", range(6))
def test_a_copy_goes_on_like_the_original(
    defined: tuple[dict[str, object], ...], seed: int
) -> None:
    events = random_night(defined, seed).events
    for cut in range(1, len(events), 7):
        night = folded(events[:cut])
        before = digest(night)

        copy = copy_projection(night)
        copy.apply_all(enumerate(events[cut:], start=cut + 1))

        assert digest(copy) == digest(folded(events))
        assert digest(night) == before, "the copy changed the original"
        night.apply_all(enumerate(events[cut:], start=cut + 1))
        assert digest(night) == digest(copy)


def test_offices_and_their_keys_are_copied_and_go_their_own_way() -> None:
    events = Office(
        b.election(), o.register(o.TOKYO, "prefecture", prefecture="13"),
        keys.enrol(o.TOKYO, "tokyo-a"),
    ).events  # fmt: skip
    night = folded(events[:-1])

    copy = copy_projection(night)
    copy.apply(events[-1], len(events))

    assert digest(copy) == digest(folded(events))
    assert (len(copy.keys), len(night.keys)) == (1, 0)
    assert [len(each.offices[o.TOKYO].keys) for each in (night, copy)] == [0, 1]


def test_what_is_not_known_is_not_copied() -> None:
    night = ElectionProjection()
    night.versions = {"national": {1}}  # type: ignore[dict-item]

    with pytest.raises(NotCopied, match="set"):
        copy_projection(night)
