"""The day that is shown, chosen in a real browser: AppTest writes no address."""

from playwright.sync_api import expect


def test_a_day_of_the_calendar_reaches_the_address_and_the_notice(page, ready):
    page.goto("/applicants?as_of=2023-05-01")
    ready(page)
    page.get_by_role("button", name="More filters").click()
    day = page.locator(".st-key-filter_as_of")
    day.get_by_role("button", name="Choose date").click()
    page.get_by_role("gridcell").get_by_text("20", exact=True).click()
    expect(page.get_by_text("As of 20 May 2023, not today.")).to_be_visible()
    ready(page)
    assert "as_of=2023-05-20" in page.url
    day.get_by_role("button", name="Clear date").click()
    expect(page.get_by_text("not today.")).to_have_count(0)
    ready(page)
    assert "as_of" not in page.url
