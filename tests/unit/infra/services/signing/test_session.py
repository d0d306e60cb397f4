"""A challenge signed by a key gives a short session; a revoked key ends it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from aggregates import errors as e
from infra.adapters.event_log.event_codec import canonical
from infra.services.queries.live_read_model import LiveReadModel
from infra.services.signing.known_keys import KnownKeys
from infra.services.signing.office_session import CHALLENGE_SECONDS, SESSION_SECONDS, Sessions
from tests.support import keys
from tests.support import offices as o
from tests.support.posting import SetClock
from tests.support.waiting import SECONDS_MAX
from tests.unit.infra.services.signing.signed_log import SignedLog, sealed


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2024, 10, 27, 12, 0, tzinfo=UTC))


@pytest.fixture
def live(signed: SignedLog) -> Iterator[LiveReadModel]:
    night = LiveReadModel(signed.log)
    night.start()
    yield night
    night.stop()


@pytest.fixture
def sessions(signed: SignedLog, live: LiveReadModel, clock: SetClock) -> Sessions:
    return Sessions(KnownKeys(live, signed.log), live.read, clock)


def answer(nonce: str, *names: str, kind: str = "session", **changes: object) -> bytes:
    usual = {"election": "house50", "environment": "rehearsal", "office": o.CENTRE}
    return sealed(canonical({**usual, "nonce": nonce, **changes}), *names, kind=kind)


def test_a_signed_challenge_gives_a_session(sessions: Sessions, clock: SetClock) -> None:
    opened = sessions.open(answer(sessions.challenge().nonce, "centre-a"))

    assert (opened.office, opened.role) == (o.CENTRE, "centre")
    assert opened.keyid == keys.keyid("centre-a")
    assert sessions.find(opened.token) == opened
    clock.shows += timedelta(seconds=SESSION_SECONDS)
    with pytest.raises(e.SessionUnknown):
        sessions.find(opened.token)


def test_a_session_can_be_ended(sessions: Sessions) -> None:
    opened = sessions.open(answer(sessions.challenge().nonce, "centre-a"))
    sessions.close(opened.token)

    with pytest.raises(e.SessionUnknown):
        sessions.find(opened.token)


def test_a_challenge_is_good_for_one_session(sessions: Sessions) -> None:
    signed_once = answer(sessions.challenge().nonce, "centre-a")
    sessions.open(signed_once)

    with pytest.raises(e.ChallengeUnknown):
        sessions.open(signed_once)


def test_a_challenge_expires(sessions: Sessions, clock: SetClock) -> None:
    nonce = sessions.challenge().nonce
    clock.shows += timedelta(seconds=CHALLENGE_SECONDS)

    with pytest.raises(e.ChallengeUnknown):
        sessions.open(answer(nonce, "centre-a"))


@pytest.mark.parametrize(
    ("refusal", "names", "changes"),
    [
        (e.SignerUnknown, ["stranger"], {}),
        (e.SignerOfAnotherOffice, ["nation-a"], {}),
        (e.SignerOfAnotherOffice, ["centre-a", "nation-a"], {}),
        (e.PayloadTypeWrong, ["centre-a"], {"kind": "post-tally"}),
        (e.ElectionUnknown, ["centre-a"], {"election": "house51"}),
        (e.WrongEnvironment, ["centre-a"], {"environment": "live"}),
        (e.OfficeUnknown, ["centre-a"], {"office": "nobody"}),
        (e.CommandMalformed, ["centre-a"], {"role": "nation"}),
    ],
)
def test_a_wrong_answer_gives_no_session(
    sessions: Sessions, refusal: type[e.Refusal], names: list[str], changes: dict[str, str]
) -> None:
    nonce = sessions.challenge().nonce
    kind = changes.pop("kind", "session")

    with pytest.raises(refusal):
        sessions.open(answer(nonce, *names, kind=kind, **changes))


def test_revoking_the_key_ends_the_session(
    signed: SignedLog, live: LiveReadModel, sessions: Sessions
) -> None:
    opened = sessions.open(answer(sessions.challenge().nonce, "centre-a"))
    receipt = signed.post(keys.revoke(o.CENTRE, "centre-a"), o.NATION, "nation-a")
    assert live.wait_for(receipt.position, SECONDS_MAX)

    with pytest.raises(e.SignerRevoked):
        sessions.find(opened.token)
    with pytest.raises(e.SignerRevoked):
        sessions.open(answer(sessions.challenge().nonce, "centre-a"))


def test_a_key_of_a_moment_ago_is_known(signed: SignedLog, live: LiveReadModel) -> None:
    book = KnownKeys(live, signed.log)
    keyid = keys.keyid("centre-b")
    assert book.keys([keyid]) == {}

    signed.post(keys.enrol(o.CENTRE, "centre-b"), o.NATION, "nation-a")

    assert book.keys([keyid]) == {keyid: keys.key("centre-b").public}
