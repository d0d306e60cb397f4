"""Pictures of every page at the width of a phone, a desk and a hall, by one command.

python -m tests.browser.screenshots http://127.0.0.1:8000/ --to .screenshots

A page is a name and a path: `pages` lists those of the public and of auditors, `OFFICES` those of
offices. Whoever adds a page adds a line.
"""

import re
from pathlib import Path
from typing import Annotated

import typer

from tests.browser.chromium import launched, with_patience
from tests.browser.offices.pictures import offices
from tests.support.lines import client_of

OFFICES = {
    "centre": "/centre",
    "control": "/control",
    "surveys": "/surveys/",
    "reports": "/reports/",
}
"""Pages of offices as a visitor without a key sees them."""

WIDTHS = {"phone": (390, 844), "desktop": (1280, 900), "hall": (1920, 1080)}


def pages(address: str) -> dict[str, str]:
    """Name -> path of one page of every kind, as the election behind this address has them."""
    with client_of(address) as client:
        head = client.get("/health").json()
        election = head["election"]
        head = client.get(f"/v1/elections/{election}/head.json").json()
        units = client.get(f"/v1/elections/{election}/districts-head.json").json()["documents"]
        candidates = client.get(f"/v1/elections/{election}/candidates.json").json()
    versions, position = {**head["documents"], **units}, head["position"]
    by_kind: dict[str, str] = {}
    for key in sorted(versions):
        kind = key.rpartition("/")[0]
        by_kind.setdefault(kind, key)
    found = {
        "national": "/",
        "national-en": "/en/",
        "map-progress": "/?map=progress",
        "races": "/races",
        "seats": "/seats",
        "turnout": "/turnout",
        "justices": "/justices",
        "corrections": "/corrections",
        "coverage": "/coverage?status=corrected",
        "search": "/search?q=%E3%81%9F%E3%81%8B",
        "downloads": "/downloads",
        "savings": "/savings",
        "past": f"/?at={position // 2}",
        "audit": "/audit",
        "entry": f"/audit/entries/{position}",
        "diff": f"/audit/diff?document=national&old={position - 40}&new={position}",
        "embed": "/embed/national",
        "screen": "/screen",
        "missing": "/nowhere",
        "archive": "/archive",
    }
    for kind, key in by_kind.items():
        if kind:
            found[kind.replace("/", "-")] = f"/{key}"
    race = next(e for e in candidates["contests"] if e["kind"] == "house-district")
    found["candidate"] = f"/candidates/{race['contest']}/{race['candidates'][0]['id']}"
    found["party"] = f"/parties/{candidates['parties'][0]['id']}"
    found |= _archived(address)
    found["history"] = f"/audit/contests/{race['contest']}"
    found["embed-contest"] = f"/embed/contests/{race['contest']}"
    return found


def _archived(address: str) -> dict[str, str]:
    """Pages of the latest earlier election, where the server has one."""
    with client_of(address) as client:
        linked = re.search(r'href="(/archive/[^"]+)"', client.get("/archive").text)
        if linked is None:
            return {}
        nation = linked[1]
        prefectures = re.search(rf'href="({nation}/prefectures/\d+)"', client.get(nation).text)
    return {"archive-nation": nation} | (
        {"archive-prefecture": prefectures[1]} if prefectures is not None else {}
    )


def main(
    address: str,
    to: Annotated[Path, typer.Option(help="Folder for the pictures.")] = Path(".screenshots"),
    only: Annotated[str, typer.Option(help="Only pages whose name contains this.")] = "",
    widths: Annotated[str, typer.Option(help="Which widths, separated by commas.")] = "",
) -> None:
    """Take a picture of every page at every width."""
    to.mkdir(parents=True, exist_ok=True)
    chosen = widths.split(",") if widths else list(WIDTHS)
    with launched() as browser:
        for name in chosen:
            width, height = WIDTHS[name]
            context = with_patience(
                browser.new_context(viewport={"width": width, "height": height})
            )
            page = context.new_page()
            for kind, path in {**pages(address), **OFFICES}.items():
                if only in kind:
                    page.goto(address.rstrip("/") + path)
                    page.wait_for_load_state("load")
                    page.screenshot(path=to / f"{kind}-{name}.png", full_page=kind != "screen")
            context.close()
            offices(browser, address.rstrip("/"), to, name, WIDTHS[name])


if __name__ == "__main__":
    typer.run(main)
