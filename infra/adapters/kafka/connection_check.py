"""Whether the brokers let this process in, asked once at the start.

The client library keeps trying behind a wrong certificate or password and says only that it could
not connect. Here one connection is made by hand, as far as the login (KIP-152: SaslHandshake v1,
SaslAuthenticate v0), so that what will never work is said at once; what may come back is waited
for.
"""

import socket
import ssl
import struct
from contextlib import closing

from kafka.net.sasl import get_sasl_mechanism

from infra.adapters.kafka.kafka_settings import KafkaSettings

_CONNECT_SECONDS_MAX = 3.0
_ANSWER_BYTES_MAX = 65_536
_HEADER_BYTES = 8
"""The length of an answer, and the number of its request, which the length counts in."""
_NUMBER_BYTES = 4
_HANDSHAKE = 17, 1
_AUTHENTICATE = 36, 0
_UNSUPPORTED_MECHANISM = 33
_CLIENT = b"kaihyo"


class BrokersRefuse(Exception):  # noqa: N818 - it says what is the case
    """The brokers will not let this process in with these credentials; the message says why."""


def require_admission(settings: KafkaSettings) -> None:
    """Try to come in at the first broker that answers; one that does not answer may come back.

    Raises:
        BrokersRefuse: Its certificate is not trusted, or it does not know the user or password.
    """
    for place in settings.brokers.split(","):
        host, _, port = place.strip().rpartition(":")
        try:
            line = socket.create_connection((host, int(port)), timeout=_CONNECT_SECONDS_MAX)
        except (OSError, ValueError):
            continue
        with closing(line):
            if _came_in(line, host, place, settings):
                return


def _came_in(line: socket.socket, host: str, place: str, settings: KafkaSettings) -> bool:
    """Whether this broker could be asked to the end."""
    try:
        if settings.security.endswith("SSL"):
            line = _context(settings).wrap_socket(line, server_hostname=host)
        if settings.security.startswith("SASL"):
            _log_in(line, settings)
    except ssl.SSLCertVerificationError as error:
        raise BrokersRefuse(f"{place}: its certificate: {error.verify_message}") from error
    except ssl.SSLError as error:
        raise BrokersRefuse(f"{place}: no TLS as it is set here: {error.reason}") from error
    except (OSError, EOFError):
        return False
    return True


def _context(settings: KafkaSettings) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=settings.ca_file)
        if settings.cert_file is not None:
            context.load_cert_chain(settings.cert_file, settings.key_file)
    except (OSError, ssl.SSLError) as error:
        raise BrokersRefuse(f"certificates of KAIHYO_KAFKA_*_FILE: {error}") from error
    return context


def _log_in(line: socket.socket, settings: KafkaSettings) -> None:
    name = settings.sasl_mechanism
    answer = _ask(line, _HANDSHAKE, _text(name.encode()))
    if answer[:2] == struct.pack(">h", _UNSUPPORTED_MECHANISM):
        raise BrokersRefuse(f"{name} is not among the ways to log in there")
    mechanism = get_sasl_mechanism(name)(**settings.connection())
    while not mechanism.is_done():
        sent = mechanism.auth_bytes()
        answer = _ask(line, _AUTHENTICATE, struct.pack(">i", len(sent)) + sent)
        code, length = struct.unpack_from(">hh", answer)
        if code:
            why = answer[4 : 4 + max(0, length)].decode("utf-8", "replace")
            raise BrokersRefuse(f"user {settings.username}: {why or f'error {code}'}")
        start = 4 + max(0, length)
        (size,) = struct.unpack_from(">i", answer, start)
        mechanism.receive(answer[start + 4 : start + 4 + size])


def _ask(line: socket.socket, request: tuple[int, int], body: bytes) -> bytes:
    """Send a request; give its answer without the header."""
    message = struct.pack(">hhi", *request, 0) + _text(_CLIENT) + body
    line.sendall(struct.pack(">i", len(message)) + message)
    size, _ = struct.unpack(">ii", _read(line, _HEADER_BYTES))
    if not 0 <= size - _NUMBER_BYTES <= _ANSWER_BYTES_MAX:
        raise EOFError("no answer of a broker")
    return _read(line, size - _NUMBER_BYTES)


def _read(line: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        part = line.recv(size - len(found))
        if not part:
            raise EOFError("the broker hung up")
        found += part
    return found


def _text(value: bytes) -> bytes:
    return struct.pack(">h", len(value)) + value
