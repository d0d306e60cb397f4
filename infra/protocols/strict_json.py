"""JSON that has one meaning: no member is named twice, and nothing is nested beyond all measure.

Readers differ in which of two equal names they take, so that one text could be two postings.
"""

import json

from infra.protocols.protocol_errors import JsonAmbiguous


def require_unambiguous(data: bytes) -> None:
    """Refuse JSON that two readers may understand differently.

    Numbers are not made of their digits: thousands of digits cost nothing here.

    Raises:
        JsonAmbiguous: It is no JSON in UTF-8, names a member twice, or is nested too deep.
    """
    try:
        json.loads(data.decode(), object_pairs_hook=_members, parse_int=str, parse_float=str)
    except RecursionError:
        raise JsonAmbiguous("it is nested too deep") from None
    except ValueError as error:
        raise JsonAmbiguous(str(error)) from None


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the member {twice!r} is named twice")
    return members
