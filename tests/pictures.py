"""Takes a picture of every page, in light, dark and narrow: `make pictures`."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from oversight.words import Role
from pages.frame import page_modules
from tests.browsers import chromium, opened, sign_in, wait_until_finished
from tests.pages.grounds import PASSPHRASE, build
from tests.pages.visits import LAPTOP, PHONE
from tests.servers import ROOT, started

EVERY = ROOT / ".pictures"
CHOSEN = ROOT / "docs" / "pictures"  # those that the documents show
LOOKS = {
    "light": {"viewport": LAPTOP, "color_scheme": "light"},
    "dark": {"viewport": LAPTOP, "color_scheme": "dark"},
    "narrow": {"viewport": PHONE, "color_scheme": "light"},
}
SHOWN = (
    "overview_light",
    "overview_dark",
    "overview_narrow",
    "measure_light",
    "incidents_light",
    "policy_light",
)
ASKED = {"measure": "?id=S01"}  # what a page must be asked to have something to show
COLOURS = 128
TALLEST = 1_300
LARGEST = 150_000  # bytes of a picture in the documents
HEIGHT = "document.querySelector('main').scrollHeight"


def addresses() -> Iterator[tuple[str, str]]:
    """The name and the address of every page there is; the first is at the root."""
    for at, module in enumerate(page_modules()):
        name = module.__name__.rpartition(".")[2]
        yield name, f"/{name}{ASKED.get(name, '')}" if at else "/"


def take(page: Page, path: Path) -> None:
    """The whole page, however long, once all of it is drawn."""
    page.get_by_role("heading", level=1).wait_for()
    wait_until_finished(page)
    page.wait_for_timeout(1_000)  # charts are drawn after the page is
    size = page.viewport_size or LAPTOP
    height = max(size["height"], int(page.evaluate(HEIGHT)))
    page.set_viewport_size({"width": size["width"], "height": height})
    page.evaluate("document.fonts.ready")
    page.screenshot(path=path, animations="disabled")
    page.set_viewport_size(size)


def take_all(address: str, folder: Path) -> None:
    with chromium() as browser:
        for look, options in LOOKS.items():
            with opened(browser, **options) as page:
                page.goto(address)
                page.screenshot(path=folder / f"sign_in_{look}.png")
                sign_in(page, Role.IG_LEAD, PASSPHRASE)
                page.wait_for_url(f"{address}/")
                for name, path in addresses():
                    page.goto(f"{address}{path}")
                    take(page, folder / f"{name}_{look}.png")


def keep(picture: Path, folder: Path) -> None:
    """A small copy for the documents, of what is seen first; ValueError if too big."""
    kept = folder / picture.name
    with Image.open(picture) as taken:
        seen_first = taken.crop((0, 0, taken.width, min(taken.height, TALLEST)))
        seen_first.convert("RGB").quantize(COLOURS).save(kept, optimize=True)
    if kept.stat().st_size > LARGEST:
        raise ValueError(f"{kept.name} has {kept.stat().st_size:,} bytes: too many.")


def main() -> None:
    """Writes every picture, and six again where the documents have them."""
    for folder in (EVERY, CHOSEN):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as beside:
        store = Path(beside) / "store.duckdb"
        build(store, homes=8, months=36, is_brief=False)
        with started(store=store) as server:
            take_all(server.address, EVERY)
    for name in SHOWN:
        keep(EVERY / f"{name}.png", CHOSEN)
    taken = len(list(EVERY.glob("*.png")))
    print(f"{taken} pictures in {EVERY.name}, {len(SHOWN)} in docs/{CHOSEN.name}.")


if __name__ == "__main__":
    sys.exit(main())
