"""Examples of postings for the OpenAPI description; a test posts every one of them."""

from typing import Any

_COMMON = {
    "election": "example",
    "environment": "rehearsal",
    "office": "13101",
}

TALLY: dict[str, Any] = {
    **_COMMON,
    "submission_id": "example-tally-13101-1",
    "command": {
        "command": "post-tally",
        "contest": "house-district/13-01",
        "unit": "13101",
        "as_of": "2026-02-08T22:00:00+09:00",
        "final": False,
        "tally": {
            "votes": {"13-01-1": 500000, "13-01-2": 1000000},
            "valid": 1500,
            "invalid": 20,
            "ballots": 1520,
        },
    },
}

TURNOUT: dict[str, Any] = {
    **_COMMON,
    "submission_id": "example-turnout-13101-1",
    "command": {
        "command": "report-turnout",
        "contest": "house-district/13-01",
        "unit": "13101",
        "as_of": "2026-02-08T20:00:00+09:00",
        "final": True,
        "figures": {
            "electors": {"male": 25000, "female": 26000},
            "voters": {"male": 15000, "female": 16000},
        },
    },
}

SUBMISSION_EXAMPLES: dict[str, Any] = {
    "interim tally 中間速報": {"value": TALLY},
    "final turnout 投票確定": {"value": TURNOUT},
}

ENVELOPE_EXAMPLES: dict[str, Any] = {
    "signed tally 署名付き": {
        "value": {
            "payload": "eyJjb21tYW5kIjp7fX0=",
            "payloadType": "application/vnd.kaihyo.post-tally+json",
            "signatures": [{"keyid": "00" * 32, "sig": "A" * 86 + "=="}],
        }
    },
}
"""The form of an envelope; its payload is the base64 of a submission in its RFC 8785 form."""
