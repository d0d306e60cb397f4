"""Base64 and decimal numbers, read so strictly that every value has one spelling."""

import binascii
import re

NUMBER_MAX = 2**63 - 1
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


def to_base64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648 section 4)."""
    return binascii.b2a_base64(data, newline=False).decode("ascii")


def from_base64(text: str) -> bytes:
    """The bytes of standard base64.

    Raises:
        ValueError: It is not base64, or not the one spelling that encoding gives.
    """
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64") from None
    # Decoding passes over bits that are left in the last letter; encoding the end shows them.
    if to_base64(data[len(data) - (len(data) % 3 or 3) :]) != text[-4:]:
        raise ValueError("not canonical base64")
    return data


def from_decimal(text: str) -> int:
    """A number in ASCII decimal without leading zeros, up to 2**63 - 1.

    Raises:
        ValueError: It is not.
    """
    if _NUMBER.fullmatch(text) is None or int(text) > NUMBER_MAX:
        raise ValueError("not a decimal number without leading zeros")
    return int(text)
