"""The sliders of the weights in a real browser: a part of the page that runs alone."""

import re

from playwright.sync_api import expect

MOVED = "/ranking?noise=weights&weights=ecosystem:25;means:10;plan:20;reach:15;team:40"
SAFELY_IN = "Which applications are safely in, and which are near the line?"


def test_the_list_and_the_address_follow_a_slider_and_one_click_brings_all_back(page, ready):
    page.goto("/ranking?noise=weights")
    ready(page)
    table = page.locator(".table table").first
    official = table.inner_text()
    page.goto(MOVED)
    ready(page)
    expect(table).not_to_have_text(official)
    before = table.inner_text()
    slider = page.locator(".st-key-ranking_weight_team").get_by_role("slider")
    for _ in range(20):
        slider.press("ArrowRight")
    expect(page).to_have_url(re.compile("team%3A60"))
    expect(page.get_by_text("46.2% (call: 30.0%)")).to_be_visible()
    ready(page)
    assert table.inner_text() != before
    # The address is the whole state: another reader sees the same.
    here, after = page.url, table.inner_text()
    page.goto("about:blank")
    page.goto(here)
    ready(page)
    assert table.inner_text() == after
    page.get_by_role("button", name="Official weights").click()
    expect(page).not_to_have_url(re.compile("weights="))
    ready(page)
    assert table.inner_text() == official
    expect(page.get_by_text("Made under other weights")).to_have_count(0)


def test_a_dot_leads_to_why_and_back(page, ready):
    page.goto("/ranking")
    ready(page)
    page.get_by_role("link", name="A04").click()
    expect(page).to_have_url(re.compile("application=A04"))
    expect(page.get_by_role("heading", name="Which single review carries it?")).to_be_visible()
    ready(page)
    page.get_by_role("link", name="← Ranking").click()
    # Until the new page is whole, the titles of both may stand there.
    expect(page.locator("h1")).to_have_text([SAFELY_IN])
    ready(page)
    assert "application=" not in page.url
    dot = page.locator(".st-key-ranking .points path.point").first
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    # What Plotly hears lies above the dot.
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile("application=A13"))
    expect(page.get_by_role("heading", name="Which weights favour it?")).to_be_visible()
