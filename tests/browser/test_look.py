"""How the pages look and read: to those who see them, and to those who have them read out."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pages.parts import tables
from pages.parts.notices import STATIC

PAGES = [
    "/",
    "/applicants",
    "/applicants?region=AFR&country=ERI",
    "/applicants?region=ARB",
    "/applicants?application=A18",
    "/applicants?as_of=2023-05-01",
    "/scores",
    "/ranking",
    "/ranking?noise=both&weights=ecosystem:25;means:10;plan:20;reach:15;team:40",
    "/ranking?application=A04",
    "/reviewers",
    "/compare",
    "/compare?application=A31&application=A44&application=A24&application=A18",
    "/balance",
    "/balance?most=1&least=1&ldc=7",
    "/centres",
    "/centres?centre=C05",
    "/goals",
    "/goals?goal=KAP-5",
    "/goals?as_of=2025-06-30",
    "/goals?by=region&centre=C01&indicator=S2.1",
    "/changes",
    "/country",
    "/country?country=GMB",
    "/imports",
    "/methods",
]
SMALL = {"width": 390, "height": 844}


def follow(page, address):
    """Goes to `address` as by a link of the page; returns once the dashboard is asked for it."""
    asked = page.evaluate(
        """address => {
            const link = document.createElement("a");
            link.href = address;
            document.querySelector("[data-testid=stMain]").append(link);
            link.click();
            link.remove();
            return !window.settled();
        }""",
        address,
    )
    assert asked, address


def violations(page):
    """What axe calls serious or critical, as lines of rule, element and reason."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def levels(page):
    """The levels of the headings, in their order."""
    return page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
        "headings => headings.map(heading => Number(heading.tagName[1]))"
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_is_accessible_bears_the_notice_and_has_headings_in_order(new_page, ready, dark):
    # One reader goes through all of them: in the light on a desk from one to the next, in the dark
    # on a phone to each as to the first.
    page = new_page(dark=dark, **(SMALL if dark else {}))
    faults = {}
    page.goto(PAGES[0])
    for address in PAGES:
        ready(page)
        if dark:
            page.goto(address)
        else:
            follow(page, address)
        ready(page)
        notice = page.get_by_test_id("stAlert").first
        expect(notice).to_contain_text("sample: countries and results drawn by lot")
        steps = levels(page)
        assert steps[0] == 1, address
        assert steps.count(1) == 1, address
        assert all(low - high <= 1 for high, low in pairwise(steps)), address
        if found := violations(page):
            faults[address] = found
        if dark:
            wide = page.evaluate(
                """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
                .map(element => element.scrollWidth)"""
            )
            assert max(wide) <= SMALL["width"], address
    assert faults == {}


def test_filters_one_click_away_are_legible_in_the_dark(new_page, ready):
    page = new_page(dark=True)
    page.goto("/?group=LDC&stage=selected")
    ready(page)
    page.get_by_role("button", name="More filters").click()
    expect(page.get_by_role("combobox", name="Group")).to_be_visible()
    ready(page)
    assert violations(page) == []


def test_a_button_that_does_something_is_legible_in_the_dark(new_page, ready):
    page = new_page(dark=True)
    page.goto("/imports")
    ready(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "cohorts.csv", "mimeType": "text/csv", "buffer": b"cohort,name\n"}
    )
    expect(page.get_by_role("button", name="Check", exact=True)).to_be_enabled()
    ready(page)
    assert violations(page) == []


def test_on_a_phone_a_phrase_beside_a_sentence_is_no_tower_of_words(new_page, monkeypatch):
    written = []
    monkeypatch.setattr("streamlit.html", written.append)
    tables.write_table(
        {"Wrong": ["choosen is not in the list"], "Expected": ["one of these, " * 20]}
    )
    page = new_page(**SMALL)
    page.set_content(f"<style>{(STATIC / 'tables.css').read_text()}</style>{written[0]}")
    assert page.locator("td").first.bounding_box()["width"] > 130


def test_on_a_phone_the_legend_stands_close_between_the_world_and_the_disclaimer(new_page, ready):
    page = new_page(**SMALL)
    page.goto("/applicants")
    ready(page)
    world, legend = (page.locator(f".st-key-applicants_map .{name}") for name in ("geo", "legend"))
    world, legend = world.bounding_box(), legend.bounding_box()
    disclaimer = page.get_by_text("The designations employed").bounding_box()
    assert 0 < legend["y"] - world["y"] - world["height"] < 30
    assert 0 < disclaimer["y"] - legend["y"] - legend["height"] < 30


def test_the_notice_stands_above_everything_else(page, ready):
    page.goto("/applicants?region=XXX")
    ready(page)
    tops = [
        page.get_by_text(text, exact=False).first.bounding_box()["y"]
        for text in ("sample: countries", "left out of the address", "Where did the applications")
    ]
    assert tops == sorted(tops)


def watched(page, ready, address, watch, *told):
    """Watches the page by a script while a region is clicked on."""
    page.goto(address)
    ready(page)
    page.evaluate(watch, *told)
    page.locator(".st-key-filter_region").get_by_role("radio", name="Africa").click()
    ready(page)


# One drawing writes a country's shape once; a point's twice, where it is placed and styled.
@pytest.mark.parametrize(
    ("address", "marks", "times"),
    [
        ("/applicants", ".geo path", 1),
        ("/scores", ".scatterlayer path", 2),
        ("/goals", ".scatterlayer path", 2),
    ],
)
def test_a_new_figure_is_drawn_once(page, ready, address, marks, times):
    """Streamlit hands it over twice, the second time as a copy."""
    watch = """marks => {
        window.written = new Map();
        new MutationObserver((records) => {
            for (const { target } of records)
                if (target.matches(marks)) written.set(target, (written.get(target) ?? 0) + 1);
        }).observe(document, { subtree: true, attributeFilter: ["d"] });
    }"""
    watched(page, ready, address, watch, marks)
    written = page.evaluate("() => [...written.values()]")
    assert len(written) > 10
    assert max(written) == times


@pytest.mark.parametrize("address", ["/applicants", "/scores", "/goals"])
def test_a_new_figure_is_seen_as_soon_as_it_is_drawn(page, ready, address):
    """Streamlit hides one until it has measured the place where it stands already."""
    watch = """() => {
        window.seen = [];
        new MutationObserver((records) => {
            for (const { target } of records)
                if (target.matches(".js-plotly-plot path"))
                    seen.push(target.checkVisibility({ visibilityProperty: true }));
        }).observe(document, { subtree: true, attributeFilter: ["d"] });
    }"""
    watched(page, ready, address, watch)
    seen = page.evaluate("() => seen")
    assert len(seen) > 10
    assert all(seen)


def test_figures_have_a_sentence_for_those_who_do_not_see_them(page, ready):
    page.goto("/applicants?region=AFR")
    ready(page)
    figure = page.get_by_role("figure").or_(page.get_by_role("img"))
    expect(figure.first).to_have_accessible_name("Map: applications came from 10 countries.")


def test_figures_turn_dark_with_the_page(page, ready):
    page.goto("/")
    ready(page)
    letters = page.locator(".st-key-applications_by_region text").first
    expect(letters).to_have_css("fill", "rgb(15, 26, 36)")
    page.emulate_media(color_scheme="dark")
    expect(letters).to_have_css("fill", "rgb(232, 237, 242)")
    ready(page)
    page.get_by_test_id("stMainMenu").click()
    page.get_by_role("menuitemradio", name="Light").click()
    expect(letters).to_have_css("fill", "rgb(15, 26, 36)")
    ready(page)
