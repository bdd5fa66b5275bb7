"""From region to country to the single application's record and back, by mouse and by keyboard; and
a store whose names mean harm, its first visitor, and data that comes in while somebody looks."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from data import importing

# A point of the map that belongs to a country: of its shape, or of its marker.
POINT_OF = """code => {
  const shape = [...document.querySelectorAll(".choroplethlayer path")].find(
    path => path.__data__?.loc === code
  );
  if (!shape) return null;
  const box = shape.getBBox(), toScreen = shape.getScreenCTM();
  for (let n = 1; n < 400; n++) {
    const at = new DOMPoint(
      box.x + box.width * ((n * 7) % 20) / 20, box.y + box.height * Math.floor(n / 20) / 20
    );
    if (shape.isPointInFill(at)) {
      const { x, y } = at.matrixTransform(toScreen);
      return [x, y];
    }
  }
}"""
MARKER_OF = """code => {
  const marker = [...document.querySelectorAll(".scattergeo path.point")].find(
    path => path.__data__?.data === code
  );
  if (!marker) return null;
  const { x, y, width, height } = marker.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""

COHORTS = "cohort,name,closed_on,decided_on,places,plan\n1,First,2023-03-31,2023-06-15,1,KAP\n"
HEAD = "application_id,cohort,country,organization,organization_type,stage\n"
HOSTILE = {
    "H1": "<img src=x onerror=alert(1)>",
    "H2": "![x](https://evil.example/x.png)",
    "H3": "[a](javascript:alert(1))",
    "H4": "=cmd|' /C calc'!A0",
    "H5": "long" * 1250,
    "H6": "منظمة الاختبار <b>x</b>",
    "H7": ":material/home: :red[x] https://evil.example www.evil.example a@evil.example",
}
MANY = 61  # of France: more than are shown as text


def without_joiners(text):
    """A name without the signs of no width that keep the browser from making a link of it."""
    return text.replace("\u2060", "")


def chips(page):
    return page.locator(".st-key-chips")


def click(page, where, country):
    """Clicks a point of the map once it is drawn: it comes with a script of its own, later."""
    page.mouse.click(*page.wait_for_function(where, arg=country).json_value())


def test_a_click_on_the_map_filters_and_the_next_lets_go(page, ready):
    page.goto("/applicants")
    ready(page)
    click(page, POINT_OF, "MDG")
    expect(chips(page)).to_contain_text("1 of 44 applications; 43 outside Madagascar")
    ready(page)
    assert urlsplit(page.url).query == "cohort=1&country=MDG&lang=en"
    click(page, POINT_OF, "MDG")
    expect(chips(page)).to_have_count(0)
    ready(page)
    assert urlsplit(page.url).query == "cohort=1&lang=en"
    click(page, POINT_OF, "MDG")
    expect(chips(page)).to_contain_text("43 outside Madagascar")


def test_an_island_is_clicked_by_its_marker_and_a_region_keeps_its_filter(page, ready):
    page.goto("/applicants?region=AFR")
    ready(page)
    click(page, MARKER_OF, "STP")
    expect(chips(page)).to_contain_text(
        "1 of 44 applications; 29 outside Africa; 43 outside Sao Tome and Principe"
    )
    ready(page)
    click(page, MARKER_OF, "STP")
    expect(chips(page)).to_contain_text("15 of 44 applications; 29 outside Africa")


def test_the_keyboard_goes_from_region_to_country_to_record_and_back(page, ready):
    page.goto("/applicants")
    ready(page)
    regions = page.locator(".st-key-filter_region").get_by_role("radio")
    regions.nth(0).focus()
    page.keyboard.press("Enter")
    expect(chips(page)).to_contain_text("15 of 44 applications")
    ready(page)
    page.get_by_role("link", name="Eritrea", exact=True).focus()
    page.keyboard.press("Enter")
    expect(chips(page)).to_contain_text("2 of 44 applications")
    ready(page)
    page.get_by_role("link", name="A18", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(["Sample Organization A18 (research institute)"])
    ready(page)
    assert urlsplit(page.url).query == "cohort=1&region=AFR&country=ERI&lang=en&application=A18"
    assert len(page.context.pages) == 1

    page.get_by_role("link", name="← Applications").press("Enter")
    expect(page.locator("h1")).to_have_text(["Where did the applications come from?"])
    expect(chips(page)).to_contain_text("2 of 44 applications")
    ready(page)
    page.go_back(wait_until="commit")
    expect(page.locator("h1")).to_have_text(["Sample Organization A18 (research institute)"])
    ready(page)
    page.go_back(wait_until="commit")
    expect(page.locator("h1")).to_have_text(["Where did the applications come from?"])
    ready(page)
    page.go_back(wait_until="commit")
    expect(chips(page)).to_contain_text("15 of 44 applications")
    ready(page)
    page.get_by_role("button", name="Africa ✕").press("Enter")
    expect(chips(page)).to_have_count(0)


def test_an_empty_region_keeps_its_map_and_says_so(page, ready):
    page.goto("/applicants?region=ARB")
    ready(page)
    expect(chips(page)).to_contain_text("0 of 44 applications; 44 outside Arab States")
    expect(page.get_by_text("No application fits these filters.")).to_be_visible()
    expect(page.locator(".choroplethlayer path").first).to_be_attached()


def come_in(store, folder, **tables):
    """Publishes tables into the store, as the command line does."""
    folder.mkdir()
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_STORE", str(store))
        draft, published = importing.import_(folder, by=None, note=None, older=False)
    assert published, "\n".join(draft.findings.lines())


def applications():
    hostile = [f'{key},1,KEN,"{text}","{text}",not selected' for key, text in HOSTILE.items()]
    others = [f"N{n:02d},1,FRA,Organization {n:02d},school,not selected" for n in range(MANY)]
    return HEAD + "\n".join([*hostile, *others]) + "\n"


@pytest.fixture(scope="module")
def harmful(start_dashboard, tmp_path_factory):
    """A dashboard nobody has visited yet; seven of its 68 applications bear hostile names."""
    folder = tmp_path_factory.mktemp("harmful")
    come_in(folder / "store", folder / "first", cohorts=COHORTS, applications=applications())
    return start_dashboard(folder / "store")


def test_the_first_visitor_gets_the_page_and_the_filters_of_a_deep_link(harmful, new_page, ready):
    page = new_page(server=harmful)
    page.goto("/applicants?region=AFR&type=school&lang=en")
    ready(page)
    expect(page.locator("h1")).to_have_text(["Where did the applications come from?"])
    expect(page.get_by_role("link", name="Methods")).to_be_visible()
    expect(chips(page)).to_contain_text("0 of 68 applications; 61 outside Africa; 7 outside school")
    expect(page.get_by_text("Page not found")).to_have_count(0)
    assert urlsplit(page.url).query == "cohort=1&region=AFR&type=school&lang=en"


def test_hostile_names_are_text_wherever_they_stand(harmful, new_page, ready):
    page = new_page(server=harmful, width=390, height=844)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto("/applicants?region=AFR")
    ready(page)
    main = page.get_by_test_id("stMain")
    cells = {without_joiners(text) for text in main.get_by_role("cell").all_inner_texts()}
    assert set(HOSTILE.values()) <= cells
    page.get_by_role("button", name="More filters").click()
    page.get_by_role("combobox", name="Organization type").click()
    for name in HOSTILE.values():
        expect(page.get_by_role("option", name=name, exact=True)).to_be_attached()
    page.get_by_role("option", name=HOSTILE["H1"], exact=True).click()
    expect(chips(page)).to_contain_text(HOSTILE["H1"])
    ready(page)
    assert page.locator("[data-testid=stMain] img").count() == 0
    for key, name in HOSTILE.items():
        page.goto(f"/applicants?application={key}")
        ready(page)
        assert without_joiners(page.locator("h1").inner_text()) == name
        links = main.locator("a").evaluate_all("links => links.map(link => link.href)")
        assert not [link for link in links if not link.startswith(harmful.url)]
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def test_a_long_table_leads_to_a_record_by_its_rows(harmful, new_page, ready):
    page = new_page(server=harmful)
    page.goto("/applicants")
    ready(page)
    page.get_by_text("More rows, to sort and search").click()
    ready(page)
    # The table is painted; the box in front of its first row is ticked where it is painted.
    page.get_by_test_id("stDataFrame").locator(".dvn-scroller").click(position={"x": 18, "y": 52})
    expect(page.locator("h1")).to_have_text(["Organization 00"])
    ready(page)
    assert urlsplit(page.url).query == "cohort=1&lang=en&application=N00"
    page.go_back(wait_until="commit")
    expect(page.locator("h1")).to_have_text(["Where did the applications come from?"])
    ready(page)
    page.get_by_test_id("stDataFrame").locator("canvas[tabindex]").focus()
    for key in ("ArrowDown", "ArrowDown", "Shift+Space"):
        page.keyboard.press(key)
    expect(page.locator("h1")).to_have_text(["Organization 02"])
    ready(page)


def test_new_data_shows_with_the_next_click_and_the_filters_stay(
    harmful, new_page, ready, tmp_path
):
    page = new_page(server=harmful)
    page.goto("/applicants?region=EUR&type=school")
    ready(page)
    expect(chips(page)).to_contain_text("61 of 68 applications; 7 outside Europe")
    more = applications() + "M1,1,DEU,Come later,school,not selected\n"
    come_in(harmful.store, tmp_path / "later", applications=more)
    page.get_by_role("button", name="school ✕").click()
    expect(chips(page)).to_contain_text("62 of 69 applications; 7 outside Europe")
    ready(page)
    assert urlsplit(page.url).query == "cohort=1&region=EUR&lang=en"
    stamp = page.get_by_text(re.compile("Filters: Region: EUR")).inner_text()
    assert "sample" not in stamp


@pytest.mark.long
@pytest.mark.parametrize(
    "path", ["/", "/scores", "/centres", "/goals", "/imports", "/methods", "/applicants"]
)
def test_every_page_opens_for_the_first_visitor(
    start_dashboard, tmp_path_factory, new_page, ready, path
):
    fresh = start_dashboard(tmp_path_factory.mktemp("store"))
    page = new_page(server=fresh)
    page.goto(f"{path}?region=EUR&country=ALB&lang=en")
    ready(page)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.get_by_text("sample: countries and results drawn by lot").first).to_be_visible()
    assert urlsplit(page.url).path == path
    assert "region=EUR&country=ALB" in urlsplit(page.url).query
