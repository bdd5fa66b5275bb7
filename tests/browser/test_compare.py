"""Choosing applications in a real browser: the address follows, and the way back works."""

import re

from playwright.sync_api import expect


def test_the_address_follows_the_choice_and_goes_back(page, ready):
    page.goto("/compare?application=A31")
    ready(page)
    page.get_by_role("link", name=re.compile("^see A31, ")).click()
    expect(page.locator(".beside section")).to_have_count(3)
    ready(page)
    asked = re.compile(r"application=A31&application=\w+&application=\w+(&|$)")
    expect(page).to_have_url(asked)
    box = page.get_by_role("combobox", name="Applications, two to four")
    box.fill("A44")
    page.get_by_role("option", name=re.compile("^A44 ")).click()
    expect(page.locator(".beside section")).to_have_count(4)
    expect(page).to_have_url(re.compile("application=A44"))
    ready(page)
    # The address is the whole state: another reader sees the same.
    here, told = page.url, page.locator(".beside").inner_text()
    page.goto("about:blank")
    page.goto(here)
    ready(page)
    assert page.locator(".beside").inner_text() == told
    page.locator(".beside a").first.click()
    expect(page.get_by_role("heading", name="Scores by criterion")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/applicants\?.*application=A31(&|$)"))
    ready(page)
    page.go_back()
    expect(page.locator(".beside section")).to_have_count(4)
