"""A rule is tried: typed into its control, seen in the address, undone with one click."""

from playwright.sync_api import expect


def test_a_rule_is_tried_and_dropped(page, ready):
    page.goto("/balance?lang=en")
    ready(page)
    expect(page.get_by_text("Set a rule to see what it changes.")).to_be_visible()
    field = page.get_by_role("spinbutton", name="Each country, at most")
    field.fill("1")
    field.press("Enter")
    expect(page.get_by_text("of the highest totals make way for other")).to_be_visible()
    ready(page)
    assert "most=1" in page.url
    expect(page.get_by_role("heading", name="How does the mean fall")).to_be_visible()

    # Whoever is sent the address sees the same.
    page.goto(page.url)
    ready(page)
    expect(page.get_by_role("spinbutton", name="Each country, at most")).to_have_value("1")
    expect(page.get_by_text("of the highest totals make way for other")).to_be_visible()

    page.get_by_role("button", name="Drop all rules").click()
    expect(page.get_by_text("Set a rule to see what it changes.")).to_be_visible()
    ready(page)
    assert "most" not in page.url


def test_rules_that_exclude_each_other_are_named_while_one_tightens(page, ready):
    page.goto("/balance?lang=en&least=2")
    ready(page)
    expect(page.get_by_text("no selection from 3 on")).to_be_visible()
    more = page.get_by_role("spinbutton", name="Each region, at least")
    more.press("ArrowUp")
    more.press("Enter")
    expect(page.get_by_text("No selection that fills the 17 places keeps")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="at least 3 from CIS")).to_be_visible()
    ready(page)
    assert "least=3" in page.url
