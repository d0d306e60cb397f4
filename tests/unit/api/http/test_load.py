"""What one reader may take, and what everybody may."""

import pytest

from api.cli.common.options import settings_with
from api.cli.common.server import serve_in_background
from api.http.app_state import AppState
from api.http.limits.client_address import TrustedProxies
from api.http.limits.rate_limits import OpenStreams, RateLimit
from tests.support.lines import client_of
from tests.support.ports import free_port
from tests.support.waiting import wait_until
from tests.unit.api.reading import BASE, get, require_problem


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_client_that_asks_too_often_waits_and_others_do_not() -> None:
    clock = Hand()
    limit = RateLimit(2, 3, clock)

    assert [limit.seconds_to_wait("a") for _ in range(4)] == [0, 0, 0, 1]
    assert limit.seconds_to_wait("b") == 0
    clock.now = 0.5
    assert limit.seconds_to_wait("a") == 0
    assert limit.seconds_to_wait("a") == 1
    clock.now = 100.0
    assert [limit.seconds_to_wait("a") for _ in range(4)] == [0, 0, 0, 1]


def test_too_many_requests_are_told_when_to_come_back(services: AppState) -> None:
    limited = AppState(services.log, services.live, RateLimit(0.5, 2, Hand()))
    with (
        serve_in_background(limited, settings_with(None, port=free_port())) as address,
        client_of(address) as reader,
    ):
        answers = [get(reader, "national.json") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["retry-after"] == "2"
    assert answers[-1].json()["type"] == "urn:kaihyo:http:429"
    assert limited.counts.limited == 1


def test_limits_count_by_the_client_that_a_trusted_proxy_names(services: AppState) -> None:
    for trusted, expected in (
        ("127.0.0.1", [200, 200, 429, 200]),
        ("10.0.0.1", [200, 200, 429, 429]),
    ):
        limited = AppState(services.log, services.live, RateLimit(0.01, 2))
        settings = settings_with(None, port=free_port(), trusted_proxies=trusted)
        with (
            serve_in_background(limited, settings) as address,
            client_of(address) as reader,
        ):
            answers = [
                get(reader, "national.json", **{"x-forwarded-for": client})
                for client in ("192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2")
            ]
        assert [answer.status_code for answer in answers] == expected
        assert int(answers[2].headers["retry-after"]) > 1


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "client"),
    [
        ("127.0.0.1", "127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "198.51.100.1", "192.0.2.7", "198.51.100.1"),  # says it himself
        # Only what trusted proxies added counts, from the right.
        ("127.0.0.1", "127.0.0.1", "203.0.113.9, 192.0.2.7", "192.0.2.7"),
        ("127.0.0.1, 10.0.0.0/8", "127.0.0.1", "203.0.113.9,192.0.2.7 , 10.1.2.3", "192.0.2.7"),
        ("10.0.0.0/8,fd00::/8", "fd00::5", "2001:db8::1", "2001:db8::1"),
        ("10.0.0.0/8", "10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"),
        ("*", "198.51.100.1", "192.0.2.7", "192.0.2.7"),
        ("", "127.0.0.1", "192.0.2.7", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", " , ", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "not an address", "not an address"),
        # Some proxies write the port, which differs with every connection.
        ("127.0.0.1", "127.0.0.1", "192.0.2.7:50123", "192.0.2.7"),
        ("127.0.0.1", "127.0.0.1", "[2001:db8::1]:50123", "2001:db8::1"),
        ("127.0.0.1, 10.0.0.0/8", "127.0.0.1", "192.0.2.7, 10.1.2.3:443", "192.0.2.7"),
    ],
)
def test_the_client_is_who_the_last_trusted_proxy_saw(
    trusted: str, peer: str, forwarded: str, client: str
) -> None:
    assert TrustedProxies(trusted).client(peer, forwarded.encode()) == client


def test_a_proxy_that_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="nginx"):
        TrustedProxies("nginx")


@pytest.mark.parametrize(
    ("streams", "status"), [(OpenStreams(1, 0), 503), (OpenStreams(0, 1), 429)]
)
def test_streams_have_a_budget(services: AppState, streams: OpenStreams, status: int) -> None:
    full = AppState(services.log, services.live, streams=streams)
    with (
        serve_in_background(full, settings_with(None, port=free_port())) as address,
        client_of(address) as reader,
    ):
        # Given a stream that is open
        with reader.stream("GET", f"{BASE}/stream") as first:
            chunks = first.iter_raw()
            assert next(chunks)
            # When another one is asked for, it is told what to do instead
            second = get(reader, "stream")
            require_problem(second, status)
            assert second.headers["retry-after"] == "30"
            assert "head.json" in second.json()["detail"]
        # Then there is room again when it is left
        wait_until(lambda: streams.has_room() and streams.has_room_for("127.0.0.1"))
        with reader.stream("GET", f"{BASE}/stream") as third:
            assert third.status_code == 200
    assert streams.refused == 1
