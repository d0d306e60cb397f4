"""Which addresses a mirror has is a rule on the address."""

import pytest

from api.mirror.mirror_addresses import file_path, is_mirrored, mirrored_address

THERE = [
    ("/", "/", "index.html"),
    ("/en/", "/en/", "en/index.html"),
    ("/races", "/races/", "races/index.html"),
    ("/easy/races", "/easy/races/", "easy/races/index.html"),
    ("/contests/smd/13-1#votes", "/contests/smd/13-1/#votes", "contests/smd/13-1/index.html"),
    ("/audit", "/audit/", "audit/index.html"),
    ("/en/cards/national.png", "/en/cards/national.png", "en/cards/national.png"),
    ("/parties/%E5%85%9A", "/parties/%E5%85%9A/", "parties/党/index.html"),
]


@pytest.mark.parametrize(("address", "link", "path"), THERE)
def test_a_page_lies_in_a_folder_and_a_picture_is_a_file(
    address: str, link: str, path: str
) -> None:
    assert is_mirrored(address)
    assert mirrored_address(address) == link
    assert file_path(address) == path


@pytest.mark.parametrize(
    "address",
    [
        "/races?sort=margin", "/?at=7", "/search", "/en/search", "/centre/", "/en/control",
        "/surveys/", "/setup", "/reports/", "/audit/entries/7", "/en/audit/diff", "/docs",
        "/v1/elections/house50/stream", "//elsewhere/races", "/%2e%2e/races", "/a%2Fb", "/.git/x",
        "races",
    ],
)  # fmt: skip
def test_what_needs_a_server_is_not_there(address: str) -> None:
    assert not is_mirrored(address)
