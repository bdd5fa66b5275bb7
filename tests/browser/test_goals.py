"""Priorities in a real browser: from a cell of the matrix to what it rests on, and back."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

# Where the shape of a cell is drawn, in pixels of the window; `cell` is its [row, column].
PLACE = """(figure, cell) => {
  const traces = figure.data.filter((trace) => trace.type === "scatter");
  const drawn = figure.querySelectorAll(".scatterlayer .trace");
  for (const [number, trace] of traces.entries()) {
    const at = (trace.customdata ?? []).findIndex((it) => it.join() === cell.join());
    if (at < 0) continue;
    const box = drawn[number].querySelectorAll(".point")[at].getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }
}"""


def test_a_cell_of_the_matrix_leads_to_its_series_and_back(page, ready):
    page.goto("/goals")
    ready(page)
    figure = page.locator(".st-key-goals_matrix .js-plotly-plot")
    figure.scroll_into_view_if_needed()
    x, y = figure.evaluate(PLACE, ["S2.1", "C01"])
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    expect(page.get_by_role("heading", name="Reports", exact=True)).to_be_visible()
    ready(page)
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["centre"], asked["indicator"]) == (["C01"], ["S2.1"])
    expect(page.get_by_role("table", name="Reports")).to_be_visible()
    page.get_by_role("link", name="← All priorities").click()
    expect(figure).to_be_visible()
    ready(page)
    assert "centre" not in parse_qs(urlsplit(page.url).query)


def test_a_region_of_the_matrix_leads_to_its_centres(page, ready):
    page.goto("/goals?by=region")
    ready(page)
    figure = page.locator(".st-key-goals_matrix .js-plotly-plot")
    figure.scroll_into_view_if_needed()
    x, y = figure.evaluate(PLACE, ["S2.1", "AFR"])
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    expect(page.locator(".st-key-chips")).to_contain_text("outside Africa")
    ready(page)
    assert "region=AFR" in page.url
