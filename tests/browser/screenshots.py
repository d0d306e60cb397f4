"""Pictures of every page at the width of a phone, a desk and a hall, by one command.

python -m tests.browser.screenshots http://127.0.0.1:8000/ --to .screenshots
"""

from pathlib import Path
from typing import Annotated

import httpx
import typer

from tests.browser.chromium import launched

WIDTHS = {"phone": (390, 844), "desktop": (1280, 900), "hall": (1920, 1080)}


def pages(address: str) -> dict[str, str]:
    """Name -> path of one page of every kind, as the election behind this address has them."""
    with httpx.Client(base_url=address) as client:
        head = client.get("/health").json()
        election = head["election"]
        versions = client.get(f"/v1/elections/{election}/head.json").json()["documents"]
    by_kind: dict[str, str] = {}
    for key in sorted(versions):
        kind = key.rpartition("/")[0]
        by_kind.setdefault(kind, key)
    found = {
        "national": "/",
        "national-en": "/en/",
        "map-progress": "/?map=progress",
        "turnout": "/turnout",
        "justices": "/justices",
        "corrections": "/corrections",
        "coverage": "/coverage?status=corrected",
        "search": "/search?q=%E3%81%9F%E3%81%8B",
        "downloads": "/downloads",
        "embed": "/embed/national",
        "screen": "/screen",
        "missing": "/nowhere",
    }
    for kind, key in by_kind.items():
        if kind:
            found[kind.replace("/", "-")] = f"/{key}"
    return found


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
            context = browser.new_context(viewport={"width": width, "height": height})
            page = context.new_page()
            for kind, path in pages(address).items():
                if only in kind:
                    page.goto(address.rstrip("/") + path)
                    page.wait_for_load_state("load")
                    page.screenshot(path=to / f"{kind}-{name}.png", full_page=kind != "screen")
            context.close()


if __name__ == "__main__":
    typer.run(main)
