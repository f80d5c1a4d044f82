"""Takes a picture of every kind of page of a site, light and dark, on a desktop and a phone, to be looked at.

    python bench/shots.py out/report FOLDER

Dark pages are shown in English. Needs Chromium and playwright.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SIZES = {"desktop": (1440, 900, 2400), "phone": (390, 844, 2200)}
"""Width and height, and the height up to which a long page is taken."""


def largest(folder: Path) -> Path:
    """Return the page of a folder that holds most."""
    return max(folder.glob("*.html"), key=lambda path: path.stat().st_size)


def kinds(site: Path) -> dict[str, str]:
    """Return an address of each kind of page; of a value's place, that of one in the middle of its report."""
    report = largest(site / "report")
    anchors = report.read_text(encoding="utf-8").split('class="v" href="#')[1:]
    place = anchors[len(anchors) // 2].partition('"')[0] if anchors else ""
    pages = {
        "index": site / "index.html",
        "review": site / "review.html",
        "report": report,
        "committee": largest(site / "committee"),
        "indicator": largest(site / "indicator"),
    }
    addresses = {name: path.resolve().as_uri() for name, path in pages.items() if path.is_file()}
    return {**addresses, "place": f"{addresses['report']}#{place}"}


def main(site: Path, out: Path) -> None:
    """Write the pictures."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, address in kinds(site).items():
            for size, (width, height, most) in SIZES.items():
                for scheme in ("light", "dark"):
                    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                    page = context.new_page()
                    page.goto(address)
                    if scheme == "dark":
                        page.evaluate("document.documentElement.lang = 'en'")
                    if name != "place":
                        whole = page.evaluate("document.documentElement.scrollHeight")
                        page.set_viewport_size({"width": width, "height": min(whole, most)})
                    page.wait_for_timeout(250)
                    page.screenshot(path=str(out / f"{name}-{size}-{scheme}.png"))
                    context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
