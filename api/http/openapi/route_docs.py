"""What every route is called in Japanese, and what those answer that do not say it themselves.

A test holds that no route is missing here, and the shape of the examples against answers.
"""

from typing import Any, Final, NamedTuple

_E: Final = "/v1/elections/{election}"
_S: Final = f"{_E}/surveys"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT: Final = "text/plain; charset=utf-8"
_JSON: Final = "application/json"
_MOMENT: Final = "2026-02-08T13:00:01.250000Z"
_ORIGIN: Final = "kaihyo.example/log/house50"
_SIGNED: Final = (
    "wqENEoLTGrCQYXA+GNwXwDMjFhrEfRMViiVx1F6kOgQrVmatLyoHqmSVBqE7mkHu0gx8cVBDgWS61ifxyLBqpOlE"
)
_NOTE: Final = (
    f"{_ORIGIN}\n81234\nZUboCx9Y0a6fkJ2pFsAhPeONcwj5EnPxAZa2bbLiF4k=\n\n— {_ORIGIN} {_SIGNED}QA4=\n"
)
_COUNTS: Final = {"asked": 2, "given": 1, "returned": 0, "missing": 1, "reminded": 0}
_ANSWER: Final = {
    "unit": "13101",
    "name": "千代田区",
    "prefecture": "13",
    "state": "given",
    "position": 14,
    "values": {"places": 5, "early": 2},
    "given_at": _MOMENT,
    "office": "centre-13101",
}


class RouteDoc(NamedTuple):
    """What the reference says about one route.

    Attributes:
        title: What it is, in Japanese.
        example: Its answer; None where the route says it, or answers without a body.
        media_type: Of the example.
    """

    title: str
    example: object = None
    media_type: str = _JSON


ROUTES: Final[dict[tuple[str, str], RouteDoc]] = {
    ("get", f"{_E}/head.json"): RouteDoc("最新の位置"),
    ("get", f"{_E}/districts-head.json"): RouteDoc("開票区の最新の位置"),
    ("get", f"{_E}/parts-head.json"): RouteDoc("長い文書の部分の最新の位置"),
    ("get", f"{_E}/{{document}}.{{format}}"): RouteDoc("文書（最新）"),
    ("get", f"{_E}/{{document}}@{{position}}.{{format}}"): RouteDoc("文書（ある位置の版）"),
    ("get", f"{_E}/changes"): RouteDoc("ある位置から後の変化"),
    ("get", f"{_E}/stream"): RouteDoc("変化の通知（ストリーム）"),
    ("get", f"{_E}/log/{{position}}"): RouteDoc("記録の一件"),
    ("get", f"{_E}/catalogue.jsonld"): RouteDoc("データの目録（DCAT）"),
    ("get", f"{_E}/rules.json"): RouteDoc("選挙の規則"),
    ("get", "/v1/schemas/index.json"): RouteDoc("形式定義の一覧"),
    ("get", "/v1/schemas/{name}.json"): RouteDoc("形式定義（JSON Schema）"),
    ("get", "/health"): RouteDoc("この処理の状態"),
    ("get", "/metrics"): RouteDoc("Prometheus の指標"),
    ("post", f"{_E}/submissions"): RouteDoc(
        "投稿する",
        {
            "position": 81234,
            "first_position": 81234,
            "recorded_at": _MOMENT,
            "submission_id": "example-tally-13101-1",
            "stream": "count/house-district/13-01/13101",
            "stream_version": 3,
            "notices": [],
            "repeated": False,
        },
    ),
    ("post", f"{_E}/challenges"): RouteDoc(
        "署名する乱数を求める",
        {"nonce": "3JJ7__AEq-FaO_6Kye2Lt5uvV1sQ3eeXZ_sDslJ8I4g", "expires_at": _MOMENT},
    ),
    ("post", f"{_E}/sessions"): RouteDoc(
        "鍵を示す",
        {
            "token": "Z0Zl1c0p0nYQ1x0kq4sT9Q",
            "office": "13101",
            "role": "centre",
            "keyid": "6b1c7a0f5a5d4f6e0b3f7c1d2e3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c",
            "expires_at": _MOMENT,
        },
    ),
    ("get", f"{_E}/sessions/current"): RouteDoc(
        "いまの利用者",
        {
            "token": "Z0Zl1c0p0nYQ1x0kq4sT9Q",
            "office": "13101",
            "role": "centre",
            "keyid": "6b1c7a0f5a5d4f6e0b3f7c1d2e3a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c",
            "expires_at": _MOMENT,
        },
    ),
    ("delete", f"{_E}/sessions/current"): RouteDoc("終える"),
    ("get", f"{_E}/offices/{{office}}/chain"): RouteDoc(
        "機関の最後の投稿", {"office": "13101", "sequence": 0, "sha256": None}
    ),
    ("get", f"{_E}/log/checkpoint"): RouteDoc("最後のチェックポイント", _NOTE, _TEXT),
    ("get", f"{_E}/log/checkpoints"): RouteDoc("すべてのチェックポイント", f"{_NOTE}\n", _TEXT),
    ("get", f"{_E}/log/key"): RouteDoc(
        "記録の検証鍵",
        f"{_ORIGIN}+c2a10d12+AX0rP0mZ7F3oQ1x0kq4sT9Q0nYQ1x0kq4sT9QZ0Zl1c0\n",
        _TEXT,
    ),
    ("get", f"{_E}/log/status.json"): RouteDoc(
        "透明性ログの状態",
        {
            "origin": _ORIGIN,
            "state": "running",
            "degraded": False,
            "size": 81234,
            "published_at": _MOMENT,
            "quorum": {"state": "reached", "missing": {}},
            "failure": "",
        },
    ),
    ("get", f"{_E}/log/tile/{{path}}"): RouteDoc(
        "木のタイル、記録の束", "（32 バイトのハッシュ 256 個）", "application/octet-stream"
    ),
    ("get", f"{_E}/receipts/{{position}}"): RouteDoc(
        "受領証（記録にあることの証明）",
        "c2sp.org/tlog-proof@v1\nindex 81233\n"
        f"ZUboCx9Y0a6fkJ2pFsAhPeONcwj5EnPxAZa2bbLiF4k=\n\n{_NOTE}",
        _TEXT,
    ),
    ("get", _S): RouteDoc(
        "調査の一覧",
        {
            "position": 14,
            "surveys": [
                {
                    "id": "places",
                    "title": "投票所数調",
                    "number": "4(1)",
                    "note": "",
                    "items": 5,
                    "due": "2024-11-15T17:00:00+09:00",
                    "counts": {"prefecture": "", "name": "全国", **_COUNTS},
                }
            ],
        },
    ),
    ("get", f"{_S}/{{survey}}"): RouteDoc(
        "調査票と進み具合",
        {
            "position": 14,
            "due": "2024-11-15T17:00:00+09:00",
            "questionnaire": {
                "id": "places",
                "title": "投票所数調",
                "number": "4(1)",
                "items": [{"id": "places", "title": "投票所数", "unit": "箇所", "minimum": 1}],
                "sums": {"places": ["early", "usual"]},
            },
            "total": {"prefecture": "", "name": "全国", **_COUNTS},
            "prefectures": [{"prefecture": "13", "name": "東京都", **_COUNTS}],
        },
    ),
    ("get", f"{_S}/{{survey}}/answers"): RouteDoc(
        "調査への回答", {"position": 14, "answers": [_ANSWER]}
    ),
    ("get", f"{_S}/{{survey}}/units/{{unit}}"): RouteDoc(
        "一つの団体の回答", {"answer": _ANSWER, "proposed": {"places": 5}, "earlier": {"places": 4}}
    ),
    ("get", f"{_S}/{{survey}}/form.xlsx"): RouteDoc("回答様式", "（表計算ファイル）", _XLSX),
    ("get", f"{_S}/{{survey}}/compiled.{{form}}"): RouteDoc(
        "調査の集計", "（表計算ファイル）", _XLSX
    ),
}

PROBLEM: Final[dict[str, Any]] = {
    "type": "urn:kaihyo:http:404",
    "title": "No such document.",
    "status": 404,
    "detail": "nowhere はありません。今ある文書は head.json、districts-head.json、"
    "parts-head.json の documents にあります。",
}
"""What is answered instead of a refused request (RFC 9457)."""
