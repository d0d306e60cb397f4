"""The reference of the API: complete, with examples, and with nothing from elsewhere."""

from html.parser import HTMLParser
from typing import Any

import httpx
import msgspec
import pytest
from typing_extensions import override

from api.app import create_app
from api.http.app_state import AppState
from api.http.openapi.route_docs import ROUTES
from tests import builders as b
from tests.support.posting import happen
from tests.unit.api.reading import BASE, tally


class Page(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    @override
    def handle_data(self, data: str) -> None:
        self.text += data


def operations(services: AppState) -> dict[tuple[str, str], dict[str, Any]]:
    paths = create_app(services).openapi()["paths"]
    return {
        (method, path): operation
        for path, found in paths.items()
        for method, operation in found.items()
    }


def examples(operation: dict[str, Any]) -> list[object]:
    """Examples of what is answered when all goes well."""
    [success] = [each for code, each in operation["responses"].items() if code.startswith("2")]
    return [each["example"] for each in success.get("content", {}).values()]


def test_every_route_has_a_title_and_an_example_and_refuses_with_problems(
    services: AppState,
) -> None:
    found = operations(services)
    assert found.keys() == ROUTES.keys()
    for (method, path), operation in found.items():
        assert operation["x-title-ja"], path
        assert operation["summary"], path
        assert operation["description"], path
        if "204" not in operation["responses"]:
            assert examples(operation), f"{method} {path} shows no example"
        for code, each in operation["responses"].items():
            if code in {"422", "default"}:
                assert list(each["content"]) == ["application/problem+json"]
        if method == "post" and path.endswith("submissions"):
            bodies = operation["requestBody"]["content"].values()
            assert all(body["examples"] for body in bodies)


def test_examples_look_like_answers(services: AppState, client: httpx.Client) -> None:
    found = operations(services)
    happen(services, tally(10, 5), b.survey(), b.answer())
    place = "/v1/elections/{election}"
    for path in (
        "/health",
        f"{place}/head.json",
        f"{place}/districts-head.json",
        f"{place}/changes",
        f"{place}/log/{{position}}",
        f"{place}/surveys",
        f"{place}/surveys/{{survey}}",
        f"{place}/surveys/{{survey}}/answers",
        f"{place}/surveys/{{survey}}/units/{{unit}}",
        f"{place}/offices/{{office}}/chain",
    ):
        address = path.format(
            election="house50", position=2, survey="places", unit=b.CHIYODA, office="13101"
        )
        answer = client.get(address).json()
        [example] = examples(found["get", path])
        assert isinstance(example, dict)
        if path != "/health":  # has more where a transparency log is served
            assert example.keys() == answer.keys(), path
        else:
            assert answer.keys() <= example.keys() | {"fault", "write_fault"}
    opened = client.post(f"{BASE}/challenges").json()
    [example] = examples(found["post", f"{place}/challenges"])
    assert msgspec.json.decode(msgspec.json.encode(example)).keys() == opened.keys()


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_shows_every_route_and_needs_nothing_from_elsewhere(
    client: httpx.Client, services: AppState, language: str
) -> None:
    answer = client.get(f"{language}/docs")

    assert answer.status_code == 200
    page = Page(answer.text)
    ids = {attributes.get("id") for _, attributes in page.tags}
    for (method, path), operation in operations(services).items():
        assert operation["operationId"] in ids
        assert f"{method.upper()} {path}" in page.text, path
        for parameter in operation.get("parameters", []):
            assert parameter["name"] in page.text
    for tag, attributes in page.tags:
        assert tag not in {"style", "iframe"}
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        for name in ("src", "href"):
            assert not (attributes.get(name) or "").startswith(("http:", "https:", "//"))
        if tag == "script":
            assert attributes.get("src")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert ("公開データ" in page.text) is (language == "")


def test_the_page_of_other_makers_is_gone(client: httpx.Client) -> None:
    assert client.get("/redoc").status_code == 404
    assert client.get("/openapi.json").json()["info"]["title"] == "kaihyo 開票"
