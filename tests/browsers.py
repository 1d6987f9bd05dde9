"""A real browser: Playwright, driving the Chromium of the system's own packages."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FINISHED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
WATCH_THE_POLICY = """
window.refusedByPolicy = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refusedByPolicy.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""


def chromium_path() -> str:
    """Where Chromium is; a sentence that says what to install when it is nowhere."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise RuntimeError(
        f"The browser tests need Chromium: wanted one of {', '.join(NAMES)} on the PATH"
        " and found none. Install it, on Debian with: apt-get install chromium"
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window; each context opened in it starts with nothing."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=ARGUMENTS
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, **options: object) -> Iterator[Page]:
    """A page in a browser that has never been here, watched for breaches of policy."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    try:
        context.add_init_script(WATCH_THE_POLICY)
        yield context.new_page()
    finally:
        context.close()


def sign_in(page: Page, name: str, passphrase: str) -> None:
    """Fill in the sign-in form, which must be showing, and send it."""
    page.get_by_label("Name").fill(name)
    page.get_by_label("Passphrase").fill(passphrase)
    page.get_by_role("button", name="Sign in").click()


def wait_until_finished(page: Page) -> None:
    """Until Streamlit has run the page and drawn what it sent."""
    page.wait_for_selector(FINISHED)


def refused_by_policy(page: Page) -> set[str]:
    """What the content security policy refused since the page was opened."""
    return set(page.evaluate("window.refusedByPolicy"))
