"""What the browser remembers of earlier visits, and the dashboard does not."""

from datetime import UTC, datetime

from playwright.sync_api import expect


def test_the_overview_tells_what_changed_since_the_last_visit(page, dashboard, ready):
    def kept():
        return {each["name"]: each["value"] for each in page.context.cookies()}

    today = datetime.now(UTC).date().isoformat()
    page.goto("/")
    ready(page)
    expect(page.get_by_text("Since your last visit")).to_have_count(0)
    assert kept() | {"alliance_seen": today} == kept()
    assert "alliance_before" not in kept()

    page.context.add_cookies(
        [{"name": "alliance_seen", "value": "2025-11-01", "url": dashboard.url}]
    )
    page.goto("/?lang=en")
    ready(page)
    expect(page.get_by_text("Since your last visit: 1 Nov 2025")).to_be_visible()
    assert (kept()["alliance_seen"], kept()["alliance_before"]) == (today, "2025-11-01")

    page.goto("/?lang=en")  # later on the same day it is still the visit before
    ready(page)
    expect(page.get_by_text("Since your last visit: 1 Nov 2025")).to_be_visible()
