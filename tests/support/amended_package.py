"""A rule package that cuts the House to 420 seats: Japan's file, changed in JSON."""

import json
from typing import Any

import msgspec

from aggregates.rule_package.package import RulePackage
from tests.support.rule_package import FILE

FROM = "2024-10-01"
BLOCK_SEATS = {
    "hokkaido": 6, "tohoku": 9, "kita-kanto": 14, "minami-kanto": 17, "tokyo": 11, "tama": 4,
    "hokuriku-shinetsu": 7, "tokai": 15, "kinki": 20, "chugoku": 8, "shikoku": 5, "kyushu": 15,
}  # fmt: skip


def amended_rows() -> dict[str, Any]:
    """The file: a block of its own, a lower minimum from a day on, and a kind of its own."""
    package: dict[str, Any] = json.loads(FILE.read_bytes())
    rows = package["kinds"]
    block = {**[row for row in rows if row["kind"] == "house-block"][-1], "since": FROM}
    tama = {"id": "tama", "name": "多摩", "prefectures": ["13"]}
    named = [*block["blocks"], tama]
    block["blocks"] = [{**each, "seats": BLOCK_SEATS[each["id"]]} for each in named]
    district = next(row for row in rows if row["kind"] == "house-district")
    answers = [{"id": each, "name": f"{each}案", "english": each} for each in ("a", "b", "c")]
    citizens = {
        "kind": "citizens-poll", "since": FROM, "name": "市民投票", "english": "Poll of citizens",
        "ballot": "options", "managed_by": "municipality", "seats": "none",
        "answers": answers, "quorum": {"share": [1, 4]},
    }  # fmt: skip
    rows += [block, {**district, "since": FROM, "minimum_divisor": 10}, citizens]
    return {**package, "id": "japan-420"}


AMENDED = msgspec.convert(amended_rows(), RulePackage)
